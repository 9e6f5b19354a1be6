import { isLeaderLock } from '~/cache/live/scope.ts'
import { pause } from '~/util/pause.ts'
import { within } from '~/util/deadline.ts'
import { holdLock, type Locks } from '~/util/locks.ts'

/** A tab that made way for another does not work for this time. Milliseconds. */
const MAKE_WAY_FOR = 1000

/** The deadline of a query of the locks. Milliseconds. */
const QUERY_FOR = 1000

/** One stretch of work. */
export interface Turn {
  /** No other tab works meanwhile. Without, each tab keeps to what is its own. */
  readonly isAlone: boolean
  /** Whether the tab that leads waits for the work, while this one does not lead. */
  readonly isWanted: () => Promise<boolean>
}

/** What is used of a LockManager to agree on the tab that works. */
type WorkLocks = Locks & Pick<LockManager, 'query'>

/** By account, a promise that resolves when this tab's work for it has ended. */
const begun = new Map<string, Promise<void>>()

/** The lock of the tab that sends what an account has confirmed: one for the tabs of all builds. */
export const workLock = (account: string): string => `rollcall.ledger ${account}`

/** Works as `takeTurns` says; what this tab has begun for the same account comes to its end first. */
export async function workAlone(
  account: string,
  signal: AbortSignal,
  run: (turn: Turn) => Promise<void>,
): Promise<void> {
  const before = begun.get(account)
  const work = async () => {
    await before?.catch(() => {})
    await takeTurns('locks' in navigator ? navigator.locks : null, account, signal, run)
  }
  const end = work()
  begun.set(account, end)
  await end
}

/**
 * Lets one tab of this browser work for an account at a time, whatever the builds of the tabs. The work is the leader's:
 * a tab that does not lead, such as a hidden one, does it for as long as no leader waits for it, and a tab that is closed
 * or crashes is released by the browser. Where there are no Web Locks (outside secure contexts), or the browser refuses
 * them or never answers, every tab works.
 *
 * @param locks those of this tab; null where there are none
 * @param run works until `isWanted` says that another tab waits, or the signal is aborted
 */
export async function takeTurns(
  locks: WorkLocks | null,
  account: string,
  signal: AbortSignal,
  run: (turn: Turn) => Promise<void>,
): Promise<void> {
  try {
    if (locks) {
      const alone: Turn = { isAlone: true, isWanted: () => isWantedByLeader(locks, account) }
      const runAlone = () => holdLock(locks, workLock(account), signal, () => run(alone))
      while (!signal.aborted && (await runAlone()))
        if (!signal.aborted) await pause(MAKE_WAY_FOR, signal)
    }
    if (!signal.aborted) await run({ isAlone: false, isWanted: async () => false })
  } catch (error) {
    if (!signal.aborted) throw error
  }
}

/** The locks tell which tab leads and which waits, also of those that have crashed; each tab is a client of its own. */
async function isWantedByLeader(locks: WorkLocks, account: string): Promise<boolean> {
  const lock = workLock(account)
  try {
    const { held = [], pending = [] } = await within(QUERY_FOR, locks.query())
    const leaders = new Set(
      held.flatMap(({ name = '', clientId }) => (isLeaderLock(name) ? [clientId] : [])),
    )
    const isAmong = (all: readonly LockInfo[]) =>
      all.some(({ name, clientId }) => name === lock && leaders.has(clientId))
    return isAmong(pending) && !isAmong(held)
  } catch {
    return false
  }
}
