import {
  ALLOWED,
  COMMON,
  refused,
  verdictOn,
  type Actor,
  type Row,
  type Verdict,
} from './capability.ts'
import type { Conference } from './conference.ts'
import { isRecorded, isRecordingNow, type Recording } from './recording.ts'

type ConferenceRow = Row<'starting' | 'progressing' | 'terminating' | 'terminated'>

/** A second DELETE of a conference ends nothing more (voipbin-api.md 16). */
const END: ConferenceRow = {
  ...COMMON,
  '(asked)': refused('Ending was already requested.'),
  starting: ALLOWED,
  progressing: ALLOWED,
  terminating: refused('The conference is already ending.'),
  terminated: refused('The conference has already ended.'),
}

/** What needs a conference that goes on: recording it, changing it, calling into it. */
const GOES_ON: ConferenceRow = {
  ...COMMON,
  '(asked)': refused('The same is already on its way.'),
  starting: refused('The conference has not started yet.'),
  progressing: ALLOWED,
  terminating: refused('The conference is ending.'),
  terminated: refused('The conference has ended.'),
}

/** Whether this may be done to a conference that goes on. */
export const canControlRoom = (
  kind: 'edit' | 'new-link' | 'dial',
  conference: Conference | undefined,
  actor: Actor,
): Verdict => verdictOn(kind, GOES_ON, conference, actor)

/**
 * Whether a recording of this conference may be started now. `recording` is the one that the conference names: undefined
 * while it is not known, null when it names none.
 */
export function canRecord(
  conference: Conference | undefined,
  recording: Recording | null | undefined,
  actor: Actor,
): Verdict {
  const verdict = verdictOn('record', GOES_ON, conference, actor)
  if (!verdict.allowed || !recording) return verdict
  if (isRecordingNow(recording)) return refused('It is already being recorded.')
  return isRecorded(recording)
    ? refused(
        'An earlier recording ended by itself and its id was not cleared. The platform refuses another one in this conference.',
      )
    : refused('An earlier recording is still being stopped.')
}

/** Whether the recording of this conference may be stopped now; the parameters are those of `canRecord`. */
export function canStopRecording(
  conference: Conference | undefined,
  recording: Recording | null | undefined,
  actor: Actor,
): Verdict {
  const verdict = verdictOn('stop-recording', GOES_ON, conference, actor)
  if (!verdict.allowed || recording === undefined) return verdict
  return recording !== null && isRecordingNow(recording)
    ? verdict
    : refused('It is not being recorded.')
}

/** Whether this conference may be ended now. */
export const canEnd = (conference: Conference | undefined, actor: Actor): Verdict =>
  verdictOn('end', END, conference, actor)
