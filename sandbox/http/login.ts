import { authenticate, isSuperadmin, loginToken, type Identity } from './auth.ts'
import { isObject, tryParse } from '../world/json.ts'
import { signToken } from './jwt.ts'
import { empty, ok, type Exchange, type Reply } from './reply.ts'
import { Failure } from './failures.ts'
import type { Platform, Tenant } from './tenants.ts'
import { DAY, HOUR, SECOND, type Micros } from '../world/time.ts'
import { fixedTime } from './wire-time.ts'

/** The tenant whose username is in the body, for faults and limits on `/auth/*`. */
export function tenantOfLogin(platform: Platform, request: Exchange): Tenant | undefined {
  const body = tryParse(request.body)
  const username = isObject(body) ? body['username'] : undefined
  return typeof username === 'string' ? platform.agent(username)?.tenant : undefined
}

/** POST /auth/login: every refusal is a 400 with an empty body (voipbin-api.md 2.1). */
export function login(platform: Platform, request: Exchange, now: Micros): Reply {
  const body = tryParse(request.body)
  if (!isObject(body)) return empty(400)
  const { username, password } = body
  if (typeof username !== 'string' || typeof password !== 'string') return empty(400)
  const found = platform.agent(username)
  if (found === undefined || found.agent.password !== password) return empty(400)
  const token = loginToken(platform, found.tenant, found.agent, now)
  const reply = ok({ username, token })
  // The platform adds `Secure`; here it is left out because the sandbox speaks plain HTTP.
  const cookie = `token=${token}; Path=/; Max-Age=${(7 * DAY) / SECOND}; HttpOnly; SameSite=Strict`
  return { ...reply, headers: { ...reply.headers, 'Set-Cookie': cookie } }
}

/** POST /auth/password-forgot: 200 `{}` for any username (voipbin-api.md 2.1). */
export function passwordForgot(request: Exchange): Reply {
  const body = tryParse(request.body)
  return isObject(body) && typeof body['username'] === 'string' ? ok({}) : empty(400)
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const REASON = /^[\x20-\x7e]{10,200}$/

/** POST /auth/delegate: a superadmin's token for acting as a customer, 8 h (voipbin-api.md 2.6). */
export function delegate(platform: Platform, request: Exchange, now: Micros): Reply {
  const identity = authenticate(platform, request, now)
  const body = tryParse(request.body)
  const { customer_id: customerId, reason } = isObject(body) ? body : {}
  if (typeof customerId !== 'string' || typeof reason !== 'string') return empty(400)
  const own = platform.tenant(identity.customerId)
  if (own !== undefined) refuseIfFrozen(own, identity)
  if (!UUID.test(customerId)) return empty(422)
  if (identity.kind !== 'agent' || !isSuperadmin(identity)) return empty(403)
  if (!REASON.test(reason)) return empty(422)
  if (platform.tenant(customerId) === undefined) return empty(404)
  const expire = fixedTime(now + 8 * HOUR)
  const claims = {
    type: 'delegate',
    sub: identity.agentId ?? '',
    aud: 'voipbin-api',
    jti: platform.ids.uuid(),
  }
  const token = signToken({ ...claims, customer_id: customerId, expire }, platform.secret)
  return ok({ token, customer_id: customerId, expire })
}

/** Throws the failure that every call of a frozen customer gets (voipbin-api.md 2.7). */
export function refuseIfFrozen(tenant: Tenant, identity: Identity): void {
  if (!tenant.frozen || isSuperadmin(identity)) return
  throw new Failure(403, 'ACCOUNT_FROZEN', 'This account is frozen. Contact support.', {
    details: [
      {
        deletion_scheduled_at: null,
        deletion_effective_at: null,
        recovery_endpoint: 'DELETE /auth/unregister',
      },
    ],
  })
}
