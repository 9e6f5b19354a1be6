import type { JsonObject } from '../world/json.ts'
import {
  ZERO_UUID,
  type Address,
  type Call,
  type Conference,
  type Participant,
  type Recording,
} from '../world/records.ts'
import { LEGACY_UNSET, wireTime, type TimeFormat } from './wire-time.ts'
import type { Micros } from '../world/time.ts'
import type { Change } from '../world/world.ts'

/** Records as a client gets them: key order, omitted keys and unset times included. */

/** The data of an event: the bare record, key for key as REST sends it (voipbin-api.md 9.5). */
export function changeOnWire(
  { record }: Change,
  customerId: string,
  format: TimeFormat,
): JsonObject {
  if ('callId' in record) return conferencecallOnWire(record, customerId, format)
  if ('participantIds' in record) return conferenceOnWire(record, customerId, format)
  if ('confbridgeId' in record && 'started' in record) {
    return recordingOnWire(record, customerId, format)
  }
  return callOnWire(record, customerId, format)
}

/** A conferencecall, all keys always present (voipbin-api.md 4.1). */
export function conferencecallOnWire(
  participant: Participant,
  customerId: string,
  format: TimeFormat,
): JsonObject {
  return {
    id: participant.id,
    customer_id: customerId,
    activeflow_id: participant.activeflowId,
    conference_id: participant.conferenceId,
    reference_type: 'call',
    reference_id: participant.callId,
    status: participant.status,
    tm_create: wireTime(participant.created, format),
    tm_update: nullableTime(participant.updated, format),
    tm_delete: nullableTime(participant.deleted, format),
    ...participant.raw,
  }
}

/** A conference; empty name, detail, data, timeout and lists are left out (voipbin-api.md 5.1). */
export function conferenceOnWire(
  conference: Conference,
  customerId: string,
  format: TimeFormat,
): JsonObject {
  const { name, detail, data, timeout, participantIds, recordingIds, transcribeIds } = conference
  return {
    id: conference.id,
    customer_id: customerId,
    ...(conference.type === '' ? {} : { type: conference.type }),
    status: conference.status,
    ...(name === '' ? {} : { name }),
    ...(detail === '' ? {} : { detail }),
    ...(Object.keys(data).length === 0 ? {} : { data }),
    ...(timeout === 0 ? {} : { timeout }),
    pre_flow_id: conference.preFlowId,
    post_flow_id: conference.postFlowId,
    ...(participantIds.length === 0 ? {} : { conferencecall_ids: [...participantIds] }),
    recording_id: conference.recordingId,
    ...(recordingIds.length === 0 ? {} : { recording_ids: recordingIds }),
    transcribe_id: ZERO_UUID,
    ...(transcribeIds.length === 0 ? {} : { transcribe_ids: transcribeIds }),
    direct_hash: conference.directHash,
    tm_end: nullableTime(conference.ended, format),
    tm_create: wireTime(conference.created, format),
    tm_update: nullableTime(conference.updated, format),
    tm_delete: nullableTime(conference.deleted, format),
    ...conference.raw,
  }
}

/** What is answered when a request is refused with 200: Go's zero value of a conference (voipbin-api.md 5.2). */
export function zeroConferenceOnWire(format: TimeFormat): JsonObject {
  return {
    id: ZERO_UUID,
    customer_id: ZERO_UUID,
    pre_flow_id: ZERO_UUID,
    post_flow_id: ZERO_UUID,
    recording_id: ZERO_UUID,
    transcribe_id: ZERO_UUID,
    direct_hash: '',
    tm_end: nullableTime(null, format),
    tm_create: nullableTime(null, format),
    tm_update: nullableTime(null, format),
    tm_delete: nullableTime(null, format),
  }
}

/** A recording; unset times are absent, as in calls (voipbin-api.md 16). */
export function recordingOnWire(
  recording: Recording,
  customerId: string,
  format: TimeFormat,
): JsonObject {
  return {
    id: recording.id,
    customer_id: customerId,
    owner_type: '',
    owner_id: ZERO_UUID,
    // That of the bridge, which has none of its own.
    activeflow_id: ZERO_UUID,
    reference_type: 'confbridge',
    reference_id: recording.confbridgeId,
    status: recording.status,
    format: recording.format,
    on_end_flow_id: recording.onEndFlowId,
    ...optionalTime('tm_start', recording.started, format),
    ...optionalTime('tm_end', recording.ended, format),
    tm_create: wireTime(recording.created, format),
    ...optionalTime('tm_update', recording.updated, format),
    ...optionalTime('tm_delete', recording.deleted, format),
    ...recording.raw,
  }
}

/** A call; unset times are absent, not null (voipbin-api.md 6). */
export function callOnWire(call: Call, customerId: string, format: TimeFormat): JsonObject {
  return {
    id: call.id,
    customer_id: customerId,
    ...ownerOf(call),
    flow_id: call.flowId,
    activeflow_id: call.activeflowId,
    type: 'flow',
    master_call_id: ZERO_UUID,
    recording_id: ZERO_UUID,
    groupcall_id: ZERO_UUID,
    source: addressOnWire(call.source),
    destination: addressOnWire(call.destination),
    status: call.status,
    action: actionOnWire(call, format),
    direction: call.direction,
    ...(call.muteDirection === null ? {} : { mute_direction: call.muteDirection }),
    ...(call.hangupBy === null
      ? {}
      : { hangup_by: call.hangupBy, hangup_reason: call.hangupReason }),
    ...optionalTime('tm_progressing', call.progressing, format),
    ...optionalTime('tm_ringing', call.ringing, format),
    ...optionalTime('tm_hangup', call.hungUp, format),
    tm_create: wireTime(call.created, format),
    ...optionalTime('tm_update', call.updated, format),
    ...optionalTime('tm_delete', call.deleted, format),
    ...call.raw,
  }
}

/** Set for a call from or to an agent (voipbin-api.md 6). */
function ownerOf({ source, destination }: Call): JsonObject {
  const agent = [source, destination].find(({ type }) => type === 'agent')
  return agent === undefined
    ? { owner_type: '', owner_id: ZERO_UUID }
    : { owner_type: 'agent', owner_id: agent.target ?? ZERO_UUID }
}

/** The option of each action type; the other types have none. */
const OPTIONS: Readonly<Record<string, (call: Call) => JsonObject>> = {
  confbridge_join: ({ confbridgeId }) => ({ confbridge_id: confbridgeId }),
  talk: () => ({ text: 'Please hold the line.', language: 'en-US' }),
  digits_receive: () => ({ duration: 5000, length: 4 }),
}

function actionOnWire(call: Call, format: TimeFormat): JsonObject {
  const { id, type, executed } = call.action
  const option = OPTIONS[type]?.(call)
  return {
    id,
    next_id: ZERO_UUID,
    type,
    ...(option === undefined ? {} : { option }),
    tm_execute: nullableTime(executed, format),
  }
}

function addressOnWire(address: Address): JsonObject {
  return Object.fromEntries(Object.entries(address).filter(([, value]) => value !== ''))
}

/** Conferences, participants and customers send null for "not yet" (voipbin-api.md 10). */
export function nullableTime(at: Micros | null, format: TimeFormat): string | null {
  if (at !== null) return wireTime(at, format)
  return format === 'legacy' ? LEGACY_UNSET : null
}

/** Calls and agents leave the key out (voipbin-api.md 10). */
function optionalTime(key: string, at: Micros | null, format: TimeFormat): JsonObject {
  const time = nullableTime(at, format)
  return time === null ? {} : { [key]: time }
}
