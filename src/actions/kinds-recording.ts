import type { QueryClient } from '@tanstack/react-query'
import { applyConferences } from '~/cache/queries/conference-list.ts'
import { keys } from '~/cache/queries/keys.ts'
import { applyRecordings } from '~/cache/queries/recordings.ts'
import { traceOf } from '~/derive/explain.ts'
import type { Action } from '~/domain/action.ts'
import { canRecord, canStopRecording } from '~/domain/capability-room.ts'
import { isRecorded, isRecordingNow, overAt, type Recording } from '~/domain/recording.ts'
import { toMillis } from '~/domain/time.ts'
import { getRecording } from '~/wire/recordings.ts'
import { startRecording, stopRecording } from '~/wire/rooms.ts'
import { saidBy } from './job.ts'
import { actorNow, guarded, readConference, SAME, unlessMissing, type Kind } from './kind.ts'

const NO_RECORDING = 'The server has no record of the recording that the conference names.'

/** What a start needs (voipbin-api.md 16): its refusal does not say what is lacking. */
const NONE_NAMED =
  'The conference names no recording. A start needs somebody who has joined, and balance.'

/** A recording as it is now; undefined when none is named, or the server has none of this id. @throws ApiError */
async function readRecording(
  client: QueryClient,
  id: string | null | undefined,
): Promise<Recording | undefined> {
  const recording = id ? await unlessMissing(getRecording(id)) : undefined
  if (recording) applyRecordings(client, [recording])
  return recording
}

/** When a recording was over, in milliseconds; null as of `overAt`. */
function overMillis(recording: Recording): number | null {
  const at = overAt(recording)
  return at === null ? null : toMillis(at)
}

/** What the record of a recording says of its start. */
function startOf(recording: Recording, { requestedAt }: Action): Partial<Action> {
  const { id, status, startedAt, updatedAt, createdAt } = recording
  const endedAt = overMillis(recording)
  if (endedAt !== null && endedAt < requestedAt)
    return { state: 'failed', text: 'An earlier recording still keeps it from being recorded.' }
  const hasBegun = status === 'recording' || status === 'stopping'
  const at = startedAt ?? (hasBegun ? (updatedAt ?? createdAt) : null)
  if (at !== null) return { state: 'unsure', madeId: id, goneAt: toMillis(at) }
  return isRecorded(recording)
    ? { state: 'failed', text: 'The recording was over before it had begun.' }
    : { state: 'unsure', madeId: id }
}

/** Proof from the record that is held, for an action that the server has not refused. */
function heldProof(
  client: QueryClient,
  { state }: Action,
  id: string | undefined,
  goneAtOf: (recording: Recording) => number | null | undefined,
): Partial<Action> | undefined {
  if (id === undefined || state === 'failed') return undefined
  const recording = client.getQueryData<Recording>(keys.recording(id))
  const goneAt = recording && goneAtOf(recording)
  return goneAt === undefined || goneAt === null ? undefined : { goneAt }
}

/** Starts a recording. Never repeated by itself: a start that seems lost may have arrived (voipbin-api.md 14). */
export const record: Kind = {
  check: async (client, { target }) => {
    const now = await readConference(client, target.id)
    const actor = actorNow()
    const before = guarded(canRecord(now, undefined, actor))
    if (before.kind !== 'same' || now.recordingId === null) return before
    const recording = await readRecording(client, now.recordingId)
    if (!recording) return { kind: 'denied', text: NO_RECORDING }
    const found = guarded(canRecord(now, recording, actor))
    // What is as wished already is no failure.
    return found.kind === 'denied' && isRecordingNow(recording) ? { ...found, kind: 'over' } : found
  },
  send: async (client, { target }, account) => {
    const answer = await startRecording(target.id, account)
    applyConferences(client, [answer])
    return { state: 'accepted', madeId: answer.recordingId ?? undefined }
  },
  after: async (client, action) => {
    // The check found none under way, so that one the conference names by now is of this request.
    const id = action.madeId ?? (await readConference(client, action.target.id)).recordingId
    if (id === null) return { state: 'failed', text: NONE_NAMED }
    const recording = await readRecording(client, id)
    return recording ? startOf(recording, action) : { state: 'failed', text: NO_RECORDING }
  },
  noted: (client, action) =>
    heldProof(client, action, action.madeId, (recording) => startOf(recording, action).goneAt),
}

/** Stops the recording that the operator has seen. */
export const stopRecord: Kind = {
  check: async (client, { target, input }) => {
    const now = await readConference(client, target.id)
    const before = guarded(canStopRecording(now, undefined, actorNow()))
    if (before.kind !== 'same') return before
    if (now.recordingId === null)
      return { kind: 'over', text: 'It is not being recorded any more.' }
    const recording = await readRecording(client, now.recordingId)
    if (!recording) return { kind: 'denied', text: NO_RECORDING }
    if (!isRecordingNow(recording)) {
      const text = isRecorded(recording)
        ? 'The recording has already ended.'
        : 'The recording is already being stopped.'
      return { kind: 'over', text }
    }
    return (input?.recordingId ?? recording.id) === recording.id
      ? SAME
      : { kind: 'changed', text: 'Another recording has begun meanwhile.' }
  },
  send: async (client, { target }, account) => {
    applyConferences(client, [await stopRecording(target.id, account)])
    return { state: 'accepted' }
  },
  after: async (client, { target, input }) => {
    const id = input?.recordingId ?? (await readConference(client, target.id)).recordingIds.at(-1)
    const recording = await readRecording(client, id)
    if (!recording) return { state: 'failed', text: NO_RECORDING }
    if (isRecordingNow(recording)) return { state: 'failed', text: 'It is still being recorded.' }
    return { state: 'unsure', goneAt: overMillis(recording) }
  },
  noted: (client, action) => heldProof(client, action, action.input?.recordingId, overMillis),
}

type Said = Pick<Action, 'text' | 'trace'>

const NOTHING: Said = { text: '', trace: '' }
const STOPPED: Said = { text: 'The recording was stopped first.', trace: '' }

/**
 * Stops the recording that goes on, if any, because it cannot be stopped after the end (voipbin-api.md 16). Never throws:
 * the end matters more, and what was not done is said in its text.
 */
export async function stopBeforeEnd(
  client: QueryClient,
  conferenceId: string,
  account: string,
): Promise<Said> {
  let id: string | null = null
  try {
    id = (await readConference(client, conferenceId)).recordingId
    const recording = await readRecording(client, id)
    if (!recording || !isRecordingNow(recording)) return NOTHING
  } catch (error) {
    return failed('Whether it was being recorded could not be read', error)
  }
  try {
    applyConferences(client, [await stopRecording(conferenceId, account)])
    return STOPPED
  } catch (error) {
    // It may have arrived, or the recording have ended by itself.
    const isOver = !(await isStillRecorded(client, id).catch(() => true))
    return isOver ? STOPPED : failed('The recording could not be stopped first', error)
  }
}

const failed = (what: string, error: unknown): Said => ({
  text: `${what}: ${saidBy(error)}`,
  trace: traceOf(error),
})

/** Whether a recording goes on, by its record. @throws ApiError */
export async function isStillRecorded(client: QueryClient, id: string | null): Promise<boolean> {
  const recording = await readRecording(client, id)
  return recording !== undefined && isRecordingNow(recording)
}
