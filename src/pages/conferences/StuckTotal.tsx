import { Link } from 'react-router'
import { useRoster } from '~/cache/roster/use-roster.ts'
import { inTransit } from '~/derive/in-transit.ts'
import { isStuck } from '~/domain/participant.ts'
import { participantPath } from '~/paths.ts'
import { Badge } from '~/ui/Badge.tsx'
import { useServerNowSelect } from '~/ui/now.ts'

/** How many participants are stuck, as a link to the one that is for longest: its panel offers what helps. */
export function StuckTotal() {
  const roster = useRoster()
  const some = inTransit(roster)
  const count = useServerNowSelect((now) => some.filter((one) => isStuck(one, now)).length)
  const longest = useServerNowSelect((now) => some.find((one) => isStuck(one, now))?.id ?? '')
  const conferenceId = roster.get(longest)?.participant.conferenceId
  if (count === 0 || !conferenceId) return null
  return (
    <li>
      <Link
        to={participantPath(conferenceId, longest)}
        title="Open the one that is stuck for longest"
        className="inline-flex min-h-6 items-center underline-offset-2 hover:underline"
      >
        <Badge tone="danger">
          stuck <span className="font-semibold">{count}</span>
        </Badge>
      </Link>
    </li>
  )
}
