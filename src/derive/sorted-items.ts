/**
 * Up to this many items are removed or added one by one; for more, one pass over all is cheaper.
 */
const FEW = 64

/**
 * Items in an order without ties. An item is removed before its sort key changes and added again
 * after. Each change makes a new list, so that the former one can be kept.
 */
export class SortedItems<T> {
  #all: readonly T[]
  readonly #compare: (a: T, b: T) => number

  constructor(items: Iterable<T>, compare: (a: T, b: T) => number) {
    this.#compare = compare
    this.#all = Array.from(items).toSorted(compare)
  }

  get all(): readonly T[] {
    return this.#all
  }

  remove(items: readonly T[]): void {
    if (items.length === 0) return
    if (items.length > FEW) {
      const out = new Set(items)
      this.#all = this.#all.filter((one) => !out.has(one))
      return
    }
    const next = [...this.#all]
    for (const one of items) {
      const place = this.#placeOf(next, one)
      if (next[place] === one) next.splice(place, 1)
    }
    this.#all = next
  }

  add(items: readonly T[]): void {
    if (items.length === 0) return
    if (items.length > FEW) {
      this.#all = this.#merged(items.toSorted(this.#compare))
      return
    }
    const next = [...this.#all]
    for (const one of items) next.splice(this.#placeOf(next, one), 0, one)
    this.#all = next
  }

  #merged(items: readonly T[]): readonly T[] {
    const next: T[] = []
    let waiting = 0
    for (const one of this.#all) {
      for (let other = items[waiting]; other !== undefined && this.#compare(other, one) < 0;) {
        next.push(other)
        waiting += 1
        other = items[waiting]
      }
      next.push(one)
    }
    return [...next, ...items.slice(waiting)]
  }

  /** The index of the first item that does not come before this one. */
  #placeOf(items: readonly T[], item: T): number {
    let [low, high] = [0, items.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      const other = items[middle]
      if (other !== undefined && this.#compare(other, item) < 0) low = middle + 1
      else high = middle
    }
    return low
  }
}
