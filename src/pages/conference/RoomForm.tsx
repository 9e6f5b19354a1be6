import { useState, type ReactNode } from 'react'
import { limitInput, parseLimit } from '~/derive/room-text.ts'
import type { Room } from '~/domain/action.ts'
import { Button } from '~/ui/Button.tsx'
import { Dialog } from '~/ui/Dialog.tsx'
import { TextField } from '~/ui/TextField.tsx'

interface RoomFormProps {
  readonly title: string
  readonly saveLabel: string
  /** What is there now: a field that is not typed in follows it. */
  readonly now: Room
  /** What was typed before. */
  readonly typed?: Partial<Room> | undefined
  /** Why it cannot be saved, whatever is typed. */
  readonly against?: string | undefined
  /** Why these values cannot be saved. */
  readonly check?: (room: Room) => string | undefined
  /** What is to be read before it is saved. */
  readonly children?: ReactNode
  readonly onSave: (room: Room) => void
  readonly onClose: () => void
}

/** Asks for the name, the detail and the time limit of a conference. */
export function RoomForm(props: RoomFormProps) {
  const { title, saveLabel, now, typed = {}, against, check, children, onSave, onClose } = props
  const [name, setName] = useState(typed.name)
  const [detail, setDetail] = useState(typed.detail)
  const [limit, setLimit] = useState(
    typed.timeout === undefined ? undefined : limitInput(typed.timeout),
  )
  // What was not typed stays to the second.
  const timeout = limit === undefined ? now.timeout : parseLimit(limit)
  const room =
    typeof timeout === 'number'
      ? { name: name?.trim() ?? now.name, detail: detail ?? now.detail, timeout }
      : null
  const wrong = against ?? (typeof timeout === 'string' ? timeout : room && check?.(room))
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        method="dialog"
        onSubmit={(event) => {
          if (wrong || !room) event.preventDefault()
          else onSave(room)
        }}
      >
        {children}
        <TextField label="Name" isFirst value={name ?? now.name} onChange={setName} />
        <TextField label="Detail (optional)" value={detail ?? now.detail} onChange={setDetail} />
        <TextField
          label="Time limit in minutes (empty for none)"
          value={limit ?? limitInput(now.timeout)}
          onChange={setLimit}
        />
        <p className="mt-1 text-xs text-muted">
          The platform ends the conference this long after it was created, and again this long after
          each change with a limit. Earlier limits are not taken back: the earliest one counts. Less
          than a minute would become a day.
        </p>
        <p role="status" className="mt-2 min-h-5 text-leaving">
          {wrong}
        </p>
        <div className="mt-2 flex justify-end">
          <Button type="submit" tone="primary" disabledReason={wrong ?? undefined}>
            {saveLabel}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
