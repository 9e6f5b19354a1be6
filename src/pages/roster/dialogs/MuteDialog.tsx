import { use } from 'react'
import { useAct } from '~/actions/act.ts'
import { useReach } from '~/cache/live/poll.ts'
import { controlPlan } from '~/derive/controls.ts'
import type { ParticipantRow } from '~/derive/participant-rows.ts'
import { ALLOWED, reasonOf, refused } from '~/domain/capability.ts'
import { RowActionsContext } from '~/table/participants/row-actions.ts'
import { ConfirmDialog } from '~/ui/ConfirmDialog.tsx'
import { ScrollList } from '~/ui/ScrollList.tsx'
import { groupBy } from '~/util/group-by.ts'
import { useTargetOf } from '../use-target-of.ts'

interface MuteDialogProps {
  readonly kind: 'mute' | 'unmute'
  /** The participants as they are now. */
  readonly rows: readonly ParticipantRow[]
  readonly onConfirm: () => void
  readonly onClose: () => void
}

/** More names are only counted. */
const MOST_NAMES = 200

/** Asks whether to mute or unmute many. */
export function MuteDialog({ kind, rows, onConfirm, onClose }: MuteDialogProps) {
  const { submit } = useAct()
  const targetOf = useTargetOf()
  const { allowed, refused: leftOut } = controlPlan(kind, rows)
  const { mayNow } = use(RowActionsContext)
  const { isWhole } = useReach()
  const verdict = allowed.length > 0 ? ALLOWED : refused(leftOut[0]?.reason ?? 'There is nobody.')
  const verb = kind === 'mute' ? 'Mute' : 'Unmute'
  return (
    <ConfirmDialog
      title={`${verb} ${allowed.length === 1 ? '1 participant' : `${allowed.length} participants`}?`}
      confirmLabel={`${verb} ${allowed.length}`}
      confirmTone="primary"
      disabledReason={reasonOf(mayNow(verdict))}
      onConfirm={() => {
        submit({ kind, targets: allowed.map(targetOf) })
        onConfirm()
      }}
      onClose={onClose}
      more={<Names rows={allowed} />}
    >
      <p>
        {kind === 'mute'
          ? 'The others will not hear them. They still hear everything, and stay muted in whichever conference they go on to.'
          : 'The others hear them again, also those that somebody else has muted.'}{' '}
        They are {verb.toLowerCase()}d one after the other; you can stop on the way.
      </p>
      {!isWhole && (
        <p className="mt-2 text-leaving">
          The list is not whole yet: those that were not read are not among them.
        </p>
      )}
      {leftOut.length > 0 && (
        <p role="status" className="mt-2 text-leaving">
          {leftOutText(leftOut)}
        </p>
      )}
    </ConfirmDialog>
  )
}

/** `Left out: 2 (is already muted), 1 (has already left).` */
function leftOutText(leftOut: ReadonlyArray<{ readonly reason: string }>): string {
  const parts = [...groupBy(leftOut, ({ reason }) => reason)].map(
    ([reason, { length }]) => `${length} (${clause(reason)})`,
  )
  return `Left out: ${parts.join(', ')}.`
}

/** A sentence as the part of another. */
const clause = (text: string): string =>
  text.charAt(0).toLowerCase() + text.slice(1).replace(/\.$/, '')

function Names({ rows }: { rows: readonly ParticipantRow[] }) {
  return (
    <ScrollList aria-label="Participants" className="px-2 py-1">
      {rows.slice(0, MOST_NAMES).map(({ id, label, number }) => (
        <li key={id} className="flex gap-2">
          <bdi className="min-w-0 truncate">{label}</bdi>
          {number && <bdi className="min-w-0 truncate text-muted">{number}</bdi>}
        </li>
      ))}
      {rows.length > MOST_NAMES && (
        <li className="text-muted">and {rows.length - MOST_NAMES} more</li>
      )}
    </ScrollList>
  )
}
