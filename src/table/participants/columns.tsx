import { PhoneOff, TriangleAlert, UserMinus } from 'lucide-react'
import { createContext, use } from 'react'
import { createColumnHelper } from '@tanstack/react-table'
import { changedAt } from '~/domain/participant.ts'
import { toMillis, type Micros } from '~/domain/time.ts'
import type { ParticipantRow } from '~/derive/participant-rows.ts'
import { Button } from '~/ui/Button.tsx'
import { Elapsed } from '~/ui/Elapsed.tsx'
import { Link } from 'react-router'
import { Moment } from '~/ui/Moment.tsx'
import type { features } from '../features.ts'
import { Id } from '../Id.tsx'
import { NoteMark } from './NoteMark.tsx'
import { Select, SelectAll } from './Select.tsx'
import { StatusBadge } from './StatusBadge.tsx'
import { useRemovalState } from './use-removal-state.ts'

/** What can be done from a row. The page provides it: cells know neither URLs nor mutations. */
export interface RowActions {
  /** The address of the page with this participant's panel open. */
  readonly panelOf: (id: string) => string
  readonly askRemoval: (row: ParticipantRow) => void
  readonly askHangUp: (row: ParticipantRow) => void
}

export const RowActionsContext = createContext<RowActions>({
  panelOf: () => '',
  askRemoval: () => undefined,
  askHangUp: () => undefined,
})

const column = createColumnHelper<typeof features, ParticipantRow>()

const timeCell = (at: Micros | null) => <Moment at={at === null ? null : toMillis(at)} />

/** The columns of the participants table. How to add one: README, "Add a column". */
export const participantColumns = column.columns([
  column.display({
    id: 'select',
    header: SelectAll,
    meta: { className: 'pr-0!' },
    cell: Select,
  }),
  column.accessor((row) => row.label, {
    id: 'who',
    header: 'Who',
    meta: { isRowHeader: true, className: 'w-full max-w-0 min-w-24' },
    cell: ({ row }) => <Who row={row.original} />,
  }),
  column.accessor(({ participant }) => participant.status, {
    id: 'status',
    header: 'Status',
    cell: ({ row: { original } }) => (
      <span className="flex items-center gap-2">
        <StatusBadge row={original} />
        {original.note?.departure && <NoteMark note={original.note} />}
      </span>
    ),
  }),
  column.accessor(({ participant }) => changedAt(participant), {
    id: 'since',
    header: 'Since',
    meta: { className: 'hidden @sm:table-cell' },
    cell: ({ getValue }) => <Since at={getValue()} />,
  }),
  column.accessor(({ participant }) => participant.createdAt, {
    id: 'created',
    header: 'Created',
    meta: { className: 'hidden @2xl:table-cell' },
    cell: ({ getValue }) => timeCell(getValue()),
  }),
  column.accessor(({ participant }) => participant.updatedAt, {
    id: 'updated',
    header: 'Updated',
    meta: { className: 'hidden @3xl:table-cell' },
    cell: ({ getValue }) => timeCell(getValue()),
  }),
  column.accessor(({ participant }) => participant.referenceId, {
    id: 'reference',
    header: 'Reference',
    meta: { className: 'hidden @5xl:table-cell' },
    cell: ({ row }) => <Reference row={row.original} />,
  }),
  column.accessor((row) => row.id, {
    id: 'id',
    header: 'Id',
    meta: { className: 'hidden @5xl:table-cell' },
    cell: ({ getValue }) => <Id id={getValue()} what="participant id" />,
  }),
  column.display({
    id: 'remove',
    header: 'Remove',
    // Always in sight and in the same place, however wide a status becomes meanwhile.
    meta: { isHeadHidden: true, className: 'sticky right-0 text-right [td&]:bg-inherit' },
    cell: ({ row }) => <NextStep row={row.original} />,
  }),
])

/** Why the label is only an id. */
const NO_IDENTITY = { nameless: 'unknown caller', gone: 'call no longer known' } as const

function Who({ row }: { row: ParticipantRow }) {
  const { panelOf } = use(RowActionsContext)
  const { label, number, identity, participant } = row
  return (
    <span className="flex items-center gap-2">
      <Link
        id={`who-${row.id}`}
        to={panelOf(row.id)}
        className={`max-w-full truncate font-medium ${row.note?.rejoin ? '' : 'shrink-0'} underline-offset-2 hover:underline`}
        title={label}
      >
        <bdi>{label}</bdi>
      </Link>
      {number && (
        <bdi className="hidden max-w-max min-w-0 grow basis-0 truncate text-muted @sm:inline">
          {number}
        </bdi>
      )}
      {row.note?.rejoin && <NoteMark note={row.note} />}
      {identity !== 'known' && identity !== 'asking' && (
        <span className="min-w-0 truncate text-xs text-muted">{NO_IDENTITY[identity]}</span>
      )}
      {participant.problems.length > 0 && (
        <span
          role="img"
          className="text-leaving"
          aria-label={`Record with problems: ${participant.problems.map(({ text }) => text).join(', ')}`}
        >
          <TriangleAlert />
        </span>
      )}
    </span>
  )
}

const Since = ({ at }: { at: Micros }) =>
  at === 0 ? <span className="text-muted">unknown</span> : <Elapsed at={toMillis(at)} />

function Reference({ row }: { row: ParticipantRow }) {
  const { referenceType, referenceId } = row.participant
  return (
    <span className="inline-flex items-center gap-1">
      <span className="text-muted">{referenceType ?? 'unknown type'}</span>
      <Id id={referenceId} what="reference id" />
    </span>
  )
}

/** A removal, or what is left to do after one that did not work. */
const NextStep = ({ row }: { row: ParticipantRow }) =>
  useRemovalState(row) === 'still-connected' ? <HangUp row={row} /> : <Remove row={row} />

function HangUp({ row }: { row: ParticipantRow }) {
  const { askHangUp } = use(RowActionsContext)
  const { hangUpVerdict, label } = row
  return (
    <Button
      tone="danger"
      aria-label={`Hang up ${label}`}
      disabledReason={hangUpVerdict.allowed ? undefined : hangUpVerdict.reason}
      onClick={() => askHangUp(row)}
    >
      <PhoneOff />
      <span className="hidden @xl:inline">Hang up</span>
    </Button>
  )
}

function Remove({ row }: { row: ParticipantRow }) {
  const { askRemoval } = use(RowActionsContext)
  const { removal, label } = row
  return (
    <Button
      tone="quiet"
      aria-label={`Remove ${label}`}
      disabledReason={removal.allowed ? undefined : removal.reason}
      onClick={() => askRemoval(row)}
    >
      <UserMinus />
      <span className="hidden @xl:inline">Remove</span>
    </Button>
  )
}
