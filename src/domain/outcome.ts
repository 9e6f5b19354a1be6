import { NEVER_SENT, type Action, type ActionKind } from './action.ts'
import { changedAt, isGone, type Participant } from './participant.ts'
import { fromMillis, toMillis, type Micros } from './time.ts'

/** What became of one action. Row, panel, card and activity page read it here and nowhere else. */
export type OutcomeState =
  /** Confirmed, not sent yet: it waits, or is looked at again. */
  | 'waiting'
  /** On its way to the server. */
  | 'sending'
  /** Under way by the server's answer or by the record; neither over nor too late. */
  | 'leaving'
  /** It may have happened and no record says so yet, or no look came since the limit. */
  | 'unconfirmed'
  /** Past the limit, or back from leaving, and seen to be there. */
  | 'still-connected'
  /** Over, by the record. */
  | 'gone'
  | 'failed'
  | 'skipped'
  | 'changed'
  | 'withdrawn'

/** In the order of the work. */
export const OUTCOME_STATES: readonly OutcomeState[] = [
  'waiting',
  'sending',
  'leaving',
  'unconfirmed',
  'still-connected',
  'gone',
  'skipped',
  'changed',
  'failed',
  'withdrawn',
]

/** A state, and since when it is over by the record: milliseconds, null while it is not. */
export interface Outcome {
  readonly state: OutcomeState
  readonly goneAt: number | null
}

const same = (word: string): Readonly<Record<ActionKind, string>> => ({
  remove: word,
  'hang-up': word,
  end: word,
})

/** The words for it. */
export const OUTCOME_WORD: Readonly<Record<OutcomeState, Readonly<Record<ActionKind, string>>>> = {
  waiting: same('pending'),
  sending: same('sent'),
  leaving: { remove: 'not gone yet', 'hang-up': 'call not ended yet', end: 'not ended yet' },
  unconfirmed: same('not confirmed'),
  'still-connected': same('still connected'),
  gone: { remove: 'gone', 'hang-up': 'call ended', end: 'ended' },
  failed: same('failed'),
  skipped: same('skipped'),
  changed: same('changed, not sent'),
  withdrawn: same('undone'),
}

/**
 * What became of an action, by what the server answered and by what the record says now.
 *
 * @param participant whom a removal is about, as far as held
 * @param now milliseconds on the server's clock
 * @param limit milliseconds after which what was asked for should have come true
 */
export function outcomeOf(
  action: Action,
  participant: Participant | undefined,
  now: number,
  limit: number,
): Outcome {
  // That a participant has left does not end its call, nor its conference.
  const record = action.kind === 'remove' ? participant : undefined
  const goneAt = action.goneAt ?? endOf(record)
  const isOver = goneAt !== null && !NEVER_SENT.has(action.state)
  if (isOver) return { state: 'gone', goneAt }
  return { state: stateOf(action, record, now, limit), goneAt: null }
}

const endOf = (record: Participant | undefined): number | null =>
  record && isGone(record) ? toMillis(changedAt(record)) : null

function stateOf(
  action: Action,
  record: Participant | undefined,
  now: number,
  limit: number,
): OutcomeState {
  const { state, kind } = action
  // While it is looked at again nothing is sent yet.
  if (state === 'sending' && action.sentAt === null) return 'waiting'
  if (state !== 'accepted' && state !== 'unsure' && state !== 'failed') return state
  const leavingAt = action.leavingAt ?? leavingOf(action, record)
  if (state === 'failed' && leavingAt === null) return 'failed'
  if (record && isBack(record, leavingAt)) return 'still-connected'
  if (state === 'unsure' && kind === 'remove' && leavingAt === null)
    return isInVain(action) ? 'failed' : 'unconfirmed'
  const since = action.answeredAt ?? action.requestedAt
  if (now - since < limit) return 'leaving'
  const wasLookedAt = action.lookedAt !== null && action.lookedAt - since >= limit
  return wasLookedAt ? 'still-connected' : 'unconfirmed'
}

/** A kick that failed: joined again after it was on its way out (voipbin-api.md 4.4). */
const isBack = (record: Participant, leavingAt: Micros | null): boolean =>
  leavingAt !== null && record.status === 'joined' && changedAt(record) > leavingAt

/** A request without a yes may take effect so much later, but hardly any later. */
const LATE: Micros = 60_000_000

/** Since when the record is on its way out because of what was sent; null when it is not, or not because of that. */
export function leavingOf(action: Action, record: Participant | undefined): Micros | null {
  return record?.status === 'leaving' && isLate(action, changedAt(record))
    ? changedAt(record)
    : null
}

/**
 * Whether a record that has moved did so soon enough for what was sent to explain it. That it had not moved before was
 * looked at right before it was sent, so clocks that differ by a second do no harm.
 */
export const isLate = ({ sentAt }: Action, movedAt: Micros): boolean =>
  sentAt !== null && movedAt <= fromMillis(sentAt) + LATE

/** Its record was looked at when the request could no longer take effect, and had not moved. */
const isInVain = (action: Action): boolean =>
  action.sentAt !== null && action.lookedAt !== null && !isLate(action, fromMillis(action.lookedAt))

/** Time alone can change what became of it. */
export const isTicking = (action: Action, now: number, limit: number): boolean =>
  action.goneAt === null &&
  action.answeredAt !== null &&
  now - action.answeredAt < limit &&
  !NEVER_SENT.has(action.state)
