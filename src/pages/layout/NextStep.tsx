import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useAct } from '~/actions/act.ts'
import { useRoster } from '~/cache/roster/use-roster.ts'
import { heldConferences } from '~/cache/queries/conference-list.ts'
import { graceFor, useSettings } from '~/cache/settings.ts'
import { isRestSettled } from '~/derive/batches.ts'
import type { Action } from '~/domain/action.ts'
import { conferenceLabel } from '~/domain/conference.ts'
import { targetNow } from '~/domain/recheck.ts'
import { conferencePath, participantPath } from '~/paths.ts'
import { DeliberateButton } from '~/ui/DeliberateButton.tsx'
import { Link } from 'react-router'
import { visibleText } from '~/util/visible-text.ts'
import type { Outcomes } from '../use-outcomes.ts'

interface NextStepProps {
  readonly action: Action
  /** All actions of its batch. */
  readonly actions: readonly Action[]
  readonly outcomes: Outcomes
}

/** The next step after an action that did not work: a link to hang up, or a button to submit it as things are now. */
export function NextStep(props: NextStepProps) {
  const { action, outcomes } = props
  const { state } = outcomes.of(action)
  if (state === 'changed') return <AskAnew {...props} />
  const { id, conferenceId, label } = action.target
  const isStuck = state === 'still-connected' || state === 'unconfirmed'
  if (!isStuck || conferenceId === null) return null
  const isEnd = action.kind === 'end'
  return (
    <Link
      to={isEnd ? conferencePath(conferenceId) : participantPath(conferenceId, id)}
      className="inline-flex min-h-7 items-center rounded border border-edge bg-page px-2.5 hover:bg-hover"
    >
      Open {visibleText(label)}
      {state === 'still-connected' && !isEnd && ' to hang up'}
    </Link>
  )
}

/** The name of a conference, if its record or the list of conferences is held. */
function heldLabel(client: QueryClient, id: string): string {
  const conference = heldConferences(client).find((one) => one.id === id)
  return conference ? conferenceLabel(conference) : ''
}

/** Offers to remove the participant as it is now, because it has changed since the removal was confirmed. */
function AskAnew({ action, actions, outcomes }: NextStepProps) {
  const { submit, dismiss } = useAct()
  const settings = useSettings()
  const client = useQueryClient()
  const roster = useRoster()
  if (action.kind !== 'remove' || outcomes.again.has(action.id)) return null
  const { id, callId } = action.target
  const candidates = new Set([id, ...roster.ofCall(callId ?? '')])
  const target = targetNow(
    action,
    [...candidates].flatMap((one) => roster.get(one)?.participant ?? []),
    (conferenceId) => heldLabel(client, conferenceId),
  )
  if (!target) return <p className="text-muted">Nobody is there under this call now.</p>
  return (
    <DeliberateButton
      className="max-w-full"
      onClick={() => {
        const grace = graceFor(settings, 'remove', 1)
        submit({ kind: 'remove', targets: [target], reason: action.reason, grace })
        if (isRestSettled(actions, [action], outcomes)) dismiss(action.batch)
      }}
    >
      <span className="truncate">Remove {target.label} as it is now</span>
    </DeliberateButton>
  )
}
