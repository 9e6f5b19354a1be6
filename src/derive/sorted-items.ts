import { orderBy, type SortValue } from './order.ts'

/** An item that is kept in order. */
interface Sortable {
  readonly id: string
  readonly key: SortValue
}

/**
 * Up to this many items are removed or added one by one; for more, one pass over all is cheaper.
 */
const FEW = 64

/**
 * Items in the order of their keys, equal keys by id. An item is removed before its key changes and
 * added again after. Each change makes a new list, so that the former one can be kept.
 */
export class SortedItems<T extends Sortable> {
  #all: readonly T[]
  readonly #compare: (a: T, b: T) => number

  constructor(items: Iterable<T>, descending: boolean) {
    const compare = orderBy(descending)
    this.#compare = (a, b) => compare(a.key, a.id, b.key, b.id)
    this.#all = Array.from(items).toSorted(this.#compare)
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
      for (let other = items[waiting]; other && this.#compare(other, one) < 0;) {
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
      if (other && this.#compare(other, item) < 0) low = middle + 1
      else high = middle
    }
    return low
  }
}
