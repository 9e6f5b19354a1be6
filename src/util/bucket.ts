/** Sums of fractions of a millisecond are off by less than this. */
const ROUNDING = 0.001

/**
 * A token bucket: `burst` at once, `perSecond` in the long run. Knows no clock: each `now` is in milliseconds
 * of one that never goes back, such as `performance.now()`.
 */
export class Bucket {
  readonly #interval: number
  readonly #slack: number
  /** When the bucket will be full again. One number says all: how full it is now, and any debt. */
  #fullAt = Number.NEGATIVE_INFINITY

  constructor(perSecond: number, burst: number) {
    this.#interval = 1000 / perSecond
    this.#slack = (burst - 1) * this.#interval
  }

  /** Takes a token, or goes into debt for it: what had to be sent is counted all the same. */
  spend(now: number): void {
    this.#fullAt = Math.max(this.#fullAt, now) + this.#interval
  }

  /** Milliseconds until a token is there, rounded up as timers want it; 0 when there is one. */
  wait(now: number): number {
    return Math.max(0, Math.ceil(this.#fullAt - this.#slack - now - ROUNDING))
  }
}
