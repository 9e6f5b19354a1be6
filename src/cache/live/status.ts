import { NOT_POLLED, type PollStatus } from '~/domain/poll-status.ts'
import { Listeners } from '~/util/listeners.ts'
import { perClient } from '~/cache/queries/per-client.ts'
import type { Origin } from '~/cache/roster/store.ts'

const FIELDS = ['updatedAt', 'readSince', 'missing', 'failure', 'failures', 'push'] as const

/** The status of the poll: recorded by the tab that polls, known to all. */
export class StatusStore {
  #status = NOT_POLLED
  readonly #listeners = new Listeners<[PollStatus, Origin]>()

  readonly get = (): PollStatus => this.#status

  readonly subscribe = this.#listeners.subscribe

  /** Applies a change. Listeners are not called when nothing differs. */
  apply(change: Partial<PollStatus>, origin: Origin = 'server'): void {
    const before = this.#status
    const next = { ...before, ...change }
    // A time that has not come yet is left from before the clock of this computer was set back.
    const status = { ...next, updatedAt: Math.min(next.updatedAt, Date.now()) }
    if (FIELDS.every((field) => status[field] === before[field])) return
    this.#status = status
    this.#listeners.tell(status, origin)
  }

  /** Forgets everything, as when another account signs in. */
  clear(): void {
    this.apply(NOT_POLLED, 'tab')
  }

  /**
   * Runs one poll and records how it went, unless it is aborted. A failure stays until there is an answer: to ask again
   * is none.
   *
   * @param poll returns since when all records that can change have been read, in milliseconds since the epoch
   * @throws what the poll throws
   */
  async record(signal: AbortSignal, poll: () => Promise<number>): Promise<number> {
    try {
      const readSince = await poll()
      if (!signal.aborted)
        this.apply({ updatedAt: Date.now(), readSince, failure: null, failures: 0 })
      return readSince
    } catch (error) {
      if (!signal.aborted) {
        const failure = error instanceof Error ? error : new Error(String(error))
        this.apply({ failure, failures: this.#status.failures + 1 })
      }
      throw error
    }
  }
}

/** The status of the poll that belongs to a query client. */
export const statusOf = perClient(() => new StatusStore())
