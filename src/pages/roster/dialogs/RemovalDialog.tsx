import { useMemo, useState } from 'react'
import { useAct } from '~/actions/act.ts'
import { useConfig } from '~/use-config.ts'
import type { ParticipantRow } from '~/derive/participant-rows.ts'
import { removalPlan, removalSentence, type RemovalPlan } from '~/derive/removal-plan.ts'
import { ConfirmDialog } from '~/ui/ConfirmDialog.tsx'
import { TextField } from '~/ui/TextField.tsx'
import { focusTable } from '../focus-table.ts'
import { useTargetOf } from '../use-target-of.ts'
import { NameAndNumber } from './NameAndNumber.tsx'
import { Emptied, PlannedPeople } from './PlannedPeople.tsx'

/** Characters: one line. */
const LONGEST_REASON = 200

interface RemovalDialogProps {
  /** The participants as they were when the dialog was opened. */
  readonly asked: readonly ParticipantRow[]
  /** All participants as known now, of at least the conferences these are in. */
  readonly everyone: readonly ParticipantRow[]
  readonly onConfirm: () => void
  readonly onClose: () => void
}

/** Asks whether to remove these participants. What happens to them meanwhile shows here too. */
export function RemovalDialog(props: RemovalDialogProps) {
  const { asked, everyone } = props
  const { submit } = useAct()
  const targetOf = useTargetOf()
  const { graceSeconds, singleGraceSeconds } = useConfig()
  const [reason, setReason] = useState('')
  const plan = useMemo(() => removalPlan(asked, everyone), [asked, everyone])
  const isMany = asked.length > 1
  const grace = isMany ? graceSeconds : singleGraceSeconds
  const { removable } = plan
  const confirm = () => {
    submit({
      kind: 'remove',
      targets: removable.map(targetOf),
      reason: reason.trim(),
      grace: grace * 1000,
    })
    props.onConfirm()
  }
  return (
    <ConfirmDialog
      title={isMany ? `Remove ${asked.length} participants?` : `Remove ${asked[0]?.label}?`}
      confirmLabel={isMany ? `Remove ${removable.length}` : 'Remove'}
      disabledReason={removable.length > 0 ? undefined : whyNobody(plan)}
      onConfirm={confirm}
      onClose={() => {
        // The button that opened the dialog disappears with the selection.
        if (document.activeElement === document.body) focusTable()
        props.onClose()
      }}
      more={
        <>
          {isMany && <PlannedPeople plan={plan} />}
          <TextField
            label="Reason (optional, kept in the activity)"
            maxLength={LONGEST_REASON}
            value={reason}
            onChange={setReason}
          />
        </>
      }
    >
      {isMany ? <ManyText plan={plan} grace={grace} /> : <OneText plan={plan} grace={grace} />}
    </ConfirmDialog>
  )
}

function whyNobody({ groups }: RemovalPlan): string {
  const rows = groups.flatMap((group) => group.rows)
  const [first] = rows
  if (rows.length !== 1 || !first || first.removal.allowed)
    return 'None of them can be removed any more.'
  return first.removal.reason
}

interface TextProps {
  readonly plan: RemovalPlan
  /** Seconds. */
  readonly grace: number
}

function OneText({ plan, grace }: TextProps) {
  const [group] = plan.groups
  const row = group?.rows[0]
  if (!row) return null
  const { removal } = row
  return (
    <>
      <p>
        <NameAndNumber row={row} /> {removalSentence(row)}
        {removal.allowed && grace > 0 && ` ${undoText(grace)}`}
      </p>
      {!removal.allowed && <p className="mt-2 text-danger">{removal.reason}</p>}
      {group.isEmptied && <Emptied />}
    </>
  )
}

const undoText = (seconds: number): string => `You have ${seconds} s to undo.`

function ManyText({ plan, grace }: TextProps) {
  const { groups, removable } = plan
  const skipped = groups.reduce((sum, { rows }) => sum + rows.length, 0) - removable.length
  const joining = removable.filter(({ participant }) => participant.status === 'joining').length
  return (
    <>
      <p>
        They will be disconnected{groups.length > 1 && ` from ${groups.length} conferences`} one
        after the other, and can dial in again.
        {grace > 0 && ` ${undoText(grace)}`}
      </p>
      {joining > 0 && (
        <p className="mt-2">
          {joining} {joining === 1 ? 'is' : 'are'} still joining: the server can often not
          disconnect somebody before they have joined.
        </p>
      )}
      {skipped > 0 && (
        <p role="status" className="mt-2 text-danger">
          {skipped} of them will be skipped: they have left or cannot be removed.
        </p>
      )}
    </>
  )
}
