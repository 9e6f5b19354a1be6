import { useAct } from '~/actions/act.ts'
import type { ParticipantRow } from '~/derive/participant-rows.ts'
import { ConfirmDialog } from '~/ui/ConfirmDialog.tsx'
import { visibleText } from '~/util/visible-text.ts'

interface RemovalDialogProps {
  readonly row: ParticipantRow
  readonly onClose: () => void
}

/** Asks whether this very person shall be removed. What happens to them meanwhile shows here too. */
export default function RemovalDialog({ row, onClose }: RemovalDialogProps) {
  const { ask } = useAct()
  const { label, number, participant, removal } = row
  const target = {
    id: row.id,
    label,
    number,
    conferenceId: participant.conferenceId,
    conferenceLabel: '',
    callId: participant.referenceId,
    status: participant.status,
  }
  return (
    <ConfirmDialog
      title={`Remove ${label}?`}
      confirmLabel="Remove"
      disabledReason={removal.allowed ? undefined : removal.reason}
      onConfirm={() => ask({ kind: 'remove', targets: [target] })}
      onClose={onClose}
    >
      <p>
        <bdi className="font-semibold text-ink wrap-anywhere">{label}</bdi>
        {number && (
          <>
            {' '}
            <bdi>({number})</bdi>
          </>
        )}{' '}
        {participant.status === 'joining'
          ? 'is still joining. The server can often not disconnect somebody before they have joined; what it answers will be shown.'
          : `is ${visibleText(participant.status)} and will be disconnected from the conference. They can dial in again.`}
      </p>
      {!removal.allowed && <p className="mt-2 text-danger">{removal.reason}</p>}
    </ConfirmDialog>
  )
}
