import { activityTable, lastCard, openPage, removeAll, removeAnn, watchAll } from './steps.ts'
import {
  configure,
  dialog,
  expect,
  expectRow,
  fillSignIn,
  PARTICIPANTS_PATH,
  participantsTable,
  rowOf,
  signIn,
  signInDialog,
  test,
  type Locator,
  type Page,
  type Tenant,
} from './support.ts'

const NAMES = ['Ann', 'Bob', 'Cleo', 'Dan', 'Eve', 'Finn', 'Gus', 'Hal', 'Ida', 'Jon', 'Kim', 'Lea']

const othersWork = (page: Page): Locator => page.getByRole('region', { name: 'Work of others' })
const noActivity = (page: Page): Locator =>
  page.getByRole('heading', { name: 'No activity in this browser yet' })

const deletes = async (tenant: Tenant) =>
  (await tenant.requests('DELETE', PARTICIPANTS_PATH)).map(({ path }) => path)

async function signOutAndChoose(page: Page, clears = false): Promise<void> {
  await page.getByRole('button', { name: 'Sign out' }).click()
  if (clears)
    await dialog(page)
      .getByRole('checkbox', { name: /^Clear my activity/ })
      .check()
  await dialog(page)
    .getByRole('button', { name: /^Sign out/ })
    .click()
  await expect(page.getByLabel('Password')).toBeVisible()
}

const inTheMiddle = (tenant: Tenant): Promise<void> =>
  expect
    .poll(async () => (await deletes(tenant)).length, { timeout: 30_000 })
    .toBeGreaterThanOrEqual(2)

test('work waits for its account, and another sends it only after taking it over', async ({
  page,
  newTenant,
}) => {
  test.setTimeout(120_000)
  const tenant = await newTenant()
  await watchAll(page, tenant, NAMES)
  // Slow enough to sign out in the middle.
  const slow = { kind: 'slow', stage: 'after', ms: 3000 } as const
  await tenant.fault({ path: `${PARTICIPANTS_PATH}/*`, method: 'DELETE', ...slow })
  await removeAll(page, NAMES.length)
  await inTheMiddle(tenant)
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(dialog(page)).toContainText('What is not sent waits until you sign in again.')
  await dialog(page).getByRole('button', { name: 'Sign out' }).click()
  await fillSignIn(page, tenant.account.manager)
  await expect(othersWork(page)).toContainText('Waiting for Sam Support to sign in.')
  await tenant.clearFaults()
  const text = await othersWork(page).innerText()
  const left = Number(/^(\d+) removals? by Sam Support in “/.exec(text)?.[1])
  expect(left).toBeLessThan(NAMES.length)
  const sent = (await deletes(tenant)).length
  for (const name of NAMES) await expect(othersWork(page)).not.toContainText(name)
  await tenant.asked(2)
  expect(await deletes(tenant)).toHaveLength(sent)
  await openPage(page, 'Activity')
  await expect(noActivity(page)).toBeVisible()
  await othersWork(page)
    .getByRole('button', { name: `Take over: send the remaining ${left} as` })
    .click()
  await expect(othersWork(page)).toBeHidden()
  await expect(lastCard(page)).toContainText(/Done\.\s*\d+ gone/, { timeout: 40_000 })
  const all = await deletes(tenant)
  expect(all).toHaveLength(NAMES.length)
  expect(new Set(all).size).toBe(NAMES.length)
  await expect(activityTable(page)).toHaveAttribute('aria-rowcount', String(left))
  await expect(activityTable(page)).not.toContainText('Sam Support')
  await signOutAndChoose(page)
  await fillSignIn(page, tenant.account)
  await openPage(page, 'Activity')
  await expect(activityTable(page)).toHaveAttribute('aria-rowcount', String(NAMES.length))
  await expect(activityTable(page)).toContainText('Taken over by')
})

test('work goes on when its account is back', async ({ page, newTenant }) => {
  test.setTimeout(120_000)
  const tenant = await newTenant()
  await watchAll(page, tenant, NAMES)
  await removeAll(page, NAMES.length)
  await inTheMiddle(tenant)
  await signOutAndChoose(page)
  const sent = (await deletes(tenant)).length
  expect(sent).toBeLessThan(NAMES.length)
  await fillSignIn(page, tenant.account)
  await expect(lastCard(page)).toContainText('12 gone', { timeout: 40_000 })
  expect(await deletes(tenant)).toHaveLength(NAMES.length)
})

test('another account that signs in over an ended session sends nothing of what is open', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await watchAll(page, tenant, NAMES)
  await removeAll(page, NAMES.length)
  await inTheMiddle(tenant)
  await tenant.fault({ path: `${PARTICIPANTS_PATH}*`, kind: 'status', status: 401, count: 1 })
  await expect(signInDialog(page)).toBeVisible()
  await expect(lastCard(page)).toContainText('Waits until you sign in again.')
  const sent = (await deletes(tenant)).length
  await fillSignIn(page, tenant.account.manager)
  await expect(othersWork(page)).toContainText('Waiting for Sam Support to sign in.')
  await tenant.asked(2)
  expect(await deletes(tenant)).toHaveLength(sent)
})

test('the activity of an account is hidden from others, and cleared at signing out if wanted', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await tenant.dialInAll('Ann', 'Bob')
  await signIn(page, tenant, tenant.page())
  await removeAnn(page)
  await expect(rowOf(participantsTable(page), /^Ann/)).toBeHidden()
  await signOutAndChoose(page)
  for (const other of [tenant.account.plainAgent, tenant.account.manager]) {
    await fillSignIn(page, other)
    await openPage(page, 'Activity')
    await expect(noActivity(page)).toBeVisible()
    await expect(page.getByText('Ann')).toBeHidden()
    // An account without activity is not asked.
    await page.getByRole('button', { name: 'Sign out' }).click()
    await expect(page.getByLabel('Password')).toBeVisible()
  }
  await fillSignIn(page, tenant.account)
  await openPage(page, 'Activity')
  await expectRow(activityTable(page), { Who: /^Ann/, By: 'Sam Support' })
  await page.getByRole('button', { name: 'Sign out' }).focus()
  await page.keyboard.press('Enter')
  const choice = dialog(page).getByRole('checkbox', {
    name: 'Clear my activity in this browser (1 entry)',
  })
  await expect(choice).toBeFocused()
  await page.keyboard.press('Space')
  await dialog(page).getByRole('button', { name: 'Sign out and clear activity' }).press('Enter')
  await fillSignIn(page, tenant.account)
  await openPage(page, 'Activity')
  await expect(noActivity(page)).toBeVisible()
})

test('a card about the work of others leaves one’s own cards in sight, and can be put off', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await configure(page, { graceSeconds: 60 })
  await tenant.dialInAll('Ann', 'Bob')
  await signIn(page, tenant, tenant.page())
  await removeAll(page, 2)
  await signOutAndChoose(page)
  await fillSignIn(page, tenant.account.manager)
  await expect(othersWork(page)).toContainText('2 removals by Sam Support in “')
  await removeAll(page, 2)
  const undo = lastCard(page).getByRole('button', { name: 'Undo' })
  await expect(undo).toBeVisible()
  await page.setViewportSize({ width: 320, height: 400 })
  await expect(undo).toBeInViewport({ ratio: 1 })
  await othersWork(page).getByRole('button', { name: 'Not now' }).click()
  await expect(othersWork(page)).toBeHidden()
  await expect(undo).toBeInViewport({ ratio: 1 })
})

test('a plain agent does not see open work of others', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  await tenant.dialInAll('Ann', 'Bob')
  await signIn(page, tenant, tenant.page())
  await removeAll(page, 2)
  await signOutAndChoose(page)
  await fillSignIn(page, tenant.account.plainAgent)
  await openPage(page, 'Activity')
  await expect(noActivity(page)).toBeVisible()
  await expect(othersWork(page)).toBeHidden()
  await expect(page.getByText('Sam Support')).toBeHidden()
})

test('a batch whose tab was away for over a minute asks before it goes on', async ({
  page,
  context,
  newTenant,
}) => {
  test.setTimeout(120_000)
  const tenant = await newTenant()
  await watchAll(page, tenant, NAMES)
  await removeAll(page, NAMES.length)
  await inTheMiddle(tenant)
  await page.close({ runBeforeUnload: false })
  const sent = (await deletes(tenant)).length
  expect(sent).toBeLessThan(NAMES.length)
  await tenant.advance(69)
  const again = await context.newPage()
  await signIn(again, tenant, tenant.page())
  await expect(lastCard(again)).toContainText('Interrupted: nobody was here for a while.')
  await tenant.asked(2)
  expect(await deletes(tenant)).toHaveLength(sent)
  await lastCard(again).getByRole('button', { name: 'Go on' }).click()
  await expect(lastCard(again)).toContainText(/12 gone|11 gone, 1/, { timeout: 40_000 })
})
