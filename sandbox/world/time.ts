/** Microseconds since the Unix epoch, always an integer: the platform stores DATETIME(6). */
export type Micros = number

/** Reads the current time. Handed in everywhere, so that a spec can move it. */
export type Clock = () => Micros

export const MILLISECOND: Micros = 1_000
export const SECOND: Micros = 1_000_000
export const MINUTE: Micros = 60 * SECOND
export const HOUR: Micros = 60 * MINUTE
export const DAY: Micros = 24 * HOUR

/** The machine's wall clock. No two readings are equal, so records made in a row keep their order. */
export function systemClock(): Clock {
  let last = 0
  return () => {
    // Date has no microseconds; those of the monotonic clock stand in for them.
    const reading = Date.now() * 1000 + (Math.floor(performance.now() * 1000) % 1000)
    last = Math.max(last + 1, reading)
    return last
  }
}

/** Seconds to whole microseconds, for input given in seconds. */
export function fromSeconds(count: number): Micros {
  return Math.round(count * SECOND)
}

/** A tenant's own clock: from `start` on at `speed`, and ahead by what was skipped. */
export class Pace {
  readonly #start: Micros
  /** Seconds of the tenant's in one of the platform's. */
  readonly speed: number
  #skipped: Micros = 0

  constructor(start: Micros, speed: number) {
    this.#start = start
    this.speed = speed
  }

  /** The tenant's time when the platform's is `now`. */
  at(now: Micros): Micros {
    return this.#start + Math.round((now - this.#start) * this.speed) + this.#skipped
  }

  /** Puts the tenant's clock forward. */
  skip(by: Micros): void {
    this.#skipped += by
  }
}
