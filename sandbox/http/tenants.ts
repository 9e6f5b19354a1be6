import { Buckets, LIMITS, type Limit } from './limits.ts'
import { populate, type Population } from '../world/populate.ts'
import type { JsonObject } from '../world/json.ts'
import { Random } from '../world/random.ts'
import { DAY, Pace, type Clock, type Micros } from '../world/time.ts'
import type { TimeFormat } from './wire-time.ts'
import type { Table } from '../world/table.ts'
import type { PushGateway } from './scene.ts'
import { World } from '../world/world.ts'

/** Permission bits (voipbin-api.md 2.4). */
export const PERMISSION = { superadmin: 1, agent: 16, admin: 32, manager: 64 } as const

export interface Agent {
  readonly id: string
  readonly username: string
  readonly password: string
  readonly name: string
  readonly permission: number
  readonly created: Micros
}

/** The rate limits of a tenant; false = none at all. */
export type TenantLimits = false | { readonly customer: Limit; readonly ip?: Limit }

interface LogEntry {
  readonly time: string
  readonly method: string
  /** Path and query, credentials left out. */
  readonly path: string
  /** 0 = the connection was dropped or left hanging. */
  readonly status: number
  /** The body of a `/v1.0` request that had one, parsed if it is a JSON object. */
  readonly body?: JsonObject | string
}

/** One customer of the platform: its accounts, its world, and what the control path switches on the HTTP side. */
export interface Tenant {
  readonly id: string
  readonly name: string
  readonly seed: number
  readonly created: Micros
  readonly agents: readonly Agent[]
  readonly accesskey: string
  readonly world: World
  readonly pace: Pace
  readonly population: Population
  /** Lifetime of login tokens; the platform's is 7 days (voipbin-api.md 2.2). */
  readonly tokenLife: Micros
  readonly limits: TenantLimits
  readonly customerBuckets: { readonly own: Buckets; readonly delegate: Buckets }
  /** Only for a tenant with an IP tier of its own. */
  readonly ipBuckets: Buckets | undefined
  frozen: boolean
  /** Has proved its identity, without which no telephone number is called (voipbin-api.md 16). */
  verified: boolean
  /** Has money left, without which nothing is called or recorded (voipbin-api.md 16). */
  balance: boolean
  /** How many conferences it may have; undefined = any number. */
  conferenceQuota: number | undefined
  timeFormat: TimeFormat
  /** The status of a missing conference or conferencecall: today 400, as documented 404 (voipbin-api.md 4.2). */
  missingStatus: 400 | 404
  readonly log: LogEntry[]
}

export interface TenantOptions extends Population {
  readonly seed: number
  readonly name?: string
  readonly usernames?: Partial<Record<keyof typeof PERMISSION, string>>
  readonly tokenLife?: Micros
  readonly frozen?: boolean
  readonly verified?: boolean
  readonly balance?: boolean
  readonly limits?: TenantLimits
  /** Seconds in the tenant's world per second of the platform's clock; 1 if left out. */
  readonly clockSpeed?: number
  readonly timeFormat?: TimeFormat
}

/** Every sandbox account has this password; it guards nothing. */
const PASSWORD = 'rollcall'

type Records = 'conferences' | 'participants' | 'calls' | 'recordings'

/** All tenants behind one address, and the clock, token secret and IP tiers that they share. */
export class Platform {
  readonly clock: Clock
  readonly secret: string
  readonly ids: Random
  /** Apart from `ids`, so that the number of requests does not change the id of a new tenant. */
  readonly requestIds: Random
  readonly ipBuckets = new Buckets(LIMITS.ip)
  readonly push: PushGateway
  readonly authBuckets = new Buckets(LIMITS.auth)
  readonly #tenants = new Map<string, Tenant>()
  #made = 0

  constructor(clock: Clock, seed: number, push: PushGateway) {
    this.clock = clock
    this.push = push
    this.ids = new Random(seed, 0x5eed)
    this.requestIds = new Random(seed, 0x1d)
    this.secret = this.ids.text('0123456789abcdef', 64)
  }

  get tenants(): readonly Tenant[] {
    return [...this.#tenants.values()]
  }

  /** Lets every world catch up with the clock; time passes in no other way. */
  advance(): Micros {
    const now = this.clock()
    for (const tenant of this.#tenants.values()) tenant.world.advanceTo(tenant.pace.at(now))
    this.push.tick(now)
    return now
  }

  /** Creates a customer with its accounts and its world. */
  addTenant(options: TenantOptions): Tenant {
    const idStream = this.#made++
    const now = this.clock()
    const id = this.ids.uuid()
    const limits = options.limits ?? { customer: LIMITS.customer }
    const world = new World({ customerId: id, seed: options.seed, idStream, start: now })
    populate(world, options)
    const tenant: Tenant = {
      id,
      name: options.name ?? `Customer ${idStream + 1}`,
      seed: options.seed,
      created: now - 200 * DAY,
      agents: this.#agents(options.usernames ?? usernamesFor(idStream + 1), now - 180 * DAY),
      accesskey: this.ids.text('ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789', 24),
      world,
      pace: new Pace(now, options.clockSpeed ?? 1),
      population: options,
      tokenLife: options.tokenLife ?? 7 * DAY,
      limits,
      customerBuckets: {
        own: new Buckets(limits === false ? LIMITS.customer : limits.customer),
        delegate: new Buckets(LIMITS.delegate),
      },
      ipBuckets: limits === false || limits.ip === undefined ? undefined : new Buckets(limits.ip),
      frozen: options.frozen ?? false,
      verified: options.verified ?? true,
      balance: options.balance ?? true,
      conferenceQuota: undefined,
      timeFormat: options.timeFormat ?? 'rfc3339',
      missingStatus: 400,
      log: [],
    }
    this.#tenants.set(id, tenant)
    this.push.watch(tenant)
    return tenant
  }

  removeTenant(id: string): void {
    this.#tenants.delete(id)
    this.push.forget(id)
  }

  tenant(id: string): Tenant | undefined {
    return this.#tenants.get(id)
  }

  /** The tenant and agent of a username. */
  agent(username: string): { tenant: Tenant; agent: Agent } | undefined {
    for (const tenant of this.#tenants.values()) {
      const agent = tenant.agents.find((candidate) => candidate.username === username)
      if (agent !== undefined) return { tenant, agent }
    }
    return undefined
  }

  tenantByAccesskey(key: string): Tenant | undefined {
    return this.tenants.find((tenant) => tenant.accesskey === key)
  }

  /** A record by id, of any customer: ids are unique over the whole platform. */
  find<K extends Records>(
    kind: K,
    id: string,
  ): { tenant: Tenant; record: RecordOf<K> } | undefined {
    for (const tenant of this.#tenants.values()) {
      const table: Table<RecordOf<K>> = tablesOf(tenant)[kind]
      const record = table.get(id)
      if (record !== undefined) return { tenant, record }
    }
    return undefined
  }

  #agents(usernames: NonNullable<TenantOptions['usernames']>, created: Micros): Agent[] {
    const roles = ['superadmin', 'admin', 'manager', 'agent'] as const
    return roles.flatMap((role) => {
      const username = usernames[role]
      if (username === undefined) return []
      const permission = PERMISSION[role]
      return [
        {
          id: this.ids.uuid(),
          username,
          password: PASSWORD,
          name: NAMES[role],
          permission,
          created,
        },
      ]
    })
  }
}

type Tables = Pick<World, Records>
type RecordOf<K extends Records> = Tables[K] extends Table<infer Row> ? Row : never

function tablesOf(tenant: Tenant): { [K in Records]: Table<RecordOf<K>> } {
  return tenant.world
}

const NAMES = {
  superadmin: 'Vera Root',
  admin: 'Sam Support',
  manager: 'Mo Manager',
  agent: 'Alex Agent',
} as const

function usernamesFor(number: number): NonNullable<TenantOptions['usernames']> {
  const at = (user: string): string => `${user}@tenant${number}.example`
  return { admin: at('support'), manager: at('manager'), agent: at('agent') }
}
