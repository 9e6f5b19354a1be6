import { useState } from 'react'
import { useAct } from '~/actions/act.ts'
import { isSameRoom, roomChanges, roomOf, typedIn } from '~/derive/room-text.ts'
import { conferenceTarget } from '~/derive/targets.ts'
import type { Room } from '~/domain/action.ts'
import { reasonOf, type Verdict } from '~/domain/capability.ts'
import type { Conference } from '~/domain/conference.ts'
import { Button } from '~/ui/Button.tsx'
import { visibleText } from '~/util/visible-text.ts'
import { RoomForm } from './RoomForm.tsx'

interface EditDialogProps {
  readonly conference: Conference
  readonly verdict: Verdict
  /** What was wanted and not saved, and what was there when it was filled in. */
  readonly earlier?: { readonly wanted: Room; readonly before: Room } | undefined
  readonly onSaved?: () => void
  readonly onClose: () => void
}

/** Changes a conference. A change made elsewhere meanwhile is shown, and overwritten only once it was seen. */
export function EditDialog(props: EditDialogProps) {
  const { conference, verdict, earlier, onSaved, onClose } = props
  const { submit } = useAct()
  const now = roomOf(conference)
  const [seen, setSeen] = useState(earlier?.before ?? now)
  const changes = roomChanges(seen, now)
  const isUnseen = changes.length > 0
  const target = conferenceTarget(conference)
  const unseen = isUnseen ? 'Somebody else has changed it: look at that first.' : undefined
  return (
    <RoomForm
      title={`Edit ${visibleText(target.label)}`}
      saveLabel="Save"
      now={now}
      typed={earlier && typedIn(earlier.before, earlier.wanted)}
      against={reasonOf(verdict) ?? unseen}
      check={(room) => (isSameRoom(room, now) ? 'Nothing is changed yet.' : undefined)}
      onSave={(room) => {
        submit({ kind: 'edit', targets: [target], input: { room, before: seen } })
        onSaved?.()
      }}
      onClose={onClose}
    >
      {isUnseen && (
        <div role="alert" className="text-leaving">
          <p className="font-semibold">Changed by somebody else meanwhile:</p>
          <ul className="wrap-anywhere">
            {changes.map((change) => (
              <li key={change}>{visibleText(change)}</li>
            ))}
          </ul>
          <Button className="mt-1" onClick={() => setSeen(now)}>
            Seen: go on with what is below
          </Button>
        </div>
      )}
    </RoomForm>
  )
}
