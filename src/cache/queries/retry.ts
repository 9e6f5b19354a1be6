import { ApiError } from '~/domain/api-error.ts'
import { backoff, type Pauses } from '~/util/backoff.ts'

/** After no answer, an unreadable one, 429 or 5xx: the same may work soon. Milliseconds. */
const MAY_PASS: Pauses = { shortest: 1000, longest: 30_000 }

/** After an answer that will hardly get better, such as 400, 404 or 409. Milliseconds. */
const WILL_HARDLY_CHANGE: Pauses = { shortest: 3000, longest: 3600_000 }

/**
 * A server that asks for a longer pause is not believed: the platform's own is always a second (voipbin-api.md 8), and
 * a timer of over 24 days fires at once. Milliseconds.
 */
const LONGEST_ASKED = 600_000

/**
 * The law for everything that is asked again by itself: how long to wait after a failure. Doubling, 25 % more or less
 * by chance so that many tabs do not come back as one, and never sooner than the server asked. Infinity for what is
 * denied: it is not asked again in this session. Milliseconds.
 *
 * @param failures how many tries in a row have failed before this one, from 0
 * @param random 0 to 1
 */
export function askAgainAfter(error: Error, failures: number, random = Math.random()): number {
  if (!(error instanceof ApiError)) return backoff(failures, MAY_PASS, random)
  if (error.isDenied) return Infinity
  const asked = Math.min(error.retryAfter ?? 0, LONGEST_ASKED)
  const pauses = error.isTransient ? MAY_PASS : WILL_HARDLY_CHANGE
  return Math.max(asked, backoff(failures, pauses, random))
}

/** Failures in a row of one thing, and when it may be asked for again. */
interface Failed {
  readonly count: number
  readonly readyAt: number
}

/** What has failed of many things that are asked for one by one, each held to the law. Times are those of performance.now(). */
export class Failures {
  readonly #failed = new Map<string, Failed>()

  /** It was asked for in vain. */
  record(key: string, error: Error): void {
    const count = this.count(key)
    const readyAt = performance.now() + askAgainAfter(error, count)
    this.#failed.set(key, { count: count + 1, readyAt })
  }

  /** It was answered, or is no longer wanted. */
  clear(key: string): void {
    this.#failed.delete(key)
  }

  /** Forgets all others. */
  keepOnly(keys: ReadonlySet<string>): void {
    for (const key of this.#failed.keys()) if (!keys.has(key)) this.#failed.delete(key)
  }

  /** How many times in a row. */
  count = (key: string): number => this.#failed.get(key)?.count ?? 0

  /** Milliseconds until the first of them may be asked for; Infinity when none ever may. */
  soonest(): number {
    let least = Infinity
    for (const key of this.#failed.keys()) least = Math.min(least, this.wait(key))
    return least
  }

  /** Milliseconds until it may be asked for; 0 when it may now, Infinity when never again. */
  wait(key: string): number {
    return Math.max(0, (this.#failed.get(key)?.readyAt ?? 0) - performance.now())
  }
}
