import { usePollInterval } from '~/cache/live/poll.ts'
import { recordingQuery } from '~/cache/queries/recordings.ts'
import { useQueryKeepingError } from '~/cache/queries/use-query-keeping-error.ts'
import { recordingState, type RecordingState } from '~/derive/recording-text.ts'
import type { Conference } from '~/domain/conference.ts'
import { isRecorded, type Recording } from '~/domain/recording.ts'
import { useServerNowSelect } from '~/ui/now.ts'

/** The recording that a conference names, and what that says. */
export interface NamedRecording {
  /** Null when it names none, undefined while that is not known. */
  readonly recording: Recording | null | undefined
  readonly state: RecordingState
  /** Why its record could not be read. */
  readonly failure: Error | null
}

/** Reads the recording that a conference names; the last one too, while it is known as not over yet. */
export function useRecording(conference: Conference | undefined): NamedRecording {
  const named = conference?.recordingId ?? null
  const interval = usePollInterval()
  const { data, failure } = useQueryKeepingError({
    ...recordingQuery(named ?? conference?.recordingIds.at(-1) ?? '', interval),
    enabled: ({ state: { data: held } }) =>
      named !== null || (held !== undefined && !isRecorded(held)),
  })
  const isOpen = named !== null || (data !== undefined && !isRecorded(data))
  const recording = isOpen ? data : conference && null
  const state = useServerNowSelect((now) => recordingState(conference, recording, now))
  return { recording, state, failure: named === null ? null : failure }
}
