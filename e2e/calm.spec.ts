import { recordShifts, shifted } from './shifts.ts'
import {
  conferencesTable,
  dialog,
  expect,
  expectRow,
  participantsTable,
  rowAt,
  signIn,
  test,
} from './support.ts'

// A change shows as soon as it is polled: a short interval saves the wait.
test.use({ settings: { pollSeconds: 1 } })

test('newcomers wait while one reads further down, and appear on top again', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant({ conferences: 1, live: 40, history: 0 })
  await signIn(page, tenant, tenant.page())
  const table = participantsTable(page)
  await expect(table).toHaveAttribute('aria-rowcount', /^4\d$/)
  const before = (await table.getAttribute('aria-rowcount')) ?? ''
  const region = page.getByRole('region', { name: 'Participants table' })
  await region.evaluate((element) => element.scrollTo({ top: 200 }))
  await tenant.dialIn({ name: 'Ann' })
  await expect(page.getByText('1 change waiting')).toBeVisible()
  await expect(table).toHaveAttribute('aria-rowcount', before)
  await region.evaluate((element) => element.scrollTo({ top: 0 }))
  await expect(rowAt(table, 1)).toContainText('Ann')
  await expect(page.getByText('1 change waiting')).toBeHidden()
})

test('nothing moves while one reads further down and the conference goes on', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant({ conferences: 1, live: 40, history: 0 })
  await recordShifts(page)
  await signIn(page, tenant, tenant.page())
  const table = participantsTable(page)
  await expect(table).toHaveAttribute('aria-rowcount', /^4\d$/)
  await expect(page.getByText('Loading')).toHaveCount(0)
  await page
    .getByRole('region', { name: 'Participants table' })
    .evaluate((element) => element.scrollTo({ top: 200 }))
  const inSight = table.locator('tbody tr[aria-rowindex="15"]')
  await expect(inSight).toBeInViewport()
  const before = await shifted(page)
  for (const name of ['Ann', 'Bob', 'Cleo']) await tenant.dialIn({ name })
  const link = await inSight.getByRole('link').first().getAttribute('href')
  const { searchParams } = new URL(link ?? '', page.url())
  await tenant.act('hang-up', { participant: searchParams.get('participant') })
  await expect(page.getByText('4 changes waiting')).toBeVisible()
  await expect(inSight).toContainText('left')
  expect((await shifted(page)) - before).toBeLessThan(0.001)
})

test('what a filter brings is announced once the typing pauses', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  await tenant.dialInAll('Ann', 'Anna', 'Bob')
  await signIn(page, tenant, tenant.page())
  await expect(participantsTable(page)).toHaveAttribute('aria-rowcount', '3')
  const announced = page.getByRole('status').filter({ hasText: /match/ })
  await page.evaluate(() => {
    const said: (string | null)[] = []
    Reflect.set(globalThis, 'said', said)
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes)
        for (const node of addedNodes)
          if (/match/.test(node.textContent ?? '')) said.push(node.textContent)
    }).observe(document.body, { childList: true, subtree: true })
  })
  await page.getByRole('searchbox').pressSequentially('anna')
  await expect(announced).toHaveText('1 match')
  await page.getByRole('searchbox').press('Backspace')
  await expect(announced).toHaveText('2 matches')
  // Nothing for the letters in between.
  expect(await page.evaluate<string[]>('said')).toEqual(['1 match', '2 matches'])
})

test('the back button returns to the place in the list', async ({ page, newTenant }) => {
  await page.setViewportSize({ width: 900, height: 420 })
  const tenant = await newTenant({ conferences: 30, live: 0, history: 0 })
  await signIn(page, tenant, '/conferences?empty=show')
  await expect(conferencesTable(page)).toHaveAttribute('aria-rowcount', /^2\d$/)
  const region = page.getByRole('region', { name: 'Conferences table' })
  const top = () => region.evaluate((element) => element.scrollTop)
  await region.evaluate((element) => element.scrollTo({ top: 300 }))
  await expect.poll(top).toBe(300)
  await conferencesTable(page).getByRole('link').nth(12).click()
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('Conferences')
  await page.goBack()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Conferences')
  await expect.poll(top).toBe(300)
})

test('the list of conferences holds still under the pointer', async ({ page, newTenant }) => {
  const tenant = await newTenant({ conferences: 3 })
  const [first, second] = [tenant.conference(0), tenant.conference(1)]
  await tenant.dialIn({ name: 'Ann', conference: first })
  await tenant.dialIn({ name: 'Bob', conference: first })
  await tenant.dialIn({ name: 'Cleo', conference: second })
  await signIn(page, tenant)
  const table = conferencesTable(page)
  await expect(rowAt(table, 1)).toContainText('Support standup')
  await rowAt(table, 2).hover()
  for (const name of ['Dan', 'Eve', 'Fay']) await tenant.dialIn({ name, conference: second })
  await expect(page.getByText(/changes? waiting/)).toBeVisible()
  await expect(rowAt(table, 1)).toContainText('Support standup')
  await page.getByRole('searchbox').hover()
  await expect(rowAt(table, 2)).toContainText('Support standup')
})

test('times are shown in UTC at a switch, and found by it', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  const ann = await tenant.dialIn({ name: 'Ann' })
  await tenant.act('set', {
    participant: ann.participant,
    // In July, Berlin is two hours ahead of UTC.
    fields: { tm_create: '2026-07-01T22:15:30.5Z', tm_update: '2026-07-01T22:15:31.5Z' },
  })
  await signIn(page, tenant, tenant.page())
  const table = participantsTable(page)
  await expectRow(table, { Who: /^Ann/, Created: '2026-07-02 00:15:30' })
  await page.getByRole('button', { name: /^Times in UTC\+\d/ }).click()
  await expectRow(table, { Who: /^Ann/, Created: '2026-07-01 22:15:30' })
  await page.getByRole('searchbox').fill('2026-07-01 22:15')
  await expectRow(table, { Who: /^Ann/ })
  await page.reload()
  await expectRow(table, { Who: /^Ann/, Created: '2026-07-01 22:15:30' })
  await page.getByRole('button', { name: /^Times in UTC\./ }).click()
  await page.getByRole('searchbox').fill('2026-07-02 00:15')
  await expectRow(table, { Who: /^Ann/, Created: '2026-07-02 00:15:30' })
})

test('all rows that match are printed', async ({ page, newTenant }) => {
  const tenant = await newTenant({ conferences: 1, live: 160, history: 0 })
  await signIn(page, tenant, tenant.page())
  const table = participantsTable(page)
  await expect(table).toHaveAttribute('aria-rowcount', /^16\d$/)
  const all = Number(await table.getAttribute('aria-rowcount'))
  const drawn = table.locator('tbody tr[aria-rowindex]')
  expect(await drawn.count()).toBeLessThan(60)
  await page.emulateMedia({ media: 'print' })
  await expect(drawn).toHaveCount(all)
  await page.emulateMedia({ media: 'screen' })
  await expect.poll(() => drawn.count()).toBeLessThan(60)
})

test('at 400 % zoom the buttons of a dialog are within reach', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  await tenant.dialInAll('Ann', 'Bob', 'Cleo', 'Dan', 'Eve', 'Fay', 'Gus')
  await signIn(page, tenant, tenant.page())
  await expect(participantsTable(page)).toHaveAttribute('aria-rowcount', '7')
  // 1280 by 1024 pixels at 400 %.
  await page.setViewportSize({ width: 320, height: 256 })
  await page.getByRole('checkbox', { name: /^Select all/ }).click()
  await page.getByRole('button', { name: 'Remove selected (7)' }).click()
  const confirm = dialog(page).getByRole('button', { name: 'Remove 7' })
  await confirm.scrollIntoViewIfNeeded()
  await expect(confirm).toBeInViewport({ ratio: 1 })
  await confirm.click()
  await expect(dialog(page)).toBeHidden()
})
