import { explain } from '~/derive/explain.ts'
import { RECORDING_TEXT } from '~/derive/recording-text.ts'
import type { Conference } from '~/domain/conference.ts'
import { toMillis } from '~/domain/time.ts'
import { Badge } from '~/ui/Badge.tsx'
import { Moment } from '~/ui/Moment.tsx'
import { useRecording } from './use-recording.ts'

/** Whether a conference is being recorded, by the recording's own record, and since when. */
export function RecordingFact({ conference }: { conference: Conference }) {
  const { recording, state, failure } = useRecording(conference)
  if (state === 'recording') {
    const at = recording?.startedAt ?? recording?.createdAt ?? null
    return (
      <strong className="text-danger">
        since <Moment at={at === null ? null : toMillis(at)} />
      </strong>
    )
  }
  const [text, title] = RECORDING_TEXT[state]
  const isBlocked = state === 'blocked'
  return (
    <span
      className={isBlocked ? 'text-leaving' : state === 'unknown' ? 'text-muted' : ''}
      title={state === 'unknown' && failure ? `${explain(failure).title}.` : title}
    >
      {text}
    </span>
  )
}

/** That a conference is being recorded, beside its heading: the facts are folded on a narrow screen. */
export function RecordingBadge({ conference }: { conference: Conference }) {
  const { state } = useRecording(conference)
  return state === 'recording' && <Badge tone="danger">recording</Badge>
}
