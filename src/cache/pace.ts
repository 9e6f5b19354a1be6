import { Bucket } from '~/util/bucket.ts'

/** All tabs of a browser stay under a fifth of the customer's 17 requests a second (voipbin-api.md 8). */
const PER_SECOND = 3
const BURST = 6

const bucket = new Bucket(PER_SECOND, BURST)

/** What somebody waits for goes before what is merely good to know. */
export type Rank = 'first' | 'later'

/** Of so many turns in a row one goes to who can wait, so that he does not wait for ever. */
const ONE_IN = 4

const waiting: Readonly<Record<Rank, Array<() => void>>> = { first: [], later: [] }
let firstInARow = 0
/** Turns given out and not spent yet: their tokens are taken already. */
let granted = 0
let timer: ReturnType<typeof setTimeout> | undefined

/** Counts a request that is sent, whoever sends it. What did not wait for its turn is paid off later. */
export function spend(): void {
  if (granted > 0) granted--
  else bucket.spend(performance.now())
}

/**
 * Waits until a request may be sent: first come first served, `first` before `later`. The one who waits sends at
 * once when this resolves.
 *
 * @throws the signal's reason when it is aborted first
 */
export async function turn(signal: AbortSignal, rank: Rank = 'later'): Promise<void> {
  signal.throwIfAborted()
  await new Promise<void>((resolve) => {
    const line = waiting[rank]
    function go(): void {
      signal.removeEventListener('abort', leave)
      resolve()
    }
    function leave(): void {
      line.splice(line.indexOf(go), 1)
      go()
      serve()
    }
    line.push(go)
    signal.addEventListener('abort', leave, { once: true })
    serve()
  })
  signal.throwIfAborted()
}

/** Gives out as many turns as there are tokens, and comes back when there is another. */
function serve(): void {
  clearTimeout(timer)
  for (;;) {
    const { first, later } = waiting
    if (first.length + later.length === 0) return
    const wait = bucket.wait(performance.now())
    if (wait > 0) {
      timer = setTimeout(serve, wait)
      return
    }
    const isFirst = later.length === 0 || (first.length > 0 && firstInARow < ONE_IN - 1)
    firstInARow = isFirst && later.length > 0 ? firstInARow + 1 : 0
    bucket.spend(performance.now())
    granted++
    ;(isFirst ? first : later).shift()?.()
  }
}

/** Resolves after so many milliseconds, or at once when aborted. */
export const pause = (length: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const rest = setTimeout(done, length)
    function done(): void {
      clearTimeout(rest)
      signal.removeEventListener('abort', done)
      resolve()
    }
    signal.addEventListener('abort', done)
  })
