import { SECOND, type Micros } from '../world/time.ts'

/** Requests a second, and how many may come at once after a pause. */
export interface Limit {
  readonly rate: number
  readonly burst: number
}

/** The platform's defaults (voipbin-api.md 8). */
export const LIMITS = {
  ip: { rate: 200, burst: 400 },
  auth: { rate: 10, burst: 20 },
  customer: { rate: 17, burst: 33 },
  delegate: { rate: 8, burst: 16 },
} as const satisfies Record<string, Limit>

/** A token bucket, kept as the one instant at which it will be full again (GCRA, as redis_rate). */
export class Bucket {
  readonly #limit: Limit
  #fullAt: Micros = 0

  constructor(limit: Limit) {
    this.#limit = limit
  }

  /** Takes one request out. Returns 0 when granted, else the microseconds until it would be. */
  take(now: Micros): Micros {
    const interval = SECOND / this.#limit.rate
    const fullAt = Math.max(this.#fullAt, now) + interval
    const wait = fullAt - this.#limit.burst * interval - now
    // A rounding error of float intervals must not refuse the last request of a burst.
    if (wait > 0.001) return wait
    this.#fullAt = fullAt
    return 0
  }
}

/** One bucket per key (an IP address, a customer id), made when first needed. */
export class Buckets {
  readonly #limit: Limit
  readonly #buckets = new Map<string, Bucket>()

  constructor(limit: Limit) {
    this.#limit = limit
  }

  /** As `Bucket.take`, for the bucket of `key`. */
  take(key: string, now: Micros): Micros {
    let bucket = this.#buckets.get(key)
    if (bucket === undefined) {
      bucket = new Bucket(this.#limit)
      this.#buckets.set(key, bucket)
    }
    return bucket.take(now)
  }
}
