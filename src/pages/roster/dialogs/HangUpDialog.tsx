import { use, useState, type ReactNode } from 'react'
import { useAct } from '~/actions/act.ts'
import { callQuery } from '~/cache/roster/callers.ts'
import { useBaseInterval, useRemovalLimit } from '~/use-config.ts'
import { useQueryKeepingError, type Watched } from '~/cache/queries/use-query-keeping-error.ts'
import { explain } from '~/derive/explain.ts'
import type { ParticipantRow } from '~/derive/participant-rows.ts'
import { progressText } from '~/derive/progress-text.ts'
import { evidenceOf } from '~/derive/removal-outcome.ts'
import { isRequested } from '~/domain/action.ts'
import { ApiError } from '~/domain/api-error.ts'
import type { Call } from '~/domain/call.ts'
import { canHangUp, reasonOf, refused, type Verdict } from '~/domain/capability.ts'
import { changedAt } from '~/domain/participant.ts'
import { removalProgress } from '~/domain/removal-progress.ts'
import { toMillis, type Micros } from '~/domain/time.ts'
import { usePermission } from '~/pages/permission.ts'
import { RowActionsContext } from '~/table/participants/row-actions.ts'
import { ConfirmDialog } from '~/ui/ConfirmDialog.tsx'
import { Moment } from '~/ui/Moment.tsx'
import { useServerNow } from '~/ui/now.ts'
import { Trace } from '~/ui/Screen.tsx'
import { TextField } from '~/ui/TextField.tsx'
import { visibleText } from '~/util/visible-text.ts'
import { useTargetOf } from '../use-target-of.ts'
import { NameAndNumber } from './NameAndNumber.tsx'

interface HangUpDialogProps {
  readonly row: ParticipantRow
  readonly onClose: () => void
}

/** Asks whether to hang up the call of this participant, with what is known of both now. */
export function HangUpDialog({ row, onClose }: HangUpDialogProps) {
  const { submit } = useAct()
  const callId = row.participant.referenceId
  const call = useQueryKeepingError({
    ...callQuery(callId ?? '', useBaseInterval()),
    enabled: callId !== null,
  })
  const verdict = useVerdict(row, call)
  const [reason, setReason] = useState('')
  const target = useTargetOf()(row)
  return (
    <ConfirmDialog
      title={`Hang up the call of ${row.label}?`}
      confirmLabel="Hang up"
      disabledReason={reasonOf(verdict)}
      onConfirm={() => submit({ kind: 'hang-up', targets: [target], reason: reason.trim() })}
      onClose={onClose}
      more={
        <>
          <dl className="mt-3 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
            <RemovalFacts row={row} />
            <CallFacts call={call} />
          </dl>
          <TextField label="Reason (optional)" value={reason} onChange={setReason} />
        </>
      }
    >
      <p>
        <NameAndNumber row={row} />: hanging up ends the whole call, not only its part in this
        conference. They can call again.
      </p>
      {!verdict.allowed && <p className="mt-2 text-danger">{verdict.reason}</p>}
    </ConfirmDialog>
  )
}

/** Whether it may be hung up: by the table of capabilities, and by the call as far as it could be read. */
function useVerdict({ participant, hangUp }: ParticipantRow, call: Watched<Call>): Verdict {
  const { mayNow } = use(RowActionsContext)
  const permission = usePermission()
  const verdict = mayNow(
    canHangUp(participant, call.data, { permission, isAsked: isRequested(hangUp) }),
  )
  if (!verdict.allowed) return verdict
  if (isFinal(call.failure)) return refused('The server has no such call (any more).')
  // A call that cannot be read now is read again before anything is sent.
  return call.data || call.failure ? verdict : refused('The call is being read.')
}

const isFinal = (failure: Error | null): boolean =>
  failure instanceof ApiError && !failure.isTransient

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <>
    <dt className="text-muted">{name}</dt>
    <dd className="wrap-anywhere">{children}</dd>
  </>
)

const at = (time: Micros | null) => <Moment at={time === null ? null : toMillis(time)} />

function RemovalFacts({ row }: { row: ParticipantRow }) {
  const { action, participant } = row
  const now = useServerNow()
  const limit = useRemovalLimit()
  const progress = action && removalProgress(action, evidenceOf(row), now, limit)
  return (
    <>
      <Fact name="Removal">{progress ? progressText(progress, now) : 'none from here'}</Fact>
      <Fact name="Status">
        {visibleText(participant.status)} since {at(changedAt(participant) || null)}
      </Fact>
    </>
  )
}

function CallFacts({ call: { data, failure } }: { call: Watched<Call> }) {
  const why = failure && explain(failure)
  return (
    <>
      <Fact name="Call">
        {data ? callText(data) : why ? `${why.title}.` : 'Reading the call…'}
        {why && <Trace text={why.trace} />}
      </Fact>
      {data && <Fact name="Last update">{at(data.updatedAt ?? data.createdAt)}</Fact>}
      {data?.hangupAt && <Fact name="Hung up">{at(data.hangupAt)}</Fact>}
    </>
  )
}

/** `progressing`, or `hangup by remote (normal)`. */
const callText = ({ status, hangupBy, hangupReason }: Call): string =>
  visibleText(
    [status, hangupBy && `by ${hangupBy}`, hangupReason && `(${hangupReason})`]
      .filter(Boolean)
      .join(' '),
  )
