import { setMuted } from './audio.ts'
import {
  ZERO_UUID,
  type Call,
  type Conference,
  type MuteDirection,
  type Recording,
} from './records.ts'
import { HOUR, MINUTE, SECOND, type Micros } from './time.ts'
import type { World } from './world.ts'

/** How many callers of a large world are muted, and those of a small one. */
const MUTED = { large: 3, small: 1 } as const

/**
 * What colleagues have done before the world is looked at: a few joined callers are muted, in a larger world one of
 * them `out`, and one conference has recordings. By the seed, with chance of its own, so that all else stays as it was.
 */
export function addControlsToPast(world: World): void {
  const calls = joinedCalls(world)
  const isLarge = calls.length >= 20
  const wanted: MuteDirection[] = Array.from(
    { length: isLarge ? MUTED.large : MUTED.small },
    () => 'in',
  )
  if (isLarge) wanted.push('out')
  for (const direction of wanted) {
    const [call] = calls.splice(world.controlDice.int(0, calls.length - 1), 1)
    if (call === undefined) return
    setMuted(world, call, direction, true)
    call.muteDirection = direction
  }
  addRecordings(world)
}

function joinedCalls(world: World): Call[] {
  const joined = world.participants.all().filter(({ status }) => status === 'joined')
  return joined.flatMap(({ callId }) => world.calls.get(callId) ?? [])
}

/** Recordings of the last hours: those that a conference names already, and two more. */
function addRecordings(world: World): void {
  const { controlIds } = world
  const conference = world.conferences
    .all()
    .findLast(({ status, draw }) => status === 'progressing' && draw > 0)
  if (conference === undefined) return
  conference.recordingIds = [...conference.recordingIds, controlIds.uuid(), controlIds.uuid()]
  conference.recordingIds.forEach((id, index) => {
    const age = (conference.recordingIds.length - index) * 2 * HOUR
    world.recordings.insert(pastRecording(world, conference, id, age))
  })
}

function pastRecording(world: World, conference: Conference, id: string, age: Micros): Recording {
  const { controlDice: dice } = world
  const created = Math.round(world.now - age - dice.between(0, 30) * MINUTE)
  const started = Math.round(created + dice.between(0.2, 0.7) * SECOND)
  const ended = Math.round(started + dice.between(5, 40) * MINUTE)
  return {
    id,
    confbridgeId: conference.confbridgeId,
    onEndFlowId: ZERO_UUID,
    format: 'wav',
    status: 'ended',
    started,
    ended,
    created,
    updated: ended,
    deleted: null,
  }
}
