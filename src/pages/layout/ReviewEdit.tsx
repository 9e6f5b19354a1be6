import { useState } from 'react'
import { conferenceQuery } from '~/cache/queries/conferences.ts'
import { useQueryKeepingError } from '~/cache/queries/use-query-keeping-error.ts'
import { useBaseInterval } from '~/use-config.ts'
import type { Action, Room } from '~/domain/action.ts'
import { Button } from '~/ui/Button.tsx'
import { ErrorBoundary } from '~/ui/ErrorBoundary.tsx'
import { EditDialog } from '../conference/EditDialog.tsx'
import { useRoomVerdicts } from '../conference/use-room-verdicts.ts'

interface ReviewEditProps {
  /** An edit that was not sent, because the conference had changed. */
  readonly action: Action
  /** Called when it is saved again, as another action. */
  readonly onSaved: () => void
}

/** Opens the form again with what was wanted, and with what somebody else has changed. */
export function ReviewEdit({ action, onSaved }: ReviewEditProps) {
  const [isOpen, setOpen] = useState(false)
  const { room, before } = action.input ?? {}
  if (!room || !before) return null
  return (
    <>
      <Button onClick={() => setOpen(true)}>Review and save…</Button>
      <ErrorBoundary resetKey={String(isOpen)}>
        {isOpen && (
          <Review
            id={action.target.id}
            earlier={{ wanted: room, before }}
            onSaved={onSaved}
            onClose={() => setOpen(false)}
          />
        )}
      </ErrorBoundary>
    </>
  )
}

interface ReviewProps extends Pick<ReviewEditProps, 'onSaved'> {
  readonly id: string
  readonly earlier: { readonly wanted: Room; readonly before: Room }
  readonly onClose: () => void
}

function Review({ id, earlier, onSaved, onClose }: ReviewProps) {
  const { data } = useQueryKeepingError(conferenceQuery(id, useBaseInterval()))
  const verdict = useRoomVerdicts(id, data, { recording: null }).edit
  if (!data) return <p className="text-muted">Reading the conference…</p>
  return (
    <EditDialog
      conference={data}
      verdict={verdict}
      earlier={earlier}
      onSaved={onSaved}
      onClose={onClose}
    />
  )
}
