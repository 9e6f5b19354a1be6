import { createConference, newDirectHash, updateConference } from '../world/conferences.ts'
import type { JsonObject } from '../world/json.ts'
import { startRecording, stopRecording } from '../world/recordings.ts'
import { ZERO_UUID, type Conference } from '../world/records.ts'
import { effectiveTimeout, scheduleDeletion } from '../world/timeout.ts'
import { idIn, integerIn, jsonBody, objectIn, textIn } from './body.ts'
import { failures } from './failures.ts'
import { ok, type Reply } from './reply.ts'
import { findConference, isListed, requireManager, UUID, validId } from './resources.ts'
import type { Scene } from './scene.ts'
import type { Tenant } from './tenants.ts'
import { conferenceOnWire, zeroConferenceOnWire } from './wire.ts'

/** What is done to a whole conference (voipbin-api.md 16). */

/** POST /v1.0/conferences: with an id of the client's, if it is a UUID; the type is taken as it comes. */
export function postConference(scene: Scene): Reply {
  const { platform, tenant, identity, request } = scene
  const body = jsonBody(request)
  const wanted = { ...textsIn(body), type: textIn(body, 'type') }
  const id = idIn(body, 'id')
  requireManager(identity, tenant)
  // An id is unique over all customers.
  if (platform.find('conferences', id) !== undefined) throw failures.internal()
  if (isQuotaReached(tenant)) throw failures.internal()
  const conference = createConference(tenant.world, {
    ...wanted,
    ...(id === ZERO_UUID ? {} : { id }),
  })
  scheduleDeletion(tenant.world, conference)
  return answer(scene, tenant, conference)
}

function isQuotaReached({ world, conferenceQuota }: Tenant): boolean {
  if (conferenceQuota === undefined) return false
  return world.conferences.all().filter(isListed).length >= conferenceQuota
}

/** PUT /v1.0/conferences/{id}: overwrites all, so that what is absent is emptied. */
export function putConference(scene: Scene, id: string): Reply {
  const target = validId(id)
  const fields = textsIn(jsonBody(scene.request))
  const { tenant, record } = findConference(scene, target)
  updateConference(tenant.world, record, fields)
  scheduleDeletion(tenant.world, record)
  return answer(scene, tenant, record)
}

/** The fields that POST and PUT have in common. */
function textsIn(body: JsonObject) {
  return {
    name: textIn(body, 'name'),
    detail: textIn(body, 'detail'),
    data: objectIn(body, 'data'),
    timeout: effectiveTimeout(integerIn(body, 'timeout')),
    preFlowId: idIn(body, 'pre_flow_id'),
    postFlowId: idIn(body, 'post_flow_id'),
  }
}

/** POST /v1.0/conferences/{id}/recording_start: a refusal is a 200 with a zero-valued record. */
export function startConferenceRecording(scene: Scene, id: string): Reply {
  const target = validId(id)
  const body = jsonBody(scene.request)
  const wanted = {
    format: textIn(body, 'format'),
    duration: integerIn(body, 'duration'),
    onEndFlowId: idIn(body, 'on_end_flow_id'),
  }
  const { tenant, record } = findConference(scene, target)
  const result = startRecording(tenant.world, record, { ...wanted, canPay: tenant.balance })
  if (result === 'failed') throw failures.invalidArgument()
  if (result === 'refused') return ok(zeroConferenceOnWire(scene.tenant.timeFormat))
  return answer(scene, tenant, record)
}

/** POST /v1.0/conferences/{id}/recording_stop. */
export function stopConferenceRecording(scene: Scene, id: string): Reply {
  const { tenant, record } = findConference(scene, id)
  if (!stopRecording(tenant.world, record)) throw failures.invalidArgument()
  return answer(scene, tenant, record)
}

/** POST /v1.0/conferences/{id}/direct-hash-regenerate: no event; what is no UUID has a reason of its own (voipbin-api.md 14). */
export function regenerateDirectHash(scene: Scene, id: string): Reply {
  if (!UUID.test(id)) throw failures.invalidParameter('id')
  const { tenant, record } = findConference(scene, id)
  record.directHash = newDirectHash(tenant.world.controlIds)
  return answer(scene, tenant, record)
}

function answer(scene: Scene, tenant: Tenant, conference: Conference): Reply {
  return ok(conferenceOnWire(conference, tenant.id, scene.tenant.timeFormat))
}
