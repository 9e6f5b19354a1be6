import { NEVER_SENT, type Action } from './action.ts'
import { changedAt, isGone, type Participant } from './participant.ts'
import { toMillis } from './time.ts'

/** Where a removal stands, for the eye. */
export type RemovalState =
  /** Confirmed, and not sent yet. */
  | 'waiting'
  /** Sent, and not answered yet. */
  | 'requested'
  /** The server took it; it is not over yet, nor too late. */
  | 'leaving'
  /** Past the limit there is no sign of an end, and nobody has looked since. */
  | 'unproved'
  /** Past the limit, or back from leaving, and seen to be there. */
  | 'still-connected'
  | 'gone'
  | 'failed'

/** A step of the chain, and when it was. Milliseconds. */
interface Step {
  readonly name: 'requested' | 'sent' | 'accepted' | 'leaving' | 'gone'
  readonly at: number
}

/** The chain of one removal: where it stands and how it got there. */
export interface Chain {
  readonly state: RemovalState
  readonly steps: readonly Step[]
}

/**
 * What a removal has come to, by what the server said of the person. Undefined when it was never sent and never
 * will be.
 *
 * @param now milliseconds on the server's clock
 * @param limit milliseconds after which somebody who was removed should be gone
 */
export function chainOf(
  action: Action,
  participant: Participant | undefined,
  now: number,
  limit: number,
): Chain | undefined {
  const { state } = action
  if (NEVER_SENT.has(state)) return undefined
  const steps = stepsOf(action, participant)
  if (action.goneAt !== null || (participant && isGone(participant)))
    return { state: 'gone', steps }
  // While it is looked at again nothing is sent yet.
  if (state === 'waiting' || (state === 'sending' && action.sentAt === null))
    return { state: 'waiting', steps }
  if (state === 'sending') return { state: 'requested', steps }
  if (state === 'failed') return { state: 'failed', steps }
  const since = action.answeredAt ?? action.requestedAt
  if (participant && isBack(action, participant)) return { state: 'still-connected', steps }
  if (now - since < limit) return { state: 'leaving', steps }
  const wasLookedAt = action.lookedAt !== null && action.lookedAt - since >= limit
  return { state: wasLookedAt ? 'still-connected' : 'unproved', steps }
}

/** A kick that failed: joined again after it was on its way out (voipbin-api.md 4.4). */
const isBack = ({ leavingAt }: Action, participant: Participant): boolean =>
  leavingAt !== null && participant.status === 'joined' && changedAt(participant) > leavingAt

function stepsOf(action: Action, participant: Participant | undefined): readonly Step[] {
  const { requestedAt, sentAt, answeredAt, leavingAt, goneAt } = action
  const end = participant && isGone(participant) ? toMillis(changedAt(participant)) : null
  const steps: readonly (readonly [Step['name'], number | null])[] = [
    ['requested', requestedAt],
    ['sent', sentAt],
    ['accepted', action.state === 'accepted' ? answeredAt : null],
    ['leaving', leavingAt === null ? null : toMillis(leavingAt)],
    ['gone', goneAt ?? end],
  ]
  return steps.flatMap(([name, at]) => (at === null ? [] : [{ name, at }]))
}
