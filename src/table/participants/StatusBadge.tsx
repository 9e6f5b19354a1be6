import { Undo2 } from 'lucide'
import { Icon } from '~/ui/Icon.tsx'
import type { Sighting } from '~/domain/merge.ts'
import { isStuck, type Participant } from '~/domain/participant.ts'
import { isKnownStatus } from '~/domain/participant-status.ts'
import { Badge } from '~/ui/Badge.tsx'
import { useServerNowSelect } from '~/ui/now.ts'
import { visibleText } from '~/util/visible-text.ts'

interface StatusBadgeProps {
  readonly participant: Participant
  readonly requested: boolean
  readonly steppedBack: Sighting | undefined
}

/** Where a participant is on the ladder, and what is odd about it. */
export function StatusBadge({ participant, requested, steppedBack }: StatusBadgeProps) {
  const stuck = useServerNowSelect((now) => isStuck(participant, now))
  const { status } = participant
  if (requested) return <Badge tone="leaving">leaving, requested</Badge>
  if (!isKnownStatus(status)) {
    return <Badge tone="plain">{visibleText(status)} (not a known status)</Badge>
  }
  return (
    <span className="inline-flex items-center gap-2">
      <Badge tone={stuck ? 'danger' : status}>{stuck ? `${status}, stuck` : status}</Badge>
      {steppedBack && (
        <span
          className="inline-flex items-center gap-1 text-xs text-leaving"
          title={`The server said ${steppedBack.status} before and ${status} after: a removal that failed.`}
        >
          <Icon of={Undo2} className="size-3.5" />
          back from {steppedBack.status}
        </span>
      )}
    </span>
  )
}
