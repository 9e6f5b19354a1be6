import type { Micros } from './time.ts'

/** What an operator can ask for. */
export type ActionKind = 'remove' | 'hang-up' | 'end'

/** How far it has come. What the world made of it is told by records, never by this. */
export type ActionState =
  /** Confirmed, not sent yet. */
  | 'waiting'
  /** Looked at again, or on its way: the outcome is open. */
  | 'sending'
  /** The server took it. */
  | 'accepted'
  /** The server refused, and the record says that nothing has happened. */
  | 'failed'
  /** The server did not say yes, and it may have happened all the same (voipbin-api.md 4.3). */
  | 'unsure'
  /** Not sent: there was nothing left to do. */
  | 'skipped'
  /** Not sent: what was confirmed is no longer so. To be asked anew. */
  | 'changed'
  /** Undone or stopped before it was sent. */
  | 'withdrawn'

/** Who or what it is about, as it was when the operator confirmed it. */
export interface Target {
  /** Of the participant; of the conference for `end`. */
  readonly id: string
  readonly label: string
  /** The caller's number; empty while unknown. */
  readonly number: string
  readonly conferenceId: string | null
  readonly conferenceLabel: string
  readonly callId: string | null
  readonly status: string
}

/** One thing an operator has asked for from here, and what became of it. Times in milliseconds, server's clock. */
export interface Action {
  readonly id: string
  /** Those confirmed together. */
  readonly batch: string
  readonly kind: ActionKind
  readonly target: Target
  /** Who asked. */
  readonly by: string
  /** Why, in the operator's words; may be empty. */
  readonly reason: string
  readonly state: ActionState
  readonly requestedAt: number
  readonly sentAt: number | null
  readonly answeredAt: number | null
  /** Since when it was on its way out, by the server's own record: from that on a way back shows. */
  readonly leavingAt: Micros | null
  /** When the record was last looked at for proof. */
  readonly lookedAt: number | null
  /** Since when the person is gone, or the conference terminated, by the server's own record. */
  readonly goneAt: number | null
  /** What the server said or what was found, in one sentence; empty when all is as expected. */
  readonly text: string
  /** Status, reason and request id, as support quotes them. */
  readonly trace: string
  /** Grows with each change, so that of two versions the newer is known. */
  readonly revision: number
}

/** How those confirmed together are worked off. */
export interface Batch {
  readonly id: string
  /** Of the account that has confirmed it (`accountOf`): nothing of it is sent in the name of another. */
  readonly account: string
  /** When the first may be sent: until then all can be undone. Milliseconds, server's clock. */
  readonly startsAt: number
  /** Why nothing is sent now; null while it goes on. */
  readonly paused: 'by-choice' | 'interrupted' | 'tab-gone' | null
  /** The tab it was confirmed in, or gone on with: where tabs cannot agree otherwise, it alone works it off. */
  readonly tab: string
  /** Somebody has read what came of it. */
  readonly isDismissed: boolean
  /** When it was last confirmed or worked on, by nothing else: what lies for long is gone on with by hand. */
  readonly touchedAt: number
  readonly revision: number
}

/** The same, changed: the newer of the two versions. */
export const revised = <T extends { readonly revision: number }>(
  one: T,
  change: Partial<T>,
): T => ({
  ...one,
  ...change,
  revision: one.revision + 1,
})

/** What is asked for alone while offline must not be sent later, when nobody expects it. */
export const FAILED_OFFLINE = {
  state: 'failed',
  text: 'Nothing was sent: this computer is offline.',
} as const

/** Not settled yet: nobody knows how it will end. */
export const isPending = ({ state }: Action): boolean => state === 'waiting' || state === 'sending'

/** The same was requested before and is not answered yet. */
export const isAsked = (before: Action | undefined): boolean =>
  before !== undefined && isPending(before)

/** Nothing was sent for it so far: it waits, or its record is checked again. */
export const isUnsent = (action: Action): boolean => isPending(action) && action.sentAt === null

/** It reached the server, or may have. */
export const wasSent = ({ state }: Action): boolean => state === 'accepted' || state === 'unsure'

/** Nothing was sent for it, and nothing will be. */
export const NEVER_SENT: ReadonlySet<ActionState> = new Set(['skipped', 'changed', 'withdrawn'])

/** The latest action of a kind about each participant or conference, by its id; but for those never sent. */
export function latestBy(
  actions: Iterable<Action>,
  kinds: readonly ActionKind[],
): ReadonlyMap<string, Action> {
  const latest = new Map<string, Action>()
  for (const action of actions) {
    if (!kinds.includes(action.kind) || NEVER_SENT.has(action.state)) continue
    const before = latest.get(action.target.id)
    if (!before || before.requestedAt <= action.requestedAt) latest.set(action.target.id, action)
  }
  return latest
}
