import { Link } from 'react-router'
import { createColumnHelper } from '@tanstack/react-table'
import { toMillis, type Micros } from '~/domain/time.ts'
import { PARTICIPANT_STATUSES, type KnownStatus } from '~/domain/participant-status.ts'
import type { ConferenceRow } from '~/derive/conference-rows.ts'
import { Moment } from '~/ui/Moment.tsx'
import { visibleText } from '~/util/visible-text.ts'
import type { features } from '../features.ts'
import { ConferenceBadge } from './ConferenceBadge.tsx'

const column = createColumnHelper<typeof features, ConferenceRow>()

const timeCell = (at: Micros | null) => <Moment at={at === null ? null : toMillis(at)} />

const unknown = <span className="text-muted">unknown</span>

const INK: Readonly<Record<KnownStatus, string>> = {
  joining: 'text-joining',
  joined: 'text-joined',
  leaving: 'text-leaving',
  leaved: 'text-muted',
}

/** The columns of the conferences table. */
export const conferenceColumns = column.columns([
  column.display({
    id: 'name',
    header: 'Name',
    meta: { sort: 'name', isRowHeader: true, className: 'w-full max-w-0 min-w-28' },
    cell: ({ row }) => (
      <Link
        to={`/conferences/${row.original.id}`}
        className="block truncate font-medium underline-offset-2 hover:underline"
        title={row.original.label}
      >
        <bdi>{row.original.label}</bdi>
      </Link>
    ),
  }),
  column.display({
    id: 'type',
    header: 'Type',
    meta: { sort: 'type', className: 'hidden @2xl:table-cell' },
    cell: ({ row: { original } }) =>
      original.conference?.type ? visibleText(original.conference.type) : unknown,
  }),
  column.display({
    id: 'status',
    header: 'Status',
    meta: { sort: 'status', className: 'hidden @md:table-cell' },
    cell: ({ row: { original } }) =>
      original.conference ? <ConferenceBadge conference={original.conference} /> : unknown,
  }),
  ...PARTICIPANT_STATUSES.map((status) =>
    column.display({
      id: status,
      header: status,
      meta: {
        sort: status,
        isNumber: true,
        className: `text-right ${status === 'joined' ? '' : 'hidden @lg:table-cell'}`,
      },
      cell: ({ row }) => {
        const count = row.original.counts.byStatus.get(status) ?? 0
        return <span className={count ? INK[status] : 'text-muted'}>{count}</span>
      },
    }),
  ),
  column.display({
    id: 'created',
    header: 'Created',
    meta: { sort: 'created', className: 'hidden @4xl:table-cell' },
    cell: ({ row }) => timeCell(row.original.conference?.createdAt ?? null),
  }),
  column.display({
    id: 'changed',
    header: 'Last change',
    meta: { sort: 'changed', className: 'hidden @2xl:table-cell' },
    cell: ({ row }) => timeCell(row.original.changedAt),
  }),
])
