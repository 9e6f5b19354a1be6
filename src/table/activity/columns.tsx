import { createColumnHelper } from '@tanstack/react-table'
import type { ActivityRow } from '~/derive/activity-rows.ts'
import type { Result } from '~/derive/outcome-traits.ts'
import { Badge, type BadgeTone } from '~/ui/Badge.tsx'
import { CopyButton } from '~/ui/CopyButton.tsx'
import { Link } from 'react-router'
import { Moment } from '~/ui/Moment.tsx'
import { visibleText } from '~/util/visible-text.ts'
import type { features } from '../features.ts'

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

/** The columns of the activity table. None is left out on small screens: these facts are shown nowhere else. */
export const activityColumns = column.columns([
  column.accessor(({ action }) => action.requestedAt, {
    id: 'when',
    header: 'When',
    cell: ({ getValue }) => <Moment at={getValue()} />,
  }),
  column.accessor((row) => row.what, {
    id: 'what',
    header: 'Action',
    cell: ({ getValue }) => getValue(),
  }),
  column.accessor((row) => row.label, {
    id: 'who',
    header: 'Who',
    meta: { isRowHeader: true, className: 'max-w-80' },
    cell: ({ row }) => <Who row={row.original} />,
  }),
  column.accessor((row) => row.conference, {
    id: 'conference',
    header: 'Conference',
    meta: { className: 'max-w-56' },
    cell: ({ row }) => <Conference row={row.original} />,
  }),
  column.accessor((row) => row.resultText, {
    id: 'result',
    header: 'Result',
    cell: ({ row: { original } }) => (
      <Badge tone={RESULT_TONE[original.result]}>{original.resultText}</Badge>
    ),
  }),
  column.accessor((row) => row.by, {
    id: 'by',
    header: 'By',
    cell: ({ getValue }) => getValue(),
  }),
  column.accessor((row) => row.reason, {
    id: 'reason',
    header: 'Reason',
    cell: ({ row }) =>
      row.original.reason ? (
        <bdi>{row.original.reason}</bdi>
      ) : (
        <span className="text-muted">none</span>
      ),
  }),
  column.accessor((row) => row.details, {
    id: 'trace',
    header: 'Server’s answer',
    meta: { className: 'w-full' },
    cell: ({ row: { original } }) => (
      <span className="flex items-center gap-2">
        {original.details}
        <Trace text={original.action.trace} />
      </span>
    ),
  }),
])

const LINK = 'min-w-0 truncate underline-offset-2 hover:underline'

function Who({ row: { label, number, conferenceId, action } }: { row: ActivityRow }) {
  const { id } = action.target
  return (
    <span className="flex items-center gap-2">
      {action.kind === 'end' || conferenceId === null ? (
        <bdi className="min-w-0 truncate font-medium">{label}</bdi>
      ) : (
        <Link
          to={`/conferences/${conferenceId}?${new URLSearchParams({ participant: id })}`}
          className={`${LINK} font-medium`}
          title={label}
        >
          <bdi>{label}</bdi>
        </Link>
      )}
      {number && <bdi className="shrink-0 text-muted">{number}</bdi>}
    </span>
  )
}

function Conference({ row: { conference, conferenceId } }: { row: ActivityRow }) {
  if (conferenceId === null) return <span className="text-muted">unknown</span>
  return (
    <Link to={`/conferences/${conferenceId}`} className={`block ${LINK}`} title={conference}>
      <bdi>{conference}</bdi>
    </Link>
  )
}

function Trace({ text }: { text: string }) {
  if (!text) return null
  return (
    <span className="inline-flex items-center gap-0.5 font-mono text-xs">
      {visibleText(text)}
      <CopyButton text={text} what="the server’s answer" />
    </span>
  )
}
