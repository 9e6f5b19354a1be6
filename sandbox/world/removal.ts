import { nextAction } from './calls.ts'
import { touch } from './conferences.ts'
import {
  endCall,
  enterBridge,
  leaveBridge,
  markLeaving,
  participantsOf,
  throwOutLater,
} from './conferencing.ts'
import { dialBackByChance } from './life.ts'
import {
  KICK_FAILURES,
  type Call,
  type Conference,
  type KickFailure,
  type Participant,
} from './records.ts'
import { MILLISECOND, SECOND, type Micros } from './time.ts'
import type { World } from './world.ts'

/** The time that an action after the bridge takes. */
const ACTION_TAKES = 3 * SECOND

/** Removal on request: the kick, the hang-up and the end of a conference, with all that may go wrong. */

/** The outcome of a kick; one that fails has set `leaving` all the same. */
export type KickResult = 'accepted' | 'refused' | 'timed-out'

/** DELETE /v1.0/conferencecalls/{id}: the whole matrix of voipbin-api.md 4.3. */
export function kick(world: World, participant: Participant): KickResult {
  if (participant.status === 'leaving' || participant.status === 'leaved') return 'accepted'
  markLeaving(world, participant)
  const failure = failureOf(world, participant)
  if (failure !== undefined) return failKick(world, participant, failure)
  // There is no channel to kick; a call in the pre-flow may still enter the bridge and be joined again.
  if (world.whereabouts.get(participant) !== 'bridge') return 'refused'
  leaveSoon(world, participant)
  return 'accepted'
}

/** The failure ordered for this participant, else the one ordered for a share of all. */
function failureOf(world: World, participant: Participant): KickFailure | undefined {
  const { kickFails } = participant
  delete participant.kickFails
  if (kickFails !== undefined) return kickFails
  const { kicksFail, dice } = world
  if (kicksFail === undefined || world.whereabouts.get(participant) !== 'bridge') return undefined
  return dice.chance(kicksFail.share) ? kicksFail : undefined
}

function failKick(world: World, participant: Participant, failure: KickFailure): KickResult {
  const { dice } = world
  const how = failure.how === 'any' ? dice.pick(KICK_FAILURES) : failure.how
  if (how === '400') return 'refused'
  if (how === 'late') leaveSoon(world, participant)
  if (how === 'returns') {
    const after = failure.returnsAfter ?? dice.between(1, 3) * SECOND
    whileLeaving(world, participant, after, () => enterBridge(world, participant))
  }
  return how === '503' || how === 'late' ? 'timed-out' : 'accepted'
}

/** The bridge hangs the channel up; the flow goes on, and ends a moment later (voipbin-api.md 4.3). */
function leaveSoon(world: World, participant: Participant): void {
  const delay = world.kickDelay ?? world.dice.between(0.9, 1.5) * SECOND
  whileLeaving(world, participant, delay, () => {
    leaveBridge(world, participant)
    world.after(world.dice.between(100, 400) * MILLISECOND, () => {
      // Unless the flow has led the call into a conference again.
      if (participantsOf(world, participant.callId).length === 0) goOn(world, participant)
    })
  })
}

/** The flow takes its next actions, one after the other; with none left the call is hung up (voipbin-api.md 4.3). */
function goOn(world: World, participant: Participant): void {
  const call = world.calls.get(participant.callId)
  if (call === undefined || call.status === 'hangup') return
  if (!nextAction(world, call)) disconnect(world, participant)
  else world.after(ACTION_TAKES, () => goOn(world, participant))
}

/** Runs later, unless the participant is no longer leaving: an old kick does not remove one that has rejoined. */
function whileLeaving(
  world: World,
  participant: Participant,
  delay: Micros,
  run: () => void,
): void {
  world.after(delay, () => {
    if (participant.status === 'leaving') run()
  })
}

/** POST /v1.0/calls/{id}/hangup: `terminating` now, `hangup` a moment later; repeated, it does nothing (voipbin-api.md 6). */
export function hangUp(world: World, call: Call): void {
  if (cancel(world, call) || call.status !== 'progressing') return
  call.status = 'terminating'
  call.updated = world.now
  world.emit({ type: 'call_terminating', record: call })
  world.after(world.hangupDelay ?? world.dice.between(0.2, 0.6) * SECOND, () => {
    const [participant] = participantsOf(world, call.id)
    if (participant === undefined) endCall(world, call.id, 'local')
    else disconnect(world, participant)
  })
}

/** An outgoing call that was not answered yet is `canceling`, then `hangup` (voipbin-api.md 6). @returns whether it is one */
function cancel(world: World, call: Call): boolean {
  const isUnanswered = call.status === 'dialing' || call.status === 'ringing'
  if (call.direction !== 'outgoing' || !isUnanswered) return false
  call.status = 'canceling'
  call.updated = world.now
  world.emit({ type: 'call_canceling', record: call })
  const delay = world.hangupDelay ?? world.controlDice.between(0.2, 0.6) * SECOND
  world.after(delay, () => endCall(world, call.id, 'local', 'cancel'))
  return true
}

/**
 * DELETE /v1.0/conferences/{id}: `terminating` at once, then the kicks one after the other, whatever comes of them,
 * then `tm_delete` and `done` (voipbin-api.md 5.2). A participant that joins meanwhile stays until a health check finds
 * it. Repeated, it disconnects no participant, but sets a new `tm_delete` and sends the event again (voipbin-api.md 16).
 */
export function deleteConference(world: World, conference: Conference, done: () => void): void {
  const finish = (): void => {
    conference.deleted = conference.updated = world.now
    world.emit({ type: 'conference_deleted', record: conference })
    done()
  }
  const ended = conference.status === 'terminating' || conference.status === 'terminated'
  if (ended || conference.deleted !== null) return finish()
  conference.status = 'terminating'
  touch(world, conference)
  for (const participant of world.whereabouts.keys()) {
    const isJoining = participant.status === 'joining'
    if (isJoining && participant.conferenceId === conference.id) throwOutLater(world, participant)
  }
  kickInTurn(world, [...conference.participantIds], finish)
}

function kickInTurn(world: World, ids: readonly string[], done: () => void, turn = 0): void {
  const id = ids[turn]
  if (id === undefined) {
    done()
    return
  }
  const participant = world.participants.get(id)
  if (participant !== undefined) kick(world, participant)
  world.after(world.deletePace, () => kickInTurn(world, ids, done, turn + 1))
}

function disconnect(world: World, participant: Participant): void {
  const call = world.calls.get(participant.callId)
  if (call === undefined || call.status === 'hangup') return
  endCall(world, call.id, 'local')
  dialBackByChance(world, participant.conferenceId, call)
}
