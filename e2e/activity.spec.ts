import { readFile } from 'node:fs/promises'
import { activityTable, openPage } from './steps.ts'
import {
  expect,
  expectRow,
  participantsTable,
  PARTICIPANTS_PATH,
  rowOf,
  rowsOf,
  signIn,
  test,
  type Locator,
  type Page,
  type Tenant,
} from './support.ts'

// A change shows as soon as it is polled: a short interval saves the wait.
test.use({ settings: { pollSeconds: 1 } })

const resultButton = (page: Page, result: string): Locator =>
  page.getByRole('group', { name: 'Result' }).getByRole('button', { name: `${result} ` })
const clearButton = (page: Page): Locator => page.getByRole('button', { name: 'Clear activity' })

async function removeOne(page: Page, name: string): Promise<void> {
  await participantsTable(page)
    .getByRole('button', { name: `Remove ${name}` })
    .click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click()
}

/** Removes Ann, and fails to remove Bob since the server fails. */
async function removeTwo(page: Page, tenant: Tenant): Promise<void> {
  const people = await tenant.dialInAll('Ann', 'Bob')
  const path = `${PARTICIPANTS_PATH}/${people[1]?.participant}`
  await tenant.fault({ path, method: 'DELETE', kind: 'status', status: 500, count: 1 })
  await signIn(page, tenant, tenant.page())
  await removeOne(page, 'Ann')
  await expect(rowOf(participantsTable(page), /^Ann/)).toBeHidden()
  await removeOne(page, 'Bob')
  await expect(page.getByText('Bob was not removed')).toBeVisible()
}

/** The rows of a file of comma-separated values: cells by header. */
function parseCsv(file: string): ReadonlyArray<Readonly<Record<string, string>>> {
  const lines = file
    .replace(/^\uFEFF/, '')
    .split('\r\n')
    .filter(Boolean)
    .map((line) => line.slice(1, -1).split('","'))
  const [head = [], ...body] = lines
  return body.map((cells) =>
    Object.fromEntries(cells.map((text, index) => [head[index] ?? '', text])),
  )
}

test('lists what was done: the participant, the time, the account, the result and the request id', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await removeTwo(page, tenant)
  await openPage(page, 'Activity')
  await expect(page.getByRole('heading', { name: 'Activity' })).toBeVisible()
  const table = activityTable(page)
  await expectRow(table, {
    Who: /^Ann/,
    Action: 'Removal',
    Result: /^gone after \d+\.\d s$/,
    By: 'Sam Support',
  })
  await expectRow(table, {
    Who: /^Bob/,
    Result: 'failed',
    'Server’s answer':
      /The record still said joined afterwards\. HTTP 500 · INTERNAL · request req_[A-Z2-7]{26}/,
  })
  // The newest row comes first.
  expect((await rowsOf(table)).map(({ Who }) => Who?.slice(0, 3))).toEqual(['Bob', 'Ann'])
  await table.getByRole('link', { name: 'Bob' }).click()
  await expect(page.getByRole('complementary', { name: 'Participant Bob' })).toBeVisible()
})

test('can be narrowed by text and result, sorted, and sent as a link', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await removeTwo(page, tenant)
  await openPage(page, 'Activity')
  const table = activityTable(page)
  await expect(table).toHaveAttribute('aria-rowcount', '2')
  await page.getByRole('searchbox', { name: 'Filter activity' }).fill('bob req_')
  await expect(table).toHaveAttribute('aria-rowcount', '1')
  await expect(rowOf(table, /^Bob/)).toBeVisible()
  await page.getByRole('searchbox', { name: 'Filter activity' }).fill('')
  await resultButton(page, 'failed').click()
  await expect(table).toHaveAttribute('aria-rowcount', '1')
  await expect(rowOf(table, /^Ann/)).toBeVisible()
  await resultButton(page, 'done').click()
  await expect(page.getByRole('heading', { name: 'Nothing matches' })).toBeVisible()
  await page.getByRole('button', { name: 'Clear the filter' }).click()
  await table.getByRole('button', { name: 'Who' }).click()
  await expect(table.getByRole('columnheader', { name: 'Who' })).toHaveAttribute(
    'aria-sort',
    'ascending',
  )
  await expect
    .poll(async () => (await rowsOf(table)).map(({ Who }) => Who?.slice(0, 3)))
    .toEqual(['Ann', 'Bob'])
  await resultButton(page, 'failed').click()
  await page.reload()
  await expect(table.getByRole('columnheader', { name: 'Who' })).toHaveAttribute(
    'aria-sort',
    'ascending',
  )
  await expect(table).toHaveAttribute('aria-rowcount', '1')
  await expect(resultButton(page, 'failed')).toHaveAttribute('aria-pressed', 'false')
})

test('exports exactly the rows shown, and no formula among them', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  await tenant.dialIn({ name: '=HYPERLINK("http://evil.example")', number: '+15551230001' })
  await tenant.dialIn({ name: 'Bob', number: '+15551230002' })
  await signIn(page, tenant, tenant.page())
  await removeOne(page, 'Bob')
  await removeOne(page, '=HYPERLINK("http://evil.example")')
  await openPage(page, 'Activity')
  await expect(resultButton(page, 'done')).toHaveText('done2')
  await page.getByRole('searchbox', { name: 'Filter activity' }).fill('evil')
  await expect(activityTable(page)).toHaveAttribute('aria-rowcount', '1')
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export CSV' }).click()
  const download = await downloading
  expect(download.suggestedFilename()).toMatch(/^rollcall-activity-\d{4}-\d{2}-\d{2}\.csv$/)
  const file = await readFile(await download.path(), 'utf8')
  expect(file.startsWith('\uFEFF')).toBe(true)
  expect(parseCsv(file)).toEqual([
    expect.objectContaining({
      who: `'=HYPERLINK(""http://evil.example"")`,
      number: "'+15551230001",
      action: 'Removal',
      by: 'Sam Support',
      result: expect.stringMatching(/^gone after /),
      'requested (UTC)': expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      'conference id': tenant.conference(),
    }),
  ])
})

test('survives a reload, shows in a second tab, and is cleared in both', async ({
  page,
  context,
  newTenant,
}) => {
  const tenant = await newTenant()
  await page.goto('/activity')
  await signIn(page, tenant, '/activity')
  await expect(page.getByRole('heading', { name: 'No activity in this browser yet' })).toBeVisible()
  await expect(clearButton(page)).toBeDisabled()
  await tenant.dialInAll('Ann', 'Bob')
  await page.goto(tenant.page())
  await removeOne(page, 'Ann')
  await expect(rowOf(participantsTable(page), /^Ann/)).toBeHidden()
  await page.goto('/activity')
  await expectRow(activityTable(page), { Who: /^Ann/, Result: /^gone after/ })
  const other = await context.newPage()
  await other.goto('/activity')
  await expectRow(activityTable(other), { Who: /^Ann/, Result: /^gone after/ })
  await other.goto(tenant.page())
  await removeOne(other, 'Bob')
  await expectRow(activityTable(page), { Who: /^Bob/, Result: /^gone after/ })
  await clearButton(page).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click()
  await expect(activityTable(page)).toHaveAttribute('aria-rowcount', '2')
  await clearButton(page).click()
  await expect(page.getByRole('alertdialog')).toContainText('2 entries are forgotten')
  await page.getByRole('alertdialog').getByRole('button', { name: 'Clear' }).click()
  const empty = 'No activity in this browser yet'
  await expect(page.getByRole('heading', { name: empty })).toBeVisible()
  await other.goto('/activity')
  await expect(other.getByRole('heading', { name: empty })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('heading', { name: empty })).toBeVisible()
})

test('works in a browser that forbids storage, and says how long it is kept', async ({
  page,
  newTenant,
}) => {
  await page.addInitScript(() => {
    indexedDB.open = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError')
    }
  })
  const tenant = await newTenant()
  await removeTwo(page, tenant)
  await openPage(page, 'Activity')
  await expect(
    page.getByText('This browser forbids storage: kept only until the last tab is closed.'),
  ).toBeVisible()
  await expect(activityTable(page)).toHaveAttribute('aria-rowcount', '2')
  await clearButton(page).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Clear' }).click()
  await expect(page.getByRole('heading', { name: 'No activity in this browser yet' })).toBeVisible()
})
