import type { Call } from '~/domain/call.ts'
import type { Conference } from '~/domain/conference.ts'
import { Failures } from '~/cache/queries/retry.ts'
import type { Sync } from '~/cache/roster/sync.ts'

/** The key of rechecks among what has failed. */
const RECHECK = 'recheck'

interface RecheckOptions {
  readonly sync: Sync
  /** Ends the loop. */
  readonly signal: AbortSignal
  readonly isPollFailing: () => boolean
  /** Called after each recheck, and at the end of several in a row. */
  readonly onRead: (isLast: boolean) => void
  /** Called when a recheck fails after one that did not. */
  readonly onFailure: () => void
}

/** Reads again, between two polls, the participants that conferences and calls give away. */
export class RecheckLoop {
  readonly #options: RecheckOptions
  readonly #failures = new Failures()
  #isRunning = false
  #isWanted = false
  #next: ReturnType<typeof setTimeout> | undefined

  constructor(options: RecheckOptions) {
    this.#options = options
    options.signal.addEventListener('abort', () => clearTimeout(this.#next))
  }

  /** Enqueues what the lists of conferences give away. */
  enqueueConferences(conferences: readonly Conference[]): void {
    this.#options.sync.suspect(conferences)
    this.runIfNeeded()
  }

  /** Enqueues what frames of calls give away; while the poll fails it is left to the poll, which finds it all. */
  enqueueCalls(calls: readonly Call[]): void {
    const { sync, isPollFailing } = this.#options
    sync.hear(calls)
    if (isPollFailing()) return
    this.runIfNeeded()
    this.#schedule()
  }

  /** Rechecks at once when a participant waits for it. */
  runIfNeeded(): void {
    if (this.#options.sync.suspects > 0) void this.#run()
  }

  /** A recheck that has failed may be tried again at once, as when an operator asks for it. */
  forgetFailures(): void {
    this.#failures.clear(RECHECK)
  }

  /** Rechecks for calls that may have joined as soon as that may be, once for all of them. */
  #schedule(): void {
    clearTimeout(this.#next)
    const { sync, signal, isPollFailing } = this.#options
    const { wait } = sync.calls
    if (signal.aborted || wait === Infinity || isPollFailing()) return
    this.#next = setTimeout(() => void this.#run(), wait)
  }

  async #run(): Promise<void> {
    this.#isWanted = true
    if (this.#isRunning || !this.#failures.isReady(RECHECK)) return
    this.#isRunning = true
    const { sync, signal, onRead, onFailure } = this.#options
    try {
      while (this.#isWanted && !signal.aborted) {
        this.#isWanted = false
        const before = sync.suspects
        await sync.look(signal)
        onRead(false)
        // One recheck is a few requests. While they say something new, the rest does not wait for a poll.
        this.#isWanted ||= sync.suspects > 0 && sync.suspects < before
        this.#failures.clear(RECHECK)
      }
    } catch (error) {
      if (signal.aborted) return
      // The poll asks the same server for the same, and tells how that went. What fails again waits for its turn.
      const isFirst = this.#failures.count(RECHECK) === 0
      this.#failures.record(RECHECK, error instanceof Error ? error : new Error(String(error)))
      if (isFirst) onFailure()
    } finally {
      this.#isRunning = false
      if (!signal.aborted) onRead(true)
      this.#schedule()
    }
  }
}
