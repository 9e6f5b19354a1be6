import { Link } from 'react-router'
import { totalOf, type ConferenceRow } from '~/derive/conference-rows.ts'
import type { Participant } from '~/domain/participant.ts'
import { participantPath } from '~/paths.ts'
import { Badge } from '~/ui/Badge.tsx'
import { countText } from '~/util/count-text.ts'

interface TotalsProps {
  readonly rows: readonly ConferenceRow[]
  readonly stuck: readonly Participant[]
}

/** How many people are in all conferences, came back after a removal, or are stuck: what one looks for first. */
export function Totals({ rows, stuck }: TotalsProps) {
  const cameBack = rows.reduce((sum, row) => sum + row.cameBack, 0)
  return (
    <ul aria-label="Totals" className="flex gap-x-2 sm:gap-x-4">
      {(['joining', 'joined', 'leaving'] as const).map((status) => {
        const { count, isPartial } = totalOf(rows, status)
        const { shown, said } = countText(count, isPartial)
        return (
          <li key={status}>
            <Badge tone={status}>
              {status}{' '}
              <span className="min-w-7 font-semibold">
                <span aria-hidden>{shown}</span>
                <span className="sr-only">{said}</span>
              </span>
            </Badge>
          </li>
        )
      })}
      {cameBack > 0 && (
        <li>
          <Badge tone="danger">
            came back <span className="font-semibold">{cameBack}</span>
          </Badge>
        </li>
      )}
      <StuckTotal stuck={stuck} />
    </ul>
  )
}

/** How many participants are stuck, as a link to the one that is for longest: its panel offers what helps. */
function StuckTotal({ stuck }: { stuck: readonly Participant[] }) {
  const [longest] = stuck
  if (!longest?.conferenceId) return null
  return (
    <li>
      <Link
        to={participantPath(longest.conferenceId, longest.id)}
        title="Open the one that is stuck for longest"
        className="inline-flex min-h-6 items-center underline-offset-2 hover:underline"
      >
        <Badge tone="danger">
          stuck <span className="font-semibold">{stuck.length}</span>
        </Badge>
      </Link>
    </li>
  )
}
