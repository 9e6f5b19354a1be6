import {
  expect,
  test as base,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Locator,
  type Page,
} from '@playwright/test'

import { createTenant, INTERVALS, type Account, type Tenant, type TenantOptions } from './tenant.ts'

export { expect, type BrowserContext, type Locator, type Page } from '@playwright/test'
export {
  CALLS_PATH,
  CONFERENCES_PATH,
  CONTACTS_PATH,
  INTERVALS,
  PARTICIPANTS_PATH,
  type Fault,
  type Person,
  type Tenant,
} from './tenant.ts'

/** Keys of config.json: README, "Point it at a real VoIPBIN". */
type Settings = Readonly<Record<string, unknown>>

interface Fixtures {
  /** Settings of the installation for every browser of the test, by `test.use`. */
  readonly settings: Settings
  /** Makes a tenant without limits in which nothing happens by itself. */
  readonly newTenant: (options?: TenantOptions) => Promise<Tenant>
  /** A second browser, as that of a colleague: nothing is shared with the first. */
  readonly newBrowser: (options?: BrowserContextOptions) => Promise<Page>
  /** The errors that any page of the test throws or logs; must be empty when the test ends. */
  readonly pageErrors: string[]
}

/** The test of every journey: it has tenants of its own, and fails on an error in any page. */
export const test = base.extend<Fixtures>({
  settings: [{}, { option: true }],
  context: async ({ context, settings }, provide) => {
    await configureContext(context, settings)
    await provide(context)
  },
  newTenant: async ({ playwright, baseURL }, provide) => {
    const http = await playwright.request.newContext({ ...(baseURL && { baseURL }) })
    const made: Tenant[] = []
    await provide(async (options = {}) => {
      const tenant = await createTenant(http, options)
      made.push(tenant)
      return tenant
    })
    for (const tenant of made) await tenant.remove()
    await http.dispose()
  },
  newBrowser: async ({ browser, pageErrors, settings }, provide) => {
    const opened: BrowserContext[] = []
    await provide(async (options = {}) => {
      const context = await openContext(browser, options)
      opened.push(context)
      await configureContext(context, settings)
      watch(context, pageErrors)
      return context.newPage()
    })
    for (const context of opened) await context.close()
  },
  pageErrors: [
    async ({ context }, provide) => {
      const errors: string[] = []
      watch(context, errors)
      await provide(errors)
      expect(errors, 'errors in the console or thrown by a page').toEqual([])
    },
    { auto: true },
  ],
})

const settingsOf = new WeakMap<BrowserContext, Settings>()

/** Gives a browser an installation with its own settings: sandbox/README.md, "Settings of one browser". */
async function configureContext(context: BrowserContext, settings: Settings): Promise<void> {
  const all = { ...settingsOf.get(context), ...settings }
  settingsOf.set(context, all)
  if (Object.keys(all).length === 0) return
  const value = encodeURIComponent(JSON.stringify(all))
  const url = test.info().project.use.baseURL ?? ''
  await context.addCookies([{ name: 'rollcall_config', value, url }])
}

const openContext = (browser: Browser, options: BrowserContextOptions): Promise<BrowserContext> => {
  const { baseURL, locale, timezoneId } = test.info().project.use
  return browser.newContext({
    ...(baseURL && { baseURL }),
    ...(locale && { locale }),
    ...(timezoneId && { timezoneId }),
    ...options,
  })
}

/** The browser's own words about an HTTP status, a lost connection or a refused handshake. */
const isOrdinary = (text: string): boolean =>
  text.startsWith('Failed to load resource') || text.startsWith('WebSocket connection to')

function watch(context: BrowserContext, errors: string[]): void {
  context.on('weberror', (error) => errors.push(error.error().stack ?? error.error().message))
  context.on('console', (message) => {
    // The browser writes these by itself.
    if (message.type() !== 'error' || isOrdinary(message.text())) return
    errors.push(message.text())
  })
}

/** Fills in the sign-in form that is on the screen. */
export async function fillSignIn(page: Page, { username, password }: Account): Promise<void> {
  await page.getByLabel('User name', { exact: true }).last().fill(username)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

/** Opens a page without a session, and signs in on the way. */
export async function signIn(page: Page, tenant: Tenant, path = '/conferences'): Promise<void> {
  await page.goto(path)
  await fillSignIn(page, tenant.account)
  await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible()
}

/** Signs out, and answers the question that is asked while the activity of this browser is unknown or not empty. */
export async function signOut(page: Page, within: Page | Locator = page): Promise<void> {
  await within.getByRole('button', { name: 'Sign out' }).click()
  const question = page.getByRole('alertdialog', { name: 'Sign out?' })
  const isOut = page.getByRole('status').filter({ hasText: 'You are signed out.' })
  await expect(question.or(isOut)).toBeVisible()
  if (await question.isVisible()) await question.getByRole('button', { name: 'Sign out' }).click()
}

/** The dialog that opens over the page when the session has ended. */
export const signInDialog = (page: Page): Locator =>
  page.getByRole('alertdialog', { name: 'Sign in again' })

export const participantsTable = (page: Page): Locator =>
  page.getByRole('table', { name: 'Participants' })

export const conferencesTable = (page: Page): Locator =>
  page.getByRole('table', { name: 'Conferences' })

/** The open question. */
export const dialog = (page: Page): Locator => page.getByRole('alertdialog')

/** The cards of actions and their outcomes, on every page. */
export const notices = (page: Page): Locator => page.getByRole('region', { name: 'Actions' })

/** The card of one action, by its title. */
export const cardOf = (page: Page, title: string | RegExp): Locator =>
  notices(page).getByRole('article', { name: title })

/** Adds settings to those of a page's browser, before it opens the app. */
export const configure = (page: Page, settings: Settings): Promise<void> =>
  configureContext(page.context(), settings)

/** The button in a participant's row that asks whether to remove it. */
export const removeButton = (page: Page, name = 'Ann'): Locator =>
  participantsTable(page).getByRole('button', { name: `Remove ${name}` })

/** The sentence about the freshness of the screen. */
export const connection = (page: Page): Locator => page.getByRole('status', { name: 'Connection' })

/** The switch of one status, whatever its count. */
export const statusButton = (page: Page, status: string): Locator =>
  page.getByRole('group', { name: 'Status' }).getByRole('button', { name: `${status} ` })

/** The panel about one participant. */
export const panelOf = (page: Page, label: string): Locator =>
  page.getByRole('complementary', { name: `Participant ${label}` })

/** The row of a participant, by its header cell. */
export const rowOf = (table: Locator, label: string | RegExp): Locator =>
  table
    .getByRole('row')
    .filter({ has: table.page().getByRole('rowheader', { name: label, exact: true }) })

/** The row at an index of the whole table, from 1, drawn or not. */
export const rowAt = (table: Locator, index: number): Locator =>
  table.getByRole('row').and(table.page().locator(`[aria-rowindex="${index}"]`))

/** The texts of a table: one object a row, from the text of the column's header to the text of the cell. */
export const rowsOf = (table: Locator): Promise<ReadonlyArray<Readonly<Record<string, string>>>> =>
  table.evaluate((element) => {
    const [head = [], ...body] = [...element.querySelectorAll('tr:not([aria-hidden])')].map((row) =>
      [...row.children]
        .filter((cell) => cell.checkVisibility())
        .map((cell) => (cell instanceof HTMLElement ? cell.innerText : ''))
        .map((text) => text.replaceAll(/\s+/g, ' ').trim()),
    )
    return body.map((cells) =>
      Object.fromEntries(cells.map((text, index) => [head[index] ?? '', text])),
    )
  })

/** Waits until a table shows a row with these texts under these headers. */
export async function expectRow(
  table: Locator,
  cells: Readonly<Record<string, string | RegExp>>,
  timeout = 10_000,
): Promise<void> {
  const wanted = Object.entries(cells).map(([header, text]): [string, unknown] => [
    header,
    typeof text === 'string' ? text : expect.stringMatching(text),
  ])
  await expect
    .poll(async () => ((await table.isVisible()) ? rowsOf(table) : []), {
      timeout,
      intervals: INTERVALS,
    })
    .toContainEqual(expect.objectContaining(Object.fromEntries(wanted)))
}
