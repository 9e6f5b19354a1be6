import type { RosterEntry } from '~/domain/merge.ts'

/**
 * Participants by place, a number each, and counted by status. What filter and order need is in
 * columns by place, which a pass over all reads much faster than objects.
 */
export class ParticipantPlaces {
  readonly #places = new Map<string, number>()
  readonly #entries: Array<RosterEntry | undefined> = []
  #ids: string[] = []
  readonly #statuses: string[] = []
  readonly #byStatus = new Map<string, number>()
  readonly #free: number[] = []

  /** How many there are. */
  get size(): number {
    return this.#places.size
  }

  /** How many places there are, free ones included. */
  get length(): number {
    return this.#entries.length
  }

  /** The places in use. */
  get inUse(): Iterable<number> {
    return this.#places.values()
  }

  /** Ids by place. The list is only added to, or replaced: it may be kept. */
  get ids(): readonly string[] {
    return this.#ids
  }

  /** Statuses by place. */
  get statuses(): readonly string[] {
    return this.#statuses
  }

  /** How many have each status. */
  get byStatus(): ReadonlyMap<string, number> {
    return this.#byStatus
  }

  placeOf(id: string): number | undefined {
    return this.#places.get(id)
  }

  /** The entry at a place; undefined for a place without a participant. */
  at(place: number | undefined): RosterEntry | undefined {
    return place === undefined ? undefined : this.#entries[place]
  }

  /** Adds an entry or replaces the entry of the same id. Returns its place. */
  put(entry: RosterEntry): number {
    const { id, status } = entry.participant
    const known = this.#places.get(id)
    const place = known ?? this.#take(id)
    if (known !== undefined) this.#count(this.#statuses[place] ?? '', -1)
    this.#entries[place] = entry
    this.#statuses[place] = status
    this.#count(status, 1)
    return place
  }

  /** Removes an entry that is held. Returns its place, which no other gets until it is freed. */
  remove({ participant: { id, status } }: RosterEntry): number {
    const place = this.#places.get(id)
    if (place === undefined) throw new Error(`No participant ${id} is held.`)
    this.#count(status, -1)
    this.#places.delete(id)
    this.#entries[place] = undefined
    return place
  }

  /** Gives a place away that is no longer in any list of places. */
  free(place: number): void {
    this.#free.push(place)
  }

  #take(id: string): number {
    const free = this.#free.pop()
    // Lists that were handed out still have the former participant at this place.
    if (free !== undefined) this.#ids = [...this.#ids]
    const place = free ?? this.#entries.length
    this.#places.set(id, place)
    this.#ids[place] = id
    return place
  }

  #count(status: string, change: number): void {
    const count = (this.#byStatus.get(status) ?? 0) + change
    if (count > 0) this.#byStatus.set(status, count)
    else this.#byStatus.delete(status)
  }
}
