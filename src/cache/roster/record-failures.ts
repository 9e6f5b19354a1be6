import { perClient } from '~/cache/queries/per-client.ts'
import { Failures } from '~/cache/queries/retry.ts'

/**
 * Participants with a failed last request. They outlive a term of leading: a tab that leads again must not ask at once
 * for what the server has just denied.
 */
export class RecordFailures {
  readonly #failures = new Failures()
  readonly #failing = new Set<string>()
  /** Ids that the server denied at the last request. */
  readonly #denied = new Set<string>()

  /** Ids with a failed last request. */
  get ids(): ReadonlySet<string> {
    return this.#failing
  }

  /** Records a failed request. The participant waits by the schedule in retry.ts. */
  record(id: string, error: Error): void {
    this.#failures.record(id, error)
    this.#failing.add(id)
  }

  /** Records that the record does not exist or is forbidden. */
  recordDenial(id: string, error: Error): void {
    this.record(id, error)
    this.#denied.add(id)
  }

  /** Forgets the failures of a participant that was read, or is gone. */
  clear(id: string): void {
    this.#failures.clear(id)
    this.#failing.delete(id)
    this.#denied.delete(id)
  }

  clearAll(): void {
    for (const id of this.#failing) this.clear(id)
  }

  isDenied = (id: string): boolean => this.#denied.has(id)

  /** Whether its pause after the last failure is over. */
  isReady = (id: string): boolean => this.#failures.wait(id) === 0
}

/** The failures of a client. They are dropped with all else when another account signs in. */
export const recordFailuresOf = perClient(() => new RecordFailures())
