import { conferenceOf, outcome, participantOf, type ActOf } from './act-support.ts'
import { enterBridge } from '../world/conferencing.ts'
import { BadInput, required, type Input } from './input.ts'
import type { JsonObject } from '../world/json.ts'
import { dialAgain } from '../world/life.ts'
import { KICK_FAILURES, type KickFailure } from '../world/records.ts'
import { MILLISECOND, type Micros } from '../world/time.ts'
import type { World } from '../world/world.ts'

/** Acts about removals and rejoining: how long a removal takes, and how it fails (README.md, Acts). */
export const REMOVAL_ACTS: Readonly<Record<string, ActOf>> = {
  'kick-fails': { takes: ['participant', 'how', 'ms', 'share'], run: failKicks },
  'kick-delay': duration((world, delay) => {
    world.kickDelay = delay
  }),
  'hangup-delay': duration((world, delay) => {
    world.hangupDelay = delay
  }),
  'delete-pace': duration((world, pace) => {
    world.deletePace = pace
  }),
  'dial-back': { takes: ['participant', 'conference', 'hold'], run: dialBack },
  'dial-back-share': {
    takes: ['share'],
    run: (world, input) => {
      world.dialBack = required(input.share('share'), 'share')
      return { share: world.dialBack }
    },
  },
}

function duration(set: (world: World, delay: Micros) => void): ActOf {
  return {
    takes: ['ms'],
    run: (world, input) => {
      const ms = required(input.number('ms'), 'ms')
      set(world, ms * MILLISECOND)
      return { ms }
    },
  }
}

const WAYS = [...KICK_FAILURES, 'any'] as const

/** Lets the next kick of one participant fail, or from now on a share of all kicks. */
function failKicks(world: World, input: Input): JsonObject {
  const how = required(input.oneOf('how', WAYS), 'how')
  const ms = input.number('ms')
  const share = input.share('share')
  const returnsAfter = ms === undefined ? undefined : ms * MILLISECOND
  const failure: KickFailure = { how, returnsAfter }
  if (input.optional('participant') === undefined) {
    world.kicksFail = { ...failure, share: share ?? 1 }
    return { how, share: share ?? 1 }
  }
  if (share !== undefined) throw new BadInput('"share" is for all kicks, without "participant".')
  const participant = participantOf(world, input, ['joining', 'joined'])
  participant.kickFails = failure
  return outcome(participant)
}

/** Makes a new call from the same address; the old call stays as it is. */
function dialBack(world: World, input: Input): JsonObject {
  const former = participantOf(world, input, ['leaved', 'leaving'])
  const hold = input.boolean('hold') ?? false
  const wanted = input.optional('conference')
  const conference =
    wanted === undefined ? world.conferences.get(former.conferenceId) : conferenceOf(world, input)
  const call = world.calls.get(former.callId)
  if (conference === undefined || call === undefined) throw new BadInput('That call is gone.')
  const participant = dialAgain(world, conference, call)
  if (!hold) enterBridge(world, participant)
  return outcome(participant)
}
