import { TriangleAlert } from 'lucide-react'
import { memo, use } from 'react'
import { useReach } from '~/cache/live/poll.ts'
import type { ParticipantRow } from '~/derive/participant-rows.ts'
import type { RemovalPlan } from '~/derive/removal-plan.ts'
import { isKnownStatus } from '~/domain/participant-status.ts'
import { RowActionsContext } from '~/table/participants/row-actions.ts'
import { Badge } from '~/ui/Badge.tsx'
import { visibleText } from '~/util/visible-text.ts'

/** The participants of a removal of many, by conference, each as it is now. */
export function PlannedPeople({ plan }: { plan: RemovalPlan }) {
  const { conferenceOf } = use(RowActionsContext)
  return (
    <section
      aria-label="Who will be removed"
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
      tabIndex={0}
      className="min-h-32 overflow-y-auto rounded border border-line"
    >
      {plan.groups.map(({ conferenceId, rows, isEmptied }) => {
        const label = conferenceOf(conferenceId)
        return (
          <section key={conferenceId} aria-label={label}>
            <div className="sticky top-0 border-b border-line bg-raised px-3 py-1.5">
              <h3 className="flex gap-2 font-semibold">
                <bdi className="min-w-0 truncate">{label}</bdi>
                <span className="text-muted">{rows.length}</span>
              </h3>
              {isEmptied && <Emptied />}
            </div>
            <ul>
              {rows.map((row) => (
                <Person key={row.id} row={row} />
              ))}
            </ul>
          </section>
        )
      })}
    </section>
  )
}

/** There may be thousands: those out of sight cost nothing, and only what has changed is drawn again. */
const Person = memo(function Person({ row }: { row: ParticipantRow }) {
  const { label, number, participant, removal } = row
  const { status } = participant
  return (
    <li className="border-b border-line px-3 py-1.5 [contain-intrinsic-height:1.25rem] [content-visibility:auto] last:border-b-0">
      <div
        className={`flex items-center gap-2 ${removal.allowed ? '' : 'text-muted line-through'}`}
      >
        <bdi className="min-w-0 truncate">{label}</bdi>
        {number && <bdi className="min-w-16 grow truncate text-muted">{number}</bdi>}
        <span className="ml-auto shrink-0">
          <Badge tone={isKnownStatus(status) ? status : 'plain'}>{visibleText(status)}</Badge>
        </span>
      </div>
      {!removal.allowed && <p className="text-xs text-danger">Skipped: {removal.reason}</p>}
    </li>
  )
})

/** Warns that a conference will be empty, as far as known. */
export function Emptied() {
  const { isWhole } = useReach()
  return (
    <p className="mt-1 flex items-center gap-1.5 text-leaving">
      <TriangleAlert />
      {isWhole ? 'Nobody else is joined there.' : 'Nobody else is joined there, as far as read.'}
    </p>
  )
}
