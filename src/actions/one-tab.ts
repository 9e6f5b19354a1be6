import { pause } from '~/cache/queries/pace.ts'
import { within } from '~/util/deadline.ts'
import { holdLock } from '~/util/locks.ts'

/** A tab that made way stays out of the way for so long. Milliseconds. */
const MAKE_WAY_FOR = 1000

/** What is known of the locks is asked for no longer than that. Milliseconds. */
const QUERY_FOR = 1000

/** One stretch of work. */
export interface Turn {
  /** No other tab works meanwhile. Without, each tab keeps to what is its own. */
  readonly isAlone: boolean
  /** Whether another tab waits that is fitter for it. */
  readonly isWanted: () => Promise<boolean>
}

/** By lock, the end of what this tab has begun under it. */
const begun = new Map<string, Promise<void>>()

/** Works as `takeTurns` says; what this tab has begun under the same lock comes to its end first. */
export async function workAlone(
  lock: string,
  signal: AbortSignal,
  run: (turn: Turn) => Promise<void>,
): Promise<void> {
  const before = begun.get(lock)
  const work = async () => {
    await before?.catch(() => {})
    await takeTurns(lock, signal, run)
  }
  const end = work()
  begun.set(lock, end)
  await end
}

/**
 * Lets one tab of this browser work at a time. A hidden one makes way for one that can be seen, for timers of hidden
 * tabs may be a minute late; one that is closed or crashes is released by the browser. Where there are no Web Locks
 * (outside secure contexts), or the browser refuses them or never answers, every tab works.
 *
 * @param run works until `isWanted` says that another tab waits, or the signal is aborted
 */
async function takeTurns(
  lock: string,
  signal: AbortSignal,
  run: (turn: Turn) => Promise<void>,
): Promise<void> {
  try {
    while ('locks' in navigator && !signal.aborted) {
      const alone: Turn = { isAlone: true, isWanted: () => isWantedByVisible(lock) }
      if (!(await holdLock(navigator.locks, lock, signal, () => run(alone)))) break
      if (!signal.aborted) await pause(MAKE_WAY_FOR, signal)
    }
    if (!signal.aborted) await run({ isAlone: false, isWanted: never })
  } catch (error) {
    if (!signal.aborted) throw error
  }
}

const never = async (): Promise<boolean> => false

async function isWantedByVisible(lock: string): Promise<boolean> {
  if (document.visibilityState === 'visible') return false
  try {
    const { held = [], pending = [] } = await within(QUERY_FOR, navigator.locks.query())
    // Only a tab that can be seen leads (cache/leadership.ts).
    const isSeen = held.some(({ name }) => name?.startsWith('rollcall.leader.'))
    return isSeen && pending.some(({ name }) => name === lock)
  } catch {
    return false
  }
}
