import { useRemovalLimit } from '~/use-config.ts'
import { OUTCOME_TRAITS } from '~/derive/outcome-traits.ts'
import type { ParticipantRow } from '~/derive/participant-rows.ts'
import { stepTexts } from '~/derive/progress-text.ts'
import { evidenceOf } from '~/derive/removal-outcome.ts'
import { removalProgress } from '~/domain/removal-progress.ts'
import { Trace } from '~/ui/Screen.tsx'
import { useServerNow } from '~/ui/now.ts'
import { visibleText } from '~/util/visible-text.ts'

/** The latest removal requested from here, step by step, with seconds. */
export function RemovalSteps({ row }: { row: ParticipantRow }) {
  const { action } = row
  const now = useServerNow()
  const limit = useRemovalLimit()
  const progress = action && removalProgress(action, evidenceOf(row), now, limit)
  if (!progress) return null
  const { isBad } = OUTCOME_TRAITS[progress.outcome.state]
  return (
    <div className="mt-2">
      <ol aria-label="Removal" className="flex flex-wrap gap-x-4 gap-y-0.5">
        {stepTexts(progress, now).map((text, index, all) => (
          <li
            key={text.replace(/\d.*/, '')}
            className={
              isBad && index === all.length - 1 ? 'font-semibold text-danger' : 'text-muted'
            }
          >
            {text}
          </li>
        ))}
      </ol>
      <p className="text-xs text-muted wrap-anywhere">
        By {visibleText(action.by)}
        {action.reason && <>: {visibleText(action.reason)}</>}. {visibleText(action.text)}
      </p>
      {action.trace && <Trace text={action.trace} />}
    </div>
  )
}
