import { launch, type Browser, type Page } from 'puppeteer-core'
import { findFirefox } from './browser.ts'
import { expect, test, type Tenant } from './support.ts'

// Playwright speaks to its own build of Firefox only; Debian's is driven by WebDriver BiDi.
const executablePath = findFirefox()

test.skip(
  executablePath === null,
  'Firefox is not installed (Debian: apt-get install firefox-esr).',
)

const WAIT = { timeout: 15_000 }

let firefox: Browser

test.beforeAll(async () => {
  if (executablePath === null) return
  firefox = await launch({ browser: 'firefox', executablePath, headless: true })
})

test.afterAll(async () => {
  if (executablePath !== null) await firefox.close()
})

/** An element by role and accessible name, as assistive technology meets it. */
async function named(page: Page, role: string, name: string) {
  const element = await page.waitForSelector(`::-p-aria([name="${name}"][role="${role}"])`, WAIT)
  if (!element) throw new Error(`There is no ${role} "${name}".`)
  return element
}

async function click(page: Page, role: string, name: string): Promise<void> {
  await (await named(page, role, name)).click()
}

async function type(page: Page, role: string, name: string, text: string): Promise<void> {
  await (await named(page, role, name)).type(text)
}

/** Waits until a part of the page shows a text. */
const shows = (page: Page, text: string, part = 'body'): Promise<void> =>
  expect
    .poll(
      () =>
        page.evaluate((selector) => {
          const element = document.querySelector<HTMLElement>(selector)
          return element?.innerText ?? ''
        }, part),
      WAIT,
    )
    .toContain(text)

const row = (page: Page, name: string): Promise<void> => shows(page, name, 'tbody')

/** Opens a page of a tenant in a browser context of its own, and signs in on the way. */
async function signIn(tenant: Tenant, origin: string, path: string): Promise<Page> {
  const context = await firefox.createBrowserContext()
  const page = await context.newPage()
  await page.goto(`${origin}${path}`)
  await type(page, 'textbox', 'User name', tenant.account.username)
  await page.type('input[type=password]', tenant.account.password)
  await click(page, 'button', 'Sign in')
  await page.waitForSelector('#main', WAIT)
  return page
}

test('in Firefox: signs in, watches, filters, and removes', async ({ newTenant, baseURL }) => {
  const tenant = await newTenant()
  await tenant.dialIn({ name: 'Ann', number: '+15551230001' })
  await tenant.dialIn({ name: 'Bob', number: '+15551230002' })
  const page = await signIn(tenant, baseURL ?? '', tenant.page())
  await row(page, 'Ann')
  await tenant.dialIn({ name: 'Cleo', number: '+15551230003' })
  await row(page, 'Cleo')
  await type(page, 'searchbox', 'Filter participants', '0001')
  await shows(page, '1 of 3 shown')
  await click(page, 'button', 'Remove Ann, +15551230001')
  const confirm = await named(page, 'button', 'Remove')
  // Enabled once the click that opened the dialog cannot answer it.
  await expect.poll(() => confirm.evaluate((button) => button.ariaDisabled), WAIT).toBeNull()
  await confirm.click()
  await shows(page, 'Ann has left')
  const statuses = (await tenant.truth()).map(({ status }) => status)
  expect(statuses.toSorted()).toEqual(['joined', 'joined', 'leaved'])
  await page.browserContext().close()
})

test('in Firefox: a second tab of the browser needs no sign-in and sees the same', async ({
  newTenant,
  baseURL,
}) => {
  const tenant = await newTenant()
  await tenant.dialIn({ name: 'Ann', number: '+15551230001' })
  const page = await signIn(tenant, baseURL ?? '', tenant.page())
  await row(page, 'Ann')
  const other = await page.browserContext().newPage()
  await other.goto(`${baseURL ?? ''}${tenant.page()}`)
  await row(other, 'Ann')
  await tenant.dialIn({ name: 'Bob', number: '+15551230002' })
  await row(page, 'Bob')
  await row(other, 'Bob')
  await page.browserContext().close()
})
