import { useQueryClient } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { use, type ReactNode } from 'react'
import { participantQuery } from '~/cache/roster/participant.ts'
import { useQueryKeepingError } from '~/cache/queries/use-query-keeping-error.ts'
import { explain, traceOf } from '~/derive/explain.ts'
import type { ParticipantRow } from '~/derive/participant-rows.ts'
import { isParticipantId } from '~/derive/view.ts'
import { ApiError } from '~/domain/api-error.ts'
import { reasonOf } from '~/domain/capability.ts'
import { shortId } from '~/domain/ids.ts'
import type { Participant } from '~/domain/participant.ts'
import { participantPath } from '~/paths.ts'
import { RowActionsContext } from '~/table/participants/row-actions.ts'
import { NoteMark } from '~/table/participants/NoteMark.tsx'
import { StatusBadge } from '~/table/participants/StatusBadge.tsx'
import { useOffersHangUp } from '~/table/participants/removal-state.ts'
import { Button } from '~/ui/Button.tsx'
import { CopyButton } from '~/ui/CopyButton.tsx'
import { coverPage } from '~/ui/cover.ts'
import { Link } from 'react-router'
import { visibleText } from '~/util/visible-text.ts'
import { Failed } from '~/pages/Failed.tsx'
import { Json } from '~/pages/Json.tsx'
import { Controls } from './Controls.tsx'
import { CallFacts } from './CallFacts.tsx'
import { DepartureFacts } from './DepartureFacts.tsx'
import { RecordFields } from './RecordFields.tsx'
import { Person } from './Person.tsx'
import { RemovalSteps } from './RemovalSteps.tsx'
import { Seen } from './Seen.tsx'

interface ParticipantPanelProps {
  readonly id: string
  /** Null where participants of all conferences are shown. */
  readonly conferenceId: string | null
  /** The row of the participant, if it is among those shown here. */
  readonly row: ParticipantRow | undefined
  readonly onClose: () => void
}

/** Everything the server said about one participant, beside the table. */
export function ParticipantPanel({ id, conferenceId, row, onClose }: ParticipantPanelProps) {
  const label = row?.label ?? visibleText(shortId(id))
  const close = () => {
    onClose()
    // The row is inert until the panel is gone.
    queueMicrotask(() => document.querySelector<HTMLElement>(`#who-${CSS.escape(id)}`)?.focus())
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape from anywhere inside closes it
    <aside
      ref={coverPage}
      aria-label={`Participant ${label}`}
      onKeyDown={(event) => event.key === 'Escape' && close()}
      className="fixed inset-0 z-20 flex flex-col overflow-y-auto border-l border-line bg-page md:static md:z-auto md:w-96 md:shrink-0 xl:w-md"
    >
      <div className="sticky top-0 flex items-center gap-2 border-b border-line bg-raised px-4 py-2">
        <h2 className="grow truncate font-semibold" title={label}>
          <bdi>{label}</bdi>
        </h2>
        <Button tone="quiet" aria-label="Close" autoFocus onClick={close}>
          <X />
        </Button>
      </div>
      {row ? <Known row={row} /> : <NotHere id={id} conferenceId={conferenceId} />}
    </aside>
  )
}

function Known({ row }: { row: ParticipantRow }) {
  const { askRemoval, askHangUp, mayNow } = use(RowActionsContext)
  const offersHangUp = useOffersHangUp(row)
  const { participant, removal, hangUpVerdict, fullLabel, note } = row
  return (
    <>
      <Section title="State">
        <div className="flex flex-wrap items-center gap-3">
          <StatusBadge row={row} />
          <div className="ml-auto flex gap-2">
            <Button
              tone="danger"
              aria-label={`Remove ${fullLabel}`}
              disabledReason={reasonOf(mayNow(removal))}
              onClick={() => askRemoval(row)}
            >
              Remove
            </Button>
            {offersHangUp && (
              <Button
                tone="danger"
                aria-label={`Hang up ${fullLabel}`}
                disabledReason={reasonOf(mayNow(hangUpVerdict))}
                onClick={() => askHangUp(row)}
              >
                Hang up
              </Button>
            )}
          </div>
        </div>
        <Controls row={row} />
        {!removal.allowed && <p className="mt-1 text-muted">{removal.reason}</p>}
        {note?.rejoin && (
          <p className="mt-2 flex">
            <NoteMark note={note} />
          </p>
        )}
        <Person row={row} />
        <RemovalSteps row={row} />
        <Seen history={row.history} />
      </Section>
      {note?.departure && (
        <Section title="Departure">
          <DepartureFacts departure={note.departure} />
        </Section>
      )}
      <Folded title="Record">
        <RecordFields record={participant} />
      </Folded>
      {participant.referenceId !== null && (
        <Folded title="Call record">
          <CallFacts id={participant.referenceId} />
        </Folded>
      )}
      <Folded title="JSON">
        <CopyButton text={JSON.stringify(participant.raw, null, 2)} what="JSON" />
        <Json value={participant.raw} />
      </Folded>
    </>
  )
}

interface SectionProps {
  readonly title: string
  readonly children: ReactNode
}

const Section = ({ title, children }: SectionProps) => (
  <section className="border-b border-line px-4 py-3">
    <h3 className="mb-1.5 text-muted">{title}</h3>
    {children}
  </section>
)

/** What the server sent, for those who need it: one click away, so that the person stands first. */
const Folded = ({ title, children }: SectionProps) => (
  <details className="border-b border-line px-4 py-2">
    <summary className="min-h-6 cursor-pointer text-muted">
      <h3 className="inline">{title}</h3>
    </summary>
    <div className="py-1.5">{children}</div>
  </details>
)

/** For a link to a participant that the sweep has not reached, that is in another conference, or that does not exist. */
function NotHere({ id, conferenceId }: { id: string; conferenceId: string | null }) {
  const client = useQueryClient()
  const { data, failure, askNow } = useQueryKeepingError({
    ...participantQuery(client, id),
    enabled: isParticipantId(id),
  })
  if (!isParticipantId(id)) {
    return <Section title="Not found">{visibleText(id)} cannot be the id of a participant.</Section>
  }
  if (data && conferenceId !== null && data.conferenceId !== conferenceId)
    return <Elsewhere participant={data} />
  if (!failure) return <Section title="Reading the record…">One moment.</Section>
  if (failure instanceof ApiError && !failure.isTransient) {
    return (
      <Section title="Not found">
        <p>
          {failure.isMissing
            ? 'The server knows of no participant with this id.'
            : explain(failure).title}
        </p>
        <p className="mt-1 font-mono text-xs text-muted wrap-anywhere">
          {id} · {traceOf(failure)}
        </p>
      </Section>
    )
  }
  return <Failed error={failure} what="the participant" onRetry={askNow} />
}

function Elsewhere({ participant }: { participant: Participant }) {
  const { conferenceId, id } = participant
  return (
    <Section title="In another conference">
      <p className="mb-2">
        This participant is not of this conference
        {conferenceId === null ? '; the record does not say of which.' : '.'}
      </p>
      {conferenceId !== null && (
        <Link
          className="text-accent underline underline-offset-2"
          to={participantPath(conferenceId, id)}
        >
          Open it there
        </Link>
      )}
      <Json value={participant.raw} />
    </Section>
  )
}
