import type { ReactNode } from 'react'
import { useAct } from '~/actions/act.ts'
import { useActivity } from '~/cache/activity/activity.ts'
import {
  endDetails,
  LEFT_AT_TERMINATING,
  stillConnectedText,
  type EndDetails,
} from '~/derive/ending.ts'
import { endBanner } from '~/derive/outcome-text.ts'
import { OUTCOME_TRAITS } from '~/derive/outcome-traits.ts'
import { readParticipantView, writeParticipantView } from '~/derive/view.ts'
import type { Action } from '~/domain/action.ts'
import type { Conference } from '~/domain/conference.ts'
import type { Outcome, OutcomeState } from '~/domain/outcome.ts'
import { Badge, type BadgeTone } from '~/ui/Badge.tsx'
import { Button } from '~/ui/Button.tsx'
import { Elapsed } from '~/ui/Elapsed.tsx'
import { Link } from 'react-router'
import { Moment } from '~/ui/Moment.tsx'
import { useServerNow } from '~/ui/now.ts'
import { Trace } from '~/ui/Screen.tsx'
import { fineDurationText } from '~/util/fine-duration.ts'
import { durationText } from '~/util/time-text.ts'
import { visibleText } from '~/util/visible-text.ts'
import { useOutcomes } from '../use-outcomes.ts'
import { useView } from '../use-view.ts'
import { usePeople, type People } from './use-people.ts'

interface EndProgressProps {
  readonly end: Action
  readonly conference: Conference | undefined
}

/** What became of the end of a conference: its outcome, each step with its seconds, and the participants that are left. */
export function EndProgress({ end, conference }: EndProgressProps) {
  const { of, limit } = useOutcomes()
  const { people, labelOf } = usePeople(end.target.id)
  const { batches } = useActivity()
  const { dismiss } = useAct()
  const now = useServerNow()
  const outcome = of(end)
  const { state, cause, answer } = outcome
  const banner = endBanner(outcome)
  const isDone = state === 'gone' || state === 'failed'
  if (!banner || (isDone && batches.get(end.batch)?.isDismissed)) return null
  const details = endDetails({ action: end, outcome, conference, people, now })
  const { connected, acceptedAfter, terminatedAt } = details
  const isTerminated = state === 'gone' && cause !== 'empty'
  // The badge beside it says that the conference is empty.
  const said = end.text.replace(LEFT_AT_TERMINATING, '').trim()
  const isMishap = answer === 'yes' && end.trace !== ''
  return (
    // Of one height whatever it says, so that no row moves when it says more.
    <section
      aria-label="End of the conference"
      className="flex h-32 flex-col gap-1 overflow-y-auto sm:h-20"
    >
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <Badge tone={TONE[state] ?? 'leaving'}>
          <span role={OUTCOME_TRAITS[state].isBad ? 'alert' : 'status'}>
            {banner}
            {isTerminated && (
              <>
                {' '}
                <Moment at={terminatedAt} /> (terminated)
              </>
            )}
          </span>
        </Badge>
        <span className="text-muted">
          requested <Elapsed at={end.requestedAt} /> ago by {visibleText(end.by)}
          {acceptedAfter !== null && `, accepted ${fineDurationText(acceptedAfter)} later`}
        </span>
        <What outcome={outcome} details={details} limit={limit} />
        {state !== 'gone' && terminatedAt !== null && (
          <span className="text-leaving">
            The server reports it ended at <Moment at={terminatedAt} />, but some people are still
            connected.
          </span>
        )}
        {isDone && (
          <Button tone="quiet" onClick={() => dismiss(end.batch)}>
            Dismiss
          </Button>
        )}
      </div>
      {said && (
        <div
          className={
            state === 'failed' ? 'text-danger' : isDone && !isMishap ? 'text-muted' : 'text-leaving'
          }
        >
          <p className="wrap-anywhere">
            {answer === 'unclear' &&
              `The server ${isDone ? 'had not confirmed' : 'did not confirm'} it: `}
            {visibleText(said)}
          </p>
          {end.trace && <Trace text={end.trace} />}
        </div>
      )}
      {state === 'still-connected' && <StillThere people={connected} labelOf={labelOf} />}
    </section>
  )
}

/** All others are under way. */
const TONE: Partial<Record<OutcomeState, BadgeTone>> = {
  waiting: 'plain',
  'still-connected': 'danger',
  gone: 'leaved',
  failed: 'danger',
}

interface WhatProps {
  readonly outcome: Outcome
  readonly details: EndDetails
  readonly limit: number
}

function What({ outcome: { state, cause }, details, limit }: WhatProps): ReactNode {
  if (cause === 'empty') return <span>{LEFT_AT_TERMINATING}</span>
  switch (state) {
    case 'sending':
    case 'leaving':
      return <span>{stillConnectedText(details)}</span>
    case 'still-connected':
      return (
        <strong className="text-danger">
          {stillConnectedText(details)} Over {durationText(limit)} have passed.
        </strong>
      )
    case 'unconfirmed':
      return <span>Who is still connected is not known: what is shown is old.</span>
    default:
      return null
  }
}

/** More are in the table below. */
const MOST_NAMES = 12

interface StillThereProps {
  readonly people: People['people']
  readonly labelOf: People['labelOf']
}

/** The participants that are still connected, each with a link to what can still be done. */
function StillThere({ people, labelOf }: StillThereProps) {
  const { view } = useView(readParticipantView, writeParticipantView)
  return (
    <>
      <p className="text-danger">
        The server does not try again. Open each to see what can still be done:
      </p>
      <ul aria-label="Still connected" className="flex flex-wrap gap-x-4 gap-y-1">
        {people.slice(0, MOST_NAMES).map((one) => (
          <li key={one.id}>
            <Link
              to={`?${writeParticipantView({ ...view, participant: one.id })}`}
              className="font-medium underline underline-offset-2"
            >
              <bdi>{labelOf(one)}</bdi>
            </Link>{' '}
            <span className="text-muted">{visibleText(one.status)}</span>
          </li>
        ))}
        {people.length > MOST_NAMES && (
          <li className="text-muted">and {people.length - MOST_NAMES} more in the table below</li>
        )}
      </ul>
    </>
  )
}
