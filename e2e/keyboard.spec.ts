import {
  dialog,
  expect,
  expectRow,
  PARTICIPANTS_PATH,
  panelOf,
  participantsTable,
  rowOf,
  signIn,
  test,
  type Page,
  type Tenant,
} from './support.ts'
import { lastCard, openPage, pressUntilFocused, watchAnn } from './steps.ts'

test.use({ settings: { pollSeconds: 1, singleGraceSeconds: 5 } })

/** Presses keys and counts them. */
function keysOf(page: Page) {
  let count = 0
  return {
    press: async (...keys: readonly string[]) => {
      for (const key of keys) {
        count += 1
        await page.keyboard.press(key)
      }
    },
    count: () => count,
  }
}

const deletes = (tenant: Tenant) => tenant.requests('DELETE', PARTICIPANTS_PATH)

test('a removal takes 5 keys after the sign-in, and its undo one', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  await watchAnn(page, tenant)
  const heading = page.getByRole('heading', { level: 1 })
  await expect(heading).toBeFocused()
  const keys = keysOf(page)
  const filter = page.getByRole('searchbox', { name: 'Filter participants' })
  await keys.press('/')
  await expect(filter).toBeFocused()
  await keys.press('ArrowDown', 'Delete')
  await expect(dialog(page)).toBeVisible()
  await keys.press('Tab', 'Enter')
  expect(keys.count()).toBe(5)
  await expect(lastCard(page)).toContainText('Sending in')
  await page.keyboard.press('Control+z')
  await expect(lastCard(page)).toContainText('undone')
  await expectRow(participantsTable(page), { Who: /^Ann/, Status: 'joined' })
  expect(await deletes(tenant)).toEqual([])
})

test('the countdown stands still while the focus is on the card, and goes on after it', async ({
  page,
  newTenant,
}) => {
  test.setTimeout(90_000)
  await page.clock.install()
  const tenant = await newTenant()
  await watchAnn(page, tenant)
  await page.getByRole('button', { name: 'Remove Ann' }).click()
  await dialog(page).getByRole('button', { name: 'Remove' }).click()
  const undo = lastCard(page).getByRole('button', { name: 'Undo' })
  await undo.focus()
  await expect(lastCard(page)).toContainText('left to undo')
  await page.clock.runFor(30_000)
  await expect(undo).toBeVisible()
  expect(await deletes(tenant)).toEqual([])
  await page.getByRole('searchbox').focus()
  await expect(lastCard(page)).toContainText('Sending in')
  // The page learns from each answer that the server's clock did not jump along, and counts on from there.
  const sent = async () => {
    await page.clock.runFor(5000)
    return (await deletes(tenant)).length
  }
  // Each step plays all timers of five seconds, which takes long on a busy machine.
  await expect.poll(sent, { timeout: 30_000 }).toBe(1)
})

test('undo by key leaves the text of the filter to the filter', async ({ page, newTenant }) => {
  await watchAnn(page, await newTenant())
  await page.getByRole('button', { name: 'Remove Ann' }).click()
  await dialog(page).getByRole('button', { name: 'Remove' }).click()
  await page.getByRole('searchbox').press('Control+z')
  await expect(lastCard(page)).toContainText('Sending in')
  await lastCard(page).getByRole('button', { name: 'Undo' }).click()
})

test('the heading of a page has the focus after navigation, the first field on the sign-in page', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await page.goto('/login')
  await expect(page.getByLabel('User name', { exact: true }).last()).toBeFocused()
  await signIn(page, tenant)
  for (const name of ['Activity', 'Conferences'] as const) {
    await openPage(page, name)
    await expect(page.getByRole('heading', { name, level: 1 })).toBeFocused()
  }
})

test('the panel keeps the focus where it covers the page, and gives it back', async ({
  page,
  newTenant,
}) => {
  await page.setViewportSize({ width: 360, height: 640 })
  await watchAnn(page, await newTenant())
  const link = participantsTable(page).getByRole('link', { name: 'Ann' })
  await link.press('Enter')
  const panel = panelOf(page, 'Ann')
  await expect(panel.getByRole('button', { name: 'Close' })).toBeFocused()
  for (let step = 0; step < 40; step++) {
    await page.keyboard.press('Tab')
    // The focus may leave the page for the browser, never for what the panel covers.
    const inside = await panel.evaluate(
      (element) =>
        element.contains(document.activeElement) || document.activeElement === document.body,
    )
    expect(inside).toBe(true)
  }
  await pressUntilFocused(page, 'Tab', panel.getByRole('button', { name: 'Close' }))
  await page.keyboard.press('Escape')
  await expect(link).toBeFocused()
  await expect(rowOf(participantsTable(page), /^Ann/)).toBeVisible()
})

test('the header of a table never covers the row that has the focus', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant({ conferences: 1, live: 60, history: 0 })
  await signIn(page, tenant, tenant.page())
  const table = participantsTable(page)
  await expect(table).toHaveAttribute('aria-rowcount', /^6\d$/)
  const head = await table.getByRole('columnheader').first().boundingBox()
  const bottom = (head?.y ?? 0) + (head?.height ?? 0)
  await page.getByRole('searchbox').press('ArrowDown')
  await page.keyboard.press('End')
  for (let step = 0; step < 40; step++) {
    await page.keyboard.press('ArrowUp')
    const focused = await page.locator(':focus').boundingBox()
    expect(focused?.y ?? 0).toBeGreaterThanOrEqual(bottom)
  }
})
