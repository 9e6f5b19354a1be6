import type { RosterEntry } from '~/domain/merge.ts'
import { isGone } from '~/domain/participant.ts'
import { PlacedIds, type IdList } from './id-list.ts'
import { orderBy, type SortValue } from './order.ts'
import {
  participantRow,
  searchTextOf,
  sortValueOf,
  type ParticipantRow,
  type RowSources,
} from './participant-rows.ts'
import { ParticipantPlaces } from './participant-places.ts'
import { matcherOf, type Matcher } from './query/match.ts'
import { parseQuery } from './query/parse.ts'
import { SortedItems } from './sorted-items.ts'
import { TextIndex } from './text-index.ts'
import { isSameFilter, isSameSort, type Options } from './view-options.ts'
import { changedKeys } from '~/util/changed-keys.ts'

/** A change of one participant; `after` is undefined once it is forgotten. */
interface EntryChange {
  readonly id: string
  readonly after: RosterEntry | undefined
}

/** The content of a view. */
export interface Shown {
  /** Ids of the matching participants in order; the same list while it has not changed. */
  readonly ids: IdList
  /** How many have each status, matching or not. */
  readonly byStatus: ReadonlyMap<string, number>
  /** How many there are, matching or not. */
  readonly total: number
}

/**
 * The participants of one conference, or of all, as a view shows them: filtered, sorted and counted, at a cost
 * of what changed since the last read. Rows are made only when drawn.
 */
export class RosterView {
  readonly #conferenceId: string | null
  readonly #places = new ParticipantPlaces()
  /** The sort key by place, in the current order. */
  readonly #keys: SortValue[] = []
  /** By place: whether it is in the order. */
  readonly #isSorted: boolean[] = []
  /** By place: 1 if it matches the options of the last read. */
  #isShown: Uint8Array = new Uint8Array()
  readonly #texts = new TextIndex((place) => this.#textAt(place))
  /** All places in order, matching or not. */
  #sorted = new SortedItems<number>([], () => 0)
  /** Places that are new, changed or forgotten since the last read. */
  readonly #dirty = new Set<number>()
  /** Entries of the last change that forgot any: a frozen table still draws them. */
  #forgotten: ReadonlyMap<string, RosterEntry> = new Map()
  #options: Options | null = null
  #matcher: Matcher = matcherOf({ terms: [] })
  #sources: RowSources | null = null
  #shown: Shown = { ids: [], byStatus: new Map(), total: 0 }

  /** @param conferenceId null for the participants of all conferences */
  constructor(conferenceId: string | null, entries: Iterable<RosterEntry>) {
    this.#conferenceId = conferenceId
    for (const entry of entries) this.#put(entry)
  }

  /** Applies changes of the roster, also those of other conferences. */
  note(changes: readonly EntryChange[]): void {
    const forgotten = new Map<string, RosterEntry>()
    for (const { id, after } of changes) {
      if (after && this.#isOurs(after)) this.#put(after)
      else {
        const entry = this.entryOf(id)
        if (!entry) continue
        forgotten.set(id, entry)
        this.#markDirty(this.#places.remove(entry))
      }
    }
    if (forgotten.size > 0) this.#forgotten = forgotten
  }

  /** Marks participants for new rows although their records have not changed. */
  touch(ids: Iterable<string>): void {
    for (const id of ids) {
      const place = this.#places.placeOf(id)
      if (place !== undefined) this.#markDirty(place)
    }
  }

  /** How many there are, matching or not. */
  get size(): number {
    return this.#places.size
  }

  has(id: string): boolean {
    return this.#places.placeOf(id) !== undefined
  }

  entryOf(id: string): RosterEntry | undefined {
    return this.#places.at(this.#places.placeOf(id))
  }

  /** Whether it matches the options of the last read. */
  isShown = (id: string): boolean => this.#isShown[this.#places.placeOf(id) ?? -1] === 1

  /** The matching participants. Returns the same object while nothing has changed. */
  read(options: Options, sources: RowSources): Shown {
    const before = this.#options
    if (this.#sources !== sources) this.#useSources(sources)
    const isSorted = before !== null && isSameSort(before, options)
    const isFiltered = isSorted && isSameFilter(before, options)
    if (isFiltered && this.#dirty.size === 0) return this.#shown
    this.#options = options
    if (before?.text !== options.text) this.#matcher = matcherOf(parseQuery(options.text))
    const { all } = this.#sorted
    if (isSorted) this.#sortChanged(options)
    else this.#sortAll(options)
    const isSame = isFiltered && this.#matchChanged(options) && all === this.#sorted.all
    if (!isFiltered) this.#matchAll(options)
    const ids = isSame ? this.#shown.ids : this.#shownIds()
    this.#freeForgotten()
    this.#shown = { ids, byStatus: new Map(this.#places.byStatus), total: this.size }
    return this.#shown
  }

  /** The row of a participant; a forgotten one as it was last held. */
  rowOf(id: string, sources: RowSources): ParticipantRow | undefined {
    const entry = this.entryOf(id) ?? this.#forgotten.get(id)
    return entry && participantRow(entry, sources)
  }

  /**
   * Prepares the search before the first key press, so that it need not wait.
   *
   * @param mayGoOn asked every few hundred participants
   * @returns whether all is prepared
   */
  prepare(mayGoOn: () => boolean): boolean {
    return this.#sources === null || this.#texts.prepare(mayGoOn)
  }

  #isOurs({ participant }: RosterEntry): boolean {
    return this.#conferenceId === null || participant.conferenceId === this.#conferenceId
  }

  #put(entry: RosterEntry): void {
    this.#markDirty(this.#places.put(entry))
  }

  #markDirty(place: number): void {
    this.#dirty.add(place)
    this.#texts.note(place)
  }

  /** A place is used again only once it is out of the order. */
  #freeForgotten(): void {
    for (const place of this.#dirty) if (!this.#places.at(place)) this.#places.free(place)
    this.#dirty.clear()
  }

  /** Marks only those participants that the new sources may have changed. */
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
    const isZoneNew = before.zone !== sources.zone
    if (!isHereNew && !isGoneNew && !isZoneNew) return
    for (const place of this.#places.inUse) {
      const entry = this.#places.at(place)
      if (isZoneNew || (entry && (isGone(entry.participant) ? isGoneNew : isHereNew)))
        this.#markDirty(place)
    }
  }

  #sortAll(options: Options): void {
    const places = [...this.#places.inUse]
    this.#isSorted.fill(false)
    for (const place of places) {
      this.#keys[place] = this.#keyOf(place, options)
      this.#isSorted[place] = true
    }
    const compare = orderBy(options.sort.descending)
    const keyAt = (place: number) => this.#keys[place] ?? null
    const idAt = (place: number) => this.#places.ids[place] ?? ''
    this.#sorted = new SortedItems(places, (a, b) => compare(keyAt(a), idAt(a), keyAt(b), idAt(b)))
  }

  /** Moves those that arrive, leave or change their key; most changes do none of it. */
  #sortChanged(options: Options): void {
    const out: number[] = []
    const into: number[] = []
    const keys: SortValue[] = []
    for (const place of this.#dirty) {
      const isHere = this.#places.at(place) !== undefined
      const isSorted = this.#isSorted[place] ?? false
      const key = isHere ? this.#keyOf(place, options) : null
      if (isHere && isSorted && key === this.#keys[place]) continue
      if (isSorted) out.push(place)
      this.#isSorted[place] = isHere
      if (!isHere) continue
      into.push(place)
      keys.push(key)
    }
    this.#sorted.remove(out)
    for (const [index, place] of into.entries()) this.#keys[place] = keys[index] ?? null
    this.#sorted.add(into)
  }

  #matchAll(options: Options): void {
    const { texts, tests } = this.#matcher
    this.#isShown = this.#texts.searchAll(texts, this.#places.length)
    const shows = this.#statusFilter(options)
    const isShown = new Map(Array.from(this.#places.byStatus.keys(), (one) => [one, shows(one)]))
    if (![...isShown.values()].every(Boolean)) {
      for (const [place, status] of this.#places.statuses.entries()) {
        if (isShown.get(status) === false) this.#isShown[place] = 0
      }
    }
    if (tests.length === 0) return
    for (const [place, is] of this.#isShown.entries()) {
      if (is === 1 && !this.#passes(place, options)) this.#isShown[place] = 0
    }
  }

  /** Statuses that the query asks for are shown whatever is hidden. */
  #statusFilter({ hidden }: Options): (status: string) => boolean {
    return this.#matcher.passesStatus ?? ((status) => !hidden.includes(status))
  }

  /** Whether the participant at a place passes the conditions that only its record and its caller decide. */
  #passes(place: number, { now = 0 }: Options): boolean {
    const entry = this.#places.at(place)
    const sources = this.#sources
    if (!entry || !sources) return false
    return this.#matcher.tests.every(({ passes }) => passes({ entry, sources, now }))
  }

  #shownIds(): IdList {
    const { all } = this.#sorted
    const isShown = this.#isShown
    const places = new Int32Array(all.length)
    let count = 0
    for (const place of all) {
      places[count] = place
      count += isShown[place] ?? 0
    }
    return new PlacedIds(places.slice(0, count), this.#places.ids)
  }

  /** Returns whether the same participants match as before. */
  #matchChanged(options: Options): boolean {
    const shows = this.#statusFilter(options)
    const before = this.#isShown
    if (before.length < this.#places.length) {
      // Twice as many as are needed now, as arrays grow.
      this.#isShown = new Uint8Array(this.#places.length * 2)
      this.#isShown.set(before)
    }
    let isSame = true
    for (const place of this.#dirty) {
      const isShown =
        this.#places.at(place) !== undefined &&
        shows(this.#places.statuses[place] ?? '') &&
        this.#texts.hasAll(place, this.#matcher.texts) &&
        this.#passes(place, options)
      isSame &&= isShown === (this.#isShown[place] === 1)
      this.#isShown[place] = Number(isShown)
    }
    return isSame
  }

  #textAt(place: number): string {
    const entry = this.#places.at(place)
    return entry && this.#sources ? searchTextOf(entry, this.#sources) : ''
  }

  #keyOf(place: number, { sort }: Options): SortValue {
    const entry = this.#places.at(place)
    return entry && this.#sources ? sortValueOf(entry, sort.column, this.#sources) : null
  }
}
