import { createColumnHelper } from '@tanstack/react-table'
import type { ActivityRow } from '~/derive/activity-rows.ts'
import type { Result } from '~/derive/outcome-traits.ts'
import { isAboutConference } from '~/domain/action.ts'
import { Badge, type BadgeTone } from '~/ui/Badge.tsx'
import { CopyButton } from '~/ui/CopyButton.tsx'
import { conferencePath, participantPath } from '~/paths.ts'
import { Link } from 'react-router'
import { Moment } from '~/ui/Moment.tsx'
import { visibleText } from '~/util/visible-text.ts'
import type { features, Folding } from '../features.ts'

const column = createColumnHelper<typeof features, ActivityRow>()

/** How a result looks; the words say the same. */
export const RESULT_TONE: Readonly<Record<Result, BadgeTone>> = {
  open: 'joining',
  pending: 'leaving',
  done: 'joined',
  unsure: 'leaving',
  connected: 'danger',
  failed: 'danger',
  unsent: 'leaved',
}

/** A narrow row has four lines: nothing of it is shown elsewhere. */
export const activityFolding: Folding = {
  below: 1120,
  height: 104,
  className: 'grid h-26 grid-cols-[minmax(0,3fr)_minmax(0,2fr)] grid-rows-4 py-1',
}

/** The columns of the activity table. */
export const activityColumns = column.columns([
  column.accessor(({ action }) => action.requestedAt, {
    id: 'when',
    header: 'When',
    meta: {
      className: 'w-42 shrink-0 pl-4!',
      folded: 'col-start-2 row-start-1 justify-end text-muted',
    },
    cell: ({ getValue }) => <Moment at={getValue()} />,
  }),
  column.accessor((row) => row.what, {
    id: 'what',
    header: 'Action',
    meta: { className: 'w-32 shrink-0', folded: 'col-start-1 row-start-2' },
    cell: ({ getValue }) => <Text>{getValue()}</Text>,
  }),
  column.accessor((row) => row.label, {
    id: 'who',
    header: 'Who',
    meta: {
      isRowHeader: true,
      className: 'min-w-0 grow-2 basis-0',
      folded: 'col-start-1 row-start-1',
    },
    cell: ({ row }) => <Who row={row.original} />,
  }),
  column.accessor((row) => row.conference, {
    id: 'conference',
    header: 'Conference',
    meta: { className: 'w-36 shrink-0', folded: 'col-start-1 row-start-3' },
    cell: ({ row }) => <Conference row={row.original} />,
  }),
  column.accessor((row) => row.resultText, {
    id: 'result',
    header: 'Result',
    meta: { className: 'w-48 shrink-0', folded: 'col-start-2 row-start-2 justify-end' },
    cell: ({ row: { original } }) => (
      <Badge tone={RESULT_TONE[original.result]} title={original.resultText}>
        {original.resultText}
      </Badge>
    ),
  }),
  column.accessor((row) => row.by, {
    id: 'by',
    header: 'By',
    meta: { className: 'w-36 shrink-0', folded: 'col-start-2 row-start-3 justify-end text-muted' },
    cell: ({ getValue }) => <Text>{getValue()}</Text>,
  }),
  column.accessor((row) => row.reason, {
    id: 'reason',
    header: 'Reason',
    meta: { className: 'w-28 shrink-0', folded: 'col-start-1 row-start-4 text-muted' },
    cell: ({ row }) =>
      row.original.reason ? (
        <Text>{row.original.reason}</Text>
      ) : (
        <span className="text-muted">none</span>
      ),
  }),
  column.accessor((row) => row.details, {
    id: 'trace',
    header: 'Server’s answer',
    meta: { className: 'min-w-0 grow basis-0', folded: 'col-start-2 row-start-4 justify-end' },
    cell: ({ row: { original } }) => (
      <>
        {original.details && <Text>{original.details}</Text>}
        <Trace text={original.action.trace} />
      </>
    ),
  }),
])

/** A text of any length, whole in the tooltip. */
const Text = ({ children }: { children: string }) => (
  <bdi className="truncate" title={children}>
    {children}
  </bdi>
)

const LINK = 'min-w-0 truncate underline-offset-2 hover:underline'

function Who({ row: { label, number, conferenceId, action } }: { row: ActivityRow }) {
  const { id } = action.target
  return (
    <>
      {isAboutConference(action.kind) || conferenceId === null ? (
        <bdi className="min-w-0 truncate font-medium">{label}</bdi>
      ) : (
        <Link
          to={participantPath(conferenceId, id)}
          tabIndex={-1}
          className={`${LINK} min-w-12 font-medium`}
          title={label}
        >
          <bdi>{label}</bdi>
        </Link>
      )}
      {number && <bdi className="min-w-0 shrink-[9] truncate text-muted">{number}</bdi>}
    </>
  )
}

function Conference({ row: { conference, conferenceId } }: { row: ActivityRow }) {
  if (conferenceId === null) return <span className="text-muted">unknown</span>
  return (
    <Link
      to={conferencePath(conferenceId)}
      tabIndex={-1}
      className={`block ${LINK}`}
      title={conference}
    >
      <bdi>{conference}</bdi>
    </Link>
  )
}

function Trace({ text }: { text: string }) {
  if (!text) return null
  return (
    <span className="inline-flex items-center gap-0.5 font-mono text-xs">
      {visibleText(text)}
      <CopyButton tabIndex={-1} text={text} what="the server’s answer" />
    </span>
  )
}
