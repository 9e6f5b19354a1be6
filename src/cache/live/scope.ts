const LEADER = 'rollcall.leader.'

/**
 * Names the tabs that work together: those of an account that run one build.
 *
 * @param build the address of its code
 * @param account as `accountOf`
 */
export const scopeOf = (build: string, account: string): string => JSON.stringify([build, account])

/** The lock that the leader of a scope holds. */
export const leaderLock = (scope: string): string => LEADER + scope

/** Whether a lock is that of a leader, of any scope. */
export const isLeaderLock = (name: string): boolean => name.startsWith(LEADER)
