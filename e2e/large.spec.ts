import { connection, expect, expectRow, participantsTable, rowAt, signIn, test } from './support.ts'

/** Far more rows than are drawn; `npm run bench` measures larger lists. */
const LIVE = 1200
/** The rows that fit a screen, and those kept ready above and below. */
const A_SCREENFUL = 80

test.describe.configure({ timeout: 120_000 })

test('1,200 participants: a screenful is drawn, all are counted and reached', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant({ conferences: 1, live: LIVE })
  await tenant.dialIn({ name: 'Needle', number: '+15550000001' })
  await signIn(page, tenant, tenant.page())
  const table = participantsTable(page)
  // One in thirty more is stuck in leaving.
  const all = LIVE + LIVE / 30 + 1
  // 25 pages of participants and their calls, at three requests a second: the bucket is the customer's, not ours.
  await expect(table).toHaveAttribute('aria-rowcount', String(all), { timeout: 60_000 })
  await expect(connection(page)).toHaveText(/^Polling every 3 s\./, { timeout: 30_000 })
  const drawn = () => table.getByRole('row').count()
  await expect.poll(drawn).toBeLessThan(A_SCREENFUL)
  await page.getByRole('region', { name: 'Participants table' }).focus()
  await page.keyboard.press('End')
  const last = rowAt(table, all)
  await expect(last).toBeInViewport()
  expect(await drawn()).toBeLessThan(A_SCREENFUL)
  await page.keyboard.press('Home')
  await expect(rowAt(table, 1)).toBeInViewport()
  await page.getByRole('searchbox', { name: 'Filter participants' }).fill('needle')
  await expectRow(table, { Who: 'Needle +15550000001', Status: 'joined' })
  await expect(table).toHaveAttribute('aria-rowcount', '1')
  await page.getByRole('searchbox', { name: 'Filter participants' }).fill('')
  await expect(table).toHaveAttribute('aria-rowcount', String(all))
})

test('a row out of sight can be scrolled to, opened, and is still there after a poll', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant({ conferences: 1, live: 300 })
  await signIn(page, tenant, tenant.page())
  const table = participantsTable(page)
  await expect(table).toHaveAttribute('aria-rowcount', '310')
  await table.getByRole('row').nth(5).hover()
  await page.mouse.wheel(0, 4000)
  const row = rowAt(table, 115)
  await expect(row).toBeInViewport()
  const before = await row.boundingBox()
  await tenant.asked(2)
  expect(await row.boundingBox()).toEqual(before)
  await row.getByRole('link').click()
  await expect(page.getByRole('complementary')).toBeVisible()
  await expect(row).toBeInViewport()
  await page.getByRole('button', { name: 'Close' }).click()
  await expect(row.getByRole('link')).toBeFocused()
})
