import { useAct } from '~/actions/act.ts'
import { useRoster } from '~/cache/poll.ts'
import type { Action } from '~/domain/action.ts'
import { targetNow } from '~/domain/recheck.ts'
import { conferencePath } from '~/paths.ts'
import { DeliberateButton } from '~/ui/DeliberateButton.tsx'
import { Link } from '~/ui/Link.tsx'
import { visibleText } from '~/util/visible-text.ts'
import type { Outcomes } from '../use-outcomes.ts'

/** What is left to do about one that has not come true: where it can be hung up on, or the question once more. */
export function NextStep({ action, outcomes }: { action: Action; outcomes: Outcomes }) {
  const { state } = outcomes.of(action)
  if (state === 'changed') return <AskAnew action={action} />
  const { id, conferenceId, label } = action.target
  const isStuck = state === 'still-connected' || state === 'unconfirmed'
  if (!isStuck || conferenceId === null) return null
  const isEnd = action.kind === 'end'
  return (
    <Link
      to={`${conferencePath(conferenceId)}${isEnd ? '' : `?${new URLSearchParams({ participant: id })}`}`}
      className="inline-flex min-h-7 items-center rounded border border-edge bg-page px-2.5 hover:bg-hover"
    >
      Open {visibleText(label)}
      {state === 'still-connected' && !isEnd && ' to hang up'}
    </Link>
  )
}

/** What was confirmed is no longer so: the question once more, about how it is now. */
function AskAnew({ action }: { action: Action }) {
  const { ask, dismiss } = useAct()
  const { held } = useRoster()
  if (action.kind !== 'remove') return null
  const target = targetNow(
    action,
    [...held.values()].map(({ participant }) => participant),
  )
  if (!target) return <p className="text-muted">Nobody is there under this call now.</p>
  return (
    <DeliberateButton
      className="max-w-full"
      onClick={() => {
        ask({ kind: 'remove', targets: [target], reason: action.reason })
        dismiss(action.batch)
      }}
    >
      <span className="truncate">Remove {target.label} as it is now</span>
    </DeliberateButton>
  )
}
