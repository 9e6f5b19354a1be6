import { PhoneOff, Undo2, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import type { ParticipantRow } from '~/derive/participant-rows.ts'
import { OUTCOME_WORD, type OutcomeState } from '~/domain/outcome.ts'
import { isStuck } from '~/domain/participant.ts'
import { isKnownStatus } from '~/domain/participant-status.ts'
import { Badge } from '~/ui/Badge.tsx'
import { useServerNowSelect } from '~/ui/now.ts'
import { visibleText } from '~/util/visible-text.ts'
import { useRemovalState } from './use-removal-state.ts'

/** What a removal from here adds to the status, while that is not over. */
const REMOVAL_TEXT: Partial<Readonly<Record<OutcomeState, string>>> = {
  waiting: `removal ${OUTCOME_WORD.waiting.remove}`,
  unconfirmed: `removal ${OUTCOME_WORD.unconfirmed.remove}`,
  'still-connected': OUTCOME_WORD['still-connected'].remove,
  failed: `removal ${OUTCOME_WORD.failed.remove}`,
}

/** Where a participant is on the ladder, what was asked for from here, and what is odd about it. */
export function StatusBadge({ row }: { row: ParticipantRow }) {
  const { participant, steppedBack, hangUp } = row
  const stuck = useServerNowSelect((now) => isStuck(participant, now))
  const removal = useRemovalState(row)
  const { status } = participant
  if (removal === 'sending') return <Badge tone="leaving">leaving, requested</Badge>
  if (!isKnownStatus(status)) {
    return <Badge tone="plain">{visibleText(status)} (not a known status)</Badge>
  }
  const isLoud = removal === 'still-connected'
  const note = removal === '' ? undefined : REMOVAL_TEXT[removal]
  const words = isLoud && status === 'leaving' ? note : undefined
  return (
    <span className="inline-flex items-center gap-2">
      <Badge tone={stuck || isLoud ? 'danger' : status}>
        {words ?? (stuck ? `${status}, stuck` : status)}
      </Badge>
      {note && !words && (
        <span
          className={`text-xs ${isLoud || removal === 'failed' ? 'text-danger' : 'text-leaving'}`}
        >
          {note}
        </span>
      )}
      {hangUp?.goneAt && status !== 'leaved' ? (
        <Note
          icon={PhoneOff}
          title="The call was hung up from here; the record does not say so yet."
        >
          call ended
        </Note>
      ) : (
        steppedBack && (
          <Note
            icon={Undo2}
            title={`The server said ${steppedBack.status} before and ${status} after: a removal that failed.`}
          >
            back from {steppedBack.status}
          </Note>
        )
      )}
    </span>
  )
}

interface NoteProps {
  readonly icon: LucideIcon
  readonly title: string
  readonly children: ReactNode
}

const Note = ({ icon: Icon, title, children }: NoteProps) => (
  <span className="inline-flex items-center gap-1 text-xs text-leaving" title={title}>
    <Icon className="size-3.5" />
    {children}
  </span>
)
