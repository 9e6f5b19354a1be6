import { ZERO_UUID, type Conference, type Recording } from './records.ts'
import { MILLISECOND, SECOND } from './time.ts'
import type { World } from './world.ts'

/** The longest that a recording goes on, in seconds (voipbin-api.md 16). */
const LONGEST = 86_400

export interface NewRecording {
  readonly format: string
  /** Seconds; 0 = no limit. */
  readonly duration: number
  readonly onEndFlowId: string
  /** There is money left to pay for it. */
  readonly canPay: boolean
}

/** `refused`: the answer is 200 with a zero-valued record. `failed`: 400 (voipbin-api.md 16). */
export type StartResult = 'started' | 'refused' | 'failed'

/**
 * POST /v1.0/conferences/{id}/recording_start. Any `recording_id`, also one whose recording has ended long ago, is
 * taken for a recording that goes on (voipbin-api.md 16).
 */
export function startRecording(
  world: World,
  conference: Conference,
  wanted: NewRecording,
): StartResult {
  if (conference.recordingId !== ZERO_UUID || conference.status !== 'progressing') return 'refused'
  if (!wanted.canPay || !wasEverJoined(world, conference)) return 'failed'
  const recording: Recording = {
    id: world.controlIds.uuid(),
    confbridgeId: conference.confbridgeId,
    onEndFlowId: wanted.onEndFlowId,
    format: wanted.format,
    status: 'initiating',
    started: null,
    ended: null,
    created: world.now,
    updated: null,
    deleted: null,
  }
  world.recordings.insert(recording)
  conference.recordingId = recording.id
  conference.recordingIds = [...conference.recordingIds, recording.id]
  world.after(shortWhile(world), () => begin(world, recording))
  if (wanted.duration > 0) {
    const length = Math.min(wanted.duration, LONGEST) * SECOND
    world.after(length, () => finish(world, recording))
  }
  return 'started'
}

/** POST /v1.0/conferences/{id}/recording_stop; false = 400: none, a stale one, or not `progressing` (voipbin-api.md 16). */
export function stopRecording(world: World, conference: Conference): boolean {
  const recording = world.recordings.get(conference.recordingId)
  if (recording === undefined || conference.status !== 'progressing') return false
  if (recording.status === 'ended') return false
  recording.status = 'stopping'
  recording.updated = world.now
  conference.recordingId = ZERO_UUID
  world.after(shortWhile(world), () => finish(world, recording))
  return true
}

/** The recording of a conference ends by itself, as by its duration: the id stays (voipbin-api.md 16). */
export function endRecording(world: World, conference: Conference): Recording | undefined {
  const recording = world.recordings.get(conference.recordingId)
  if (recording === undefined || recording.status === 'ended') return undefined
  finish(world, recording)
  return recording
}

/** A bridge is there from the first time that a call was in it (voipbin-api.md 16). */
function wasEverJoined(world: World, { id }: Conference): boolean {
  return world.participants
    .all()
    .some((row) => row.conferenceId === id && ['joined', 'leaved'].includes(row.status))
}

function shortWhile(world: World): number {
  return world.controlDice.between(200, 700) * MILLISECOND
}

function begin(world: World, recording: Recording): void {
  // Stopped or ended in the meantime.
  if (recording.status !== 'initiating') return
  recording.status = 'recording'
  recording.started = recording.updated = world.now
  world.emit({ type: 'recording_started', record: recording })
}

function finish(world: World, recording: Recording): void {
  if (recording.status === 'ended') return
  recording.status = 'ended'
  recording.ended = recording.updated = world.now
  world.emit({ type: 'recording_finished', record: recording })
}
