import type { Conference } from './conference.ts'
import type { Micros } from './time.ts'

/** What an operator can ask for about one participant. */
export const PARTICIPANT_KINDS = [
  'remove',
  'hang-up',
  'mute',
  'unmute',
  'hold',
  'unhold',
  'say',
] as const

/** What an operator can ask for about a conference: `dial` calls a number into it, `new-link` replaces its dial-in link. */
export const CONFERENCE_KINDS = [
  'end',
  'record',
  'stop-recording',
  'create',
  'edit',
  'new-link',
  'dial',
] as const

/** What an operator can ask for. */
export type ActionKind = (typeof PARTICIPANT_KINDS)[number] | (typeof CONFERENCE_KINDS)[number]

/** Whether the target is a conference, not a participant. */
export const isAboutConference = (kind: ActionKind): boolean =>
  CONFERENCE_KINDS.some((one) => one === kind)

/**
 * Whether a record tells if it was done. No record tells of music, of a text that was spoken (voipbin-api.md 15), or of
 * a call of which no id came back.
 */
export const hasProof = ({ kind, madeId }: Pick<Action, 'kind' | 'madeId'>): boolean =>
  kind === 'dial'
    ? madeId !== undefined
    : kind !== 'hold' && kind !== 'unhold' && kind !== 'say' && kind !== 'new-link'

/** How far an action can come. What became of it is told by records (outcome.ts), never by this. */
export const ACTION_STATES = [
  /** Confirmed, not sent yet. */
  'waiting',
  /** Its record is checked again, or it is sent and not answered: the outcome is open. */
  'sending',
  /** The server accepted it. */
  'accepted',
  /** The server refused, and the record says that nothing has happened. */
  'failed',
  /** The server did not say yes, and the request may still have taken effect (voipbin-api.md 4.3). */
  'unsure',
  /** Not sent: there was nothing left to do. */
  'skipped',
  /** Not sent: the record differs from what was confirmed. The operator is asked again. */
  'changed',
  /** Undone or stopped before it was sent. */
  'withdrawn',
] as const

/** How far an action has come. */
export type ActionState = (typeof ACTION_STATES)[number]

/** Whether a request that may never have arrived is sent again by itself: not what costs money, is heard, or kills a link. */
export const isRepeatable = (kind: ActionKind): boolean =>
  kind !== 'say' && kind !== 'dial' && kind !== 'record' && kind !== 'new-link'

/** What of a conference can be edited. */
export type Room = Pick<Conference, 'name' | 'detail' | 'timeout'>

/** What an action needs beyond its target, as it was confirmed; which parts, its kind tells. */
export interface ActionInput {
  /** `say`: the text, and its language as BCP 47. */
  readonly text?: string | undefined
  readonly language?: string | undefined
  /** `dial`: the number or SIP address to call, and the number that calls. */
  readonly number?: string | undefined
  readonly source?: string | undefined
  /** `create` and `edit`: what is wanted. */
  readonly room?: Room | undefined
  /** `edit`: what was there when the form was filled in. */
  readonly before?: Room | undefined
  /** `stop-recording`: the recording that went on when it was confirmed. */
  readonly recordingId?: string | undefined
  /** `hold` and `unhold`: the hold muted the call, so that its end unmutes it. */
  readonly unmutes?: boolean | undefined
}

/** The participant or conference an action is about, as it was when the operator confirmed it. */
export interface Target {
  /** Id of the participant; of the conference where `isAboutConference`. */
  readonly id: string
  readonly label: string
  /** The caller's number; empty while unknown. */
  readonly number: string
  readonly conferenceId: string | null
  readonly conferenceLabel: string
  readonly callId: string | null
  readonly status: string
}

/** One thing that was requested from here, and what the server answered. Times in milliseconds on the server's clock. */
export interface Action {
  readonly id: string
  /** Id of the batch: the actions confirmed together. */
  readonly batch: string
  readonly kind: ActionKind
  readonly target: Target
  /** Name of the account that confirmed it. */
  readonly by: string
  /** Why, in the operator's words; may be empty. */
  readonly reason: string
  readonly input?: ActionInput | undefined
  readonly state: ActionState
  readonly requestedAt: number
  readonly sentAt: number | null
  readonly answeredAt: number | null
  /** Since when it was leaving, by the server's own record: from that time on a return shows. */
  readonly leavingAt: Micros | null
  /** When the record was last read for proof. */
  readonly lookedAt: number | null
  /**
   * When what was asked for came true, by the server's own record: the participant left, the call ended, the mute was
   * set. Where no record tells (`hasProof`), when the server said yes.
   */
  readonly goneAt: number | null
  /** When the record had last changed as it was rechecked, by its own time: a later change may be of this request. */
  readonly recheckedAt?: Micros | null | undefined
  /** Id of what the request made: the call of `dial`, the recording of `record`. */
  readonly madeId?: string | undefined
  /** What the server said or what was found, in one sentence; empty when all is as expected. */
  readonly text: string
  /** Status, reason and request id, as support quotes them. */
  readonly trace: string
  /** Grows with each change, so that the newer of two versions is known. */
  readonly revision: number
}

/** How actions that were confirmed together are worked off. */
export interface Batch {
  readonly id: string
  /** The account that confirmed it (`accountOf`): nothing of it is sent in the name of another. */
  readonly account: string
  /** When the first action may be sent: until then all can be undone. Milliseconds on the server's clock. */
  readonly startsAt: number
  /** Why nothing is sent now; null while work goes on. */
  readonly paused: 'by-choice' | 'interrupted' | 'tab-gone' | null
  /** The tab it was confirmed or resumed in: where tabs cannot agree otherwise, that tab alone works it off. */
  readonly tab: string
  /** The operator has read what became of it. */
  readonly isDismissed: boolean
  /** When it was last confirmed or worked on. A batch untouched for long is resumed by the operator only. */
  readonly touchedAt: number
  readonly revision: number
}

/** A newer version of an action or a batch. */
export const revised = <T extends { readonly revision: number }>(
  one: T,
  change: Partial<T>,
): T => ({
  ...one,
  ...change,
  revision: one.revision + 1,
})

/** An action confirmed alone while offline must not be sent later, when no operator expects it. */
export const FAILED_OFFLINE = {
  state: 'failed',
  text: 'Nothing was sent: this computer is offline.',
} as const

/** Whether an action is not settled yet: it waits, or has no answer. */
export const isPending = ({ state }: Action): boolean => state === 'waiting' || state === 'sending'

/** Whether an action is under way. */
export const isRequested = (action: Action | undefined): boolean =>
  action !== undefined && isPending(action)

/**
 * Whether nothing was sent for an action so far: it waits, or its record is checked again. The page may have been closed
 * before it was stored as sent, which matters for what must not be done twice.
 */
export const isUnsent = (action: Action): boolean =>
  isPending(action) &&
  action.sentAt === null &&
  (action.state === 'waiting' || isRepeatable(action.kind))

/** Whether a request reached the server, or may have. */
export const wasSent = ({ state }: Action): boolean => state === 'accepted' || state === 'unsure'

/** The states in which nothing was sent, and nothing will be. */
export const NEVER_SENT: ReadonlySet<ActionState> = new Set(['skipped', 'changed', 'withdrawn'])

/** The latest action of a kind about each participant or conference, by its id. Those never sent do not count. */
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
