import { ABANDONED_AFTER, abandoned, type Left } from '~/domain/schedule.ts'
import { revised, type Batch } from '~/domain/action.ts'

/** While work is open the ledger wakes at this interval, so that it notices a gap. Milliseconds. */
export const LOOK_UP_EVERY = 10_000

/** A gap that only sleep explains, because timers of hidden tabs fire at least once a minute. Milliseconds. */
const SLEPT = 2 * ABANDONED_AFTER

/** Touches batches that wait for the server, so that they do not count as abandoned; seldom, as each touch is stored. */
export const touched = (waiting: readonly Batch[], now: number): readonly Batch[] =>
  waiting
    .filter(({ touchedAt }) => now - touchedAt >= LOOK_UP_EVERY)
    .map((batch) => revised(batch, { touchedAt: now }))

/**
 * Finds batches that were abandoned while no tab worked: in a closed page, signed out, offline or asleep. It looks at
 * each batch before anything of it is sent, and at all of them again whenever work begins anew. Times are milliseconds
 * on the server's clock.
 */
export class Abandonment {
  /** Batches found not to be abandoned since work began. */
  readonly #fresh = new Set<string>()
  #wasOnline = false
  #lookedAt = 0

  /** Work begins, after an unknown time. */
  begin(): void {
    this.#fresh.clear()
  }

  /**
   * To be called before each step of work.
   *
   * @param left the batches that are this ledger's to work off
   * @returns those that are abandoned, paused
   */
  look({ actions, batches }: Left, now: number, isOnline: boolean): readonly Batch[] {
    if ((isOnline && !this.#wasOnline) || !this.isAwake(now)) this.#fresh.clear()
    this.#wasOnline = isOnline
    this.#lookedAt = now
    if (!isOnline) return []
    const found = abandoned({ actions, batches }, now).filter(({ id }) => !this.#fresh.has(id))
    for (const id of batches.keys()) this.#fresh.add(id)
    return found
  }

  /** False when the computer has slept since the last look: nothing may be sent before another one. */
  isAwake(now: number): boolean {
    return now - this.#lookedAt < SLEPT
  }
}
