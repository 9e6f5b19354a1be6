import type { JsonObject } from '../world/json.ts'
import { isObject } from '../world/json.ts'
import { peekClaims, signToken, verifyToken } from './jwt.ts'
import { ZERO_UUID } from '../world/records.ts'
import { failures } from './failures.ts'
import type { Exchange } from './reply.ts'
import { PERMISSION, type Agent, type Platform, type Tenant } from './tenants.ts'
import { fixedTime, wireTime } from './wire-time.ts'
import type { Micros } from '../world/time.ts'

/** The identity behind a request. A delegate and an access key act as CustomerAdmin (voipbin-api.md 2.3, 2.6). */
export interface Identity {
  readonly kind: 'agent' | 'accesskey' | 'delegate'
  readonly customerId: string
  readonly permission: number
  readonly agentId: string | undefined
}

type Credential = { readonly kind: 'token' | 'accesskey'; readonly value: string }

/**
 * The first credential in the platform's order; there is no fallback if it turns out invalid.
 * An access key in the Authorization header is therefore read as a token (voipbin-api.md 2.3).
 */
function credentialOf(request: Exchange): Credential | undefined {
  const cookies = parseCookies(request.headers['cookie'] ?? '')
  // Go splits at the first "Bearer ", at any position; the prefix is case-sensitive.
  const bearer = (request.headers['authorization'] ?? '').split('Bearer ')[1]
  const token = cookies.get('token') || request.query.get('token') || bearer
  if (token) return { kind: 'token', value: token }
  const accesskey = cookies.get('accesskey') || request.query.get('accesskey')
  return accesskey ? { kind: 'accesskey', value: accesskey } : undefined
}

/** The tenant that the request claims, credentials unchecked: for faults, limits and the log only. */
export function claimedTenant(platform: Platform, request: Exchange): Tenant | undefined {
  const credential = credentialOf(request)
  if (credential === undefined) return undefined
  if (credential.kind === 'accesskey') return platform.tenantByAccesskey(credential.value)
  return platform.tenant(customerOf(peekClaims(credential.value)))
}

/** The identity behind a request; throws a 401 failure without a valid credential (voipbin-api.md 2.3). */
export function authenticate(platform: Platform, request: Exchange, now: Micros): Identity {
  const credential = credentialOf(request)
  if (credential === undefined) throw failures.authenticationRequired()
  const { kind, value } = credential
  const identity =
    kind === 'token' ? fromToken(platform, value, now) : fromAccesskey(platform, value)
  if (identity === undefined) throw failures.invalidCredentials()
  return identity
}

function fromToken(platform: Platform, token: string, now: Micros): Identity | undefined {
  const claims = verifyToken(token, platform.secret)
  const expire = claims?.['expire']
  // Compared as strings, as the server does (voipbin-api.md 2.2).
  if (claims === undefined || typeof expire !== 'string' || expire < fixedTime(now))
    return undefined
  const customerId = customerOf(claims)
  if (platform.tenant(customerId) === undefined) return undefined
  if (claims['type'] === 'delegate') {
    return { kind: 'delegate', customerId, permission: PERMISSION.admin, agentId: undefined }
  }
  // The identity is trusted as embedded; the agent is not looked up (voipbin-api.md 2.2).
  const agent = claims['agent']
  if (!isObject(agent)) return undefined
  const { id, permission } = agent
  if (typeof id !== 'string' || typeof permission !== 'number') return undefined
  return { kind: 'agent', customerId, permission, agentId: id }
}

function fromAccesskey(platform: Platform, key: string): Identity | undefined {
  const tenant = platform.tenantByAccesskey(key)
  if (tenant === undefined) return undefined
  return {
    kind: 'accesskey',
    customerId: tenant.id,
    permission: PERMISSION.admin,
    agentId: undefined,
  }
}

/** May act on records of `customerId` as admin or manager, or any customer's as superadmin (voipbin-api.md 2.4). */
export function mayManage(identity: Identity, customerId: string): boolean {
  if (isSuperadmin(identity)) return true
  const allowed = PERMISSION.admin | PERMISSION.manager
  return identity.customerId === customerId && (identity.permission & allowed) !== 0
}

export function isSuperadmin(identity: Identity): boolean {
  return (identity.permission & PERMISSION.superadmin) !== 0
}

/** The token of a login, with the agent embedded (voipbin-api.md 2.2). */
export function loginToken(platform: Platform, tenant: Tenant, agent: Agent, now: Micros): string {
  const expire = fixedTime(now + tenant.tokenLife)
  const embedded = agentOnWire(agent, tenant, { direct_id: ZERO_UUID })
  return signToken({ type: 'agent', expire, agent: embedded }, platform.secret)
}

/** An agent as `/v1.0/me` sends it; `extra` is what only a token holds (voipbin-api.md 2.2, 2.5). */
export function agentOnWire(agent: Agent, tenant: Tenant, extra: JsonObject = {}): JsonObject {
  return {
    id: agent.id,
    customer_id: tenant.id,
    username: agent.username,
    name: agent.name,
    detail: '',
    ring_method: 'ringall',
    status: 'available',
    permission: agent.permission,
    tag_ids: [],
    addresses: [],
    ...extra,
    direct_hash: '',
    tm_create: wireTime(agent.created, tenant.timeFormat),
    tm_update: wireTime(agent.created, tenant.timeFormat),
  }
}

function customerOf(claims: JsonObject | undefined): string {
  const agent = claims?.['agent']
  const id = isObject(agent) ? agent['customer_id'] : claims?.['customer_id']
  return typeof id === 'string' ? id : ''
}

function parseCookies(header: string): Map<string, string> {
  const pairs = header.split(';').map((pair) => pair.trim().split('='))
  return new Map(pairs.map(([name = '', ...value]) => [name, value.join('=')]))
}
