import { secondsText, STATE_TEXT } from '~/derive/action-text.ts'
import { tallyOf, type Tally } from '~/derive/batches.ts'
import type { Action } from '~/domain/action.ts'
import { Trace } from '~/ui/Screen.tsx'
import { visibleText } from '~/util/visible-text.ts'
import { AskAnew } from './Outcome.tsx'

interface BatchListProps {
  readonly actions: readonly Action[]
  /** As for `tallyOf`. */
  readonly limit: number
  readonly isOpen: boolean
}

/** Everyone of a batch, and what became of each: those that went wrong first. */
export function BatchList({ actions, limit, isOpen }: BatchListProps) {
  const sorted = actions.toSorted((a, b) => urgency(b, limit) - urgency(a, limit))
  return (
    <details open={isOpen} className="mt-2">
      <summary className="cursor-pointer text-muted">Each of them</summary>
      <ul className="mt-1 flex max-h-60 flex-col gap-1 overflow-y-auto">
        {sorted.map((action) => (
          <Line key={action.id} action={action} limit={limit} />
        ))}
      </ul>
    </details>
  )
}

const URGENT: ReadonlySet<Tally> = new Set(['connected', 'failed', 'skipped'])

const urgency = (action: Action, limit: number): number =>
  Number(URGENT.has(tallyOf(action, limit)))

function Line({ action, limit }: { action: Action; limit: number }) {
  const { target, state, text, trace, goneAt, requestedAt } = action
  const isConnected = tallyOf(action, limit) === 'connected'
  const isBad = isConnected || state === 'failed' || state === 'changed'
  return (
    <li className="border-t border-line pt-1">
      <div className="flex gap-2">
        <bdi className="min-w-0 grow truncate">{visibleText(target.label)}</bdi>
        <span className={isBad ? 'text-danger' : 'text-muted'}>
          {goneAt === null
            ? isConnected
              ? 'still connected'
              : STATE_TEXT[state]
            : `gone after ${secondsText(goneAt - requestedAt)}`}
        </span>
      </div>
      {text && <p className="text-xs text-muted wrap-anywhere">{visibleText(text)}</p>}
      {trace && <Trace text={trace} />}
      {state === 'changed' && <AskAnew action={action} />}
    </li>
  )
}
