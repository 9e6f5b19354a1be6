import { Link } from 'react-router'
import type { Participant } from '~/domain/participant.ts'
import { participantPath } from '~/paths.ts'
import { Badge } from '~/ui/Badge.tsx'

/** How many participants are stuck, as a link to the one that is for longest: its panel offers what helps. */
export function StuckTotal({ stuck }: { stuck: readonly Participant[] }) {
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
