import { Suspense, use, useState, type ReactNode } from 'react'
import { RoleContext } from '~/cache/queries/role.ts'
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
import { durationText } from '~/util/time-text.ts'
import { visibleText } from '~/util/visible-text.ts'
import { FailedLine } from '../Failed.tsx'
import { PageHeading } from '../PageHeading.tsx'

const EndControl = lazy(async () => (await import('./EndControl.tsx')).EndControl)

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
      <div className="flex min-h-8 flex-wrap items-center gap-x-2 gap-y-0.5 sm:pr-32">
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
            <EndControl id={id} conference={conference} />
          </Suspense>
        </ErrorBoundary>
      )}
      <dl
        id="conference-details"
        className={`flex flex-wrap gap-x-5 gap-y-0.5 pb-1 ${isOpen ? '' : 'max-sm:hidden'}`}
      >
        {conference && <KnownFacts conference={conference} />}
        <Fact name="id">
          <Id id={id} what="conference id" />
        </Fact>
      </dl>
      {conference && conference.problems.length > 0 && (
        <p className="text-leaving">
          The record has problems: {conference.problems.map(({ text }) => text).join(', ')}.
        </p>
      )}
    </div>
  )
}

const time = (at: Micros | null) => <Moment at={at === null ? null : toMillis(at)} />

function KnownFacts({ conference }: { conference: Conference }) {
  const { type, detail, timeout, isRecording, isTranscribing } = conference
  return (
    <>
      {isRecording && <Fact name="recording">on</Fact>}
      {isTranscribing && <Fact name="transcribing">on</Fact>}
      {detail && <Fact name="detail">{visibleText(detail)}</Fact>}
      {conference.endedAt !== null && <Fact name="ended">{time(conference.endedAt)}</Fact>}
      {conference.deletedAt !== null && <Fact name="deleted">{time(conference.deletedAt)}</Fact>}
      <Fact name="limit">{timeout > 0 ? durationText(timeout * 1000) : 'none'}</Fact>
      <Fact name="created">{time(conference.createdAt)}</Fact>
      <Fact name="updated">{time(conference.updatedAt)}</Fact>
      <Fact name="type">{type === null ? 'unknown' : visibleText(type)}</Fact>
    </>
  )
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div className="flex items-center gap-1.5">
    <dt className="text-muted">{name}</dt>
    <dd className="wrap-anywhere">{children}</dd>
  </div>
)
