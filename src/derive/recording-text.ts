import type { Conference } from '~/domain/conference.ts'
import { isEnding } from '~/domain/conference-end.ts'
import { isRecorded, overAt, type Recording } from '~/domain/recording.ts'
import { toMillis } from '~/domain/time.ts'
import { visibleText } from '~/util/visible-text.ts'

/** Whether a conference is being recorded, as far as the recording's own record says (voipbin-api.md 16). */
export type RecordingState =
  /** No record was read that says. */
  | 'unknown'
  | 'none'
  | 'starting'
  | 'recording'
  | 'stopping'
  /** The conference still names one that is over: it cannot be recorded again. */
  | 'blocked'

/** The conference is read again so soon after a recording has ended. Milliseconds. */
const SETTLES_WITHIN = 10_000

/**
 * Whether a conference is being recorded.
 *
 * @param recording the one that the conference names, or its last one while that is being stopped; null when there is
 *   none, undefined while it is not known
 * @param now milliseconds on the server's clock
 */
export function recordingState(
  conference: Conference | undefined,
  recording: Recording | null | undefined,
  now: number,
): RecordingState {
  if (!conference || recording === undefined) return 'unknown'
  if (recording === null) return 'none'
  if (isRecorded(recording)) {
    if (conference.recordingId === null || isEnding(conference)) return 'none'
    const isSettled = now - toMillis(overAt(recording) ?? 0) > SETTLES_WITHIN
    return isSettled ? 'blocked' : 'stopping'
  }
  // Only a request to stop clears the id.
  if (conference.recordingId === null) return 'stopping'
  return STATES.get(recording.status) ?? 'unknown'
}

const STATES: ReadonlyMap<string, RecordingState> = new Map([
  ['initiating', 'starting'],
  ['recording', 'recording'],
  ['stopping', 'stopping'],
])

/** Whether a recording goes on in words, and what explains it; `recording` has a time in place of words. */
export const RECORDING_TEXT: Readonly<
  Record<Exclude<RecordingState, 'recording'>, readonly [text: string, title: string]>
> = {
  unknown: ['unknown', 'The record of the recording was not read yet.'],
  none: ['not recording', 'The conference names no recording that goes on.'],
  starting: ['starting', 'The platform prepares the recording.'],
  stopping: ['stopping', 'The recording was stopped and is not over yet.'],
  blocked: [
    'blocked: a recording ended by itself',
    'Its id was not cleared, so the platform refuses another recording in this conference.',
  ],
}

/** The status of a recording in a word, safe to show. */
export const recordingWord = ({ status }: Recording): string =>
  status === 'initiating' ? 'starting' : visibleText(status)
