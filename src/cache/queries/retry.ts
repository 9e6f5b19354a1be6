import { ApiError } from '~/domain/api-error.ts'
import { backoff, type Pauses } from '~/util/backoff.ts'

/** After no answer, an unreadable answer, 429 or 5xx: a retry may soon succeed. Milliseconds. */
const MAY_PASS: Pauses = { shortest: 1000, longest: 30_000 }

/** After an answer that is unlikely to change, such as 400, 404 or 409. Milliseconds. */
const WILL_HARDLY_CHANGE: Pauses = { shortest: 3000, longest: 3600_000 }

/**
 * The longest pause accepted from a server: the platform's own is always a second
 * (voipbin-api.md 8), and a timer of over 24 days fires at once. Milliseconds.
 */
const LONGEST_ASKED = 600_000

/**
 * The retry schedule of every automatic request: the wait after a failure. It doubles each time,
 * varies by 25 % so that many tabs do not retry at once, and is at least what the server asked for.
 * Infinity after a denial: the request is not sent again in this session. Milliseconds.
 *
 * @param failures consecutive failures before this one, from 0
 * @param random 0 to 1
 */
export function askAgainAfter(error: Error, failures: number, random = Math.random()): number {
  if (!(error instanceof ApiError)) return backoff(failures, MAY_PASS, random)
  if (error.isDenied) return Infinity
  const asked = Math.min(error.retryAfter ?? 0, LONGEST_ASKED)
  const pauses = error.isTransient ? MAY_PASS : WILL_HARDLY_CHANGE
  return Math.max(asked, backoff(failures, pauses, random))
}

/** True while a retry may help. It does not help with a wrong id, a missing permission or a bad credential. */
export const shouldRetry = (error: Error): boolean =>
  !(error instanceof ApiError) || error.isTransient

/** Consecutive failures of one key, whether one of them was a denial, and when the key may be requested again. */
interface Failed {
  readonly count: number
  readonly isDenied: boolean
  readonly readyAt: number
}

/**
 * Failures of many keys that are requested one by one, each with its own wait. Times are those of
 * performance.now().
 */
export class Failures {
  readonly #failed = new Map<string, Failed>()

  /** Records a failed request. */
  record(key: string, error: Error): void {
    const count = this.count(key)
    const isDenied = this.isDenied(key) || !shouldRetry(error)
    const readyAt = performance.now() + askAgainAfter(error, count)
    this.#failed.set(key, { count: count + 1, isDenied, readyAt })
  }

  /** Clears a key that was answered or is no longer wanted. */
  clear(key: string): void {
    this.#failed.delete(key)
  }

  /** Clears all keys. */
  clearAll(): void {
    this.#failed.clear()
  }

  /** The keys with a failed last request. */
  get keys(): Iterable<string> {
    return this.#failed.keys()
  }

  /** Consecutive failures of a key. */
  count = (key: string): number => this.#failed.get(key)?.count ?? 0

  /** Whether it is missing or forbidden, as far as the server has answered. */
  isDenied = (key: string): boolean => this.#failed.get(key)?.isDenied ?? false

  /** Milliseconds until the first failed key may be requested; Infinity when none may. */
  soonest(): number {
    let least = Infinity
    for (const key of this.#failed.keys()) least = Math.min(least, this.wait(key))
    return least
  }

  /** Milliseconds until a key may be requested; 0 when it may be now, Infinity when never. */
  wait(key: string): number {
    return Math.max(0, (this.#failed.get(key)?.readyAt ?? 0) - performance.now())
  }

  /** Whether a key may be requested now. */
  isReady = (key: string): boolean => this.wait(key) === 0
}
