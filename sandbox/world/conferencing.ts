import { BRIDGE, goIntoBridge, leaveBridgeWith, nextAction } from './calls.ts'
import { endIfTerminating, isOver, touch } from './conferences.ts'
import type { Call, Conference, HangupReason, Participant, ParticipantStatus } from './records.ts'
import { MILLISECOND, SECOND, type Micros } from './time.ts'
import type { World } from './world.ts'

/** What conference-manager and call-manager do to participants and calls; life.ts decides when. */

/** A row in its first state, not yet in the table. */
export function makeParticipant(
  world: World,
  conference: Conference,
  call: Call,
  created: Micros,
): Participant {
  return {
    id: world.ids.uuid(),
    activeflowId: call.activeflowId,
    conferenceId: conference.id,
    callId: call.id,
    status: 'joining',
    created,
    updated: null,
    deleted: null,
  }
}

/**
 * The flow reaches `conference_join`: a new row, `joining`. The next action, the first of the pre-flow or the bridge
 * itself, follows at once (voipbin-api.md 4.4, 17).
 */
export function startJoining(
  world: World,
  conference: Conference,
  call: Call,
  preFlow: readonly string[],
): Participant {
  const participant = makeParticipant(world, conference, call, world.now)
  world.participants.insert(participant)
  world.whereabouts.set(participant, 'pre-flow')
  world.emit({ type: 'conferencecall_joining', record: participant })
  if (isOver(conference)) throwOutLater(world, participant)
  call.ahead = [...preFlow, BRIDGE, ...call.ahead]
  nextAction(world, call)
  return participant
}

/** A health check throws out what joins an ended conference, or was joining as it ended (voipbin-api.md 16). */
export function throwOutLater(world: World, participant: Participant): void {
  world.after(world.controlDice.between(15, 20) * SECOND, () => {
    const isIn = participant.status === 'joining' || participant.status === 'joined'
    if (!isIn || !world.whereabouts.has(participant)) return
    markLeaving(world, participant)
    world.after(SECOND, () => {
      if (participant.status === 'leaving') endCall(world, participant.callId, 'local')
    })
  })
}

/** The call entered the bridge. No guard: also a `leaving` row becomes `joined` (voipbin-api.md 4.4). */
export function enterBridge(world: World, participant: Participant): void {
  world.whereabouts.set(participant, 'bridge')
  const call = world.calls.get(participant.callId)
  if (call !== undefined) goIntoBridge(world, call)
  setStatus(world, participant, 'joined')
  afterwards(world, participant, (conference) => {
    // The platform does not check whether the list has the id already (voipbin-api.md 5.3).
    conference.participantIds.push(participant.id)
  })
}

/** The call left the bridge: `leaved`, whatever it was before (voipbin-api.md 4.4). */
export function leaveBridge(world: World, participant: Participant): void {
  if (participant.status === 'leaved') return
  world.whereabouts.delete(participant)
  const call = world.calls.get(participant.callId)
  if (call !== undefined) leaveBridgeWith(world, call)
  setStatus(world, participant, 'leaved')
  afterwards(world, participant, (conference) => {
    const index = conference.participantIds.indexOf(participant.id)
    // Removing an id that is not there makes the SQL expression NULL: the list is emptied (voipbin-api.md 5.3).
    if (index === -1) conference.participantIds = []
    else conference.participantIds.splice(index, 1)
  })
  endLonelyConnect(world, participant.conferenceId)
}

/** Sets `leaving` although the call stays, as a health check whose kick fails (voipbin-api.md 4.4). */
export function markLeaving(world: World, participant: Participant): void {
  if (participant.status === 'leaving' || participant.status === 'leaved') return
  setStatus(world, participant, 'leaving')
}

/**
 * The call ends, by the far end (`remote`) or this side (voipbin-api.md 6). Its participant in a bridge leaves; of one
 * before the bridge no event tells, and only a health check finds out (voipbin-api.md 4.4). A call that has ended stays as it is.
 */
export function endCall(
  world: World,
  callId: string,
  by: 'remote' | 'local',
  reason: HangupReason = 'normal',
): void {
  const call = world.calls.get(callId)
  if (call === undefined || call.status === 'hangup') return
  for (const participant of participantsOf(world, callId)) {
    if (world.whereabouts.get(participant) === 'bridge') leaveBridge(world, participant)
    else failHealthChecks(world, participant)
  }
  call.status = 'hangup'
  call.hangupBy = by
  call.hangupReason = reason
  call.hungUp = world.now
  call.updated = world.now
  world.emit({ type: 'call_hangup', record: call })
}

/** The rows of a call that is on its way into a bridge, or in one. */
export function participantsOf(world: World, callId: string): Participant[] {
  return [...world.whereabouts.keys()].filter((participant) => participant.callId === callId)
}

/** Three checks in a row fail, every 5 s, and the next gives up; its kick fails, which ends it (voipbin-api.md 4.4). */
function failHealthChecks(world: World, participant: Participant): void {
  world.whereabouts.delete(participant)
  world.after(world.dice.between(15, 20) * SECOND, () => {
    if (!world.whereabouts.has(participant)) markLeaving(world, participant)
  })
}

function setStatus(world: World, participant: Participant, status: ParticipantStatus): void {
  participant.status = status
  participant.updated = world.now
  world.emit({ type: `conferencecall_${status}`, record: participant })
}

/**
 * The conference is written a moment after the participant: both disagree for a short while (voipbin-api.md 5.3).
 * What is written for one participant keeps its order, or the list of a fast world would be emptied all the time.
 */
function afterwards(
  world: World,
  participant: Participant,
  write: (conference: Conference) => void,
): void {
  const soon = world.now + Math.round(world.dice.between(5, 60) * MILLISECOND)
  const at = Math.max(soon, world.lastWrites.get(participant) ?? 0)
  world.lastWrites.set(participant, at)
  world.after(at - world.now, () => {
    const conference = world.conferences.get(participant.conferenceId)
    if (conference === undefined) return
    write(conference)
    touch(world, conference)
    if (conference.participantIds.length === 0) endIfTerminating(world, conference)
  })
}

/** Ends a `connect` bridge when one party remains in it (voipbin-api.md 4.3). */
function endLonelyConnect(world: World, conferenceId: string): void {
  const conference = world.conferences.get(conferenceId)
  if (conference?.type !== 'connect') return
  const present = conference.participantIds
    .map((id) => world.participants.get(id))
    .filter((participant) => participant !== undefined && participant.status !== 'leaved')
  const [last] = present
  if (last === undefined || present.length > 1) return
  world.after(200 * MILLISECOND, () => {
    leaveBridge(world, last)
    endCall(world, last.callId, 'local')
  })
}
