import { Link } from 'react-router'
import type { IdList } from '~/derive/id-list.ts'
import { groupedLines, plainLines, type Line } from '~/derive/lines.ts'
import { compareValues } from '~/derive/order.ts'
import type { ParticipantRow } from '~/derive/participant-rows.ts'
import { conferencePath } from '~/paths.ts'
import type { Heading, RowSource } from '~/table/features.ts'
import { conferenceLabelIn } from './RosterDialogs.tsx'
import type { RosterScope, Rows } from './use-rows.ts'

/**
 * The lines of the table, made when they are drawn.
 *
 * @param groupedIn the conferences to group by; null for a flat table
 */
export function drawnLines(
  ids: IdList,
  { rowOf, conferenceIdOf }: Rows,
  groupedIn: RosterScope | null,
): RowSource<ParticipantRow> {
  const lines = groupedIn ? byConference(ids, conferenceIdOf, groupedIn) : plainLines(ids)
  const drawn = (line: Line): ParticipantRow | Heading | undefined =>
    line.kind === 'row' ? rowOf(line.id) : groupedIn ? headingOf(line, groupedIn) : undefined
  return {
    length: lines.length,
    slice: (start, end) => lines.slice(start, end).flatMap((line) => drawn(line) ?? []),
  }
}

const byConference = (ids: IdList, conferenceIdOf: Rows['conferenceIdOf'], scope: RosterScope) =>
  groupedLines(
    ids,
    conferenceIdOf,
    (a, b) =>
      compareValues(conferenceLabelIn(scope, a || null), conferenceLabelIn(scope, b || null)) ||
      compareValues(a, b),
  )

const headingOf = (
  { group, count }: Extract<Line, { kind: 'heading' }>,
  scope: RosterScope,
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
          {conferenceLabelIn(scope, group)}
        </Link>
      ) : (
        conferenceLabelIn(scope, null)
      )}
      <span className="font-normal text-muted">{count}</span>
    </span>
  ),
})
