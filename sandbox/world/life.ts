import { BRIDGE, nextAction, placeCall, takeAction } from './calls.ts'
import { endCall, enterBridge, leaveBridge, startJoining } from './conferencing.ts'
import { localAddress, makeCaller } from './people.ts'
import {
  remoteParty,
  type Address,
  type Call,
  type Conference,
  type Participant,
} from './records.ts'
import { SECOND, type Micros } from './time.ts'
import type { World } from './world.ts'

/** Mean time in a conference at rate 1; with 90 participants something changes every 1.5 s. */
export const MEAN_STAY: Micros = 420 * SECOND

/** The shares of callers that come back after leaving: with the same call, or with a new one. */
const SAME_CALL = 0.06
const NEW_CALL = 0.1

/** The actions of the flow before the bridge. */
export const PRE_FLOW = ['talk', 'digits_receive'] as const

/** Lets callers come and go from now on, so that the population hovers around `live`. */
export function startLife(world: World, live: number): void {
  if (world.rate === 0) return
  const open = world.conferences.all().filter((conference) => conference.draw > 0)
  const totalDraw = open.reduce((sum, conference) => sum + conference.draw, 0)
  for (const conference of open) {
    const target = (live * conference.draw) / totalDraw
    if (target > 0) expectArrivals(world, conference, meanWait(target) / world.rate)
  }
}

/** A joined participant stays a while and leaves; some come back (voipbin-api.md 4.4). */
export function stay(world: World, participant: Participant): void {
  if (world.rate === 0) return
  const length = 5 * SECOND + world.dice.exponential(MEAN_STAY)
  world.after(length / world.rate, () => {
    if (world.whereabouts.get(participant) !== 'bridge') return
    leaveBridge(world, participant)
    partWays(world, participant)
  })
}

/** The pre-flow ends some seconds from now and the caller enters the bridge. */
export function joinSoon(world: World, participant: Participant): void {
  if (world.rate === 0) return
  const { dice } = world
  const preFlow = dice.chance(0.08) ? dice.between(20, 60) : dice.between(2, 7)
  const length = hurried(world, preFlow * SECOND)
  for (const part of [0.5, 0.95]) {
    world.after(part * length, () => stepPreFlow(world, participant))
  }
  world.after(length, () => endPreFlow(world, participant))
}

/** Lets a removed caller dial back, if chance has it; not into a conference that is over. */
export function dialBackByChance(world: World, conferenceId: string, former: Call): void {
  const { dice } = world
  if (world.dialBack === 0 || !dice.chance(world.dialBack)) return
  world.after(dice.between(2, 8) * SECOND, () => {
    const conference = world.conferences.get(conferenceId)
    if (conference === undefined || !isOpen(conference)) return
    const participant = dialAgain(world, conference, former)
    world.after(dice.between(1, 3) * SECOND, () => endPreFlow(world, participant))
  })
}

/** A new call from the far end of an earlier one, already in the flow that leads to the conference. */
export function dialAgain(world: World, conference: Conference, former: Call): Participant {
  const remote = remoteParty(former)
  const local = localAddress(world.dice)
  const call = placeCall(world, { conference, direction: 'incoming', remote, local })
  return startJoining(world, conference, call, PRE_FLOW)
}

/** The next action of the pre-flow, and after the last one the bridge. */
export function stepPreFlow(world: World, participant: Participant): void {
  const call = world.calls.get(participant.callId)
  const isWaiting = world.whereabouts.get(participant) === 'pre-flow'
  if (call !== undefined && isWaiting && call.action.type !== BRIDGE) nextAction(world, call)
}

function endPreFlow(world: World, participant: Participant): void {
  if (world.whereabouts.get(participant) !== 'pre-flow') return
  enterBridge(world, participant)
  stay(world, participant)
}

/** Waiting times shrink with the rate, or at a high rate most participants would be joining. */
function hurried(world: World, time: Micros): Micros {
  return time / Math.max(1, world.rate)
}

/** The mean time between arrivals that keeps `target` participants present, given that some come back. */
function meanWait(target: number): Micros {
  return MEAN_STAY / target / (1 - SAME_CALL - NEW_CALL)
}

function expectArrivals(world: World, conference: Conference, mean: Micros): void {
  world.after(world.dice.exponential(mean), () => {
    if (isOpen(conference)) dialIn(world, conference, makeCaller(world.dice))
    expectArrivals(world, conference, mean)
  })
}

function isOpen(conference: Conference): boolean {
  return conference.status === 'progressing' && conference.deleted === null
}

function dialIn(world: World, conference: Conference, remote: Address): void {
  const { dice } = world
  const direction = dice.chance(0.75) ? 'incoming' : 'outgoing'
  const call = placeCall(world, { conference, direction, remote, local: localAddress(dice) })
  const wait = hurried(world, dice.between(0.5, 2.5) * SECOND)
  world.after(wait, () => enterFlow(world, conference, call))
}

function enterFlow(world: World, conference: Conference, call: Call): void {
  // The call was hung up in the meantime.
  if (call.status !== 'progressing') return
  const participant = startJoining(world, conference, call, PRE_FLOW)
  if (world.dice.chance(0.04)) giveUp(world, participant)
  else joinSoon(world, participant)
}

/** The caller hangs up during the pre-flow (voipbin-api.md 4.4). */
function giveUp(world: World, participant: Participant): void {
  const wait = hurried(world, world.dice.between(2, 8) * SECOND)
  world.after(wait, () => endCall(world, participant.callId, 'remote'))
}

/** After the bridge: the flow goes on and re-enters it, the caller dials again, or nothing more happens. */
function partWays(world: World, participant: Participant): void {
  const { dice } = world
  const conference = world.conferences.get(participant.conferenceId)
  const call = world.calls.get(participant.callId)
  if (conference === undefined || call === undefined) return
  const fate = dice.next()
  if (fate < SAME_CALL && conference.status === 'progressing') {
    takeAction(world, call, 'talk')
    const wait = hurried(world, dice.between(3, 15) * SECOND)
    world.after(wait, () => enterFlow(world, conference, call))
    return
  }
  endCall(world, call.id, 'remote')
  if (fate < SAME_CALL + NEW_CALL && conference.status === 'progressing') {
    const wait = hurried(world, dice.between(10, 60) * SECOND)
    world.after(wait, () => dialIn(world, conference, remoteParty(call)))
  }
}
