import { useRemovalLimit } from '~/cache/settings.ts'
import { stepTexts } from '~/derive/chain-text.ts'
import type { ParticipantRow } from '~/derive/participant-rows.ts'
import { chainOf } from '~/domain/chain.ts'
import { Trace } from '~/ui/Screen.tsx'
import { useServerNow } from '~/ui/now.ts'
import { visibleText } from '~/util/visible-text.ts'

/** The latest removal asked for from here, step by step, with seconds: proved, or not. */
export function RemovalChain({ row: { action, participant } }: { row: ParticipantRow }) {
  const now = useServerNow()
  const limit = useRemovalLimit()
  const chain = action && chainOf(action, participant, now, limit)
  if (!chain) return null
  const isBad = chain.state === 'still-connected' || chain.state === 'failed'
  return (
    <div className="mt-2">
      <ol aria-label="Removal" className="flex flex-wrap gap-x-4 gap-y-0.5">
        {stepTexts(chain, now).map((text, index, all) => (
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
