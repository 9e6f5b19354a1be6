import { pause } from '~/cache/pace.ts'

/** A tab that made way stays out of the way for so long. Milliseconds. */
const MAKE_WAY_FOR = 1000

/**
 * Lets one tab of this browser work at a time. A hidden one makes way for one that can be seen, for timers of hidden
 * tabs may be a minute late; one that is closed or crashes is released by the browser. Without Web Locks, which is
 * outside secure contexts, every tab works.
 *
 * @param run works until `isWanted` says that another tab waits, or the signal is aborted
 */
export async function workAlone(
  lock: string,
  signal: AbortSignal,
  run: (isWanted: () => Promise<boolean>) => Promise<void>,
): Promise<void> {
  try {
    if (!('locks' in navigator)) return await run(never)
    while (!signal.aborted) {
      await navigator.locks.request(lock, { signal }, () => run(() => isWantedByVisible(lock)))
      await pause(MAKE_WAY_FOR, signal)
    }
  } catch (error) {
    if (!signal.aborted) throw error
  }
}

const never = async (): Promise<boolean> => false

async function isWantedByVisible(lock: string): Promise<boolean> {
  if (document.visibilityState === 'visible') return false
  const { held = [], pending = [] } = await navigator.locks.query()
  // Only a tab that can be seen leads (cache/leadership.ts).
  const isSeen = held.some(({ name }) => name?.startsWith('rollcall.leader.'))
  return isSeen && pending.some(({ name }) => name === lock)
}
