import { RotateCcw, TriangleAlert } from 'lucide-react'
import { createColumnHelper } from '@tanstack/react-table'
import { toMillis, type Micros } from '~/domain/time.ts'
import { PARTICIPANT_STATUSES } from '~/domain/participant-status.ts'
import type { ConferenceRow } from '~/derive/conference-rows.ts'
import { statusWord } from '~/derive/status-words.ts'
import { conferencePath } from '~/paths.ts'
import { Link } from 'react-router'
import { BADGE_TONES } from '~/ui/Badge.tsx'
import { IconNote } from '~/ui/IconNote.tsx'
import { Moment } from '~/ui/Moment.tsx'
import { countText } from '~/util/count-text.ts'
import { visibleText } from '~/util/visible-text.ts'
import type { features } from '../features.ts'
import { ConferenceBadge } from './ConferenceBadge.tsx'
import { Count } from './Count.tsx'
import { InNow } from './InNow.tsx'
import { LastHour } from './LastHour.tsx'

const column = createColumnHelper<typeof features, ConferenceRow>()

const timeCell = (at: Micros | null) => <Moment at={at === null ? null : toMillis(at)} />

const unknown = <span className="text-muted">unknown</span>

/** How many came back. None is said only once it is known. */
const CameBack = ({ count, isPartial }: { count: number; isPartial: boolean }) => (
  <IconNote
    icon={RotateCcw}
    title={`Came back after a removal from this browser: ${countText(count, isPartial).said}`}
    className={`shrink-0 ${count > 0 ? 'font-semibold text-danger' : 'text-muted'}`}
  >
    <span>
      <Count count={count} isPartial={isPartial} /> came back
    </span>
  </IconNote>
)

/** How many are joining or leaving for too long. */
const Stuck = ({ count }: { count: number }) => (
  <IconNote
    icon={TriangleAlert}
    title="Joining or leaving for longer than that normally takes"
    className="shrink-0 font-semibold text-danger"
  >
    <span>
      {count} <span className="max-sm:sr-only">stuck</span>
    </span>
  </IconNote>
)

const capitalised = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1)

/** The columns of the conferences table. */
export const conferenceColumns = column.columns([
  column.accessor((row) => row.label, {
    id: 'name',
    header: 'Name',
    meta: { isRowHeader: true, className: 'min-w-0 max-w-160 grow basis-0 pl-4!' },
    cell: ({ row: { original } }) => (
      <>
        <Link
          id={`conference-${original.id}`}
          to={conferencePath(original.id)}
          tabIndex={-1}
          dir="auto"
          className="min-w-0 truncate font-medium underline-offset-2 hover:underline"
          title={original.label}
        >
          {original.label}
        </Link>
        {(original.cameBack > 0 || original.isCameBackPartial) && (
          <CameBack count={original.cameBack} isPartial={original.isCameBackPartial} />
        )}
        {original.stuck > 0 && <Stuck count={original.stuck} />}
      </>
    ),
  }),
  column.accessor(({ counts }) => counts.live, {
    id: 'now',
    header: 'In now',
    // Without its bar where there is no room for it.
    meta: { className: 'w-20 sm:w-36 shrink-0' },
    cell: ({ row }) => <InNow row={row.original} />,
  }),
  column.display({
    id: 'hour',
    header: 'Last hour',
    meta: { className: 'w-34 shrink-0', from: 576 },
    cell: ({ row }) => <LastHour row={row.original} />,
  }),
  column.accessor((row) => row.conference?.type, {
    id: 'type',
    header: 'Type',
    meta: { className: 'w-24 shrink-0', from: 1120 },
    cell: ({ getValue }) => visibleText(getValue() ?? '') || unknown,
  }),
  column.accessor((row) => row.conference?.status, {
    id: 'status',
    header: 'Status',
    meta: { className: 'w-44 shrink-0', from: 720 },
    cell: ({ row: { original } }) =>
      original.conference ? <ConferenceBadge conference={original.conference} /> : unknown,
  }),
  ...PARTICIPANT_STATUSES.map((status) =>
    column.accessor(({ counts }) => counts.byStatus.get(status) ?? 0, {
      id: status,
      header: capitalised(statusWord(status)),
      meta: {
        isNumber: true,
        className: 'w-20 shrink-0 justify-end',
        from: status === 'joined' ? 384 : 1024,
      },
      cell: ({ getValue, row }) => (
        <span className={getValue() ? BADGE_TONES[status].text : 'text-muted'}>
          <Count count={getValue()} isPartial={row.original.isPartial} />
        </span>
      ),
    }),
  ),
  column.accessor((row) => row.conference?.createdAt, {
    id: 'created',
    header: 'Created',
    meta: { className: 'w-42 shrink-0', from: 1248 },
    cell: ({ getValue }) => timeCell(getValue() ?? null),
  }),
  column.accessor((row) => row.changedAt, {
    id: 'changed',
    header: 'Last change',
    meta: { className: 'w-42 shrink-0', from: 1440 },
    cell: ({ getValue }) => timeCell(getValue()),
  }),
])
