import type { RosterEntry } from '~/domain/merge.ts'
import { isGone } from '~/domain/participant.ts'
import { orderBy, searchWords, type SortValue } from './order.ts'
import {
  participantRow,
  searchTextOf,
  sortValueOf,
  type ParticipantRow,
  type RowSources,
} from './participant-rows.ts'
import { placeOf, withChanges } from './sorted-ids.ts'
import type { ParticipantView } from './view.ts'

/** A participant of the conference, and what was made of it. */
interface Item {
  entry: RosterEntry
  /** What it is sorted by in the present order. */
  key: SortValue
  /** Its search text; null until it is needed, and again once something it holds has changed. */
  text: string | null
  isShown: boolean
}

/** A change of one participant; `after` is undefined once it is forgotten. */
interface EntryChange {
  readonly id: string
  readonly after: RosterEntry | undefined
}

/** What a view shows. */
export interface Shown {
  /** The participants that match, in order; the same list while neither has changed. */
  readonly ids: readonly string[]
  /** How many have each status, matching or not. */
  readonly byStatus: ReadonlyMap<string, number>
  /** How many there are, matching or not. */
  readonly total: number
}

type Options = Pick<ParticipantView, 'text' | 'hidden' | 'sort'>

/**
 * The participants of one conference as a view shows them: filtered, sorted and counted, at a cost of what changed since
 * it was last read. Rows are made for those that are drawn only.
 */
export class RosterView {
  readonly #conferenceId: string
  readonly #items = new Map<string, Item>()
  readonly #byStatus = new Map<string, number>()
  /** Changed since it was last read, each with its item as it was drawn; undefined for a new one. */
  readonly #dirty = new Map<string, Item | undefined>()
  /** Those of the last change that forgot any: a table that is frozen still draws them. */
  #forgotten: ReadonlyMap<string, RosterEntry> = new Map()
  #options: Options | null = null
  #sources: RowSources | null = null
  #shown: Shown = { ids: [], byStatus: new Map(), total: 0 }

  constructor(conferenceId: string, entries: Iterable<RosterEntry>) {
    this.#conferenceId = conferenceId
    for (const entry of entries) this.#put(entry)
  }

  /** Takes up changes of the roster, those of other conferences among them. */
  note(changes: readonly EntryChange[]): void {
    const forgotten = new Map<string, RosterEntry>()
    for (const { id, after } of changes) {
      if (after?.participant.conferenceId === this.#conferenceId) this.#put(after)
      else {
        const item = this.#items.get(id)
        if (!item) continue
        forgotten.set(id, item.entry)
        this.#remove(id, item)
      }
    }
    if (forgotten.size > 0) this.#forgotten = forgotten
  }

  /** Something these show is no longer as it was, though their records are. */
  touch(ids: Iterable<string>): void {
    for (const id of ids) {
      const item = this.#items.get(id)
      if (item) this.#put(item.entry)
    }
  }

  /** How many there are, matching or not. */
  get size(): number {
    return this.#items.size
  }

  has(id: string): boolean {
    return this.#items.has(id)
  }

  entryOf(id: string): RosterEntry | undefined {
    return this.#items.get(id)?.entry
  }

  /** Whether it matches what was read last. */
  isShown = (id: string): boolean => this.#items.get(id)?.isShown ?? false

  /** What matches now. It returns the same object while nothing has changed. */
  read(options: Options, sources: RowSources): Shown {
    const before = this.#options
    if (this.#sources !== sources) this.#useSources(sources)
    this.#options = options
    const isSorted = before !== null && isSameSort(before, options)
    const isSame = isSorted && isSameFilter(before, options)
    if (isSame && this.#dirty.size === 0) return this.#shown
    const isNarrower = isSorted && isNarrowed(before, options)
    const ids = isSame
      ? this.#idsAfterChanges(options)
      : isNarrower && this.#dirty.size === 0
        ? this.#narrowed(options)
        : this.#allIds(options, isSorted)
    this.#dirty.clear()
    this.#shown = { ids, byStatus: new Map(this.#byStatus), total: this.#items.size }
    return this.#shown
  }

  /** The row of a participant; one that was just forgotten is as it was. */
  rowOf(id: string, sources: RowSources): ParticipantRow | undefined {
    const entry = this.entryOf(id) ?? this.#forgotten.get(id)
    return entry && participantRow(entry, sources)
  }

  /**
   * Makes search texts ahead of the first key, so that it need not wait for them.
   *
   * @param mayGoOn asked now and then
   * @returns whether all are made
   */
  prepare(mayGoOn: () => boolean): boolean {
    const sources = this.#sources
    if (!sources) return true
    let made = 0
    for (const item of this.#items.values()) {
      if (item.text !== null) continue
      if (made % 50 === 0 && !mayGoOn()) return false
      item.text = searchTextOf(item.entry, sources)
      made += 1
    }
    return true
  }

  #put(entry: RosterEntry): void {
    const { id, status } = entry.participant
    const item = this.#items.get(id)
    if (!this.#dirty.has(id)) this.#dirty.set(id, item && { ...item })
    if (item) this.#count(item.entry.participant.status, -1)
    this.#count(status, 1)
    if (item) {
      item.entry = entry
      item.text = null
    } else this.#items.set(id, { entry, key: null, text: null, isShown: false })
  }

  #remove(id: string, item: Item): void {
    if (!this.#dirty.has(id)) this.#dirty.set(id, { ...item })
    this.#count(item.entry.participant.status, -1)
    this.#items.delete(id)
  }

  #count(status: string, change: number): void {
    const count = (this.#byStatus.get(status) ?? 0) + change
    if (count > 0) this.#byStatus.set(status, count)
    else this.#byStatus.delete(status)
  }

  /** Of what is told beside the records, only those are looked at anew that it may have changed. */
  #useSources(sources: RowSources): void {
    const before = this.#sources
    this.#sources = sources
    if (!before) return
    this.touch(changedKeys(before.asked.removals, sources.asked.removals))
    this.touch(changedKeys(before.asked.hangUps, sources.asked.hangUps))
    const [isHereNew, isGoneNew] = [
      before.insight?.here !== sources.insight?.here,
      before.insight?.gone !== sources.insight?.gone,
    ]
    if (!isHereNew && !isGoneNew) return
    for (const [id, { entry }] of this.#items) {
      if (isGone(entry.participant) ? isGoneNew : isHereNew) this.touch([id])
    }
  }

  #isMatch(item: Item, { hidden }: Options, words: readonly string[]): boolean {
    const { participant } = item.entry
    if (hidden.includes(participant.status)) return false
    return words.length === 0 || isFound(item, words, this.#sources)
  }

  /** Everything anew. */
  #allIds(options: Options, isSorted: boolean): readonly string[] {
    const words = searchWords(options.text)
    const shown: string[] = []
    for (const [id, item] of this.#items) {
      item.isShown = this.#isMatch(item, options, words)
      if (!isSorted || this.#dirty.has(id)) item.key = this.#keyOf(item, options)
      if (item.isShown) shown.push(id)
    }
    return shown.sort(this.#compare(options))
  }

  /** The filter leaves less than before: nothing else has to be looked at. */
  #narrowed(options: Options): readonly string[] {
    const words = searchWords(options.text)
    return this.#shown.ids.filter((id) => {
      const item = this.#items.get(id)
      if (!item) return false
      item.isShown = this.#isMatch(item, options, words)
      return item.isShown
    })
  }

  /** The list as it was, but for those that come, go or move. */
  #idsAfterChanges(options: Options): readonly string[] {
    const words = searchWords(options.text)
    const gone: number[] = []
    const come: string[] = []
    const { ids } = this.#shown
    for (const [id, before] of this.#dirty) {
      const item = this.#items.get(id)
      const wasAt = before?.isShown ? placeOf(ids, id, before.key, this.#compareTo(options)) : -1
      if (item) {
        item.key = this.#keyOf(item, options)
        item.isShown = this.#isMatch(item, options, words)
        if (item.isShown && wasAt >= 0 && item.key === before?.key) continue
        if (item.isShown) come.push(id)
      }
      if (wasAt >= 0) gone.push(wasAt)
    }
    return withChanges(ids, gone, come, this.#compare(options))
  }

  #keyOf = ({ entry }: Item, { sort }: Options): SortValue =>
    this.#sources && sortValueOf(entry, sort.column, this.#sources)

  #compare({ sort }: Options): (a: string, b: string) => number {
    const compare = orderBy(sort.descending)
    return (a, b) => compare(this.#keyFor(a), a, this.#keyFor(b), b)
  }

  /** Compares an id in the list as it was with a key as it was. */
  #compareTo({ sort }: Options): (a: string, key: SortValue, b: string) => number {
    const compare = orderBy(sort.descending)
    return (a, key, b) =>
      compare((this.#dirty.get(a) ?? this.#items.get(a))?.key ?? null, a, key, b)
  }

  #keyFor = (id: string): SortValue => this.#items.get(id)?.key ?? null
}

/** Whether each word is in its id, the id of its call, or its search text. */
function isFound(item: Item, words: readonly string[], sources: RowSources | null): boolean {
  const { id, referenceId } = item.entry.participant
  return words.every((word) => {
    if (id.includes(word) || referenceId?.includes(word)) return true
    if (sources) item.text ??= searchTextOf(item.entry, sources)
    return item.text?.includes(word) ?? false
  })
}

const isSameSort = (a: Options, b: Options): boolean =>
  a.sort.column === b.sort.column && a.sort.descending === b.sort.descending

const isSameFilter = (a: Options, b: Options): boolean =>
  a.text === b.text && String(a.hidden) === String(b.hidden)

/** Whether what matched not before cannot match now: each word of then is part of one of now. */
function isNarrowed(before: Options, { text, hidden }: Options): boolean {
  const words = searchWords(text)
  const isPart = (word: string) => words.some((one) => one.includes(word))
  return String(before.hidden) === String(hidden) && searchWords(before.text).every(isPart)
}

/** The keys whose values differ. */
function changedKeys<T>(
  before: ReadonlyMap<string, T>,
  after: ReadonlyMap<string, T>,
): readonly string[] {
  if (before === after) return []
  const keys = new Set([...before.keys(), ...after.keys()])
  return [...keys].filter((key) => before.get(key) !== after.get(key))
}
