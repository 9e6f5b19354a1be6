import type { Suspects } from './suspects.ts'

/** The longest pause between two reads of a participant that keeps disagreeing with a conference. Milliseconds. */
const LONGEST_PAUSE = 3600_000

/** How often a participant was read in vain, and when the next time may be. */
interface Miss {
  readonly count: number
  readonly quietUntil: number
}

/**
 * Participants that most likely are no longer as held: to be read before the schedule has its turn. Times are those of
 * performance.now().
 */
export class RecheckQueue {
  /** One of them is not held and was never looked for: most likely it has just come, and one page tells of all that have. */
  hasNewcomers = false
  readonly #shortestPause: number
  readonly #suspects = new Set<string>()
  /** Those that a change was told of just now: each is read once, whatever was read in vain before. */
  readonly #told = new Set<string>()
  readonly #misses = new Map<string, Miss>()

  /** @param shortestPause after the first read in vain, in milliseconds; it doubles with each */
  constructor(shortestPause: number) {
    this.#shortestPause = shortestPause
  }

  /** How many are to be read. */
  get size(): number {
    return this.#suspects.size
  }

  /** Those to be read, by id. */
  get ids(): Iterable<string> {
    return this.#suspects
  }

  /** Adds suspects, but for those that were read in vain not long ago. */
  add({ unknown, changed }: Suspects): void {
    this.hasNewcomers ||= unknown.some((id) => !this.#suspects.has(id) && !this.#misses.has(id))
    const now = performance.now()
    for (const id of [...unknown, ...changed]) {
      if (now >= (this.#misses.get(id)?.quietUntil ?? 0)) this.#suspects.add(id)
    }
  }

  /** Adds those that a frame tells a change of. To read them too early is not in vain: the next hint counts. */
  addTold(ids: readonly string[]): void {
    for (const id of ids) {
      this.#told.add(id)
      this.#suspects.add(id)
    }
  }

  /** Which to read first: one that keeps disagreeing must not delay one that does so for the first time. */
  next(isReady: (id: string) => boolean): readonly string[] {
    const missesOf = (id: string) => this.#misses.get(id)?.count ?? 0
    const all = [...this.#suspects].filter(isReady)
    const least = all.reduce((min, id) => Math.min(min, missesOf(id)), Infinity)
    return all.filter((id) => missesOf(id) === least)
  }

  /** It is gone: nothing will ever disagree with it again. */
  drop(id: string): void {
    this.#suspects.delete(id)
    this.#told.delete(id)
    this.#misses.delete(id)
    if (this.#suspects.size === 0) this.hasNewcomers = false
  }

  /** A participant was read: one that said nothing new is left alone for ever longer. */
  recordRead(id: string, isNews: boolean): void {
    const wasSuspect = this.#suspects.delete(id)
    const wasTold = this.#told.delete(id)
    // What made the newest page worth reading was on another one.
    if (this.#suspects.size === 0) this.hasNewcomers = false
    if (isNews) this.#misses.delete(id)
    else if (wasSuspect && !wasTold) {
      const count = this.#misses.get(id)?.count ?? 0
      const pause = Math.min(this.#shortestPause * 2 ** count, LONGEST_PAUSE)
      this.#misses.set(id, { count: count + 1, quietUntil: performance.now() + pause })
    }
  }
}
