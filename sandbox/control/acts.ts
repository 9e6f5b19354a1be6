import {
  addressFrom,
  conferenceOf,
  onParticipant,
  outcome,
  participantOf,
  type ActOf,
} from './act-support.ts'
import { CONTROL_ACTS } from './acts-controls.ts'
import { REMOVAL_ACTS } from './acts-removal.ts'
import { makeCall, placeCall, startCall } from '../world/calls.ts'
import { createConference, updateConference } from '../world/conferences.ts'
import {
  endCall,
  enterBridge,
  leaveBridge,
  makeParticipant,
  markLeaving,
  startJoining,
} from '../world/conferencing.ts'
import { BadInput, required, type Input } from './input.ts'
import type { JsonObject } from '../world/json.ts'
import { stepPreFlow } from '../world/life.ts'
import { makeOtherCalls } from '../world/other-calls.ts'
import type { Address } from '../world/records.ts'
import { fixedTime } from '../http/wire-time.ts'
import { fromSeconds } from '../world/time.ts'
import { effectiveTimeout, scheduleDeletion } from '../world/timeout.ts'
import type { World } from '../world/world.ts'

const ACTS: Readonly<Record<string, ActOf>> = {
  'create-conference': {
    takes: ['name', 'type', 'status', 'detail', 'timeout', 'data', 'deleted'],
    run: newConference,
  },
  'update-conference': {
    takes: ['conference', 'name', 'detail', 'timeout', 'data'],
    run: changeConference,
  },
  tie: { takes: ['conference', 'count', 'at'], run: tie },
  'dial-in': {
    takes:
      'conference name number addressType address direction hold unanswered preFlow afterwards'.split(
        ' ',
      ),
    run: dialIn,
  },
  step: onParticipant(['joining'], stepPreFlow),
  join: onParticipant(['joining'], enterBridge),
  'hang-up': onParticipant(['joining', 'joined', 'leaving'], (world, participant) => {
    // In the pre-flow there is no bridge to leave: the record stays as it is (voipbin-api.md 4.4).
    if (participant.status !== 'joining') leaveBridge(world, participant)
    endCall(world, participant.callId, 'remote')
  }),
  stick: onParticipant(['joining', 'joined'], (world, participant) => {
    // No event of the bridge tells that the participant is gone.
    world.whereabouts.delete(participant)
    endCall(world, participant.callId, 'remote')
    markLeaving(world, participant)
  }),
  'bring-back': onParticipant(['leaving'], enterBridge),
  'delete-call': onParticipant(['joining', 'joined', 'leaving', 'leaved'], (world, { callId }) => {
    const call = world.calls.get(callId)
    if (call === undefined) return
    call.deleted = world.now
    world.emit({ type: 'call_deleted', record: call })
  }),
  rejoin: { takes: ['participant', 'hold', 'preFlow'], run: rejoin },
  ...REMOVAL_ACTS,
  ...CONTROL_ACTS,
  'other-calls': {
    takes: ['framesPerSecond'],
    run: (world, input) => {
      const framesPerSecond = required(input.number('framesPerSecond'), 'framesPerSecond')
      makeOtherCalls(world, framesPerSecond)
      return { framesPerSecond }
    },
  },
  set: { takes: ['participant', 'conference', 'call', 'fields'], run: setRaw },
}

/** The number that all callers dial. */
const LOCAL: Address = { type: 'tel', target: '+15559870002' }

/** Plays one act, or throws BadInput before anything has happened. */
export function play(world: World, input: Input): JsonObject {
  const name = input.requiredString('act')
  const act = ACTS[name]
  if (act === undefined)
    throw new BadInput(`"act" must be one of: ${Object.keys(ACTS).join(', ')}.`)
  input.only(['act', ...act.takes])
  return act.run(world, input)
}

function newConference(world: World, input: Input): JsonObject {
  const conference = createConference(world, {
    name: input.string('name') ?? '',
    type: input.oneOf('type', ['conference', 'connect', 'queue']) ?? 'conference',
    status:
      input.oneOf('status', ['starting', 'progressing', 'terminating', 'terminated']) ??
      'progressing',
    detail: input.string('detail') ?? '',
    timeout: effectiveTimeout(input.integer('timeout') ?? 0),
    data: input.object('data') ?? {},
  })
  scheduleDeletion(world, conference)
  if (input.boolean('deleted') === true) conference.deleted = world.now
  return { conference: conference.id, status: conference.status }
}

function changeConference(world: World, input: Input): JsonObject {
  const conference = conferenceOf(world, input)
  const timeout = input.integer('timeout')
  const wanted = {
    name: input.string('name'),
    detail: input.string('detail'),
    timeout: timeout === undefined ? undefined : effectiveTimeout(timeout),
    data: input.object('data'),
  }
  const given = Object.entries(wanted).filter(([, value]) => value !== undefined)
  updateConference(world, conference, Object.fromEntries(given))
  if (timeout !== undefined) scheduleDeletion(world, conference)
  return { conference: conference.id, status: conference.status }
}

/** Makes rows of one microsecond, of which a page boundary skips some (voipbin-api.md 3). */
function tie(world: World, input: Input): JsonObject {
  const conference = conferenceOf(world, input)
  const count = input.integer('count', 1) ?? 2
  const created = world.now - fromSeconds(input.number('at') ?? 0)
  const participants = Array.from({ length: count }, (_, index) => {
    const remote: Address = { type: 'tel', target: `+1555777${String(index).padStart(4, '0')}` }
    const call = makeCall(
      world,
      { conference, direction: 'incoming', remote, local: LOCAL },
      created,
    )
    world.calls.insert(call)
    const participant = makeParticipant(world, conference, call, created)
    world.participants.insert(participant)
    enterBridge(world, participant)
    return participant.id
  })
  return { conference: conference.id, tm_create: fixedTime(created), participants }
}

function dialIn(world: World, input: Input): JsonObject {
  const conference = conferenceOf(world, input)
  const direction = input.oneOf('direction', ['incoming', 'outgoing']) ?? 'incoming'
  const hold = input.boolean('hold') ?? false
  const preFlow = preFlowOf(input, hold)
  const afterwards = input.texts('afterwards') ?? []
  const wanted = { conference, direction, remote: addressFrom(input), local: LOCAL }
  const unanswered = input.boolean('unanswered') ?? false
  if (unanswered && (direction === 'outgoing' || !hold))
    throw new BadInput('"unanswered" is for a call that comes in, with "hold".')
  const call = unanswered ? startCall(world, wanted) : placeCall(world, wanted)
  call.ahead = afterwards
  const participant = startJoining(world, conference, call, preFlow)
  if (!hold) enterBridge(world, participant)
  return outcome(participant)
}

/** A caller that is held is in the default pre-flow, unless the act names another. */
function preFlowOf(input: Input, hold: boolean): readonly string[] {
  return input.texts('preFlow') ?? (hold ? ['talk'] : [])
}

function rejoin(world: World, input: Input): JsonObject {
  const former = participantOf(world, input, ['leaved', 'leaving'])
  const hold = input.boolean('hold') ?? false
  const conference = world.conferences.get(former.conferenceId)
  const call = world.calls.get(former.callId)
  if (conference === undefined || call === undefined) throw new BadInput('That call is gone.')
  // The same call enters the conference again, so it cannot have ended.
  Object.assign(call, {
    status: 'progressing',
    hungUp: null,
    hangupBy: null,
    updated: world.now,
  })
  const participant = startJoining(world, conference, call, preFlowOf(input, hold))
  if (!hold) enterBridge(world, participant)
  return outcome(participant)
}

/** Overrides wire fields of one record; `{}` takes earlier overrides back. */
function setRaw(world: World, input: Input): JsonObject {
  const fields = required(input.object('fields'), 'fields')
  const participant = input.string('participant')
  const conference = input.string('conference')
  const call = input.string('call')
  const record =
    world.participants.get(participant ?? '') ??
    world.conferences.get(conference ?? '') ??
    world.calls.get(call ?? '')
  if (record === undefined)
    throw new BadInput('"participant", "conference" or "call" must be an id of this tenant.')
  record.raw = fields
  return { id: record.id, fields }
}
