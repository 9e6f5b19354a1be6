import { failures } from './failures.ts'
import { ok, type Reply } from './reply.ts'
import { list, requireManager, validId } from './resources.ts'
import type { Scene } from './scene.ts'
import { recordingOnWire } from './wire.ts'

/** GET /v1.0/recordings: paged as the other lists (voipbin-api.md 3, 16). */
export function listRecordings(scene: Scene): Reply {
  const { recordings } = scene.tenant.world
  return list(scene, recordings, (row) => row.deleted === null, recordingOnWire)
}

/** GET /v1.0/recordings/{id} (voipbin-api.md 16). That a missing one is a 404, as a call is, is a guess. */
export function getRecording(scene: Scene, id: string): Reply {
  const found = scene.platform.find('recordings', validId(id))
  if (found === undefined) throw failures.notFound('RECORDING_NOT_FOUND')
  requireManager(scene.identity, found.tenant)
  return ok(recordingOnWire(found.record, found.tenant.id, scene.tenant.timeFormat))
}
