import { ApiError } from '~/domain/api-error.ts'
import { callerName, knownCaller, type CallerFact } from '~/domain/call.ts'
import { Failures } from '~/cache/queries/retry.ts'

/** An answer is used for this long; then a number that is still drawn without a name is asked for again. Milliseconds. */
const HOUR = 3600_000

/** From this many answers on, the old ones are dropped. */
const MANY = 1000

/** An answer: the name, empty when there is none. */
interface Entry {
  readonly name: string
  /** By performance.now(). */
  readonly until: number
}

/** A telephone number that contacts can be looked up by, with the plus (voipbin-api.md 15). */
const E164 = /^\+\d{7,15}$/

/** The number of a caller that has no name and could have one in the contacts; null for any other caller. */
export function numberToLookUp(fact: CallerFact | undefined): string | null {
  const caller = knownCaller(fact)
  return caller && !callerName(caller) && E164.test(caller.number) ? caller.number : null
}

/** What one account was told of numbers, and what it is not to ask again yet. */
export class ContactBook {
  readonly #entries = new Map<string, Entry>()
  readonly #failures = new Failures()
  readonly #asking = new Set<string>()
  #isRefused = false

  /** The name of a number, empty when it has none; undefined when the answer is not known, or too old. */
  nameOf(number: string): string | undefined {
    const entry = this.#entries.get(number)
    return entry && entry.until > performance.now() ? entry.name : undefined
  }

  /** Records that another tab was told that the number has no name, unless this one knows better. */
  heed(number: string): void {
    if (!this.#entries.has(number)) this.#note(number, '')
  }

  /** Milliseconds until a number may be looked up; Infinity while or once it may not. */
  wait(number: string): number {
    if (this.#isRefused || this.#asking.has(number)) return Infinity
    const until = this.#entries.get(number)?.until ?? 0
    return Math.max(until - performance.now(), this.#failures.wait(number), 0)
  }

  /**
   * Looks a number up by `ask`, and records the answer or the failure. After a denial, or from a server without
   * contacts, nothing is looked up again.
   *
   * @throws the error, when any other request would fail too
   */
  async lookUp(number: string, ask: () => Promise<string>): Promise<void> {
    this.#asking.add(number)
    try {
      this.#note(number, await ask())
      this.#failures.clear(number)
    } catch (error) {
      if (!(error instanceof ApiError) || error.isGeneral) throw error
      // A missing contact is an answer, so this is a missing route.
      if (error.isDenied || error.status === 404) this.#isRefused = true
      else this.#failures.record(number, error)
    } finally {
      this.#asking.delete(number)
    }
  }

  #note(number: string, name: string): void {
    const now = performance.now()
    if (this.#entries.size >= MANY) {
      for (const [other, { until }] of this.#entries) if (until <= now) this.#entries.delete(other)
    }
    this.#entries.set(number, { name, until: now + HOUR })
  }
}
