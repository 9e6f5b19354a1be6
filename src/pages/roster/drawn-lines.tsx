import { Link } from 'react-router'
import type { IdList } from '~/derive/id-list.ts'
import { groupedLines, plainLines, type Line } from '~/derive/lines.ts'
import { compareValues } from '~/derive/order.ts'
import type { ParticipantRow } from '~/derive/participant-rows.ts'
import { conferencePath } from '~/paths.ts'
import type { Heading, RowSource } from '~/table/features.ts'
import type { Rows } from './use-rows.ts'

type NameOf = (conferenceId: string | null) => string

/**
 * The lines of the table, made when they are drawn.
 *
 * @param groupedBy the name of a conference, to group by it; null for a flat table
 */
export function drawnLines(
  ids: IdList,
  { rowOf, conferenceIdOf }: Rows,
  groupedBy: NameOf | null,
): RowSource<ParticipantRow> {
  const lines = groupedBy ? byConference(ids, conferenceIdOf, groupedBy) : plainLines(ids)
  const drawn = (line: Line): ParticipantRow | Heading | undefined =>
    line.kind === 'row' ? rowOf(line.id) : groupedBy ? headingOf(line, groupedBy) : undefined
  return {
    length: lines.length,
    slice: (start, end) => lines.slice(start, end).flatMap((line) => drawn(line) ?? []),
  }
}

const byConference = (ids: IdList, conferenceIdOf: Rows['conferenceIdOf'], nameOf: NameOf) =>
  groupedLines(
    ids,
    conferenceIdOf,
    (a, b) => compareValues(nameOf(a || null), nameOf(b || null)) || compareValues(a, b),
  )

const headingOf = (
  { group, count }: Extract<Line, { kind: 'heading' }>,
  nameOf: NameOf,
): Heading => ({
  id: `conference ${group}`,
  heading: (
    <span className="flex min-w-0 items-center gap-2">
      {group ? (
        <Link
          to={conferencePath(group)}
          tabIndex={-1}
          dir="auto"
          className="min-w-0 truncate underline-offset-2 hover:underline"
        >
          {nameOf(group)}
        </Link>
      ) : (
        nameOf(null)
      )}
      <span className="font-normal text-muted">{count}</span>
    </span>
  ),
})
