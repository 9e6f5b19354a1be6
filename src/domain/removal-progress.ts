import { NEVER_SENT, type Action } from './action.ts'
import { outcomeOf, type Evidence, type Outcome } from './outcome.ts'

/** A step of a removal, and when it was. Milliseconds on the server's clock. */
interface Step {
  readonly name: 'requested' | 'sent' | 'accepted' | 'leaving' | 'gone'
  readonly at: number
}

/** Where a removal stands and how it got there. */
export interface RemovalProgress {
  readonly outcome: Outcome
  readonly steps: readonly Step[]
}

/** What a removal has come to, step by step, as `outcomeOf` judges it. Undefined when it is never sent. */
export function removalProgress(
  action: Action,
  evidence: Evidence,
  now: number,
  limit: number,
): RemovalProgress | undefined {
  if (NEVER_SENT.has(action.state)) return undefined
  const outcome = outcomeOf(action, evidence, now, limit)
  const { requestedAt, sentAt, answeredAt } = action
  const steps: readonly (readonly [Step['name'], number | null])[] = [
    ['requested', requestedAt],
    ['sent', sentAt],
    ['accepted', outcome.answer === 'yes' ? answeredAt : null],
    ['leaving', outcome.leavingAt],
    ['gone', outcome.goneAt],
  ]
  return { outcome, steps: steps.flatMap(([name, at]) => (at === null ? [] : [{ name, at }])) }
}
