import {
  enterBridge,
  hangUpCall,
  leaveBridge,
  markLeaving,
  placeCall,
  startJoining,
} from './conferencing.ts'
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

/** Mean time in a conference at rate 1; with 90 people present something is seen every 1.5 s. */
export const MEAN_STAY: Micros = 420 * SECOND

/** Share of those who hang up and come back: with the same call, or with a new one. */
const SAME_CALL = 0.06
const NEW_CALL = 0.1

/** How fast people live. */
export interface Tempo {
  /** 1 = a busy afternoon; 2 = twice as fast; 0 = nobody does anything by himself. */
  readonly rate: number
  /** Participants the world tends to hold. */
  readonly live: number
}

/** Lets callers come and go from now on, so that the population hovers around `tempo.live`. */
export function startLife(world: World, tempo: Tempo): void {
  if (tempo.rate === 0) return
  const open = world.conferences.all().filter((conference) => conference.draw > 0)
  const totalDraw = open.reduce((sum, conference) => sum + conference.draw, 0)
  for (const conference of open) {
    const target = (tempo.live * conference.draw) / totalDraw
    if (target > 0) expectArrivals(world, tempo, conference, meanWait(target) / tempo.rate)
  }
}

/** Someone who is joined stays a while and hangs up; some come back (voipbin-api.md 4.4). */
export function stay(world: World, tempo: Tempo, participant: Participant): void {
  if (tempo.rate === 0) return
  const length = 5 * SECOND + world.dice.exponential(MEAN_STAY)
  world.after(length / tempo.rate, () => {
    if (participant.status === 'leaved') return
    leaveBridge(world, participant)
    partWays(world, tempo, participant)
  })
}

/** The pre-flow ends some seconds from now and the caller enters the bridge. */
export function joinSoon(world: World, tempo: Tempo, participant: Participant): void {
  if (tempo.rate === 0) return
  const { dice } = world
  const preFlow = dice.chance(0.08) ? dice.between(20, 60) : dice.between(2, 7)
  world.after(preFlow * SECOND, () => {
    if (participant.status === 'leaved') return
    enterBridge(world, participant)
    stay(world, tempo, participant)
  })
}

/** Between two arrivals that keep `target` people present, given that some come back by themselves. */
function meanWait(target: number): Micros {
  return MEAN_STAY / target / (1 - SAME_CALL - NEW_CALL)
}

function expectArrivals(world: World, tempo: Tempo, conference: Conference, mean: Micros): void {
  world.after(world.dice.exponential(mean), () => {
    if (conference.status === 'progressing' && conference.deleted === null) {
      dialIn(world, tempo, conference, makeCaller(world.dice))
    }
    expectArrivals(world, tempo, conference, mean)
  })
}

function dialIn(world: World, tempo: Tempo, conference: Conference, remote: Address): void {
  const { dice } = world
  const direction = dice.chance(0.75) ? 'incoming' : 'outgoing'
  const call = placeCall(world, { conference, direction, remote, local: localAddress(dice) })
  world.after(dice.between(0.5, 2.5) * SECOND, () => enterFlow(world, tempo, conference, call))
}

function enterFlow(world: World, tempo: Tempo, conference: Conference, call: Call): void {
  const participant = startJoining(world, conference, call)
  if (world.dice.chance(0.04)) giveUp(world, participant)
  else joinSoon(world, tempo, participant)
}

/** Hangs up during the pre-flow: no bridge event ever comes, and the row stays (voipbin-api.md 4.4). */
function giveUp(world: World, participant: Participant): void {
  const { dice } = world
  world.after(dice.between(2, 8) * SECOND, () => {
    hangUpCall(world, participant.callId)
    world.after(dice.between(15, 20) * SECOND, () => markLeaving(world, participant))
  })
}

/** After the bridge: the flow goes on and re-enters it, the caller dials again, or that was it. */
function partWays(world: World, tempo: Tempo, participant: Participant): void {
  const { dice } = world
  const conference = world.conferences.get(participant.conferenceId)
  const call = world.calls.get(participant.callId)
  if (conference === undefined || call === undefined) return
  const fate = dice.next()
  if (fate < SAME_CALL && conference.status === 'progressing') {
    world.after(dice.between(3, 15) * SECOND, () => enterFlow(world, tempo, conference, call))
    return
  }
  hangUpCall(world, call.id)
  if (fate < SAME_CALL + NEW_CALL && conference.status === 'progressing') {
    world.after(dice.between(10, 60) * SECOND, () =>
      dialIn(world, tempo, conference, remoteParty(call)),
    )
  }
}
