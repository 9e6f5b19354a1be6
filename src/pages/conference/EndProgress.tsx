import type { ReactNode } from 'react'
import { useAct } from '~/actions/act.ts'
import { useActivity } from '~/cache/activity/activity.ts'
import { useRemovalLimit } from '~/cache/settings.ts'
import {
  endingOf,
  LEFT_AT_TERMINATING,
  stillConnectedText,
  type Ending,
  type EndingState,
} from '~/derive/ending.ts'
import { readParticipantView, writeParticipantView } from '~/derive/view.ts'
import type { Action } from '~/domain/action.ts'
import type { Conference } from '~/domain/conference.ts'
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
import { useIsOld } from '../use-is-old.ts'
import { useView } from '../use-view.ts'
import { usePeople, type People } from './use-people.ts'

interface EndProgressProps {
  readonly end: Action
  readonly conference: Conference | undefined
}

/** What came of the end of a conference: each step with its seconds, who is left, and the server's word for it. */
export function EndProgress({ end, conference }: EndProgressProps) {
  const limit = useRemovalLimit()
  const { people, labelOf } = usePeople(end.target.id)
  const { batches } = useActivity()
  const { dismiss } = useAct()
  const now = useServerNow()
  const isOld = useIsOld()
  const ending = endingOf({ action: end, conference, people, now, limit, isOld })
  const isDone = ending && DONE.has(ending.state)
  if (!ending || (isDone && batches.get(end.batch)?.isDismissed)) return null
  const { state, connected, acceptedAfter } = ending
  return (
    <section aria-label="End of the conference" className="flex flex-col gap-1">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <Badge tone={TONE[state]}>
          <span role={LOUD.has(state) ? 'alert' : 'status'}>
            {state === 'ended' ? <EndedAt at={ending.endedAt} /> : NAME[state]}
          </span>
        </Badge>
        <span className="text-muted">
          requested <Elapsed at={end.requestedAt} /> ago by {visibleText(end.by)}
          {acceptedAfter !== null && `, accepted ${fineDurationText(acceptedAfter)} later`}
        </span>
        <What ending={ending} limit={limit} />
        {state !== 'ended' && ending.endedAt !== null && (
          <span className="text-leaving">
            The server says terminated since <Moment at={ending.endedAt} />, which is not so for
            everybody.
          </span>
        )}
        {isDone && (
          <Button tone="quiet" onClick={() => dismiss(end.batch)}>
            Dismiss
          </Button>
        )}
      </div>
      {end.text && state !== 'empty' && (
        <div
          className={state === 'failed' ? 'text-danger' : isDone ? 'text-muted' : 'text-leaving'}
        >
          <p className="wrap-anywhere">
            {end.state === 'unsure' &&
              `The server ${isDone ? 'had not confirmed' : 'did not confirm'} it: `}
            {visibleText(end.text)}
          </p>
          {end.trace && <Trace text={end.trace} />}
        </div>
      )}
      {state === 'still-connected' && <StillThere people={connected} labelOf={labelOf} />}
    </section>
  )
}

/** It will not change by itself any more. */
const DONE: ReadonlySet<EndingState> = new Set(['ended', 'empty', 'failed'])

const LOUD: ReadonlySet<EndingState> = new Set(['still-connected', 'failed'])

const NAME: Readonly<Record<Exclude<EndingState, 'ended'>, string>> = {
  waiting: 'Ending: not sent yet',
  requested: 'Ending: sent, not answered yet',
  ending: 'Ending',
  unproved: 'Ending: not proved',
  'still-connected': 'People are still connected',
  empty: 'Ended, empty',
  failed: 'Not ended',
}

const TONE: Readonly<Record<EndingState, BadgeTone>> = {
  waiting: 'plain',
  requested: 'leaving',
  ending: 'leaving',
  unproved: 'leaving',
  'still-connected': 'danger',
  ended: 'leaved',
  empty: 'leaved',
  failed: 'danger',
}

const EndedAt = ({ at }: { at: number | null }) => (
  <>
    Ended <Moment at={at} /> (terminated)
  </>
)

function What({ ending, limit }: { ending: Ending; limit: number }): ReactNode {
  switch (ending.state) {
    case 'requested':
    case 'ending':
      return <span>{stillConnectedText(ending)}</span>
    case 'still-connected':
      return (
        <strong className="text-danger">
          {stillConnectedText(ending)} More than {durationText(limit)} have gone by.
        </strong>
      )
    case 'unproved':
      return <span>Who is still connected is not known: what is shown is old.</span>
    case 'empty':
      return <span>{LEFT_AT_TERMINATING}</span>
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

/** Whom the end did not get out, each with the way to what can still be done. */
function StillThere({ people, labelOf }: StillThereProps) {
  const [view] = useView(readParticipantView, writeParticipantView)
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
