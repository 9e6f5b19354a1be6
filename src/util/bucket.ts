/** The rounding error of sums is smaller than this. Milliseconds. */
const ROUNDING = 0.001

/**
 * A token bucket: `burst` tokens at once, `perSecond` in the long run. It has no clock: each `now` is in milliseconds
 * of a clock that never goes back, such as `performance.now()`.
 */
export class Bucket {
  readonly #interval: number
  readonly #slack: number
  /** When the bucket is full again. This one number holds both the tokens and the debt. */
  #fullAt = Number.NEGATIVE_INFINITY

  constructor(perSecond: number, burst: number) {
    this.#interval = 1000 / perSecond
    this.#slack = (burst - 1) * this.#interval
  }

  /** Takes a token. An empty bucket goes into debt, as for a request that cannot wait. */
  spend(now: number): void {
    this.#fullAt = Math.max(this.#fullAt, now) + this.#interval
  }

  /** Milliseconds until a token is available, rounded up for timers; 0 when one is. */
  wait(now: number): number {
    return Math.max(0, Math.ceil(this.#fullAt - this.#slack - now - ROUNDING))
  }
}
