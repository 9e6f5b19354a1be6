import { ChevronDown, ChevronUp } from 'lucide-react'
import { Suspense, use, useState, type ReactNode } from 'react'
import { useReach } from '~/cache/live/poll.ts'
import { RoleContext } from '~/cache/queries/role.ts'
import { useCounts } from '~/cache/roster/use-roster.ts'
import { mayHaveMore } from '~/derive/sweep.ts'
import { timeLeftText } from '~/derive/time-left.ts'
import type { Conference } from '~/domain/conference.ts'
import { toMillis, type Micros } from '~/domain/time.ts'
import { routes } from '~/paths.ts'
import { ConferenceBadge } from '~/table/conferences/ConferenceBadge.tsx'
import { Id } from '~/table/Id.tsx'
import { Button } from '~/ui/Button.tsx'
import { ErrorBoundary } from '~/ui/ErrorBoundary.tsx'
import { Link } from 'react-router'
import { lazy } from '~/ui/lazy.ts'
import { Moment } from '~/ui/Moment.tsx'
import { useServerNowSelect } from '~/ui/now.ts'
import { countText } from '~/util/count-text.ts'
import { durationText } from '~/util/time-text.ts'
import { visibleText } from '~/util/visible-text.ts'
import { FailedLine } from '../Failed.tsx'
import { PageHeading } from '../PageHeading.tsx'
import { RecordingBadge, RecordingFact } from './RecordingFact.tsx'
import { Recordings } from './Recordings.tsx'

const RoomControls = lazy(async () => (await import('./RoomControls.tsx')).RoomControls)

interface FactsProps {
  readonly id: string
  readonly label: string
  readonly conference: Conference | undefined
  readonly error: unknown
  readonly onRetry: () => void
}

/** The facts of the conference record. */
export function Facts({ id, label, conference, error, onRetry }: FactsProps) {
  const { refresh } = use(RoleContext)
  const [isOpen, setOpen] = useState(false)
  return (
    <div className="relative flex shrink-0 flex-col gap-1 border-b border-line px-4 py-1.5">
      <div className="flex min-h-8 flex-wrap items-center gap-x-2 gap-y-0.5 sm:pr-44 md:pr-76">
        <nav
          aria-label="Breadcrumb"
          className="flex min-h-7 items-center gap-2 text-muted max-sm:w-full"
        >
          <Link to={routes.conferences} className="underline-offset-2 hover:underline">
            Conferences
          </Link>
          <span aria-hidden>/</span>
        </nav>
        <div className="max-sm:w-full">
          <PageHeading>
            <bdi>{label}</bdi>
          </PageHeading>
        </div>
        {conference ? (
          <ConferenceBadge conference={conference} />
        ) : (
          <span className="text-muted">{error ? 'details unavailable' : 'reading details…'}</span>
        )}
        <span className="sm:hidden">
          {conference && <RecordingBadge conference={conference} />}
        </span>
        {/* Folded on a narrow screen, where the rows need the room. */}
        <Button
          tone="quiet"
          className="sm:hidden"
          aria-expanded={isOpen}
          aria-controls="conference-details"
          onClick={() => setOpen(!isOpen)}
        >
          Details
        </Button>
        {error !== null && (
          <FailedLine
            what={conference ? 'Details may be out of date' : 'The conference cannot be read'}
            error={error}
            isBesideData={conference !== undefined}
            onRetry={onRetry}
          />
        )}
      </div>
      {/* Loaded after the first rows; its place is reserved. */}
      {refresh && (
        <ErrorBoundary resetKey={id}>
          <Suspense>
            <RoomControls id={id} label={label} conference={conference} />
          </Suspense>
        </ErrorBoundary>
      )}
      <Details id={id} conference={conference} isOpen={isOpen} />
      {conference && conference.problems.length > 0 && (
        <p className="text-leaving">
          The record has problems: {conference.problems.map(({ text }) => text).join(', ')}.
        </p>
      )}
    </div>
  )
}

interface DetailsProps extends Pick<FactsProps, 'id' | 'conference'> {
  /** On a narrow screen. */
  readonly isOpen: boolean
}

/** The facts in a line, and the recordings below it once they are asked for. */
function Details({ id, conference, isOpen }: DetailsProps) {
  const [showsRecordings, setShowsRecordings] = useState(false)
  const { recordingIds = [] } = conference ?? {}
  const folded = isOpen ? '' : 'max-sm:hidden'
  return (
    <>
      <dl id="conference-details" className={`flex flex-wrap gap-x-5 gap-y-0.5 pb-1 ${folded}`}>
        <Fact name="in now" reserved="sm:min-w-10">
          <InNow id={id} conference={conference ?? null} />
        </Fact>
        {conference && (
          <RecordFacts conference={conference}>
            {recordingIds.length > 0 && (
              <Button
                tone="quiet"
                className="min-h-6! px-1.5!"
                aria-label={`Recordings (${recordingIds.length})`}
                title="Recordings of this conference"
                aria-expanded={showsRecordings}
                onClick={() => setShowsRecordings(!showsRecordings)}
              >
                {recordingIds.length}
                {showsRecordings ? <ChevronUp /> : <ChevronDown />}
              </Button>
            )}
          </RecordFacts>
        )}
        <Fact name="id">
          <Id id={id} what="conference id" />
        </Fact>
      </dl>
      {conference && showsRecordings && (
        <div className={folded}>
          <ErrorBoundary resetKey={id}>
            <Recordings ids={recordingIds} />
          </ErrorBoundary>
        </div>
      )}
    </>
  )
}

/** How many are in, whether they are shown below or not. */
function InNow({ id, conference }: { id: string; conference: Conference | null }) {
  const count = useCounts(id)?.live ?? 0
  const { shown, said } = countText(count, mayHaveMore(conference, useReach()))
  return (
    <span className="font-semibold">
      <span aria-hidden>{shown}</span>
      <span className="sr-only">{said}</span>
    </span>
  )
}

const time = (at: Micros | null) => <Moment at={at === null ? null : toMillis(at)} />

interface RecordFactsProps {
  readonly conference: Conference
  /** What shows the recordings, if there are any. */
  readonly children: ReactNode
}

/** What one looks for first: since when it is there, for how long it will be, and whether it is recorded; then the rest. */
function RecordFacts({ conference, children }: RecordFactsProps) {
  const { createdAt, endedAt, deletedAt, updatedAt, timeout, isTranscribing } = conference
  const { type, detail } = conference
  return (
    <>
      <Fact name="created">{time(createdAt)}</Fact>
      {endedAt !== null && <Fact name="ended">{time(endedAt)}</Fact>}
      {deletedAt !== null && <Fact name="deleted">{time(deletedAt)}</Fact>}
      <Fact name="limit" reserved="sm:min-w-62">
        {timeout > 0 ? durationText(timeout * 1000) : 'none'}
        <TimeLeft conference={conference} />
      </Fact>
      <Fact name="recording">
        {/* The width of most answers is reserved. */}
        <span className="inline-block min-w-28">
          <RecordingFact conference={conference} />
        </span>
        {children}
      </Fact>
      {isTranscribing && <Fact name="transcribing">{STARTED}</Fact>}
      <Fact name="type">{type === null ? 'unknown' : visibleText(type)}</Fact>
      {detail && <Fact name="detail">{visibleText(detail)}</Fact>}
      <Fact name="updated" reserved="sm:min-w-36">
        {time(updatedAt)}
      </Fact>
    </>
  )
}

/** The record names the last one started and does not tell whether it has ended since (voipbin-api.md 16). */
const STARTED = <span title="The server does not say whether it has ended by itself">started</span>

function TimeLeft({ conference }: { conference: Conference }) {
  const text = useServerNowSelect((now) => timeLeftText(conference, now))
  return text && `, ${text}`
}

interface FactProps {
  readonly name: string
  /** A class for the width of most values: where one changes it, no fact may go to another line and move the rows. */
  readonly reserved?: string
  readonly children: ReactNode
}

const Fact = ({ name, reserved = '', children }: FactProps) => (
  <div className="flex items-center gap-1.5">
    <dt className="text-muted">{name}</dt>
    <dd className={`wrap-anywhere tabular-nums ${reserved}`}>{children}</dd>
  </div>
)
