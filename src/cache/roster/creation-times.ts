import type { Micros } from '~/domain/time.ts'

/** Up to this many additions are inserted one by one; for more, sorting everything is cheaper. */
const FEW = 64

/** The creation times of all participants held, oldest first. Additions are inserted at the next read. */
export class CreationTimes {
  #sorted: Micros[] = []
  #added: Micros[] = []

  /** Oldest first; equal times are repeated. */
  get all(): readonly Micros[] {
    const added = this.#added
    if (added.length === 0) return this.#sorted
    this.#added = []
    if (added.length > FEW) this.#sorted = [...this.#sorted, ...added].toSorted((a, b) => a - b)
    else for (const at of added) this.#sorted.splice(placeOf(at, this.#sorted), 0, at)
    return this.#sorted
  }

  add(at: Micros): void {
    // Almost all additions are the newest time, which belongs at the end.
    if (this.#added.length === 0 && at >= (this.#sorted.at(-1) ?? 0)) this.#sorted.push(at)
    else this.#added.push(at)
  }

  remove(at: Micros): void {
    const { all } = this
    const place = placeOf(at, all)
    if (all[place] === at) this.#sorted.splice(place, 1)
  }

  clear(): void {
    this.#sorted = []
    this.#added = []
  }
}

/** The index of the first of these times, oldest first, that is not before another. */
export function placeOf(at: Micros, times: readonly Micros[]): number {
  let [low, high] = [0, times.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((times[middle] ?? Infinity) < at) low = middle + 1
    else high = middle
  }
  return low
}
