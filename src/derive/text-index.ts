import type { TextCondition } from './query/terms.ts'

/** How many texts are joined to one. */
const CHUNK = 256

/**
 * Joined texts are made anew once this share of all texts is out of date. A search looks at each of
 * these texts alone, which is dearer than a joined one, but far cheaper than joining anew.
 */
const STALE_SHARE = 0.1

const chunkOf = (place: number): number => Math.floor(place / CHUNK)

/** Keeps those marked in `some`, or not marked. */
function keep(found: Uint8Array, some: Uint8Array, isNot: boolean): void {
  const wanted = isNot ? 0 : 1
  for (const [place, is] of found.entries()) {
    if (is === 1 && (some[place] ?? 0) !== wanted) found[place] = 0
  }
}

function union(all: readonly Uint8Array[]): Uint8Array {
  const [first = new Uint8Array(), ...rest] = all
  for (const other of rest)
    for (const [place, is] of other.entries()) if (is === 1) first[place] = 1
  return first
}

/** The texts of up to CHUNK places as one. */
interface Chunk {
  readonly joined: string
  /** Where each text begins, and at the end the length of all. */
  readonly starts: Uint32Array
}

/**
 * Texts by place, to be searched for words. They are joined by hundreds: the browser searches one
 * long text many times faster than many short ones. A changed text is searched alone until enough
 * of them have changed.
 */
export class TextIndex {
  readonly #textOf: (place: number) => string
  readonly #chunks: Chunk[] = []
  /** The current text of places with a joined text that is out of date; null until needed. */
  readonly #stale = new Map<number, string | null>()
  #size = 0

  /** @param textOf the current text of a place; empty for a place that is not in use */
  constructor(textOf: (place: number) => string) {
    this.#textOf = textOf
  }

  /** Marks the text of a place as changed. Places are numbered from 0 without gaps. */
  note(place: number): void {
    this.#size = Math.max(this.#size, place + 1)
    if (place < this.#joined) this.#stale.set(place, null)
  }

  /**
   * Joins the texts, so that the first search need not.
   *
   * @param mayGoOn asked before each chunk
   * @returns whether all are joined
   */
  prepare(mayGoOn: () => boolean): boolean {
    if (this.#stale.size > this.#size * STALE_SHARE && !this.#joinStale(mayGoOn)) return false
    while (this.#joined < this.#size) {
      if (!mayGoOn()) return false
      // Texts are added to the last chunk until it is full.
      const number = chunkOf(this.#joined)
      this.#chunks[number] = this.#join(number)
    }
    return true
  }

  /** Whether the text of a place meets all conditions. */
  hasAll(place: number, conditions: readonly TextCondition[]): boolean {
    return conditions.every(
      ({ any, isNot }) => any.some((words) => this.has(place, words)) !== isNot,
    )
  }

  /** For each place 1 if its text meets all conditions, else 0. @param size how many places there are */
  searchAll(conditions: readonly TextCondition[], size: number): Uint8Array {
    const found = new Uint8Array(size).fill(1)
    // Words that must all be there are searched for at once.
    const plain = conditions.filter(({ any, isNot }) => any.length === 1 && !isNot)
    const others = conditions.filter((one) => !plain.includes(one))
    const words = plain.flatMap(({ any }) => any.flat())
    if (words.length > 0) keep(found, this.search(words), false)
    for (const { any, isNot } of others)
      keep(found, union(any.map((one) => this.search(one))), isNot)
    return found
  }

  /** Whether the text of a place contains all words. */
  has(place: number, words: readonly string[]): boolean {
    if (words.length === 0) return true
    const text = this.#currentText(place)
    return words.every((word) => text.includes(word))
  }

  /** For each place 1 if its text contains all words, else 0. No word may contain a line break. */
  search(words: readonly string[]): Uint8Array {
    this.prepare(() => true)
    let found = new Uint8Array(this.#size).fill(1)
    for (const word of new Set(words)) found = this.#searchWord(word, found)
    for (const place of this.#stale.keys()) found[place] = Number(this.has(place, words))
    return found
  }

  #searchWord(word: string, among: Uint8Array): Uint8Array<ArrayBuffer> {
    const found = new Uint8Array(among.length)
    for (const [number, { joined, starts }] of this.#chunks.entries()) {
      let row = 0
      for (let at = joined.indexOf(word); at >= 0; at = joined.indexOf(word, starts[row])) {
        while ((starts[row + 1] ?? Infinity) <= at) row += 1
        const place = number * CHUNK + row
        found[place] = among[place] ?? 0
        row += 1
      }
    }
    return found
  }

  get #joined(): number {
    const last = this.#chunks.at(-1)
    return last ? (this.#chunks.length - 1) * CHUNK + last.starts.length - 1 : 0
  }

  #joinStale(mayGoOn: () => boolean): boolean {
    for (const number of new Set(Array.from(this.#stale.keys(), chunkOf))) {
      if (!mayGoOn()) return false
      this.#chunks[number] = this.#join(number)
    }
    return true
  }

  /** A text that is out of date is made once, however often it is searched. */
  #currentText(place: number): string {
    const text = this.#stale.get(place) ?? this.#textOf(place)
    if (this.#stale.has(place)) this.#stale.set(place, text)
    return text
  }

  /** A joined text that is not out of date is taken from the chunk: to make it anew costs more. */
  #join(number: number): Chunk {
    const { joined = '', starts = [] } = this.#chunks[number] ?? {}
    const texts: string[] = []
    const first = number * CHUNK
    for (let place = first; place < Math.min(first + CHUNK, this.#size); place++) {
      const row = place - first
      const isKept = row + 1 < starts.length && !this.#stale.has(place)
      // A word has no line break, so it is never found across two texts.
      const text = () => `${this.#currentText(place).replaceAll('\n', ' ')}\n`
      texts.push(isKept ? joined.slice(starts[row], starts[row + 1]) : text())
      this.#stale.delete(place)
    }
    const ends = new Uint32Array(texts.length + 1)
    for (const [row, { length }] of texts.entries()) ends[row + 1] = (ends[row] ?? 0) + length
    return { joined: texts.join(''), starts: ends }
  }
}
