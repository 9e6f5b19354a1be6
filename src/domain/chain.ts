import { NEVER_SENT, type Action } from './action.ts'
import { outcomeOf, type OutcomeState } from './outcome.ts'
import type { Participant } from './participant.ts'
import { toMillis } from './time.ts'

/** A step of the chain, and when it was. Milliseconds. */
interface Step {
  readonly name: 'requested' | 'sent' | 'accepted' | 'leaving' | 'gone'
  readonly at: number
}

/** The chain of one removal: where it stands and how it got there. */
export interface Chain {
  readonly state: OutcomeState
  readonly steps: readonly Step[]
}

/**
 * What a removal has come to, by what the server said of the person. Undefined when it was never sent and never
 * will be. The parameters are those of `outcomeOf`.
 */
export function chainOf(
  action: Action,
  participant: Participant | undefined,
  now: number,
  limit: number,
): Chain | undefined {
  if (NEVER_SENT.has(action.state)) return undefined
  const { state, goneAt } = outcomeOf(action, participant, now, limit)
  const { requestedAt, sentAt, answeredAt, leavingAt } = action
  const steps: readonly (readonly [Step['name'], number | null])[] = [
    ['requested', requestedAt],
    ['sent', sentAt],
    ['accepted', action.state === 'accepted' ? answeredAt : null],
    ['leaving', leavingAt === null ? null : toMillis(leavingAt)],
    ['gone', goneAt],
  ]
  return { state, steps: steps.flatMap(([name, at]) => (at === null ? [] : [{ name, at }])) }
}
