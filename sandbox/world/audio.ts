import { answerCall, tellOfCall } from './calls.ts'
import type { Call, CallAudio, MuteDirection } from './records.ts'
import type { World } from './world.ts'

/** The switches of a call that are neither in its record nor in any event. */
export type AudioSwitch = 'music' | 'held' | 'silence'

/** What is audible of a call; kept from the first time it is asked for. */
export function audioOf(world: World, call: Call): CallAudio {
  const known = world.audio.get(call.id)
  if (known !== undefined) return known
  const made: CallAudio = {
    mutedIn: false,
    mutedOut: false,
    music: false,
    held: false,
    silence: false,
    said: [],
  }
  world.audio.set(call.id, made)
  return made
}

/** A call that has ended has no channel, so nothing can be done to its audio (voipbin-api.md 14). */
export function hasChannel(call: Call): boolean {
  return call.status !== 'hangup'
}

/** POST /v1.0/calls/{id}/mute: the record has one direction, which a later mute overwrites (voipbin-api.md 15). */
export function mute(world: World, call: Call, direction: MuteDirection): void {
  setMuted(world, call, direction, true)
  call.muteDirection = direction
  tellOfCall(world, call)
}

/**
 * DELETE /v1.0/calls/{id}/mute: ends the audio part of the direction. Of `both` the other direction remains in the
 * record; a record with another direction stays as it is, right or wrong (voipbin-api.md 15).
 */
export function unmute(world: World, call: Call, direction: MuteDirection): void {
  setMuted(world, call, direction, false)
  call.muteDirection = remaining(call.muteDirection, direction)
  tellOfCall(world, call)
}

function remaining(stored: Call['muteDirection'], ended: MuteDirection): Call['muteDirection'] {
  if (stored === ended) return null
  if (stored !== 'both') return stored
  return ended === 'in' ? 'out' : 'in'
}

/** Mutes or unmutes the audio only, without the record and without an event. */
export function setMuted(world: World, call: Call, direction: MuteDirection, muted: boolean): void {
  const audio = audioOf(world, call)
  if (direction !== 'out') audio.mutedIn = muted
  if (direction !== 'in') audio.mutedOut = muted
}

/** POST and DELETE of moh, hold and silence: no field, no event (voipbin-api.md 15). */
export function switchAudio(world: World, call: Call, which: AudioSwitch, on: boolean): void {
  audioOf(world, call)[which] = on
}

/** POST /v1.0/calls/{id}/talk: a call that came in and was not answered yet is answered by it (voipbin-api.md 15). */
export function talk(world: World, call: Call, text: string): void {
  if (call.direction === 'incoming' && call.status === 'ringing') answerCall(world, call)
  audioOf(world, call).said.push(text)
}
