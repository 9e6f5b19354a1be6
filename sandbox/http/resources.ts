import { agentOnWire, isSuperadmin, mayManage, type Identity } from './auth.ts'
import type { JsonObject } from '../world/json.ts'
import { deleteConference, hangUp, kick } from '../world/removal.ts'
import { ZERO_UUID, type Conference } from '../world/records.ts'
import { failures, type Failure } from './failures.ts'
import { ok, type Exchange, type Reply } from './reply.ts'
import type { Scene } from './scene.ts'
import type { Tenant } from './tenants.ts'
import { parseToken, tokenTime, wireTime } from './wire-time.ts'
import { SECOND, type Micros } from '../world/time.ts'
import type { Table } from '../world/table.ts'
import { callOnWire, conferencecallOnWire, conferenceOnWire, nullableTime } from './wire.ts'

/** GET /v1.0/me: agents only (voipbin-api.md 2.5). */
export function getMe({ tenant, identity }: Scene): Reply {
  const agent = tenant.agents.find((candidate) => candidate.id === identity.agentId)
  if (identity.kind !== 'agent' || agent === undefined) throw failures.agentRequired()
  return ok(agentOnWire(agent, tenant))
}

/** GET /v1.0/customer: the caller's own (voipbin-api.md 2.5). */
export function getCustomer({ tenant, identity }: Scene): Reply {
  requireManager(identity, tenant)
  return ok(customerOnWire(tenant))
}

/** GET /v1.0/customers/{id}: superadmins only (voipbin-api.md 2.4). A missing one is a 400, as a conference is. */
export function getCustomerById({ platform, identity }: Scene, id: string): Reply {
  if (!isSuperadmin(identity)) throw failures.permissionDenied()
  const target = platform.tenant(validId(id))
  if (target === undefined) throw failures.invalidArgument()
  return ok(customerOnWire(target))
}

/** GET /v1.0/customers: superadmins only, all customers (voipbin-api.md 2.4). */
export function listCustomers({ platform, identity, request, now }: Scene): Reply {
  if (!isSuperadmin(identity)) throw failures.permissionDenied()
  const { limit, cursor } = pageOf(request, now)
  const older = platform.tenants.filter((tenant) => tenant.created < cursor)
  const page = older.toSorted((a, b) => b.created - a.created).slice(0, limit)
  const last = page.at(-1)
  const next = last === undefined ? '' : tokenTime(last.created, last.timeFormat)
  return ok({ result: page.map(customerOnWire), next_page_token: next })
}

/** GET /v1.0/conferences: type `conference`, not deleted, whatever the query asks (voipbin-api.md 5.2). */
export function listConferences(scene: Scene): Reply {
  return list(scene, scene.tenant.world.conferences, isListed, conferenceOnWire)
}

/** Whether a conference is in the list, and counts for a quota. */
export function isListed(conference: Conference): boolean {
  return conference.type === 'conference' && conference.deleted === null
}

/** GET /v1.0/conferencecalls: all of the customer, all history (voipbin-api.md 4.2). */
export function listConferencecalls(scene: Scene): Reply {
  return list(
    scene,
    scene.tenant.world.participants,
    (row) => row.deleted === null,
    conferencecallOnWire,
  )
}

/** GET /v1.0/calls (voipbin-api.md 6). */
export function listCalls(scene: Scene): Reply {
  return list(scene, scene.tenant.world.calls, (row) => row.deleted === null, callOnWire)
}

/** GET /v1.0/conferences/{id}: any type, also deleted ones (voipbin-api.md 5.2). */
export function getConference(scene: Scene, id: string): Reply {
  const { tenant, record } = findConference(scene, id)
  return ok(conferenceOnWire(record, tenant.id, scene.tenant.timeFormat))
}

/** The time that api-manager waits for a backend (voipbin-api.md 7). */
const RPC_BUDGET = 3 * SECOND

/** DELETE /v1.0/conferences/{id}: answered after its kicks, or with 503 while they go on (voipbin-api.md 5.2). */
export async function removeConference(scene: Scene, id: string): Promise<Reply> {
  const { tenant, record } = findConference(scene, id)
  return new Promise((resolve, reject) => {
    // Both run on the time of that world; the later one finds the request answered.
    tenant.world.after(RPC_BUDGET, () => reject(failures.requestTimeout()))
    deleteConference(tenant.world, record, () => {
      resolve(ok(conferenceOnWire(record, tenant.id, scene.tenant.timeFormat)))
    })
  })
}

/** The conference of an id, and its customer; throws when it is missing or of another customer. */
export function findConference(scene: Scene, id: string) {
  const found = scene.platform.find('conferences', validId(id))
  if (found === undefined) throw missing(scene.tenant, 'CONFERENCE_NOT_FOUND')
  requireManager(scene.identity, found.tenant)
  return found
}

/** GET /v1.0/conferencecalls/{id} (voipbin-api.md 4.2). */
export function getConferencecall(scene: Scene, id: string): Reply {
  const { tenant, record } = findConferencecall(scene, id)
  return ok(conferencecallOnWire(record, tenant.id, scene.tenant.timeFormat))
}

/** DELETE /v1.0/conferencecalls/{id}: a kick, which sets `leaving` even when it fails (voipbin-api.md 4.3). */
export function deleteConferencecall(scene: Scene, id: string): Reply {
  const { tenant, record } = findConferencecall(scene, id)
  const result = kick(tenant.world, record)
  if (result === 'refused') throw failures.invalidArgument()
  if (result === 'timed-out') throw failures.requestTimeout()
  return ok(conferencecallOnWire(record, tenant.id, scene.tenant.timeFormat))
}

/** GET /v1.0/calls/{id}: here a missing one is a 404 and a deleted one a 409 (voipbin-api.md 6). */
export function getCall(scene: Scene, id: string): Reply {
  const { tenant, record } = findCall(scene, id)
  return ok(callOnWire(record, tenant.id, scene.tenant.timeFormat))
}

/** POST /v1.0/calls/{id}/hangup: the record, `terminating`; the call ends a moment later (voipbin-api.md 4.3, 6). */
export function hangUpCall(scene: Scene, id: string): Reply {
  const { tenant, record } = findCall(scene, id)
  hangUp(tenant.world, record)
  return ok(callOnWire(record, tenant.id, scene.tenant.timeFormat))
}

/** The call of an id, and its customer; throws when it is missing, deleted or of another customer (voipbin-api.md 14). */
export function findCall(scene: Scene, id: string) {
  const found = scene.platform.find('calls', validId(id))
  if (found === undefined) throw failures.notFound('CALL_NOT_FOUND')
  requireManager(scene.identity, found.tenant)
  if (found.record.deleted !== null) throw failures.stateInvalid()
  return found
}

function findConferencecall(scene: Scene, id: string) {
  const found = scene.platform.find('participants', validId(id))
  if (found === undefined) throw missing(scene.tenant, 'CONFERENCECALL_NOT_FOUND')
  requireManager(scene.identity, found.tenant)
  return found
}

interface Listed {
  readonly id: string
  readonly created: Micros
  readonly deleted: Micros | null
}

/** One page, newest first, with a token even on the last page (voipbin-api.md 3). */
export function list<T extends Listed>(
  scene: Scene,
  table: Table<T>,
  keep: (row: T) => boolean,
  onWire: (row: T, customerId: string, format: Tenant['timeFormat']) => JsonObject,
): Reply {
  const { tenant, identity } = scene
  const { limit, cursor } = pageOf(scene.request, scene.now)
  requireManager(identity, tenant)
  const page = table.before(cursor, limit, keep)
  const last = page.at(-1)
  return ok({
    result: page.map((row) => onWire(row, tenant.id, tenant.timeFormat)),
    next_page_token: last === undefined ? '' : tokenTime(last.created, tenant.timeFormat),
  })
}

/** `page_size` is clamped, `page_token` defaults to now, all else is ignored (voipbin-api.md 3). */
function pageOf(request: Exchange, now: Micros): { limit: number; cursor: Micros } {
  const size = request.query.get('page_size') ?? '100'
  if (!/^[+-]?\d+$/.test(size)) throw failures.invalidParameter('page_size')
  const asked = Number(size)
  const token = request.query.get('page_token') ?? ''
  const cursor = token === '' ? now : parseToken(token)
  // What the database does with a malformed token is not confirmed; 500 is the likely answer.
  if (cursor === undefined) throw failures.internal()
  return { limit: asked < 1 || asked > 100 ? 100 : asked, cursor }
}

export const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The id in lower case; throws INVALID_ID unless it is a UUID other than zero. */
export function validId(id: string): string {
  if (!UUID.test(id) || id === ZERO_UUID) throw failures.invalidId()
  return id.toLowerCase()
}

/** Refuses an account that may not read what belongs to the customer (voipbin-api.md 2.4). */
export function requireManager(identity: Identity, tenant: Tenant): void {
  if (!mayManage(identity, tenant.id)) throw failures.permissionDenied()
}

/** A missing conference or conferencecall: today 400, by the documentation 404 (voipbin-api.md 4.2). */
function missing(tenant: Tenant, reason: string): Failure {
  return tenant.missingStatus === 404 ? failures.notFound(reason) : failures.invalidArgument()
}

function customerOnWire(tenant: Tenant): JsonObject {
  return {
    id: tenant.id,
    name: tenant.name,
    email: `ops@${tenant.id.slice(0, 8)}.example`,
    webhook_method: 'POST',
    webhook_uri: 'https://hooks.customer.example/voipbin',
    billing_account_id: ZERO_UUID,
    metadata: {},
    email_verified: true,
    status: tenant.frozen ? 'frozen' : 'active',
    identity_verification_status: tenant.verified ? 'verified' : 'none',
    tm_deletion_scheduled: nullableTime(null, tenant.timeFormat),
    tm_create: wireTime(tenant.created, tenant.timeFormat),
    tm_update: nullableTime(null, tenant.timeFormat),
    tm_delete: nullableTime(null, tenant.timeFormat),
    webhook_secret: 'whsec_sandbox-do-not-show',
  }
}
