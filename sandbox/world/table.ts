import type { Micros } from './time.ts'

interface Keyed {
  readonly id: string
  readonly created: Micros
}

/** One customer's records of one kind, ordered by creation so that any page is a binary search away. */
export class Table<T extends Keyed> {
  readonly #rows: T[] = []
  readonly #byId = new Map<string, T>()

  get size(): number {
    return this.#rows.length
  }

  get(id: string): T | undefined {
    return this.#byId.get(id)
  }

  /** All records, oldest first. */
  all(): readonly T[] {
    return this.#rows
  }

  insert(row: T): void {
    const newest = this.#rows.at(-1)
    if (newest === undefined || newest.created <= row.created) this.#rows.push(row)
    else this.#rows.splice(this.#lowerBound(row.created + 1), 0, row)
    this.#byId.set(row.id, row)
  }

  /** Up to `limit` records created strictly before `cursor`, newest first (voipbin-api.md 3). */
  before(cursor: Micros, limit: number, keep: (row: T) => boolean): T[] {
    const page: T[] = []
    for (let index = this.#lowerBound(cursor) - 1; index >= 0 && page.length < limit; index--) {
      const row = this.#rows[index]
      if (row !== undefined && keep(row)) page.push(row)
    }
    return page
  }

  /** Index of the first record created at or after `at`. */
  #lowerBound(at: Micros): number {
    let low = 0
    let high = this.#rows.length
    while (low < high) {
      const middle = (low + high) >> 1
      const row = this.#rows[middle]
      if (row !== undefined && row.created < at) low = middle + 1
      else high = middle
    }
    return low
  }
}
