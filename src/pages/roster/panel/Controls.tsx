import { use } from 'react'
import {
  callBackReason,
  controlVerdict,
  heldSince,
  holdNote,
  muteNote,
  muteToOffer,
} from '~/derive/controls.ts'
import type { ParticipantRow } from '~/derive/participant-rows.ts'
import { reasonOf, type Control } from '~/domain/capability.ts'
import { isGone } from '~/domain/participant.ts'
import { RowActionsContext } from '~/table/participants/row-actions.ts'
import { Button } from '~/ui/Button.tsx'
import { useZone } from '~/ui/zone.ts'
import { zonedText } from '~/util/time-text.ts'

/** What can be done to the call of a participant, and what is known of it. */
export function Controls({ row }: { row: ParticipantRow }) {
  const { control, askSay, askCallBack } = use(RowActionsContext)
  if (isGone(row.participant)) {
    return (
      <div className="mt-2">
        <Button
          aria-label={`Call back ${row.fullLabel}`}
          disabledReason={callBackReason(row)}
          onClick={() => askCallBack(row)}
        >
          Call back…
        </Button>
      </div>
    )
  }
  const mute = muteToOffer(row)
  const hold = heldSince(row) === null ? 'hold' : 'unhold'
  return (
    <>
      <div className="mt-2 flex flex-wrap gap-2">
        <ControlButton row={row} kind={mute} onClick={() => control(mute, row)} />
        <ControlButton row={row} kind={hold} onClick={() => control(hold, row)} />
        <ControlButton row={row} kind="say" onClick={() => askSay(row)} />
      </div>
      <Known row={row} />
    </>
  )
}

const NAMES: Readonly<Record<Control, string>> = {
  mute: 'Mute',
  unmute: 'Unmute',
  hold: 'Hold',
  unhold: 'End hold',
  say: 'Say…',
}

interface ControlButtonProps {
  readonly row: ParticipantRow
  readonly kind: Control
  readonly onClick: () => void
}

function ControlButton({ row, kind, onClick }: ControlButtonProps) {
  const { mayNow } = use(RowActionsContext)
  return (
    <Button
      aria-label={`${NAMES[kind].replace('…', '')} ${row.fullLabel}`}
      disabledReason={reasonOf(mayNow(controlVerdict(kind, row)))}
      onClick={onClick}
    >
      {NAMES[kind]}
    </Button>
  )
}

/** How the call is muted and held, in sentences. */
function Known({ row }: { row: ParticipantRow }) {
  const zone = useZone()
  const isUnknown = row.mute === undefined && row.caller?.end === undefined
  const notes = [muteNote(row), holdNote(row, (at) => zonedText(at, zone))]
  return (
    <div role="status" aria-label="Mute and hold" className="mt-1 text-muted">
      {isUnknown && <p>Whether it is muted is not known yet.</p>}
      {notes.map(
        (note) =>
          note && (
            <p key={note.word}>
              <strong className="font-semibold text-ink">{note.word}</strong>: {note.title}
            </p>
          ),
      )}
    </div>
  )
}
