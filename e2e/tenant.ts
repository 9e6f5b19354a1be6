import { expect, type APIRequestContext } from '@playwright/test'

/** The options of a new tenant: sandbox/README.md, "A tenant of one's own". */
export interface TenantOptions {
  readonly name?: string
  readonly seed?: number
  readonly conferences?: number
  readonly live?: number
  readonly history?: number
  /** Arrivals a second. */
  readonly rate?: number
  readonly timeFormat?: 'rfc3339' | 'legacy'
  readonly expireSeconds?: number
  readonly frozen?: boolean
  /** Whether handshakes of its WebSocket are accepted; refused by default, so that all changes come by polls. */
  readonly push?: boolean
  readonly limits?: false | { readonly customer?: Limit; readonly ip?: Limit }
}

interface Limit {
  readonly rate: number
  readonly burst: number
}

export interface Account {
  readonly username: string
  readonly password: string
}

interface Created extends Account {
  readonly id: string
  readonly accesskey: string
  readonly manager: Account
  readonly plainAgent: Account
  readonly conferences: ReadonlyArray<{ readonly id: string; readonly name: string }>
}

/** A failure to switch on: sandbox/README.md, "Faults". It lasts until `clearFaults`, unless `count` is given. */
export interface Fault {
  readonly path: string
  readonly kind: string
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly count?: number
  readonly skip?: number
  readonly stage?: 'before' | 'after'
  readonly status?: number
  readonly field?: string
  /** The `Location` of a redirect. */
  readonly location?: string
  readonly row?: number
  readonly mode?: 'alternate' | 'random' | 'older'
  readonly ms?: number
}

/** A participant of a scripted story, by the ids of its records. */
export interface Person {
  readonly participant: string
  readonly conference: string
  readonly call: string
}

interface Logged {
  /** ISO 8601. */
  readonly time: string
  readonly method: string
  readonly path: string
  readonly status: number
  readonly body?: unknown
}

/** What is audible of a call, whatever its record says: sandbox/README.md. */
interface Audio {
  readonly heard: boolean
  readonly hears: boolean
  readonly music: boolean
  readonly said: readonly string[]
}

/** A participant as the server has it, to compare the screen with. */
interface Truth {
  readonly id: string
  readonly conference_id: string
  readonly status: string
}

/** Milliseconds between two looks of `expect.poll`, which waits a second by default: longer than most changes take. */
export const INTERVALS = [100, 200, 250]

export const PARTICIPANTS_PATH = '/v1.0/conferencecalls'
export const CONFERENCES_PATH = '/v1.0/conferences'
export const CALLS_PATH = '/v1.0/calls'
export const CONTACTS_PATH = '/v1.0/contacts/lookup'

/** A customer of the sandbox that belongs to one test, with the acts that move its world. */
export class Tenant {
  readonly account: Created
  readonly #http: APIRequestContext

  constructor(account: Created, http: APIRequestContext) {
    this.account = account
    this.#http = http
  }

  /** The id of one of its conferences: 0 is the newest. */
  conference(index = 0): string {
    const found = this.account.conferences[index]
    if (!found) throw new Error(`The tenant has no conference ${index}.`)
    return found.id
  }

  /** The address of the page of one of its conferences. */
  page(index = 0): string {
    return `/conferences/${this.conference(index)}`
  }

  /** Lets a caller dial in, into the first conference by default. */
  dialIn(fields: Readonly<Record<string, unknown>> = {}): Promise<Person> {
    return this.act<Person>('dial-in', { conference: this.conference(), ...fields })
  }

  /** Lets several callers dial in, one after the other. */
  async dialInAll(...names: readonly string[]): Promise<readonly Person[]> {
    const people: Person[] = []
    for (const name of names) people.push(await this.dialIn({ name }))
    return people
  }

  /** Creates a conference. @returns its id */
  async createConference(fields: Readonly<Record<string, unknown>>): Promise<string> {
    const made = await this.act<{ conference: string }>('create-conference', fields)
    return made.conference
  }

  /** Plays one act: sandbox/README.md, "Acts". */
  act<T>(act: string, fields: Readonly<Record<string, unknown>>): Promise<T> {
    return this.#send<T>('POST', '/act', { act, ...fields })
  }

  /** Adds a contact: sandbox/README.md, "Contacts". */
  async addContact(fields: Readonly<Record<string, string>>): Promise<void> {
    await this.#send('POST', '/contacts', fields)
  }

  /** Switches a failure on. */
  async fault({ count = -1, ...fault }: Fault): Promise<void> {
    await this.#send('POST', '/faults', { count, ...fault })
  }

  async clearFaults(): Promise<void> {
    await this.#send('DELETE', '/faults')
  }

  /** Sets switches of its push: sandbox/README.md, "Push". */
  async push(switches: Readonly<Record<string, unknown>>): Promise<void> {
    await this.#send('POST', '/push', switches)
  }

  /** Drops its sockets without a close frame; returns how many there were. */
  async dropSockets(): Promise<number> {
    return (await this.#send<{ dropped: number }>('POST', '/push/drop')).dropped
  }

  /** Sends a frame to all its sockets, as it is. */
  async pushFrame(frame: unknown, repeat = 1, perSecond = 1000): Promise<void> {
    await this.#send('POST', '/push/send', { frame, repeat, perSecond })
  }

  /** How many sockets are subscribed to one of its topics. */
  async sockets(): Promise<number> {
    const { sockets } = await this.#send<{ sockets: readonly { topics: readonly string[] }[] }>(
      'GET',
      '/push',
    )
    return sockets.filter(({ topics }) => topics.length > 0).length
  }

  /** Every participant that has not left, as the server has it now. */
  async truth(): Promise<readonly Truth[]> {
    return (await this.#send<{ participants: readonly Truth[] }>('GET', '/truth')).participants
  }

  /** What is audible of the call of a participant. */
  audio({ call }: Person): Promise<Audio> {
    return this.#send<Audio>('GET', `/calls/${call}/audio`)
  }

  /** Sets what the customer may spend: whether it is verified, and has a balance. */
  async switch(name: 'verified' | 'balance', isOn: boolean): Promise<void> {
    await this.#send('POST', `/${name}`, { [name]: isOn })
  }

  /** Lets so many seconds pass at once in its world. */
  async advance(seconds: number): Promise<void> {
    await this.#send('POST', '/advance', { seconds })
  }

  /** Lets the server answer 400 about missing records, as it does, or 404, as documented. */
  async notFoundAs(reasons: '400' | '404'): Promise<void> {
    await this.#send('POST', '/not-found', { reasons })
  }

  /** The requests that the sandbox has received, oldest first; the path includes the query. */
  async requests(method: string, pathStart: string): Promise<readonly Logged[]> {
    const { requests } = await this.#send<{ requests: readonly Logged[] }>('GET', '/requests')
    return requests.filter((one) => one.method === method && one.path.startsWith(pathStart))
  }

  /** Clears the log of requests. */
  async clearRequests(): Promise<void> {
    await this.#send('DELETE', '/requests')
  }

  /** Waits until the app has made at least so many further requests. */
  async asked(times: number, pathStart = PARTICIPANTS_PATH, method = 'GET'): Promise<void> {
    const before = (await this.requests(method, pathStart)).length
    await expect
      .poll(async () => (await this.requests(method, pathStart)).length, {
        timeout: 30_000,
        intervals: INTERVALS,
      })
      .toBeGreaterThanOrEqual(before + times)
  }

  async remove(): Promise<void> {
    await this.#send('DELETE', '')
  }

  #send<T>(method: string, part: string, data?: unknown): Promise<T> {
    return control<T>(this.#http, method, `/${this.account.id}${part}`, data)
  }
}

async function control<T>(
  http: APIRequestContext,
  method: string,
  path: string,
  data?: unknown,
): Promise<T> {
  const response = await http.fetch(`/sandbox/tenants${path}`, {
    method,
    ...(data !== undefined && { data }),
    // The server may close a connection kept open in the moment of the next request.
    headers: { Connection: 'close' },
  })
  const text = await response.text()
  if (!response.ok()) throw new Error(`${method} /sandbox/tenants${path}: ${text}`)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the sandbox is ours: sandbox/README.md
  return (text ? JSON.parse(text) : null) as T
}

/** Makes a tenant; by default without limits, with one conference, and with nothing happening by itself. */
export async function createTenant(
  http: APIRequestContext,
  options: TenantOptions,
): Promise<Tenant> {
  const { push = false, ...rest } = options
  const wanted = { conferences: 1, rate: 0, limits: false, ...rest }
  const tenant = new Tenant(await control<Created>(http, 'POST', '', wanted), http)
  if (!push) await tenant.push({ refuse: 503 })
  return tenant
}
