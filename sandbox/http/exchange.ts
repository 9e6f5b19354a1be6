import { authenticate, claimedTenant, type Identity } from './auth.ts'
import { delegate, login, passwordForgot, refuseIfFrozen, tenantOfLogin } from './login.ts'
import { Failure, failureReply, failures } from './failures.ts'
import { ok, type Exchange, type Reply } from './reply.ts'
import { lookUpContact } from './contacts.ts'
import * as calls from './call-controls.ts'
import * as conferences from './conference-controls.ts'
import { postCalls } from './dialing.ts'
import { getRecording, listRecordings } from './recordings.ts'
import * as resources from './resources.ts'
import type { Scene } from './scene.ts'
import type { Platform, Tenant } from './tenants.ts'
import type { Micros } from '../world/time.ts'

type Handler = (scene: Scene, id: string) => Reply | Promise<Reply>

const openSocket: Handler = (scene) => scene.platform.push.open(scene)

/** `/v1.0` by method and path; `:id` stands for one segment. */
const V1_ROUTES: Readonly<Record<string, Handler>> = {
  'GET /v1.0/me': resources.getMe,
  'GET /v1.0/customer': resources.getCustomer,
  'GET /v1.0/customers': resources.listCustomers,
  'GET /v1.0/customers/:id': resources.getCustomerById,
  'GET /v1.0/conferences': resources.listConferences,
  'GET /v1.0/conferences/:id': resources.getConference,
  'DELETE /v1.0/conferences/:id': resources.removeConference,
  'POST /v1.0/conferences': conferences.postConference,
  'PUT /v1.0/conferences/:id': conferences.putConference,
  'POST /v1.0/conferences/:id/recording_start': conferences.startConferenceRecording,
  'POST /v1.0/conferences/:id/recording_stop': conferences.stopConferenceRecording,
  'POST /v1.0/conferences/:id/direct-hash-regenerate': conferences.regenerateDirectHash,
  'GET /v1.0/recordings': listRecordings,
  'GET /v1.0/recordings/:id': getRecording,
  'GET /v1.0/conferencecalls': resources.listConferencecalls,
  'GET /v1.0/conferencecalls/:id': resources.getConferencecall,
  'DELETE /v1.0/conferencecalls/:id': resources.deleteConferencecall,
  'GET /v1.0/calls': resources.listCalls,
  'GET /v1.0/calls/:id': resources.getCall,
  'POST /v1.0/calls': postCalls,
  'POST /v1.0/calls/:id/hangup': resources.hangUpCall,
  'POST /v1.0/calls/:id/mute': calls.muteCall,
  'DELETE /v1.0/calls/:id/mute': calls.unmuteCall,
  'POST /v1.0/calls/:id/moh': calls.audioSwitch('music', true),
  'DELETE /v1.0/calls/:id/moh': calls.audioSwitch('music', false),
  'POST /v1.0/calls/:id/hold': calls.audioSwitch('held', true),
  'DELETE /v1.0/calls/:id/hold': calls.audioSwitch('held', false),
  'POST /v1.0/calls/:id/silence': calls.audioSwitch('silence', true),
  'DELETE /v1.0/calls/:id/silence': calls.audioSwitch('silence', false),
  'POST /v1.0/calls/:id/talk': calls.talkToCall,
  'GET /v1.0/contacts/lookup': lookUpContact,
  'GET /v1.0/ws': openSocket,
  'GET /v1.0/service_agents/ws': openSocket,
}

const ROOT_ROUTES = new Set([
  'GET /ping',
  'POST /auth/login',
  'POST /auth/password-forgot',
  'POST /auth/delegate',
])

/** The tenant that the request claims, before anything is checked. */
export function tenantOf(platform: Platform, request: Exchange): Tenant | undefined {
  const isLogin = request.path.startsWith('/auth/') && request.path !== '/auth/delegate'
  return isLogin ? tenantOfLogin(platform, request) : claimedTenant(platform, request)
}

/** The platform's own answer, failures as envelopes. */
export async function respond(platform: Platform, request: Exchange, now: Micros): Promise<Reply> {
  try {
    return await route(platform, request, now)
  } catch (error) {
    if (error instanceof Failure) return failureReply(error, request.requestId)
    throw error
  }
}

/**
 * Where a path with a trailing slash is sent, or undefined (voipbin-api.md quirk 25).
 * gin does this before any middleware, so such an answer has neither CORS headers nor a request id.
 */
export function redirectOf(request: Exchange): Reply | undefined {
  const path = request.path.slice(0, -1)
  if (!request.path.endsWith('/') || !exists(request.method, path)) return undefined
  const query = request.query.size === 0 ? '' : `?${request.query.toString()}`
  const location = path + query
  if (request.method !== 'GET') return { status: 307, headers: { Location: location }, body: '' }
  const href = location.replaceAll('&', '&amp;')
  const headers = { Location: location, 'Content-Type': 'text/html; charset=utf-8' }
  return {
    status: 301,
    headers,
    body: `<a href="${href}">Moved Permanently</a>.

`,
  }
}

async function route(platform: Platform, request: Exchange, now: Micros): Promise<Reply> {
  const { method, path } = request
  if (path.startsWith('/v1.0/')) return respondV1(platform, request, now)
  const key = `${method} ${path}`
  if (key === 'GET /ping') return ok({ message: 'pong' })
  if (!ROOT_ROUTES.has(key)) throw failures.routeNotFound()
  limitByIp(platform, request, tenantOf(platform, request), now)
  if (key === 'POST /auth/login') return login(platform, request, now)
  if (key === 'POST /auth/delegate') return delegate(platform, request, now)
  return passwordForgot(request)
}

/** IP limit, authentication, customer limit, frozen, handler: in this order (voipbin-api.md 7). */
async function respondV1(platform: Platform, request: Exchange, now: Micros): Promise<Reply> {
  const [handler, id] = findV1(request.method, request.path)
  if (handler === undefined) throw failures.routeNotFound()
  limitByIp(platform, request, claimedTenant(platform, request), now)
  const identity = authenticate(platform, request, now)
  const tenant = platform.tenant(identity.customerId)
  if (tenant === undefined) throw failures.invalidCredentials()
  limitByCustomer(tenant, identity, now)
  refuseIfFrozen(tenant, identity)
  // Limits and tokens go by the platform's clock, records by that of the customer's world.
  return handler({ platform, tenant, identity, request, now: tenant.world.now }, id)
}

function findV1(method: string, path: string): [Handler | undefined, string] {
  const exact = V1_ROUTES[`${method} ${path}`]
  if (exact !== undefined) return [exact, '']
  const [, version, noun, id = '', ...rest] = path.split('/')
  if (id === '') return [undefined, '']
  return [V1_ROUTES[`${method} /${[version, noun, ':id', ...rest].join('/')}`], id]
}

function exists(method: string, path: string): boolean {
  return findV1(method, path)[0] !== undefined || ROOT_ROUTES.has(`${method} ${path}`)
}

/** Per IP; a tenant without limits, or with an IP tier of its own, does not touch the shared one. */
function limitByIp(
  platform: Platform,
  request: Exchange,
  tenant: Tenant | undefined,
  now: Micros,
): void {
  if (tenant?.limits === false) return
  const shared = request.path.startsWith('/auth/') ? platform.authBuckets : platform.ipBuckets
  const wait = (tenant?.ipBuckets ?? shared).take(request.ip, now)
  if (wait > 0) throw failures.rateLimited('ip', wait)
}

/** Agents and access keys share a bucket, delegates have their own (voipbin-api.md 8). */
function limitByCustomer(tenant: Tenant, identity: Identity, now: Micros): void {
  if (tenant.limits === false) return
  const { own, delegate: ofDelegates } = tenant.customerBuckets
  const wait = (identity.kind === 'delegate' ? ofDelegates : own).take(tenant.id, now)
  if (wait > 0) throw failures.rateLimited('customer', wait)
}
