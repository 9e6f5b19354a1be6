import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useAct } from '~/actions/act.ts'
import { useRoster } from '~/cache/roster/use-roster.ts'
import { heldConferences } from '~/cache/queries/conference-list.ts'
import { graceFor } from '~/actions/grace.ts'
import { useConfig } from '~/use-config.ts'
import { isRestSettled } from '~/derive/batches.ts'
import { isAboutConference, type Action } from '~/domain/action.ts'
import { conferenceLabel } from '~/domain/conference.ts'
import { targetNow } from '~/domain/recheck.ts'
import { conferencePath, participantPath } from '~/paths.ts'
import { DeliberateButton } from '~/ui/DeliberateButton.tsx'
import { Link } from 'react-router'
import { visibleText } from '~/util/visible-text.ts'
import type { Outcomes } from '../use-outcomes.ts'
import { ReviewEdit } from './ReviewEdit.tsx'

interface NextStepProps {
  readonly action: Action
  /** All actions of its batch. */
  readonly actions: readonly Action[]
  readonly outcomes: Outcomes
}

/** The next step after an action: a link to what is to be looked at, or a button to submit it as things are now. */
export function NextStep(props: NextStepProps) {
  const { action, outcomes } = props
  const { state } = outcomes.of(action)
  if (state === 'changed') return <ChangedStep {...props} />
  const { id, conferenceId, label } = action.target
  const isStuck = state === 'still-connected' || state === 'unconfirmed'
  const isCreated = action.kind === 'create' && state === 'gone'
  if (!(isStuck || isCreated) || conferenceId === null) return null
  const isRoom = isAboutConference(action.kind)
  return (
    <Link
      to={isRoom ? conferencePath(conferenceId) : participantPath(conferenceId, id)}
      className="inline-flex min-h-7 items-center rounded border border-edge bg-page px-2.5 hover:bg-hover"
    >
      Open {visibleText(label)}
      {state === 'still-connected' && action.kind === 'remove' && ' to hang up'}
    </Link>
  )
}

/** The name of a conference, if its record or the list of conferences is held. */
function heldLabel(client: QueryClient, id: string): string {
  const conference = heldConferences(client).find((one) => one.id === id)
  return conference ? conferenceLabel(conference) : ''
}

/** What was not sent because the record has changed since it was confirmed: it is asked for anew, once. */
function ChangedStep({ action, actions, outcomes }: NextStepProps) {
  const { dismiss } = useAct()
  if (outcomes.again.has(action.id)) return null
  const onAsked = () => {
    if (isRestSettled(actions, [action], outcomes)) dismiss(action.batch)
  }
  if (action.kind === 'edit') return <ReviewEdit action={action} onSaved={onAsked} />
  return action.kind === 'remove' && <RemoveAnew action={action} onAsked={onAsked} />
}

interface RemoveAnewProps {
  readonly action: Action
  readonly onAsked: () => void
}

/** Offers to remove the participant as it is now. */
function RemoveAnew({ action, onAsked }: RemoveAnewProps) {
  const { submit } = useAct()
  const config = useConfig()
  const client = useQueryClient()
  const roster = useRoster()
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
        const grace = graceFor(config, 'remove', 1)
        submit({ kind: 'remove', targets: [target], reason: action.reason, grace })
        onAsked()
      }}
    >
      <span className="truncate">Remove {target.label} as it is now</span>
    </DeliberateButton>
  )
}
