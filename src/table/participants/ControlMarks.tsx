import { MicOff, Music, VolumeX, type LucideIcon } from 'lucide-react'
import { heldSince, holdNote, muteNote, type ControlNote } from '~/derive/controls.ts'
import type { ParticipantRow } from '~/derive/participant-rows.ts'
import { isGone } from '~/domain/participant.ts'
import { IconNote } from '~/ui/IconNote.tsx'
import { useZone } from '~/ui/zone.ts'
import { zonedText } from '~/util/time-text.ts'

/** Whether a participant is muted or on hold, as far as its call and this tab tell. */
export function ControlMarks({ row }: { row: ParticipantRow }) {
  if (isGone(row.participant)) return null
  const mute = muteNote(row)
  return (
    <>
      {/* There is no room for both words. */}
      {mute && (
        <Mark
          icon={row.mute?.direction === 'out' ? VolumeX : MicOff}
          note={mute}
          isShort={heldSince(row) !== null}
        />
      )}
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
  /** The word is for screen readers only. */
  readonly isShort?: boolean
}

const Mark = ({ icon, note: { word, title, isPending }, isShort = false }: MarkProps) => (
  <IconNote
    icon={icon}
    title={title}
    className={`min-w-0 ${isPending ? 'text-muted' : 'text-leaving'}`}
  >
    <span className={isShort ? 'sr-only' : 'truncate max-sm:sr-only'}>{word}</span>
  </IconNote>
)
