import type { QueryClient } from '@tanstack/react-query'
import { NOT_POLLED, type PollStatus } from '~/domain/poll-status.ts'
import { perClient } from '~/cache/queries/per-client.ts'
import type { Origin } from '~/cache/roster/store.ts'

type Listener = (status: PollStatus, origin: Origin) => void

/** The status of the poll: recorded by the tab that polls, known to all. */
export class StatusStore {
  #status = NOT_POLLED
  readonly #listeners = new Set<Listener>()

  readonly get = (): PollStatus => this.#status

  /** Calls the listener after each change. Returns the end of it. */
  readonly subscribe = (listener: Listener): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Applies a change. Listeners are not called when nothing differs. */
  apply(change: Partial<PollStatus>, origin: Origin = 'server'): void {
    const before = this.#status
    const next = { ...before, ...change }
    // A time that has not come yet is left from before the clock of this computer was set back.
    const status = { ...next, updatedAt: Math.min(next.updatedAt, Date.now()) }
    if (!differs(status, before)) return
    this.#status = status
    for (const listener of this.#listeners) listener(status, origin)
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

const differs = (one: PollStatus, other: PollStatus): boolean =>
  one.updatedAt !== other.updatedAt ||
  one.readSince !== other.readSince ||
  one.missing !== other.missing ||
  one.failure !== other.failure ||
  one.failures !== other.failures ||
  one.push !== other.push

/** The status of the poll that belongs to a query client. */
export const statusOf: (client: QueryClient) => StatusStore = perClient(() => new StatusStore())
