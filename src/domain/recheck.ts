import type { Action, ActionInput, Target } from './action.ts'
import { isGone, type Participant } from './participant.ts'
import type { Micros } from './time.ts'

/** Whether the record still is as it was confirmed. */
export type Recheck =
  /** With the time of the last change, by the record, where a later one may be of the request. */
  | {
      readonly kind: 'same'
      readonly recheckedAt?: Micros | null
      /** What the action needs, as the record says it before the request. */
      readonly input?: ActionInput
    }
  | NotSame

/** Why nothing is to be sent: it is over, it differs, or capability.ts does not allow it. */
export interface NotSame {
  readonly kind: 'over' | 'changed' | 'denied'
  readonly text: string
}

/**
 * Compares the record with what was confirmed, right before a request: the worst mistake is the wrong participant. `back`
 * is one with the same call that is in a conference under a new id.
 */
export function recheck(target: Target, now: Participant, back?: Participant): Recheck {
  if (now.id !== target.id)
    return { kind: 'changed', text: 'The server answered with another record.' }
  if (isGone(now)) {
    return back
      ? {
          kind: 'changed',
          text: `Has left, and is back under a new id, ${back.status} since then.`,
        }
      : { kind: 'over', text: 'Had already left.' }
  }
  if (now.conferenceId !== target.conferenceId)
    return { kind: 'changed', text: 'Is in another conference now.' }
  if (now.referenceId !== target.callId)
    return { kind: 'changed', text: 'Belongs to another call now.' }
  if (now.status === 'leaving')
    return { kind: 'over', text: 'Was already being disconnected: a second request does nothing.' }
  if (now.status === 'joining' || now.status === 'joined') return { kind: 'same' }
  return { kind: 'changed', text: `Is “${now.status}” now, which this version does not know.` }
}

/**
 * The target if the action were requested again now: the same participant, or one with the same call that is back under
 * a new id. Undefined when there is none.
 *
 * @param labelOf the name of another conference than the one it was in; empty while that is not known
 */
export function targetNow(
  { target }: Action,
  participants: Iterable<Participant>,
  labelOf: (conferenceId: string) => string,
): Target | undefined {
  for (const one of participants) {
    const isSame = one.id === target.id || (one.referenceId === target.callId && target.callId)
    if (!isSame || isGone(one)) continue
    const { id, conferenceId, status, referenceId: callId } = one
    const conferenceLabel =
      conferenceId === target.conferenceId
        ? target.conferenceLabel
        : conferenceId === null
          ? ''
          : labelOf(conferenceId)
    return { ...target, id, conferenceId, conferenceLabel, status, callId }
  }
  return undefined
}
