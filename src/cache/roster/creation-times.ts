import type { Micros } from '~/domain/time.ts'

/** Up to this many additions are inserted one by one; for more, sorting everything is cheaper. */
const FEW = 64

/**
 * The creation times of all participants held, oldest first. Additions are inserted at the next
 * read.
 */
export class CreationTimes {
  #sorted: Micros[] = []
  #added: Micros[] = []

  /** Oldest first; equal times are repeated. */
  get all(): readonly Micros[] {
    const added = this.#added
    if (added.length === 0) return this.#sorted
    this.#added = []
    if (added.length > FEW) this.#sorted = [...this.#sorted, ...added].toSorted((a, b) => a - b)
    else for (const at of added) this.#sorted.splice(this.#placeOf(at), 0, at)
    return this.#sorted
  }

  add(at: Micros): void {
    // Almost all additions are the newest time, which belongs at the end.
    if (this.#added.length === 0 && at >= (this.#sorted.at(-1) ?? 0)) this.#sorted.push(at)
    else this.#added.push(at)
  }

  remove(at: Micros): void {
    const { all } = this
    const place = this.#placeOf(at)
    if (all[place] === at) this.#sorted.splice(place, 1)
  }

  clear(): void {
    this.#sorted = []
    this.#added = []
  }

  /** The index of the first time that is not before this one. */
  #placeOf(at: Micros): number {
    let [low, high] = [0, this.#sorted.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#sorted[middle] ?? Infinity) < at) low = middle + 1
      else high = middle
    }
    return low
  }
}
