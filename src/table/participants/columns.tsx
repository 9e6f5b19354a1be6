import { TriangleAlert } from 'lucide-react'
import { use } from 'react'
import { createColumnHelper } from '@tanstack/react-table'
import { changedAt } from '~/domain/participant.ts'
import { toMillis, type Micros } from '~/domain/time.ts'
import type { ParticipantRow } from '~/derive/participant-rows.ts'
import { conferencePath } from '~/paths.ts'
import { Elapsed } from '~/ui/Elapsed.tsx'
import { Link } from 'react-router'
import { Moment } from '~/ui/Moment.tsx'
import type { features, Folding } from '../features.ts'
import { Id } from '../Id.tsx'
import { Marked } from './Marked.tsx'
import { NoteMark } from './NoteMark.tsx'
import { PanelContext, RowActionsContext } from './row-actions.ts'
import { MenuButton, NextStep } from './RowButtons.tsx'
import { Select, SelectAll } from './Select.tsx'
import { StatusBadge } from './StatusBadge.tsx'

const column = createColumnHelper<typeof features, ParticipantRow>()

const timeCell = (at: Micros | null) => <Moment at={at === null ? null : toMillis(at)} />

/** A narrow row has two lines: the name, then the status and its time. */
export const participantFolding: Folding = {
  below: 576,
  height: 56,
  className: 'grid h-14 grid-cols-[2rem_minmax(0,auto)_1fr_auto] grid-rows-2',
}

/** The columns of the participants table. How to add one: README, "Add a column". */
export const participantColumns = column.columns([
  column.display({
    id: 'select',
    header: SelectAll,
    meta: { className: 'w-9 shrink-0 pr-0! pl-3!', folded: 'row-span-2' },
    cell: Select,
  }),
  column.accessor((row) => row.label, {
    id: 'who',
    header: 'Who',
    meta: {
      isRowHeader: true,
      // On a wide screen the status stays near the name.
      className: 'min-w-0 max-w-160 grow basis-0',
      folded: 'col-span-2 col-start-2',
    },
    cell: ({ row }) => <Who row={row.original} />,
  }),
  column.accessor(({ participant }) => participant.conferenceId, {
    id: 'conference',
    header: 'Conference',
    meta: { className: 'min-w-0 max-w-80 grow basis-0', from: 864 },
    cell: ({ getValue }) => <InConference id={getValue()} />,
  }),
  column.accessor(({ participant }) => participant.status, {
    id: 'status',
    header: 'Status',
    meta: { className: 'w-48 shrink-0', folded: 'col-start-2 row-start-2' },
    cell: ({ row }) => <StatusBadge row={row.original} />,
  }),
  column.display({
    id: 'note',
    header: 'Departure',
    meta: { className: 'w-40 shrink-0', from: 1248, isHeadHidden: true },
    cell: ({ row: { original } }) => original.note?.departure && <NoteMark note={original.note} />,
  }),
  column.accessor(({ participant }) => changedAt(participant), {
    id: 'since',
    header: 'Since',
    meta: { className: 'w-24 shrink-0', folded: 'col-start-3 row-start-2 text-muted' },
    cell: ({ getValue }) => <Since at={getValue()} />,
  }),
  column.accessor(({ participant }) => participant.createdAt, {
    id: 'created',
    header: 'Created',
    meta: { className: 'w-42 shrink-0', from: 768 },
    cell: ({ getValue }) => timeCell(getValue()),
  }),
  column.accessor(({ participant }) => participant.updatedAt, {
    id: 'updated',
    header: 'Updated',
    meta: { className: 'w-42 shrink-0', from: 864 },
    cell: ({ getValue }) => timeCell(getValue()),
  }),
  column.accessor(({ participant }) => participant.referenceId, {
    id: 'reference',
    header: 'Reference',
    meta: { className: 'w-34 shrink-0', from: 1120 },
    cell: ({ row }) => <Reference row={row.original} />,
  }),
  column.accessor((row) => row.id, {
    id: 'id',
    header: 'Id',
    meta: { className: 'w-24 shrink-0', from: 1120 },
    cell: ({ getValue }) => <Id id={getValue()} what="participant id" />,
  }),
  column.display({
    id: 'remove',
    header: 'Remove',
    // Always in sight and in the same place, however wide a status becomes meanwhile.
    meta: {
      isHeadHidden: true,
      className: 'ml-auto w-24 shrink-0 justify-end pr-1!',
      folded: 'col-start-4 row-start-2',
    },
    cell: ({ row }) => <NextStep row={row.original} />,
  }),
  column.display({
    id: 'menu',
    header: 'More',
    meta: {
      isHeadHidden: true,
      className: 'w-9 shrink-0 px-0! pr-2!',
      folded: 'col-start-4 row-start-1 justify-end',
    },
    cell: ({ row }) => <MenuButton row={row.original} />,
  }),
])

/** Why the label is only an id. */
const NO_IDENTITY = { nameless: 'unknown caller', gone: 'call no longer known' } as const

function Who({ row }: { row: ParticipantRow }) {
  const panelOf = use(PanelContext)
  const { label, number, identity, participant } = row
  return (
    <>
      <Link
        id={`who-${row.id}`}
        to={panelOf(row.id)}
        tabIndex={-1}
        dir="auto"
        className="min-w-12 truncate font-medium underline-offset-2 hover:underline"
        title={label}
      >
        <Marked text={label} place={number ? 'name' : 'number'} />
      </Link>
      {number && (
        <bdi className="max-w-max min-w-0 grow basis-0 truncate text-muted">
          <Marked text={number} place="number" />
        </bdi>
      )}
      {row.note?.rejoin && <NoteMark note={row.note} />}
      {identity !== 'known' && identity !== 'asking' && (
        <span className="min-w-0 truncate text-xs text-muted">{NO_IDENTITY[identity]}</span>
      )}
      {participant.problems.length > 0 && (
        <TriangleAlert
          role="img"
          className="text-leaving"
          aria-label={`Record with problems: ${participant.problems.map(({ text }) => text).join(', ')}`}
        />
      )}
    </>
  )
}

function InConference({ id }: { id: string | null }) {
  const { conferenceOf } = use(RowActionsContext)
  if (id === null) return <span className="text-muted">{conferenceOf(id)}</span>
  return (
    <Link
      to={conferencePath(id)}
      tabIndex={-1}
      dir="auto"
      className="min-w-0 truncate underline-offset-2 hover:underline"
    >
      <Marked text={conferenceOf(id)} place="conf" />
    </Link>
  )
}

const Since = ({ at }: { at: Micros }) =>
  at === 0 ? <span className="text-muted">unknown</span> : <Elapsed at={toMillis(at)} />

function Reference({ row }: { row: ParticipantRow }) {
  const { referenceType, referenceId } = row.participant
  return (
    <>
      <span className="truncate text-muted">{referenceType ?? 'unknown type'}</span>
      <Id id={referenceId} what="reference id" />
    </>
  )
}
