import type { Suspects } from './suspects.ts'

/** The longest pause between two reads of a participant that keeps contradicting a conference. Milliseconds. */
const LONGEST_PAUSE = 3600_000

/** How often a participant was read without news, and when it may be read next. */
interface Miss {
  readonly count: number
  readonly quietUntil: number
}

/**
 * Participants with a held record that is most likely out of date: they are read before the
 * schedule is due. Times are those of performance.now().
 */
export class RecheckQueue {
  /**
   * A suspect is not held and was never looked for: most likely it has just joined, and the newest
   * page shows all such.
   */
  hasNewcomers = false
  readonly #shortestPause: number
  readonly #suspects = new Set<string>()
  /** Changes that a frame has just announced: each is read once, even after reads without news. */
  readonly #told = new Set<string>()
  readonly #misses = new Map<string, Miss>()

  /**
   * @param shortestPause after the first read without news, in milliseconds; it doubles with each
   */
  constructor(shortestPause: number) {
    this.#shortestPause = shortestPause
  }

  /** How many are to be read. */
  get size(): number {
    return this.#suspects.size
  }

  /** The ids of those to be read. */
  get ids(): Iterable<string> {
    return this.#suspects
  }

  /** Adds suspects, except those recently read without news. */
  add({ unknown, changed }: Suspects): void {
    this.hasNewcomers ||= unknown.some((id) => !this.#suspects.has(id) && !this.#misses.has(id))
    const now = performance.now()
    for (const id of [...unknown, ...changed]) {
      if (now >= (this.#misses.get(id)?.quietUntil ?? 0)) this.#suspects.add(id)
    }
  }

  /** Adds changes that a frame announces. A read that comes too early does not count as a miss. */
  addTold(ids: readonly string[]): void {
    for (const id of ids) {
      this.#told.add(id)
      this.#suspects.add(id)
    }
  }

  /** The suspects to read first: a repeated contradiction must not delay a first one. */
  next(isReady: (id: string) => boolean): readonly string[] {
    const missesOf = (id: string) => this.#misses.get(id)?.count ?? 0
    const all = [...this.#suspects].filter(isReady)
    const least = all.reduce((min, id) => Math.min(min, missesOf(id)), Infinity)
    return all.filter((id) => missesOf(id) === least)
  }

  /** Forgets a participant that is gone, because nothing can contradict it any more. */
  drop(id: string): void {
    this.#suspects.delete(id)
    this.#told.delete(id)
    this.#misses.delete(id)
    if (this.#suspects.size === 0) this.hasNewcomers = false
  }

  /** Records a read: each read without news lengthens the pause. */
  recordRead(id: string, isNews: boolean): void {
    const wasSuspect = this.#suspects.delete(id)
    const wasTold = this.#told.delete(id)
    // The suspect for which the newest page was due was found elsewhere.
    if (this.#suspects.size === 0) this.hasNewcomers = false
    if (isNews) this.#misses.delete(id)
    else if (wasSuspect && !wasTold) {
      const count = this.#misses.get(id)?.count ?? 0
      const pause = Math.min(this.#shortestPause * 2 ** count, LONGEST_PAUSE)
      this.#misses.set(id, { count: count + 1, quietUntil: performance.now() + pause })
    }
  }
}
