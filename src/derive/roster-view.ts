import type { RosterEntry } from '~/domain/merge.ts'
import { isGone } from '~/domain/participant.ts'
import { searchWords, type SortValue } from './order.ts'
import {
  participantRow,
  searchTextOf,
  sortValueOf,
  type ParticipantRow,
  type RowSources,
} from './participant-rows.ts'
import { SortedItems } from './sorted-items.ts'
import { isNarrower, isSameFilter, isSameSort, type Options } from './view-options.ts'
import { changedKeys } from '~/util/changed-keys.ts'

/** A participant of the conference, with its sort key and search text. */
interface Item {
  readonly id: string
  entry: RosterEntry
  /** The sort key in the current order. */
  key: SortValue
  /** Search text; null until needed, and again after a change. */
  text: string | null
  isShown: boolean
  /** Whether it is in the sorted list. */
  isSorted: boolean
}

/** A change of one participant; `after` is undefined once it is forgotten. */
interface EntryChange {
  readonly id: string
  readonly after: RosterEntry | undefined
}

/** The content of a view. */
export interface Shown {
  /** Ids of the matching participants in order; the same list while it has not changed. */
  readonly ids: readonly string[]
  /** How many have each status, matching or not. */
  readonly byStatus: ReadonlyMap<string, number>
  /** How many there are, matching or not. */
  readonly total: number
}

/**
 * The participants of one conference as a view shows them: filtered, sorted and counted, at a cost
 * of what changed since the last read. Rows are made only when drawn.
 */
export class RosterView {
  readonly #conferenceId: string
  readonly #items = new Map<string, Item>()
  readonly #byStatus = new Map<string, number>()
  /** All items in order, matching or not. */
  #sorted = new SortedItems<Item>([], false)
  /** The matching items in order. */
  #matching: readonly Item[] = []
  /** Items new, changed or forgotten since the last read. */
  readonly #dirty = new Set<Item>()
  /** Items of the last change that forgot any: a frozen table still draws them. */
  #forgotten: ReadonlyMap<string, RosterEntry> = new Map()
  #options: Options | null = null
  #sources: RowSources | null = null
  #shown: Shown = { ids: [], byStatus: new Map(), total: 0 }

  constructor(conferenceId: string, entries: Iterable<RosterEntry>) {
    this.#conferenceId = conferenceId
    for (const entry of entries) this.#put(entry)
  }

  /** Applies changes of the roster, also those of other conferences. */
  note(changes: readonly EntryChange[]): void {
    const forgotten = new Map<string, RosterEntry>()
    for (const { id, after } of changes) {
      if (after?.participant.conferenceId === this.#conferenceId) this.#put(after)
      else {
        const item = this.#items.get(id)
        if (!item) continue
        forgotten.set(id, item.entry)
        this.#remove(item)
      }
    }
    if (forgotten.size > 0) this.#forgotten = forgotten
  }

  /** Marks participants for new rows although their records have not changed. */
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

  /** Whether it matches the options of the last read. */
  isShown = (id: string): boolean => this.#items.get(id)?.isShown ?? false

  /** The matching participants. Returns the same object while nothing has changed. */
  read(options: Options, sources: RowSources): Shown {
    const before = this.#options
    if (this.#sources !== sources) this.#useSources(sources)
    const isSorted = before !== null && isSameSort(before, options)
    const isFiltered = isSorted && isSameFilter(before, options)
    if (isFiltered && this.#dirty.size === 0) return this.#shown
    this.#options = options
    const isNarrowed = isSorted && isNarrower(before, options)
    const { all } = this.#sorted
    if (isSorted) this.#sortChanged(options)
    else this.#sortAll(options)
    const isOrderKept = all === this.#sorted.all
    const matching = isFiltered
      ? this.#matchChanged(options, isOrderKept)
      : this.#matchAll(options, isNarrowed)
    this.#dirty.clear()
    const ids = matching === this.#matching ? this.#shown.ids : matching.map(({ id }) => id)
    this.#matching = matching
    this.#shown = { ids, byStatus: new Map(this.#byStatus), total: this.#items.size }
    return this.#shown
  }

  /** The row of a participant; a forgotten one as it was last held. */
  rowOf(id: string, sources: RowSources): ParticipantRow | undefined {
    const entry = this.entryOf(id) ?? this.#forgotten.get(id)
    return entry && participantRow(entry, sources)
  }

  /**
   * Makes search texts before the first key press, so that it need not wait for them.
   *
   * @param mayGoOn called every 50 texts
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
    let item = this.#items.get(id)
    if (item) {
      this.#count(item.entry.participant.status, -1)
      item.entry = entry
      item.text = null
    } else {
      item = { id, entry, key: null, text: null, isShown: false, isSorted: false }
      this.#items.set(id, item)
    }
    this.#count(status, 1)
    this.#dirty.add(item)
  }

  #remove(item: Item): void {
    this.#count(item.entry.participant.status, -1)
    this.#items.delete(item.id)
    this.#dirty.add(item)
  }

  #count(status: string, change: number): void {
    const count = (this.#byStatus.get(status) ?? 0) + change
    if (count > 0) this.#byStatus.set(status, count)
    else this.#byStatus.delete(status)
  }

  /** Marks only those items that the new sources may have changed. */
  #useSources(sources: RowSources): void {
    const before = this.#sources
    this.#sources = sources
    if (!before) return
    this.touch(changedKeys(before.asked.removals, sources.asked.removals))
    this.touch(changedKeys(before.asked.hangUps, sources.asked.hangUps))
    const [isHereNew, isGoneNew] = [
      before.annotator?.here !== sources.annotator?.here,
      before.annotator?.gone !== sources.annotator?.gone,
    ]
    if (!isHereNew && !isGoneNew) return
    for (const [id, { entry }] of this.#items) {
      if (isGone(entry.participant) ? isGoneNew : isHereNew) this.touch([id])
    }
  }

  #sortAll(options: Options): void {
    for (const item of this.#items.values()) {
      item.key = this.#keyOf(item, options)
      item.isSorted = true
    }
    this.#sorted = new SortedItems(this.#items.values(), options.sort.descending)
  }

  /** Moves items that arrive, leave or change their key; most changes do none of it. */
  #sortChanged(options: Options): void {
    const out: Item[] = []
    const into: Array<{ readonly item: Item; readonly key: SortValue }> = []
    for (const item of this.#dirty) {
      const isHere = this.#items.get(item.id) === item
      const key = this.#keyOf(item, options)
      if (isHere && item.isSorted && key === item.key) continue
      if (item.isSorted) out.push(item)
      item.isSorted = isHere
      if (isHere) into.push({ item, key })
    }
    this.#sorted.remove(out)
    for (const { item, key } of into) item.key = key
    this.#sorted.add(into.map(({ item }) => item))
  }

  /** @param isNarrowed an item that did not match before cannot match now */
  #matchAll(options: Options, isNarrowed: boolean): readonly Item[] {
    const words = searchWords(options.text)
    const dirty = isNarrowed ? this.#dirty : null
    const { all } = this.#sorted
    return all.filter((item) => {
      item.isShown =
        (dirty === null || item.isShown || dirty.has(item)) && this.#isMatch(item, options, words)
      return item.isShown
    })
  }

  /** Returns the same list unless an item arrives, leaves or moves. */
  #matchChanged(options: Options, isOrderKept: boolean): readonly Item[] {
    const words = searchWords(options.text)
    let isSame = isOrderKept
    for (const item of this.#dirty) {
      const isHere = this.#items.get(item.id) === item
      const isShown = isHere && this.#isMatch(item, options, words)
      isSame &&= isShown === item.isShown
      item.isShown = isShown
    }
    return isSame ? this.#matching : this.#sorted.all.filter(({ isShown }) => isShown)
  }

  #isMatch(item: Item, { hidden }: Options, words: readonly string[]): boolean {
    if (hidden.includes(item.entry.participant.status)) return false
    return words.every((word) => this.#textOf(item).includes(word))
  }

  #textOf(item: Item): string {
    if (item.text === null && this.#sources) item.text = searchTextOf(item.entry, this.#sources)
    return item.text ?? ''
  }

  #keyOf = ({ entry }: Item, { sort }: Options): SortValue =>
    this.#sources && sortValueOf(entry, sort.column, this.#sources)
}
