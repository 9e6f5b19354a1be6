import {
  hasProof,
  isPending,
  NEVER_SENT,
  wasSent,
  type Action,
  type ActionState,
} from './action.ts'
import { connectedTo, emptySince, isEnding, unreadOf } from './conference-end.ts'
import type { Conference } from './conference.ts'
import { explains, leavingOf } from './effect.ts'
import type { StatusChange } from './merge.ts'
import { changedAt, isGone, type Participant } from './participant.ts'
import { fromMillis, toMillis, type Micros } from './time.ts'

/** What may become of an action, in the order of the work. Row, panel, card, activity, CSV and banner read it here. */
export const OUTCOME_STATES = [
  /** Confirmed and not sent: it waits, or its record is checked again. */
  'waiting',
  /** Sent, not answered yet. */
  'sending',
  /** In progress by the answer or by the record; neither over nor too late. */
  'leaving',
  /** It may have happened: no record says so yet, or no record was read since the limit. */
  'unconfirmed',
  /** Past the limit, or back from leaving, and its record was read since. */
  'still-connected',
  /** Of a removal: a hang-up from here has ended the call, and the record does not say so yet. */
  'call-ended',
  /** Over, by the record. */
  'gone',
  'skipped',
  'changed',
  'failed',
  'withdrawn',
] as const

/** What became of an action. */
export type OutcomeState = (typeof OUTCOME_STATES)[number]

/** What the server answered. `no` also stands for what could not be sent; null while there is no answer. */
export type Answer = 'yes' | 'no' | 'unclear' | null

/** How it came to be over. */
type Cause =
  /** The request explains it. */
  | 'request'
  /** It was over before the server took the request. */
  | 'before'
  /** It came back from leaving and left later. */
  | 'return'
  /** A conference without participants: the server never says terminated (voipbin-api.md 5.2). */
  | 'empty'
  /** The request was refused or not answered yet. */
  | 'other'

/** What became of an action, with what its words need. Times in milliseconds on the server's clock. */
export interface Outcome {
  readonly state: OutcomeState
  readonly answer: Answer
  /** The record is checked again, right before the request is sent. */
  readonly isChecking: boolean
  /** Since when the record is on its way out because of the request. */
  readonly leavingAt: number | null
  /** When it was over by the record; null while it is not, or where the record has no time. */
  readonly goneAt: number | null
  /** Null while it is not over. */
  readonly cause: Cause | null
}

/** The records that an outcome is judged by, as far as they are held. */
export interface Evidence {
  /** Of a removal: its participant, and each status the server has reported of it. */
  readonly participant?: Participant | undefined
  readonly history?: readonly StatusChange[] | undefined
  /** Of a removal: the latest hang-up of the same participant asked for here. */
  readonly hangUp?: Action | undefined
  /** Of the end of a conference: its record, and all that are or were in it. */
  readonly conference?: Conference | undefined
  readonly people?: readonly Participant[] | undefined
  /** The records of these participants may be out of date. */
  readonly isOld?: boolean
}

/**
 * What became of an action, by what the server answered and by what the records say now.
 *
 * @param now milliseconds on the server's clock
 * @param limit milliseconds after which the request should have taken effect
 */
export function outcomeOf(action: Action, evidence: Evidence, now: number, limit: number): Outcome {
  const { conference } = evidence
  const found =
    action.kind === 'end' && conference && !NEVER_SENT.has(action.state)
      ? endOf(action, { ...evidence, conference }, now, limit)
      : judged(action, evidence, now, limit)
  const leavingAt = action.kind === 'remove' ? leavingOf(action, evidence.participant) : null
  return {
    answer: answerOf(action),
    isChecking: action.state === 'sending' && action.sentAt === null,
    leavingAt: leavingAt === null ? null : toMillis(leavingAt),
    goneAt: null,
    cause: null,
    ...found,
  }
}

/** Whether two outcomes say the same. */
export const isSameOutcome = (one: Outcome, other: Outcome): boolean =>
  one.state === other.state &&
  one.answer === other.answer &&
  one.isChecking === other.isChecking &&
  one.leavingAt === other.leavingAt &&
  one.goneAt === other.goneAt &&
  one.cause === other.cause

const ANSWER: Readonly<Record<ActionState, Answer>> = {
  waiting: null,
  sending: null,
  accepted: 'yes',
  failed: 'no',
  unsure: 'unclear',
  skipped: null,
  changed: null,
  withdrawn: null,
}

/** What the server answered to an action, as far as it did. */
export const answerOf = ({ state }: Action): Answer => ANSWER[state]

type Found = Pick<Outcome, 'state'> & Partial<Pick<Outcome, 'goneAt' | 'cause'>>

/** A removal, a hang-up, and the end of a conference whose record is not held. */
function judged(action: Action, evidence: Evidence, now: number, limit: number): Found {
  const { state } = action
  if (state === 'skipped' || state === 'changed' || state === 'withdrawn') return { state }
  // That a participant has left does not end its call, nor its conference.
  const { participant, hangUp, history } = action.kind === 'remove' ? evidence : {}
  const goneAt = action.goneAt ?? (participant && leftAt(participant)) ?? null
  if (goneAt !== null)
    return { state: 'gone', goneAt, cause: causeOf(action, participant, history) }
  if (isPending(action)) return { state: isOnItsWay(action) ? 'sending' : 'waiting' }
  if (hangUp && hasEndedCall(hangUp)) return { state: 'call-ended' }
  const leavingAt = leavingOf(action, participant)
  if (state === 'failed' && leavingAt === null) return { state: 'failed' }
  if (!hasProof(action)) return { state: 'unconfirmed' }
  if (participant && isBack(participant, leavingAt)) return { state: 'still-connected' }
  if (state === 'unsure' && action.kind === 'remove' && leavingAt === null)
    return { state: isInVain(action) ? 'failed' : 'unconfirmed' }
  const since = answeredSince(action)
  const until = limitOf(action, limit)
  if (now - since < until) return { state: 'leaving' }
  const wasLookedAt = action.lookedAt !== null && action.lookedAt - since >= until
  return { state: wasLookedAt ? 'still-connected' : 'unconfirmed' }
}

/** A call rings longer than anything else takes. Milliseconds. */
const RINGS_FOR = 90_000

const limitOf = ({ kind }: Action, limit: number): number =>
  kind === 'dial' ? Math.max(limit, RINGS_FOR) : limit

const isOnItsWay = ({ state, sentAt }: Action): boolean => state === 'sending' && sentAt !== null

const answeredSince = ({ answeredAt, requestedAt }: Action): number => answeredAt ?? requestedAt

const leftAt = (participant: Participant): number | null =>
  isGone(participant) ? toMillis(changedAt(participant)) : null

/** Whether a hang-up has ended the call, by the call's own record. */
export const hasEndedCall = ({ goneAt, state }: Action): boolean =>
  goneAt !== null && !NEVER_SENT.has(state)

function causeOf(
  action: Action,
  participant: Participant | undefined,
  history: Evidence['history'] = [],
): Cause {
  const { kind, state, leavingAt, sentAt } = action
  if (!wasSent(action)) return 'other'
  if (kind !== 'remove') return 'request'
  // A participant that has left is answered as it is, and nothing happens (voipbin-api.md 4.3).
  if (state === 'accepted' && leavingAt === null) return 'before'
  const since = leavingAt ?? (sentAt === null ? null : fromMillis(sentAt))
  if (since === null) return 'request'
  if (participant && changedAt(participant) < since) return 'before'
  if (!history.some(({ status, at }) => status === 'joined' && at > since)) return 'request'
  return leavingAt === null ? 'other' : 'return'
}

/** A kick that failed: joined again after it was on its way out (voipbin-api.md 4.4). */
const isBack = (record: Participant, leavingAt: Micros | null): boolean =>
  leavingAt !== null && record.status === 'joined' && changedAt(record) > leavingAt

/** Its record was read when the request could no longer take effect, and had not moved. */
const isInVain = (action: Action): boolean =>
  action.sentAt !== null &&
  action.lookedAt !== null &&
  !explains(action, fromMillis(action.lookedAt))

type EndEvidence = Evidence & { readonly conference: Conference }

/** The end of a conference whose record is held: it is over when no participant is connected. */
function endOf(action: Action, evidence: EndEvidence, now: number, limit: number): Found {
  const { conference, people = [], isOld = false } = evidence
  const { status, deletedAt } = conference
  const left = connectedTo(conference, people, now).length + unreadOf(conference, people)
  if (action.goneAt !== null && left === 0) {
    const isEmpty = status !== 'terminated' && deletedAt !== null
    return { state: 'gone', goneAt: action.goneAt, cause: isEmpty ? 'empty' : 'request' }
  }
  if (isPending(action)) return { state: isOnItsWay(action) ? 'sending' : 'waiting' }
  // A request that seemed lost may still have arrived.
  if (action.state === 'failed' && !hasBegunToEnd(action, conference)) return { state: 'failed' }
  if (left === 0) {
    const endedAt =
      status === 'terminated'
        ? (conference.endedAt ?? conference.updatedAt ?? deletedAt)
        : emptySince(conference, people, action.requestedAt, now)
    if (status !== 'terminated' && endedAt === null) return { state: 'leaving' }
    const cause = status === 'terminated' ? 'request' : 'empty'
    return { state: 'gone', goneAt: endedAt === null ? null : toMillis(endedAt), cause }
  }
  if (now - answeredSince(action) < limit) return { state: 'leaving' }
  return { state: isOld ? 'unconfirmed' : 'still-connected' }
}

/** Whether what was sent explains that a conference is ending. */
function hasBegunToEnd(action: Action, conference: Conference): boolean {
  const at = conference.updatedAt ?? 0
  return isEnding(conference) && at >= fromMillis(action.requestedAt) && explains(action, at)
}

/** For so long after the answer the end of a conference is judged by the clock too. Milliseconds. */
export const END_TICKS_FOR = 3600_000

/** Whether time alone can change what became of it. */
export function isTicking(action: Action, now: number, limit: number): boolean {
  const { kind, goneAt, answeredAt, state } = action
  if (goneAt !== null || answeredAt === null || NEVER_SENT.has(state)) return false
  const isEndUnderWay = kind === 'end' && wasSent(action)
  return (
    now - answeredAt < (isEndUnderWay ? Math.max(limit, END_TICKS_FOR) : limitOf(action, limit))
  )
}
