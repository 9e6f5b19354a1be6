import { perClient } from '~/cache/queries/per-client.ts'
import { Failures } from '~/cache/queries/retry.ts'

/**
 * Failures of participants whose last request failed. They outlive a term of leading: a tab that leads again must not ask
 * at once for what the server has just denied.
 */
export class RecordFailures extends Failures {
  /** Ids that the server denied at the last request. */
  readonly #denied = new Set<string>()

  /** Records that the record does not exist or is forbidden. */
  recordDenial(id: string, error: Error): void {
    this.record(id, error)
    this.#denied.add(id)
  }

  override clear(id: string): void {
    super.clear(id)
    this.#denied.delete(id)
  }

  isDenied = (id: string): boolean => this.#denied.has(id)

  /** Whether its pause after the last failure is over. */
  isReady = (id: string): boolean => this.wait(id) === 0
}

/** The failures of a client. They are dropped with all else when another account signs in. */
export const recordFailuresOf = perClient(() => new RecordFailures())
