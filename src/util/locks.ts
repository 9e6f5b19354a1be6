import { within } from './deadline.ts'

/** The part of LockManager that is used. */
export interface Locks {
  readonly request: (
    name: string,
    options: { readonly signal: AbortSignal },
    serve: () => Promise<void>,
  ) => Promise<unknown>
}

/** A lock that is not granted by then is held by another tab, or the browser never answers. Milliseconds. */
const PROBE_AFTER = 1000

/** Where locks work, a lock that no other tab can hold is granted within this time. Milliseconds. */
const PROBE_FOR = 1000

/** How many probes must go unanswered before locks count as broken. */
const PROBES = 2

/** Locks that count as broken, which are not requested again. */
const broken = new WeakSet<Locks>()

/**
 * Runs `serve` while the lock is held.
 *
 * @returns false, without a run of `serve`, where the browser refuses locks or never answers
 * @throws the error of `serve`; the signal's reason when it is aborted first
 */
export async function holdLock(
  locks: Locks,
  name: string,
  signal: AbortSignal,
  serve: () => Promise<void>,
): Promise<boolean> {
  if (broken.has(locks)) return false
  const wait = new AbortController()
  const served = { is: false }
  const requestLock = async (): Promise<boolean> => {
    try {
      await locks.request(name, { signal: AbortSignal.any([signal, wait.signal]) }, async () => {
        // A lock may be granted after the wait for it has ended.
        if (wait.signal.aborted) return
        served.is = true
        await serve()
      })
      return true
    } catch (error) {
      if (served.is || signal.aborted) throw error
      return false
    }
  }
  const requested = requestLock()
  try {
    return await within(PROBE_AFTER, requested)
  } catch (error) {
    if (!isTimeout(error)) throw error
  }
  // The lock may also be granted during the probes.
  if (served.is || (await answers(locks, signal)) || served.is) return requested
  wait.abort()
  broken.add(locks)
  return false
}

/**
 * Probes locks: true when a lock that no other tab can hold is granted, or when `signal` is aborted. After sleep or a
 * long stall the deadline of a probe fires before the grant, so such a probe is not counted.
 */
async function answers(locks: Locks, signal: AbortSignal): Promise<boolean> {
  for (let silences = 0; silences < PROBES && !signal.aborted;) {
    const since = Date.now()
    if (await isGranted(locks)) return true
    if (Date.now() - since < 2 * PROBE_FOR) silences++
  }
  return signal.aborted
}

async function isGranted(locks: Locks): Promise<boolean> {
  const over = new AbortController()
  try {
    const name = `rollcall.probe ${crypto.getRandomValues(new Uint32Array(2)).join('-')}`
    await within(
      PROBE_FOR,
      locks.request(name, { signal: over.signal }, async () => {}),
    )
    return true
  } catch {
    over.abort()
    return false
  }
}

const isTimeout = (error: unknown): boolean =>
  error instanceof DOMException && error.name === 'TimeoutError'
