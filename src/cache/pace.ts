import { Bucket } from '~/util/bucket.ts'

/** All tabs of a browser stay under a fifth of the customer's 17 requests a second (voipbin-api.md 8). */
const PER_SECOND = 3
const BURST = 6

const bucket = new Bucket(PER_SECOND, BURST)

/** Counts a request that is sent, whoever sends it. What a person asked for is sent at once and paid off later. */
export const spend = (): void => bucket.spend(performance.now())

/**
 * Waits until a request in the background may be sent.
 *
 * @throws the signal's reason when it is aborted first
 */
export async function turn(signal: AbortSignal): Promise<void> {
  for (;;) {
    signal.throwIfAborted()
    const wait = bucket.wait(performance.now())
    if (wait === 0) return
    await pause(wait, signal)
  }
}

/** Resolves after so many milliseconds, or at once when aborted. */
export const pause = (length: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(done, length)
    function done(): void {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    signal.addEventListener('abort', done)
  })
