import { PhoneOff, Undo2 } from 'lucide-react'
import type { ParticipantRow } from '~/derive/participant-rows.ts'
import { rowNote, wordOf } from '~/derive/outcome-words.ts'
import { statusWord } from '~/derive/status-words.ts'
import { isCallEnded } from '~/derive/removal-outcome.ts'
import { isStuck } from '~/domain/participant.ts'
import { isKnownStatus } from '~/domain/participant-status.ts'
import { Badge } from '~/ui/Badge.tsx'
import { IconNote } from '~/ui/IconNote.tsx'
import { useServerNowSelect } from '~/ui/now.ts'
import { visibleText } from '~/util/visible-text.ts'
import { ControlMarks } from './ControlMarks.tsx'
import { useRemovalState } from './removal-state.ts'

const ANNOTATION = 'min-w-0 truncate text-leaving'

/** A participant's status, its removal from here, and signs that something is wrong. */
export function StatusBadge({ row }: { row: ParticipantRow }) {
  const { participant, steppedBack } = row
  const stuck = useServerNowSelect((now) => isStuck(participant, now))
  const removal = useRemovalState(row)
  const { status } = participant
  const note = removal === '' ? '' : rowNote(removal)
  if (removal === 'sending') return <Badge tone="leaving">{note}</Badge>
  if (!isKnownStatus(status)) {
    return <Badge tone="plain">{visibleText(status)} (not a known status)</Badge>
  }
  const isLoud = removal === 'still-connected'
  const words = isLoud && status === 'leaving' ? note : ''
  return (
    <>
      <Badge tone={stuck || isLoud ? 'danger' : status} title={`The server says: ${status}`}>
        {words || (stuck ? `${status}, stuck` : statusWord(status))}
      </Badge>
      {note && !words && removal !== 'call-ended' && (
        <span
          title={note}
          className={`truncate text-xs ${isLoud || removal === 'failed' ? 'text-danger' : 'text-leaving'}`}
        >
          {note}
        </span>
      )}
      <ControlMarks row={row} />
      {isCallEnded(row) ? (
        <IconNote
          icon={PhoneOff}
          className={ANNOTATION}
          title="The call was hung up from here; the record does not say so yet."
        >
          {wordOf('gone', 'hang-up')}
        </IconNote>
      ) : (
        steppedBack && (
          <IconNote
            icon={Undo2}
            className={ANNOTATION}
            title={`The server said ${steppedBack.status} before and ${status} after: a removal that failed.`}
          >
            back from {steppedBack.status}
          </IconNote>
        )
      )}
    </>
  )
}
