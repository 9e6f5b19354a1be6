import { MicOff, Music, type LucideIcon } from 'lucide-react'
import { holdNote, muteNote, type ControlNote } from '~/derive/controls.ts'
import type { ParticipantRow } from '~/derive/participant-rows.ts'
import { isGone } from '~/domain/participant.ts'
import { useZone } from '~/ui/zone.ts'
import { zonedText } from '~/util/time-text.ts'

/** Whether a participant is muted or on hold, as far as its call and this tab tell. */
export function ControlMarks({ row }: { row: ParticipantRow }) {
  if (isGone(row.participant)) return null
  const mute = muteNote(row)
  return (
    <>
      {mute && <Mark icon={MicOff} note={mute} />}
      {row.holding && <HoldMark row={row} />}
    </>
  )
}

function HoldMark({ row }: { row: ParticipantRow }) {
  const zone = useZone()
  const note = holdNote(row, (at) => zonedText(at, zone))
  return note && <Mark icon={Music} note={note} />
}

interface MarkProps {
  readonly icon: LucideIcon
  readonly note: ControlNote
}

const Mark = ({ icon: Icon, note: { word, title, isPending } }: MarkProps) => (
  <span
    title={title}
    className={`inline-flex min-w-0 items-center gap-1 text-xs ${isPending ? 'text-muted' : 'text-leaving'}`}
  >
    <Icon className="size-3.5 shrink-0" />
    <span className="truncate">{word}</span>
  </span>
)
