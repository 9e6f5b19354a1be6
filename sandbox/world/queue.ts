import type { Micros } from './time.ts'

interface Scheduled {
  readonly at: Micros
  readonly order: number
  readonly run: () => void
}

/** Scheduled events, earliest first; those of one instant in the order they were scheduled. */
export class EventQueue {
  readonly #heap: Scheduled[] = []
  #scheduled = 0

  get size(): number {
    return this.#heap.length
  }

  push(at: Micros, run: () => void): void {
    const event = { at, order: this.#scheduled++, run }
    let slot = this.#heap.length
    this.#heap.push(event)
    while (slot > 0) {
      const parent = (slot - 1) >> 1
      const above = this.#heap[parent]
      if (above === undefined || before(above, event)) break
      this.#heap[slot] = above
      slot = parent
    }
    this.#heap[slot] = event
  }

  /** Takes the next event due at or before `now`, or undefined. */
  popDue(now: Micros): Scheduled | undefined {
    const first = this.#heap[0]
    if (first === undefined || first.at > now) return undefined
    const last = this.#heap.pop()
    if (last !== undefined && last !== first) this.#sink(last)
    return first
  }

  #sink(event: Scheduled): void {
    let slot = 0
    for (;;) {
      const left = this.#heap[2 * slot + 1]
      const right = this.#heap[2 * slot + 2]
      const rightFirst = left !== undefined && right !== undefined && before(right, left)
      const child = rightFirst ? right : left
      if (child === undefined || before(event, child)) break
      this.#heap[slot] = child
      slot = 2 * slot + (rightFirst ? 2 : 1)
    }
    this.#heap[slot] = event
  }
}

function before(a: Scheduled, b: Scheduled): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order)
}
