import { hasChannel, mute, unmute } from '../world/audio.ts'
import type { JsonObject } from '../world/json.ts'
import { endRecording } from '../world/recordings.ts'
import {
  DIAL_OUTCOMES,
  MUTE_DIRECTIONS,
  type Call,
  type MuteDirection,
  type Participant,
} from '../world/records.ts'
import { MILLISECOND } from '../world/time.ts'
import type { World } from '../world/world.ts'
import { conferenceOf, outcome, participantOf, type ActOf } from './act-support.ts'
import { BadInput, required, type Input } from './input.ts'

/** Acts about audio, recordings and calls that are dialled out (README.md, Acts). */
export const CONTROL_ACTS: Readonly<Record<string, ActOf>> = {
  mute: onAudio(MUTE_DIRECTIONS, 'both', mute),
  unmute: onAudio(MUTE_DIRECTIONS, 'both', unmute),
  'break-mute-record': onAudio(['in', 'out'], 'in', (world, call, direction) => {
    mute(world, call, direction)
    // Another direction than is stored: the audio part ends, the record stays (voipbin-api.md 15).
    unmute(world, call, 'both')
  }),
  'end-recording': { takes: ['conference'], run: endByItself },
  'next-dial': { takes: ['how', 'ms'], run: planDial },
}

/** An act on the audio of a participant's call, in any status while the call goes on. */
function onAudio(
  directions: readonly MuteDirection[],
  usual: MuteDirection,
  run: (world: World, call: Call, direction: MuteDirection) => void,
): ActOf {
  return {
    takes: ['participant', 'direction'],
    run: (world, input) => {
      const participant = participantOf(world, input, ['joining', 'joined', 'leaving', 'leaved'])
      const direction = input.oneOf('direction', directions) ?? usual
      const call = callOf(world, participant)
      run(world, call, direction)
      return { ...outcome(participant), mute_direction: call.muteDirection }
    },
  }
}

function callOf(world: World, { callId }: Participant): Call {
  const call = world.calls.get(callId)
  if (call === undefined || !hasChannel(call)) throw new BadInput('That call is gone.')
  return call
}

/** The recording of a conference ends as by its duration, so the id of the conference is stale. */
function endByItself(world: World, input: Input): JsonObject {
  const conference = conferenceOf(world, input)
  const recording = endRecording(world, conference)
  if (recording === undefined) throw new BadInput('That conference is not being recorded.')
  return { conference: conference.id, recording: recording.id, status: recording.status }
}

/** How the calls of the next POST /v1.0/calls turn out; several orders are for several requests. */
function planDial(world: World, input: Input): JsonObject {
  const how = required(input.oneOf('how', DIAL_OUTCOMES), 'how')
  const ms = input.number('ms')
  world.dialPlans.push({ how, after: ms === undefined ? undefined : ms * MILLISECOND })
  return { how, ms: ms ?? null }
}
