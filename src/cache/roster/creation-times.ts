import type { Micros } from '~/domain/time.ts'

/** This many are put in their places one by one; of more it is cheaper to sort all. */
const FEW = 64

/** The creation times of everything held, oldest first. Additions are put in their places when it is read next. */
export class CreationTimes {
  #sorted: Micros[] = []
  #added: Micros[] = []

  /** Oldest first, equal ones as often as they were added. */
  get all(): readonly Micros[] {
    const added = this.#added
    if (added.length === 0) return this.#sorted
    this.#added = []
    if (added.length > FEW) this.#sorted = [...this.#sorted, ...added].toSorted((a, b) => a - b)
    else for (const at of added) this.#sorted.splice(this.#placeOf(at), 0, at)
    return this.#sorted
  }

  add(at: Micros): void {
    // The newest come last, and almost all that come are the newest.
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

  /** The first place that is not before this time. */
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
