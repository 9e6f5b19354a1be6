import { X } from 'lucide'
import { useAct } from '~/actions/act.ts'
import { useRoster } from '~/cache/poll.ts'
import { outcomeOf } from '~/derive/action-text.ts'
import type { Action } from '~/domain/action.ts'
import { targetNow } from '~/domain/recheck.ts'
import { Button } from '~/ui/Button.tsx'
import { Icon } from '~/ui/Icon.tsx'
import { Trace } from '~/ui/Screen.tsx'

/** One action that did not go as asked: what happened, and what can be done about it. */
export function Outcome({ action }: { action: Action }) {
  const { dismiss } = useAct()
  const outcome = outcomeOf(action)
  if (!outcome) return null
  const { title, text, trace } = outcome
  return (
    <div className="flex items-start gap-2 rounded-lg border border-danger bg-raised p-3 shadow-lg">
      <div className="min-w-0 grow">
        <p className="font-semibold wrap-anywhere">{title}</p>
        <p className="text-muted wrap-anywhere">{text}</p>
        {trace && <Trace text={trace} />}
        {action.state === 'changed' && <AskAnew action={action} />}
      </div>
      <Button tone="quiet" aria-label={`Dismiss: ${title}`} onClick={() => dismiss(action.batch)}>
        <Icon of={X} />
      </Button>
    </div>
  )
}

/** What was confirmed is no longer so: the question once more, about how it is now. */
export function AskAnew({ action }: { action: Action }) {
  const { ask, dismiss } = useAct()
  const { held } = useRoster()
  if (action.kind !== 'remove') return null
  const target = targetNow(
    action,
    [...held.values()].map(({ participant }) => participant),
  )
  if (!target) return <p className="text-muted">Nobody is there under this call now.</p>
  return (
    <Button
      className="mt-2"
      onClick={() => {
        ask({ kind: 'remove', targets: [target], reason: action.reason })
        dismiss(action.batch)
      }}
    >
      Remove {target.label} as it is now
    </Button>
  )
}
