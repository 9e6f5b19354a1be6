import { dialOut, type DialAction } from '../world/dial-out.ts'
import type { JsonObject } from '../world/json.ts'
import { LOCAL_NUMBERS } from '../world/people.ts'
import type { Address } from '../world/records.ts'
import { idIn, jsonBody, objectIn, objectsIn, textIn } from './body.ts'
import { failures } from './failures.ts'
import { ok, type Reply } from './reply.ts'
import { requireManager } from './resources.ts'
import type { Scene } from './scene.ts'
import { callOnWire } from './wire.ts'

/**
 * POST /v1.0/calls: calls out, without any key against doing it twice (voipbin-api.md 16). What the platform makes of
 * a destination that is neither `tel` nor `sip`, or of none, is not known; 400 is a guess.
 */
export function postCalls({ tenant, identity, request }: Scene): Reply {
  const body = jsonBody(request)
  const source = addressIn(objectIn(body, 'source'))
  const destinations = objectsIn(body, 'destinations').map(addressIn)
  const actions = objectsIn(body, 'actions').map(actionIn)
  requireManager(identity, tenant)
  const toPhone = destinations.some(({ type }) => type === 'tel')
  if (toPhone && !tenant.verified) throw failures.identityVerificationRequired()
  if (destinations.length === 0 || !destinations.every(isDialable)) throw failures.invalidArgument()
  if (!tenant.balance || !isOwnNumber(source)) throw failures.internal()
  const orders = destinations.map((destination) => ({ source, destination, actions }))
  const calls = dialOut(tenant.world, orders)
  return ok({
    calls: calls.map((call) => callOnWire(call, tenant.id, tenant.timeFormat)),
    groupcalls: [],
  })
}

function isDialable({ type, target = '' }: Address): boolean {
  return (type === 'tel' || type === 'sip') && target !== ''
}

function isOwnNumber({ type, target }: Address): boolean {
  return type === 'tel' && LOCAL_NUMBERS.some((number) => number === target)
}

const ADDRESS_FIELDS = ['type', 'target', 'target_name', 'name', 'detail'] as const

function addressIn(fields: JsonObject): Address {
  const given = ADDRESS_FIELDS.map((name) => [name, textIn(fields, name)] as const)
  return Object.fromEntries(given.filter(([, value]) => value !== ''))
}

function actionIn(fields: JsonObject): DialAction {
  const type = textIn(fields, 'type')
  const option = objectIn(fields, 'option')
  return {
    type,
    conferenceId: type === 'conference_join' ? idIn(option, 'conference_id') : undefined,
  }
}
