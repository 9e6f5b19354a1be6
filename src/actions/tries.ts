import type { Action } from '~/domain/action.ts'
import { askAgainAfter } from '~/cache/queries/retry.ts'
import { serverNow } from '~/clock.ts'

/** After this many attempts an action has failed. */
const MOST_TRIES = 5

/** When the next request may be sent, and how many attempts of each action have failed. */
export class Tries {
  /** Nothing is sent before this time; milliseconds on the server's clock. */
  notBefore = 0
  /** Failures in a row, of whatever action. */
  #failures = 0
  /** By the id of the action. */
  readonly #tries = new Map<string, number>()

  succeeded(id: string): void {
    this.#failures = 0
    this.#tries.delete(id)
  }

  /** Counts a failure that may pass. Returns what becomes of an action that was tried too often, else undefined. */
  failed({ id, state }: Action, error: Error): Partial<Action> | undefined {
    this.notBefore = serverNow() + askAgainAfter(error, this.#failures++)
    const tries = (this.#tries.get(id) ?? 0) + 1
    this.#tries.set(id, tries)
    if (tries < MOST_TRIES) return undefined
    const text = `Tried ${tries} times: ${error.message}`
    // `nextLook` counts from `answeredAt`: without it the record would not be read again.
    return state === 'sending'
      ? { state: 'unsure', answeredAt: serverNow(), text }
      : { state: 'failed', text }
  }

  /** Holds all requests back after an error that is not of one action. */
  holdBack(error: Error): void {
    this.notBefore = serverNow() + askAgainAfter(error, 0)
  }
}
