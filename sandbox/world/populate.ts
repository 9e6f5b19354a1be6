import { BRIDGE, makeCall } from './calls.ts'
import { addContacts } from './contacts.ts'
import { createConference, type NewConference } from './conferences.ts'
import { makeParticipant } from './conferencing.ts'
import { joinSoon, MEAN_STAY, PRE_FLOW, startLife, stay } from './life.ts'
import {
  AWKWARD_CALLERS,
  conferencesToCreate,
  localAddress,
  makeCaller,
  OLD_LINE,
} from './people.ts'
import type { Choices } from './random.ts'
import type { Address, Call, Conference, ParticipantStatus } from './records.ts'
import { DAY, HOUR, MINUTE, SECOND, type Micros } from './time.ts'
import type { World } from './world.ts'

/** The contents of a fresh world. */
export interface Population {
  readonly conferences: number
  /** The number of joining and joined participants that the world tends to. */
  readonly live: number
  /** Rows that are `leaved` from the start. */
  readonly history: number
  /** 1 = a busy afternoon; 2 = twice as fast; 0 = nothing happens by itself. */
  readonly rate: number
  /** The share of removed callers that dial back by themselves, 0 to 1; 0 if left out. */
  readonly dialBack?: number
}

/** A row to be made: its conference, its status, its times. */
interface Sketch {
  readonly conference: Conference
  readonly status: ParticipantStatus
  readonly created: Micros
  /** Time of the last status change; null = still in its first state. */
  readonly updated: Micros | null
  readonly remote: Address
}

/**
 * Makes up a past and a present: `live` rows joined or joining, about one in thirty more stuck in
 * `leaving`, `history` rows `leaved` (3 % older than a day), then lets life go on.
 */
export function populate(world: World, population: Population): void {
  world.rate = population.rate
  world.dialBack = population.dialBack ?? 0
  const cast = conferencesToCreate(world.dice, population.conferences)
  cast.forEach((wanted, index) => openConference(world, wanted, index, cast.length))
  const rooms = world.conferences.all().filter((conference) => conference.draw > 0)
  if (rooms.length > 0) {
    const choose = byDraw(world, rooms)
    const sketches = [
      ...sketchHistory(world, population.history, choose),
      ...sketchLive(world, population.live, choose),
    ]
    sketches.push(...sketchStragglers(world))
    sketches.sort((a, b) => a.created - b.created)
    writeAll(world, sketches)
    addContacts(world)
  }
  startLife(world, population.live)
}

function openConference(world: World, wanted: NewConference, index: number, count: number): void {
  // The cast's first is the newest; all are older than any history, which reaches back a week.
  const age = 8 * DAY + ((index + world.dice.next()) / count) * 50 * DAY
  const conference = createConference(world, wanted, Math.round(world.now - age))
  if (index === OLD_LINE) conference.deleted = conference.updated = world.now - 4 * MINUTE
}

/** Picks a conference as often as its draw says. */
function byDraw(world: World, rooms: readonly Conference[]): () => Conference {
  const [first, ...rest] = rooms.flatMap((room) => Array.from({ length: room.draw }, () => room))
  if (first === undefined) throw new RangeError('no conference draws callers')
  const urn: Choices<Conference> = [first, ...rest]
  return () => world.dice.pick(urn)
}

function sketchHistory(world: World, count: number, choose: () => Conference): Sketch[] {
  const { dice, now } = world
  const older = Math.floor(count * 0.03)
  // Participants join when a meeting starts, so half of the day's rows crowd around forty instants.
  const meetings: Choices<number> = [dice.next(), ...Array.from({ length: 39 }, () => dice.next())]
  return Array.from({ length: count }, (_, index) => {
    const dayFraction = dice.chance(0.5) ? dice.pick(meetings) : dice.next() ** 1.5
    const spread = 20 * SECOND + dayFraction * (DAY - 10 * MINUTE) + dice.exponential(40 * SECOND)
    const age =
      index < older ? DAY + dice.between(5 * MINUTE, 6 * DAY) : Math.min(spread, DAY - MINUTE)
    const created = Math.round(now - age)
    const length = Math.min(3 * SECOND + dice.exponential(MEAN_STAY), age * 0.95)
    const updated = Math.round(created + length)
    return { conference: choose(), status: 'leaved', created, updated, remote: makeCaller(dice) }
  })
}

function sketchLive(world: World, count: number, choose: () => Conference): Sketch[] {
  const { dice, now } = world
  const joining = Math.floor(count * 0.04)
  const stuck = Math.floor(count / 30)
  const sketch = (
    status: ParticipantStatus,
    age: Micros,
    first: Micros,
    remote = makeCaller(dice),
  ): Sketch => {
    const created = Math.round(now - age)
    const updated = status === 'joining' ? null : Math.round(created + first)
    return { conference: choose(), status, created, updated, remote }
  }
  const sketches = Array.from({ length: count - joining }, (_, index) => {
    // A small world is for scripted stories, so it stays free of awkward callers.
    const remote = count >= 20 ? AWKWARD_CALLERS[index] : undefined
    const age = 15 * SECOND + Math.min(dice.exponential(MEAN_STAY), 3 * HOUR)
    return sketch('joined', age, dice.between(2, 8) * SECOND, remote)
  })
  for (let n = 0; n < joining; n++) sketches.push(sketch('joining', dice.between(1, 9) * SECOND, 0))
  for (let n = 0; n < stuck; n++) {
    sketches.push(sketch('leaving', dice.between(2, 50) * MINUTE, dice.between(18, 27) * SECOND))
  }
  return sketches
}

/** The participants that remain in a deleted conference: its DELETE did not reach them. */
function sketchStragglers(world: World): Sketch[] {
  const oldLine = world.conferences.all().find((conference) => conference.status === 'terminating')
  if (oldLine === undefined) return []
  return [9, 6].map((minutes) => {
    const created = Math.round(world.now - minutes * MINUTE - world.dice.between(0, 30) * SECOND)
    const updated = created + 4_200_000
    return {
      conference: oldLine,
      status: 'joined',
      created,
      updated,
      remote: makeCaller(world.dice),
    }
  })
}

function writeAll(world: World, sketches: readonly Sketch[]): void {
  const calls = sketches.map((sketch) => pastCall(world, sketch))
  calls.toSorted((a, b) => a.created - b.created).forEach((call) => world.calls.insert(call))
  sketches.forEach((sketch, index) => {
    const call = calls[index]
    if (call !== undefined) writeParticipant(world, sketch, call)
  })
}

function pastCall(world: World, sketch: Sketch): Call {
  const { dice } = world
  const { conference, remote, status, updated } = sketch
  const created = Math.round(sketch.created - dice.between(0.5, 2.5) * SECOND)
  const direction = dice.chance(0.75) ? 'incoming' : 'outgoing'
  const call = makeCall(
    world,
    { conference, direction, remote, local: localAddress(dice) },
    created,
  )
  if (status === 'joining') {
    const [type, ...rest] = PRE_FLOW
    return { ...call, action: { ...call.action, type }, ahead: [...rest, BRIDGE] }
  }
  if (status === 'joined') return call
  return { ...call, status: 'hangup', hangupBy: 'remote', hungUp: updated, updated }
}

function writeParticipant(world: World, sketch: Sketch, call: Call): void {
  const { conference, created, status, updated } = sketch
  const participant = { ...makeParticipant(world, conference, call, created), status, updated }
  world.participants.insert(participant)
  if (status === 'joining') {
    world.whereabouts.set(participant, 'pre-flow')
    joinSoon(world, participant)
  }
  if (status !== 'joined') return
  conference.participantIds.push(participant.id)
  conference.updated = Math.max(conference.updated ?? 0, updated ?? 0)
  world.whereabouts.set(participant, 'bridge')
  stay(world, participant)
}
