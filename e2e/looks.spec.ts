import {
  conferencesTable,
  connection,
  expect,
  expectRow,
  panelOf,
  participantsTable,
  rowOf,
  signIn,
  statusButton,
  test,
  type Page,
} from './support.ts'
import { unfold } from './steps.ts'

// A change shows as soon as it is polled: a short interval saves the wait.
test.use({ settings: { pollSeconds: 1 } })

const pageScroll = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    return scrollWidth - clientWidth
  })

test.describe('on a screen of 320 pixels', () => {
  test.use({ viewport: { width: 320, height: 640 } })

  test('the page never scrolls sideways, and all tasks are within reach', async ({
    page,
    newTenant,
  }) => {
    const tenant = await newTenant({ conferences: 10, live: 30 })
    const ann = await tenant.dialIn({ name: 'Ann Papadopoulos-Okafor', number: '+15551230001' })
    await page.goto('/')
    await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible()
    expect(await pageScroll(page)).toBe(0)
    await signIn(page, tenant)
    await expectRow(conferencesTable(page), { Name: /^Support standup/ })
    expect(await pageScroll(page)).toBe(0)
    await page.getByRole('link', { name: 'Support standup' }).click()
    await expectRow(participantsTable(page), { Who: /^Ann/, Status: 'joined' })
    expect(await pageScroll(page)).toBe(0)
    await statusButton(page, 'left').click()
    await page.getByRole('searchbox', { name: 'Filter participants' }).fill('okafor')
    await page.getByRole('link', { name: 'Ann' }).click()
    const panel = panelOf(page, 'Ann Papadopoulos-Okafor')
    await unfold(panel, 'Record')
    await expect(panel.getByText(ann.participant).first()).toBeVisible()
    expect(await pageScroll(page)).toBe(0)
    await panel.getByRole('button', { name: 'Close' }).click()
    await page.getByRole('button', { name: 'Remove Ann' }).click()
    expect(await pageScroll(page)).toBe(0)
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click()
    await expectRow(participantsTable(page), { Who: /^Ann/, Status: /^left/ })
    await page.getByRole('button', { name: 'Sign out' }).click()
    expect(await pageScroll(page)).toBe(0)
    await page.getByRole('alertdialog').getByRole('button', { name: 'Sign out' }).click()
    await expect(page.getByText('You are signed out.')).toBeVisible()
  })

  test('a failure fits the screen too', async ({ page, newTenant }) => {
    const tenant = await newTenant()
    await tenant.dialIn({ name: 'Ann' })
    await signIn(page, tenant, tenant.page())
    await expectRow(participantsTable(page), { Who: /^Ann/ })
    await tenant.fault({ path: '/v1.0/conferences*', kind: 'status', status: 503 })
    await expect(page.getByRole('alert').filter({ hasText: 'REQUEST_TIMEOUT' })).toBeVisible()
    expect(await pageScroll(page)).toBe(0)
    await expect(page.getByRole('button', { name: 'Try again now' })).toBeInViewport({ ratio: 1 })
  })
})

test('the theme is chosen with a button and survives a reload', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  await page.emulateMedia({ colorScheme: 'light' })
  await signIn(page, tenant)
  const scheme = (): Promise<string> =>
    page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const light = await scheme()
  await page.getByRole('button', { name: 'Theme: system' }).click()
  expect(await scheme()).toBe(light)
  await page.getByRole('button', { name: 'Theme: light' }).click()
  const dark = await scheme()
  expect(dark).not.toBe(light)
  await page.reload()
  await expect(page.getByRole('button', { name: 'Theme: dark' })).toBeVisible()
  expect(await scheme()).toBe(dark)
  await page.getByRole('button', { name: 'Theme: dark' }).click()
  await expect(page.getByRole('button', { name: 'Theme: system' })).toBeVisible()
  expect(await scheme()).toBe(light)
})

test('where the system chooses the colours, pressed still differs from not pressed', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await tenant.dialIn({ name: 'Ann' })
  await page.emulateMedia({ forcedColors: 'active' })
  await signIn(page, tenant, tenant.page())
  await expect(statusButton(page, 'joined')).toHaveAttribute('aria-pressed', 'true')
  await expect(statusButton(page, 'joined')).toHaveCSS('outline-style', 'solid')
  await expect(statusButton(page, 'left')).toHaveAttribute('aria-pressed', 'false')
  await expect(statusButton(page, 'left')).toHaveCSS('outline-style', 'none')
})

test('a poll moves only what has changed', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  const [ann] = await tenant.dialInAll('Ann', 'Bob', 'Cleo')
  await signIn(page, tenant, tenant.page())
  const table = participantsTable(page)
  await expectRow(table, { Who: /^Ann/, Status: 'joined' })
  const boxes = () =>
    Promise.all(
      ['Ann', 'Bob', 'Cleo'].flatMap((name) => [
        rowOf(table, new RegExp(`^${name}`)).boundingBox(),
        page.getByRole('button', { name: `Remove ${name}` }).boundingBox(),
      ]),
    )
  const before = await boxes()
  expect(before).not.toContain(null)
  await tenant.act('stick', { participant: ann?.participant })
  await expectRow(table, { Who: /^Ann/, Status: 'leaving' })
  expect(await boxes()).toEqual(before)
})

test('a poll that fails moves nothing either', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  await tenant.dialInAll('Ann', 'Bob')
  await signIn(page, tenant, tenant.page())
  const table = participantsTable(page)
  await expectRow(table, { Who: /^Ann/, Status: 'joined' })
  const before = await table.boundingBox()
  await tenant.fault({ path: '/v1.0/*', kind: 'status', status: 503 })
  await expect(connection(page)).toContainText('REQUEST_TIMEOUT', { timeout: 20_000 })
  expect((await table.boundingBox())?.y).toBe(before?.y)
})

test('the tables state their size and their order', async ({ page, newTenant }) => {
  const tenant = await newTenant({ conferences: 5 })
  await tenant.dialInAll('Ann', 'Bob', 'Cleo')
  await signIn(page, tenant)
  // The empty ones are folded away.
  await expect(conferencesTable(page)).toHaveAttribute('aria-rowcount', '1')
  await page.getByRole('button', { name: 'Show 4 empty' }).click()
  await expect(conferencesTable(page)).toHaveAttribute('aria-rowcount', '5')
  await expect(page.getByRole('columnheader', { name: 'In now' })).toHaveAttribute(
    'aria-sort',
    'descending',
  )
  await page.getByRole('link', { name: 'Support standup' }).click()
  const table = participantsTable(page)
  await expect(table).toHaveAttribute('aria-rowcount', '3')
  const header = (name: string) => table.getByRole('columnheader', { name })
  await expect(header('Created')).toHaveAttribute('aria-sort', 'descending')
  await expect(header('Who')).not.toHaveAttribute('aria-sort')
  for (const [index, name] of ['Cleo', 'Bob', 'Ann'].entries()) {
    await expect(rowOf(table, new RegExp(`^${name}`))).toHaveAttribute(
      'aria-rowindex',
      `${index + 1}`,
    )
  }
})
