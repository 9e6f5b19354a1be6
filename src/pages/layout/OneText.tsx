import { storyOf, titleOf } from '~/derive/outcome-text.ts'
import { OUTCOME_TRAITS } from '~/derive/outcome-traits.ts'
import type { Action } from '~/domain/action.ts'
import type { Outcome } from '~/domain/outcome.ts'
import { Trace } from '~/ui/Screen.tsx'

interface OneTextProps {
  readonly action: Action
  readonly outcome: Outcome
  /** As for `outcomeOf`. */
  readonly limit: number
}

/** One action in words that are announced whenever they change. */
export function OneText({ action, outcome, limit }: OneTextProps) {
  const isUrgent = OUTCOME_TRAITS[outcome.state].isUrgent || outcome.answer === 'unclear'
  const role = isUrgent ? 'alert' : 'status'
  const story = storyOf(action, outcome, limit)
  return (
    <>
      {/* A new element for a new role: only then do screen readers announce it as such. */}
      <div key={role} role={role}>
        <h2 className="font-semibold wrap-anywhere">{titleOf(action, outcome)}</h2>
        {story && <p className="text-muted wrap-anywhere">{story}</p>}
      </div>
      {action.trace && <Trace text={action.trace} />}
    </>
  )
}
