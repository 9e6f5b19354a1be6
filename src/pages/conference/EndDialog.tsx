import { useState } from 'react'
import { useAct } from '~/actions/act.ts'
import { useReach } from '~/cache/live/poll.ts'
import { isTyped, LEFT_AT_TERMINATING } from '~/derive/ending.ts'
import { conferenceTarget } from '~/derive/targets.ts'
import type { Verdict } from '~/domain/capability.ts'
import { connectedTo, unreadOf } from '~/domain/conference-end.ts'
import type { Conference } from '~/domain/conference.ts'
import { ConfirmDialog } from '~/ui/ConfirmDialog.tsx'
import { ScrollList } from '~/ui/ScrollList.tsx'
import { Moment } from '~/ui/Moment.tsx'
import { useServerNow } from '~/ui/now.ts'
import { TextField } from '~/ui/TextField.tsx'
import { groupBy } from '~/util/group-by.ts'
import { visibleText } from '~/util/visible-text.ts'
import { useIsOld } from '~/pages/use-is-old.ts'
import { usePeople } from '~/pages/conference/use-people.ts'
import { useRecording } from '~/pages/conference/use-recording.ts'

interface EndDialogProps {
  readonly conference: Conference
  readonly verdict: Verdict
  readonly onClose: () => void
}

/** Asks whether to end this conference. Its name must be typed, because the end cannot be undone. */
export function EndDialog({ conference, verdict, onClose }: EndDialogProps) {
  const { submit } = useAct()
  const [typed, setTyped] = useState('')
  const [reason, setReason] = useState('')
  const target = conferenceTarget(conference)
  const { label } = target
  const shown = visibleText(label)
  const what = conference.name.trim() ? 'name' : 'id'
  const isRight = isTyped(typed, label) || isTyped(typed, conference.id)
  const toType = isRight ? undefined : `Type the conference ${what} to confirm.`
  const against = verdict.allowed ? toType : verdict.reason
  return (
    <ConfirmDialog
      title={`End ${shown}?`}
      confirmLabel="End conference"
      disabledReason={against}
      onConfirm={() => submit({ kind: 'end', targets: [target], reason: reason.trim() })}
      onClose={onClose}
      more={
        <>
          <WhoIsIn conference={conference} />
          <RecordedToo conference={conference} />
          <TextField
            label={
              <>
                Type the {what} <bdi className="font-semibold text-ink">{shown}</bdi> to confirm
              </>
            }
            value={typed}
            onChange={setTyped}
            isFirst
          />
          <TextField label="Reason (optional)" value={reason} onChange={setReason} />
        </>
      }
    >
      {verdict.allowed ? (
        <p>
          Everyone is disconnected, one by one. Someone still joining may get in anyway. The
          conference is removed from the list, and <strong>this cannot be undone</strong>.
        </p>
      ) : (
        <p className="text-danger">{verdict.reason}</p>
      )}
    </ConfirmDialog>
  )
}

/** What becomes of the recording: after the end it cannot be stopped (voipbin-api.md 16). */
function RecordedToo({ conference }: { conference: Conference }) {
  const { state } = useRecording(conference)
  if (state === 'none' || state === 'blocked' || state === 'stopping') return null
  return (
    <p className="text-leaving">
      {state === 'unknown' ? 'It may be recorded' : 'It is being recorded'}: the recording is
      stopped first, as it cannot be stopped afterwards. If that fails, the conference is ended all
      the same, and you are told.
    </p>
  )
}

/** More names are only counted. */
const MOST_NAMES = 200

/** The participants that would be disconnected, as far as known, and how far that is. */
function WhoIsIn({ conference }: { conference: Conference }) {
  const { people, labelOf } = usePeople(conference.id)
  const { isWhole, backTo } = useReach()
  const isOld = useIsOld()
  const here = connectedTo(conference, people, useServerNow())
  const unread = unreadOf(conference, people)
  return (
    <div className="mt-3">
      {here.length > 0 ? (
        <>
          <p id="end-who">{countText(here.map(({ status }) => status))}</p>
          <ScrollList aria-labelledby="end-who" className="px-2 py-1">
            {here.slice(0, MOST_NAMES).map((one) => (
              <li key={one.id} className="flex gap-2">
                <bdi className="min-w-0 grow truncate">{labelOf(one)}</bdi>
                <span className="text-muted">{visibleText(one.status)}</span>
              </li>
            ))}
            {here.length > MOST_NAMES && (
              <li className="text-muted">and {here.length - MOST_NAMES} more</li>
            )}
          </ScrollList>
        </>
      ) : (
        <p>{unread > 0 || !isWhole ? 'Nobody in it is known yet.' : LEFT_AT_TERMINATING}</p>
      )}
      {unread > 0 && (
        <p className="mt-1 text-leaving">
          The server lists {unread} more, whose records were not read yet.
        </p>
      )}
      {!isWhole && (
        <p className="mt-1 text-leaving">
          The list is not whole yet
          {backTo !== null && (
            <>
              : it was read back to <Moment at={backTo} />
            </>
          )}
          .
        </p>
      )}
      {isOld && <p className="mt-1 text-leaving">What is shown is old: others may be in it now.</p>}
    </div>
  )
}

/** `30 people are in it: 28 joined, 2 joining`. */
function countText(statuses: readonly string[]): string {
  const parts = [...groupBy(statuses, (status) => status)].map(
    ([status, { length }]) => `${length} ${visibleText(status)}`,
  )
  const all = statuses.length === 1 ? '1 person is in it' : `${statuses.length} people are in it`
  return `${all}: ${parts.join(', ')}`
}
