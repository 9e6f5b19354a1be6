import { play } from './acts.ts'
import { getAudio, SWITCH_ROUTES } from './control-calls.ts'
import { addContact, getContacts } from './control-contacts.ts'
import { addFault, clearFaults, getFaults } from './control-faults.ts'
import { dropPush, getPush, postPush, sendPush } from './control-push.ts'
import { advance, getRequests, getTruth, postWeather } from './control-world.ts'
import { BadInput, Input, required } from './input.ts'
import type { Hub } from '../push/hub.ts'
import type { JsonObject } from '../world/json.ts'
import type { Population } from '../world/populate.ts'
import type { FaultInjection } from './fault-injection.ts'
import type { Limit } from '../http/limits.ts'
import { empty, json, ok, type Exchange, type Reply } from '../http/reply.ts'
import {
  PERMISSION,
  type Agent,
  type Platform,
  type Tenant,
  type TenantLimits,
} from '../http/tenants.ts'
import { fixedTime } from '../http/wire-time.ts'
import { fromSeconds } from '../world/time.ts'

/** What the control path works on. */
export interface Controls {
  readonly platform: Platform
  readonly hub: Hub
  readonly faults: FaultInjection
  /** What the default customer was made with. */
  readonly options: Population & { readonly seed: number }
}

/** The control path `/sandbox`, which no real platform has: README.md says what it offers. */
export function control(controls: Controls, request: Exchange): Reply {
  try {
    return route(controls, request)
  } catch (error) {
    if (error instanceof BadInput) return json(400, { error: error.message })
    throw error
  }
}

function route(controls: Controls, request: Exchange): Reply {
  const { platform } = controls
  const [, , collection, id, ...rest] = request.path.split('/')
  const { method } = request
  if (collection === undefined && method === 'GET') return ok(overview(controls))
  if (collection !== 'tenants') return unknown(request)
  if (id === undefined)
    return method === 'POST' ? createTenant(platform, request) : unknown(request)
  const tenant = platform.tenant(id)
  if (tenant === undefined) return json(404, { error: `There is no tenant ${id}.` })
  const [noun, record = '', ...tail] = rest
  if (method === 'GET' && noun === 'calls' && tail.join('/') === 'audio')
    return getAudio(tenant, record)
  const part = rest.join('/')
  if (part === '' && method === 'GET') return ok(describe(tenant, controls))
  if (part === '' && method === 'DELETE') {
    platform.removeTenant(id)
    return empty(204)
  }
  const action = TENANT_ROUTES[`${method} ${part}`]
  return action === undefined ? unknown(request) : action(tenant, request, controls)
}

type Action = (tenant: Tenant, request: Exchange, controls: Controls) => Reply

const TENANT_ROUTES: Readonly<Record<string, Action>> = {
  'POST act': (tenant, request) => ok(play(tenant.world, Input.parse(request.body))),
  'GET contacts': getContacts,
  'POST contacts': addContact,
  'GET faults': getFaults,
  'POST faults': addFault,
  'DELETE faults': clearFaults,
  'GET requests': getRequests,
  'DELETE requests': (tenant) => {
    tenant.log.length = 0
    return empty(204)
  },
  'GET push': getPush,
  'POST push': postPush,
  'POST push/drop': dropPush,
  'POST push/send': sendPush,
  'POST weather': postWeather,
  'POST advance': advance,
  'GET truth': getTruth,
  'POST time-format': (tenant, request) => {
    const input = Input.parse(request.body)
    tenant.timeFormat = required(input.oneOf('format', ['rfc3339', 'legacy']), 'format')
    return ok({ format: tenant.timeFormat })
  },
  'POST not-found': (tenant, request) => {
    const input = Input.parse(request.body)
    tenant.missingStatus =
      required(input.oneOf('reasons', ['400', '404']), 'reasons') === '404' ? 404 : 400
    return ok({ reasons: String(tenant.missingStatus) })
  },
  ...SWITCH_ROUTES,
  'POST frozen': (tenant, request) => {
    tenant.frozen = required(Input.parse(request.body).boolean('frozen'), 'frozen')
    return ok({ frozen: tenant.frozen })
  },
}

function unknown(request: Exchange): Reply {
  return json(404, {
    error: `The sandbox has no ${request.method} ${request.path}; see sandbox/README.md.`,
  })
}

function overview(controls: Controls): JsonObject {
  const { platform, options } = controls
  return {
    now: fixedTime(platform.clock()),
    options: { ...options },
    account: platform.tenants[0]?.agents.map(accountJson)[0] ?? null,
    tenants: platform.tenants.map((tenant) => describe(tenant, controls)),
  }
}

function describe(tenant: Tenant, { faults }: Controls): JsonObject {
  const { world, population, seed } = tenant
  const { conferences, live, history, rate } = population
  return {
    id: tenant.id,
    name: tenant.name,
    accounts: tenant.agents.map(accountJson),
    accesskey: tenant.accesskey,
    options: { seed, conferences, live, history, rate },
    timeFormat: tenant.timeFormat,
    notFound: String(tenant.missingStatus),
    frozen: tenant.frozen,
    verified: tenant.verified,
    balance: tenant.balance,
    dialBack: world.dialBack,
    counts: {
      conferences: world.conferences.size,
      participants: world.participants.size,
      calls: world.calls.size,
      recordings: world.recordings.size,
      requests: tenant.log.length,
      faults: faults.of(tenant).ordered.length,
    },
  }
}

function accountJson({ permission, username, password }: Agent): JsonObject {
  const role = Object.entries(PERMISSION).find(([, bit]) => bit === permission)?.[0] ?? ''
  return { role, username, password }
}

function createTenant(platform: Platform, request: Exchange): Reply {
  const input = Input.parse(request.body)
  const conferences = input.integer('conferences') ?? 3
  const live = input.integer('live') ?? 0
  const history = input.integer('history') ?? 0
  if (conferences === 0 && live + history > 0)
    throw new BadInput('Participants need at least one conference.')
  const name = input.string('name')
  const expireSeconds = input.number('expireSeconds')
  const dialBack = input.share('dialBack')
  const clockSpeed = input.number('clockSpeed', 0.001)
  const timeFormat = input.oneOf('timeFormat', ['rfc3339', 'legacy'])
  const limits = limitsFrom(input)
  const options = {
    seed: input.integer('seed') ?? 1,
    conferences,
    live,
    history,
    rate: input.number('rate') ?? 0,
    frozen: input.boolean('frozen') ?? false,
    verified: input.boolean('verified') ?? true,
    balance: input.boolean('balance') ?? true,
    ...(name === undefined ? {} : { name }),
    ...(expireSeconds === undefined ? {} : { tokenLife: fromSeconds(expireSeconds) }),
    ...(dialBack === undefined ? {} : { dialBack }),
    ...(clockSpeed === undefined ? {} : { clockSpeed }),
    ...(timeFormat === undefined ? {} : { timeFormat }),
    ...(limits === undefined ? {} : { limits }),
  }
  input.done()
  return json(201, created(platform.addTenant(options)))
}

/** What an end-to-end test needs of its fresh tenant. */
function created(tenant: Tenant): JsonObject {
  const account = (permission: number): JsonObject | null => {
    const agent = tenant.agents.find((candidate) => candidate.permission === permission)
    return agent === undefined ? null : { username: agent.username, password: agent.password }
  }
  return {
    id: tenant.id,
    ...account(PERMISSION.admin),
    accesskey: tenant.accesskey,
    manager: account(PERMISSION.manager),
    plainAgent: account(PERMISSION.agent),
    conferences: tenant.world.conferences
      .all()
      .toReversed()
      .map(({ id, name, type, status }) => ({ id, name, type, status })),
  }
}

function limitsFrom(input: Input): TenantLimits | undefined {
  const value = input.optional('limits')
  if (value === undefined) return undefined
  if (value === false) return false
  const limits = new Input(required(input.object('limits'), 'limits'))
  const customer = limitFrom(limits.object('customer'))
  const ip = limitFrom(limits.object('ip'))
  limits.done()
  return { customer: customer ?? { rate: 17, burst: 33 }, ...(ip === undefined ? {} : { ip }) }
}

function limitFrom(fields: JsonObject | undefined): Limit | undefined {
  if (fields === undefined) return undefined
  const input = new Input(fields)
  const limit = {
    rate: required(input.number('rate', 0.001), 'rate'),
    burst: required(input.integer('burst', 1), 'burst'),
  }
  input.done()
  return limit
}
