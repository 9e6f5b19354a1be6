import { STATE_TEXT } from '~/derive/action-text.ts'
import { tallyOf } from '~/derive/batches.ts'
import type { Action } from '~/domain/action.ts'
import { Trace } from '~/ui/Screen.tsx'
import { visibleText } from '~/util/visible-text.ts'
import { AskAnew } from './Outcome.tsx'

interface BatchListProps {
  readonly actions: readonly Action[]
  readonly isOpen: boolean
}

/** Everyone of a batch, and what became of each: those that went wrong first. */
export function BatchList({ actions, isOpen }: BatchListProps) {
  const sorted = actions.toSorted((a, b) => urgency(b) - urgency(a))
  return (
    <details open={isOpen} className="mt-2">
      <summary className="cursor-pointer text-muted">Each of them</summary>
      <ul className="mt-1 flex max-h-60 flex-col gap-1 overflow-y-auto">
        {sorted.map((action) => (
          <Line key={action.id} action={action} />
        ))}
      </ul>
    </details>
  )
}

const urgency = (action: Action): number => Number(['failed', 'skipped'].includes(tallyOf(action)))

function Line({ action }: { action: Action }) {
  const { target, state, text, trace, goneAt, requestedAt } = action
  const isBad = state === 'failed' || state === 'changed'
  return (
    <li className="border-t border-line pt-1">
      <div className="flex gap-2">
        <bdi className="min-w-0 grow truncate">{visibleText(target.label)}</bdi>
        <span className={isBad ? 'text-danger' : 'text-muted'}>
          {goneAt === null
            ? STATE_TEXT[state]
            : `gone after ${((goneAt - requestedAt) / 1000).toFixed(1)} s`}
        </span>
      </div>
      {text && <p className="text-xs text-muted wrap-anywhere">{visibleText(text)}</p>}
      {trace && <Trace text={trace} />}
      {state === 'changed' && <AskAnew action={action} />}
    </li>
  )
}
