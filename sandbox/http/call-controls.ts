import { hasChannel, mute, switchAudio, talk, unmute, type AudioSwitch } from '../world/audio.ts'
import { MUTE_DIRECTIONS, type Call, type MuteDirection } from '../world/records.ts'
import type { World } from '../world/world.ts'
import { jsonBody, textIn } from './body.ts'
import { failures } from './failures.ts'
import { empty, type Reply } from './reply.ts'
import { findCall, validId } from './resources.ts'
import type { Scene } from './scene.ts'

/** What is done to one call while it goes on; each answers 200 with an empty body (voipbin-api.md 14, 15). */

/** POST /v1.0/calls/{id}/mute. */
export function muteCall(scene: Scene, id: string): Reply {
  return changeMute(scene, id, mute)
}

/** DELETE /v1.0/calls/{id}/mute: its body is mandatory, too. */
export function unmuteCall(scene: Scene, id: string): Reply {
  return changeMute(scene, id, unmute)
}

function changeMute(
  scene: Scene,
  id: string,
  change: (world: World, call: Call, direction: MuteDirection) => void,
): Reply {
  const target = validId(id)
  const given = textIn(jsonBody(scene.request), 'direction')
  const { tenant, record } = findCall(scene, target)
  const direction = given === '' ? 'both' : MUTE_DIRECTIONS.find((known) => known === given)
  if (direction === undefined || !hasChannel(record)) throw failures.invalidArgument()
  change(tenant.world, record, direction)
  return empty(200)
}

/** POST /v1.0/calls/{id}/moh, /hold or /silence, or their DELETE; a body does not count. */
export function audioSwitch(which: AudioSwitch, on: boolean) {
  return (scene: Scene, id: string): Reply => {
    const { tenant, record } = findCall(scene, id)
    if (!hasChannel(record)) throw failures.invalidArgument()
    switchAudio(tenant.world, record, which, on)
    return empty(200)
  }
}

/** POST /v1.0/calls/{id}/talk: of a channel that is gone it is a 500, not a 400. */
export function talkToCall(scene: Scene, id: string): Reply {
  const target = validId(id)
  const body = jsonBody(scene.request)
  const [text] = ['text', 'language', 'provider', 'voice_id'].map((name) => textIn(body, name))
  const { tenant, record } = findCall(scene, target)
  if (!hasChannel(record)) throw failures.internal()
  talk(tenant.world, record, text ?? '')
  return empty(200)
}
