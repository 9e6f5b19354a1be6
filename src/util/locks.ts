import { within } from './deadline.ts'

/** What is used of a LockManager. */
export interface Locks {
  readonly request: (
    name: string,
    options: { readonly signal: AbortSignal },
    serve: () => Promise<void>,
  ) => Promise<unknown>
}

/** A lock that is not granted by then may be held by another tab, or the browser never answers. Milliseconds. */
const DOUBT_AFTER = 1000

/** A lock that no other tab can hold is granted within this time where locks work. Milliseconds. */
const PROBE_FOR = 1000

/** After so many probes without an answer the locks are given up. */
const PROBES = 2

/** Lock managers that did not answer are not asked again. */
const silent = new WeakSet<Locks>()

/**
 * Runs `serve` while the lock is held.
 *
 * @returns false, and `serve` was not run, where the browser refuses locks or never answers
 * @throws what `serve` throws; the signal's reason when it is aborted first
 */
export async function holdLock(
  locks: Locks,
  name: string,
  signal: AbortSignal,
  serve: () => Promise<void>,
): Promise<boolean> {
  if (silent.has(locks)) return false
  const wait = new AbortController()
  const served = { is: false }
  const ask = async (): Promise<boolean> => {
    try {
      await locks.request(name, { signal: AbortSignal.any([signal, wait.signal]) }, async () => {
        // A lock may be granted after it was given up.
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
  const asked = ask()
  try {
    return await within(DOUBT_AFTER, asked)
  } catch (error) {
    if (!isTimeout(error)) throw error
  }
  // It may also be granted while the browser is asked.
  if (served.is || (await answers(locks, signal)) || served.is) return asked
  wait.abort()
  silent.add(locks)
  return false
}

/**
 * Whether a lock that no other tab can hold is granted, or is no longer wanted. After sleep or a long stall the deadline
 * of a probe fires before the grant: such a probe says nothing.
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
