/**
 * Runs callbacks of a burst in few batches: those of the first moment together in the next task, all that follow together
 * once per interval. A callback that waits already is not added again.
 */
export class Burst {
  readonly #interval: number
  readonly #waiting = new Set<() => void>()
  #isPlanned = false

  /** @param interval milliseconds between two batches */
  constructor(interval: number) {
    this.#interval = interval
  }

  run(callback: () => void): void {
    this.#waiting.add(callback)
    if (this.#isPlanned) return
    this.#isPlanned = true
    setTimeout(() => this.#runWaiting())
  }

  /** Takes out a callback that waits. */
  drop(callback: () => void): void {
    this.#waiting.delete(callback)
  }

  #runWaiting(): void {
    if (this.#waiting.size === 0) {
      this.#isPlanned = false
      return
    }
    const callbacks = [...this.#waiting]
    this.#waiting.clear()
    setTimeout(() => this.#runWaiting(), this.#interval)
    for (const callback of callbacks) callback()
  }
}
