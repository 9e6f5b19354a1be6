import type { RosterEntry } from '~/domain/merge.ts'
import { isGone } from '~/domain/participant.ts'
import { PlacedIds, type IdList } from './id-list.ts'
import { MatchingPlaces } from './matching-places.ts'
import { orderBy, type SortValue } from './order.ts'
import { participantRow, type ParticipantRow, type RowSources } from './participant-rows.ts'
import { sortValueOf } from './participant-search.ts'
import { ParticipantPlaces } from './participant-places.ts'
import { SortedItems } from './sorted-items.ts'
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
  readonly #matching = new MatchingPlaces(this.#places)
  /** All places in order, matching or not. */
  #sorted = new SortedItems<number>([], () => 0)
  /** Places that are new, changed or forgotten since the last read. */
  readonly #dirty = new Set<number>()
  /** Entries of the last change that forgot any: a frozen table still draws them. */
  #forgotten: ReadonlyMap<string, RosterEntry> = new Map()
  #options: Options | null = null
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

  /** The matching participants. Returns the same object while nothing has changed. */
  read(options: Options, sources: RowSources): Shown {
    const before = this.#options
    if (this.#sources !== sources) this.#useSources(sources)
    const isSorted = before !== null && isSameSort(before, options)
    const isFiltered = isSorted && isSameFilter(before, options)
    if (isFiltered && this.#dirty.size === 0) return this.#shown
    this.#options = options
    const { all } = this.#sorted
    if (isSorted) this.#sortChanged(options)
    else this.#sortAll(options)
    const isMatchSame = isFiltered
      ? this.#matching.matchSome(this.#dirty, options)
      : this.#matching.matchAll(options)
    const ids = isMatchSame && all === this.#sorted.all ? this.#shown.ids : this.#shownIds()
    this.#freeForgotten()
    this.#shown = { ids, byStatus: new Map(this.#places.byStatus), total: this.size }
    return this.#shown
  }

  /** How many would match other options, as of the last read. */
  count(options: Options): number {
    return this.#matching.count(options)
  }

  /** The entries of all participants, matching or not. */
  *entries(): Generator<RosterEntry> {
    for (const place of this.#places.inUse) {
      const entry = this.#places.at(place)
      if (entry) yield entry
    }
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
    return this.#matching.prepare(mayGoOn)
  }

  #isOurs({ participant }: RosterEntry): boolean {
    return this.#conferenceId === null || participant.conferenceId === this.#conferenceId
  }

  #put(entry: RosterEntry): void {
    this.#markDirty(this.#places.put(entry))
  }

  #markDirty(place: number): void {
    this.#dirty.add(place)
    this.#matching.note(place)
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
    this.#matching.sources = sources
    if (!before) return
    this.touch(changedKeys(before.asked.removals, sources.asked.removals))
    this.touch(changedKeys(before.asked.hangUps, sources.asked.hangUps))
    const [isHereNew, isGoneNew] = [
      before.annotator?.here !== sources.annotator?.here,
      before.annotator?.gone !== sources.annotator?.gone,
    ]
    const isAllNew =
      before.zone !== sources.zone || before.conferenceName !== sources.conferenceName
    if (!isHereNew && !isGoneNew && !isAllNew) return
    for (const place of this.#places.inUse) {
      const entry = this.#places.at(place)
      if (isAllNew || (entry && (isGone(entry.participant) ? isGoneNew : isHereNew)))
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

  #shownIds(): IdList {
    return new PlacedIds(this.#matching.among(this.#sorted.all), this.#places.ids)
  }

  #keyOf(place: number, { sort }: Options): SortValue {
    const entry = this.#places.at(place)
    return entry && this.#sources ? sortValueOf(entry, sort.column, this.#sources) : null
  }
}
