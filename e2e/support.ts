import {
  expect,
  test as base,
  type APIRequestContext,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Locator,
  type Page,
} from '@playwright/test'

export { expect } from '@playwright/test'

/** What a tenant may be made with: sandbox/README.md, "A tenant of one's own". */
interface TenantOptions {
  readonly name?: string
  readonly seed?: number
  readonly conferences?: number
  readonly live?: number
  readonly history?: number
  readonly timeFormat?: 'rfc3339' | 'legacy'
  readonly expireSeconds?: number
  readonly frozen?: boolean
  readonly limits?: false | { readonly customer?: Limit; readonly ip?: Limit }
}

interface Limit {
  readonly rate: number
  readonly burst: number
}

interface Account {
  readonly username: string
  readonly password: string
}

interface Created extends Account {
  readonly id: string
  readonly accesskey: string
  readonly plainAgent: Account
  readonly conferences: ReadonlyArray<{ readonly id: string; readonly name: string }>
}

/** A failure to switch on: sandbox/README.md, "Faults". It lasts until `clearFaults`, unless counted. */
export interface Fault {
  readonly path: string
  readonly kind: string
  readonly method?: 'GET' | 'POST' | 'DELETE'
  readonly count?: number
  readonly skip?: number
  readonly stage?: 'before' | 'after'
  readonly status?: number
  readonly field?: string
  readonly row?: number
  readonly ms?: number
}

/** Somebody in a scripted story, by the ids of his records. */
export interface Person {
  readonly participant: string
  readonly conference: string
  readonly call: string
}

interface Logged {
  readonly method: string
  readonly path: string
  readonly status: number
}

export const PARTICIPANTS_PATH = '/v1.0/conferencecalls'
export const CONFERENCES_PATH = '/v1.0/conferences'

/** A customer of the sandbox that belongs to one test, and the strings that move his world. */
export class Tenant {
  readonly account: Created
  readonly #http: APIRequestContext

  constructor(account: Created, http: APIRequestContext) {
    this.account = account
    this.#http = http
  }

  /** The id of one of his conferences: 0 is the newest. */
  conference(index = 0): string {
    const found = this.account.conferences[index]
    if (!found) throw new Error(`The tenant has no conference ${index}.`)
    return found.id
  }

  /** The address of one of his conferences' pages. */
  page(index = 0): string {
    return `/conferences/${this.conference(index)}`
  }

  /** Somebody dials in, into the first conference unless told otherwise. */
  async dialIn(fields: Readonly<Record<string, unknown>> = {}): Promise<Person> {
    return (await this.act('dial-in', { conference: this.conference(), ...fields })) as Person
  }

  /** Several people dial in, one after the other. */
  async dialInAll(...names: readonly string[]): Promise<readonly Person[]> {
    const people: Person[] = []
    for (const name of names) people.push(await this.dialIn({ name }))
    return people
  }

  /** Plays one act: sandbox/README.md, "Acts". */
  act(act: string, fields: Readonly<Record<string, unknown>>): Promise<unknown> {
    return this.#send('POST', '/act', { act, ...fields })
  }

  /** Switches a failure on. */
  async fault({ count = -1, ...fault }: Fault): Promise<void> {
    await this.#send('POST', '/faults', { count, ...fault })
  }

  async clearFaults(): Promise<void> {
    await this.#send('DELETE', '/faults')
  }

  /** What the sandbox was asked so far, oldest first; the path includes the query. */
  async requests(method: string, pathStart: string): Promise<readonly Logged[]> {
    const { requests } = (await this.#send('GET', '/requests')) as {
      readonly requests: readonly Logged[]
    }
    return requests.filter((one) => one.method === method && one.path.startsWith(pathStart))
  }

  /** Forgets what was asked so far. */
  async clearRequests(): Promise<void> {
    await this.#send('DELETE', '/requests')
  }

  /** Waits until the app has asked for something again, at least so many times from now on. */
  async asked(times: number, pathStart = PARTICIPANTS_PATH, method = 'GET'): Promise<void> {
    const before = (await this.requests(method, pathStart)).length
    await expect
      .poll(async () => (await this.requests(method, pathStart)).length, { timeout: 30_000 })
      .toBeGreaterThanOrEqual(before + times)
  }

  async remove(): Promise<void> {
    await this.#send('DELETE', '')
  }

  async #send(method: string, part: string, data?: unknown): Promise<unknown> {
    return control(this.#http, method, `/${this.account.id}${part}`, data)
  }
}

async function control(
  http: APIRequestContext,
  method: string,
  path: string,
  data?: unknown,
): Promise<unknown> {
  const response = await http.fetch(`/sandbox/tenants${path}`, {
    method,
    ...(data !== undefined && { data }),
  })
  const text = await response.text()
  if (!response.ok()) throw new Error(`${method} /sandbox/tenants${path}: ${text}`)
  return text ? JSON.parse(text) : null
}

interface Fixtures {
  /** Makes a tenant without limits in which nothing happens by itself. */
  readonly newTenant: (options?: TenantOptions) => Promise<Tenant>
  /** A second browser, as that of a colleague: nothing is shared with the first. */
  readonly newBrowser: (options?: BrowserContextOptions) => Promise<Page>
  /** Whatever any page of the test throws or logs as an error. Must be empty when the test ends. */
  readonly pageErrors: string[]
}

/** The test of every journey: tenants of its own, and no error in any page goes unnoticed. */
export const test = base.extend<Fixtures>({
  newTenant: async ({ playwright, baseURL }, use) => {
    const http = await playwright.request.newContext({ ...(baseURL && { baseURL }) })
    const made: Tenant[] = []
    await use(async (options = {}) => {
      const wanted = { conferences: 1, rate: 0, limits: false, ...options }
      const tenant = new Tenant((await control(http, 'POST', '', wanted)) as Created, http)
      made.push(tenant)
      return tenant
    })
    for (const tenant of made) await tenant.remove()
    await http.dispose()
  },
  newBrowser: async ({ browser, pageErrors }, use) => {
    const opened: BrowserContext[] = []
    await use(async (options = {}) => {
      const context = await openContext(browser, options)
      opened.push(context)
      watch(context, pageErrors)
      return context.newPage()
    })
    for (const context of opened) await context.close()
  },
  pageErrors: [
    async ({ context }, use) => {
      const errors: string[] = []
      watch(context, errors)
      await use(errors)
      expect(errors, 'errors in the console or thrown by a page').toEqual([])
    },
    { auto: true },
  ],
})

const openContext = (browser: Browser, options: BrowserContextOptions): Promise<BrowserContext> => {
  const { baseURL, locale, timezoneId } = test.info().project.use
  return browser.newContext({
    ...(baseURL && { baseURL }),
    ...(locale && { locale }),
    ...(timezoneId && { timezoneId }),
    ...options,
  })
}

function watch(context: BrowserContext, errors: string[]): void {
  context.on('weberror', (error) => errors.push(error.error().stack ?? error.error().message))
  context.on('console', (message) => {
    // The browser's own line about an HTTP status or a lost connection; nobody can keep it from writing it.
    if (message.type() !== 'error' || message.text().startsWith('Failed to load resource')) return
    errors.push(message.text())
  })
}

/** Fills in the sign-in form that is on the screen. */
export async function fillSignIn(page: Page, { username, password }: Account): Promise<void> {
  await page.getByLabel('User name', { exact: true }).last().fill(username)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

/** Opens a page as somebody who is not signed in yet: he signs in on the way. */
export async function signIn(page: Page, tenant: Tenant, path = '/conferences'): Promise<void> {
  await page.goto(path)
  await fillSignIn(page, tenant.account)
  await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible()
}

export const participantsTable = (page: Page): Locator =>
  page.getByRole('table', { name: 'Participants' })

export const conferencesTable = (page: Page): Locator =>
  page.getByRole('table', { name: 'Conferences' })

/** The sentence that tells how fresh the screen is. */
export const connection = (page: Page): Locator => page.getByRole('status', { name: 'Connection' })

/** The switch of one status, whatever its count. */
export const statusButton = (page: Page, status: string): Locator =>
  page.getByRole('group', { name: 'Status' }).getByRole('button', { name: `${status} ` })

/** The panel about one participant. */
export const panelOf = (page: Page, label: string): Locator =>
  page.getByRole('complementary', { name: `Participant ${label}` })

/** The row of somebody, by what its header cell says. */
export const rowOf = (table: Locator, label: string | RegExp): Locator =>
  table
    .getByRole('row')
    .filter({ has: table.page().getByRole('rowheader', { name: label, exact: true }) })

/** What a table shows: one object a row, from the text of the column's header to the text of the cell. */
export const rowsOf = (table: Locator): Promise<ReadonlyArray<Readonly<Record<string, string>>>> =>
  table.evaluate((element) => {
    const isShown = (cell: Element): boolean => cell.checkVisibility()
    const text = (cell: Element): string =>
      (cell instanceof HTMLElement ? cell.innerText : '').replaceAll(/\s+/g, ' ').trim()
    const cells = (row: Element): readonly Element[] => [...row.children].filter(isShown)
    const [head, ...body] = element.querySelectorAll('tr:not([aria-hidden])')
    const names = head ? cells(head).map(text) : []
    return body.map((row) =>
      Object.fromEntries(cells(row).map((cell, index) => [names[index] ?? '', text(cell)])),
    )
  })

/** Asserts that a table comes to show a row with these texts under these headers. */
export async function expectRow(
  table: Locator,
  cells: Readonly<Record<string, string | RegExp>>,
): Promise<void> {
  const wanted = Object.entries(cells).map(([header, text]): [string, unknown] => [
    header,
    typeof text === 'string' ? text : expect.stringMatching(text),
  ])
  await expect
    .poll(async () => ((await table.isVisible()) ? rowsOf(table) : []))
    .toContainEqual(expect.objectContaining(Object.fromEntries(wanted)))
}
