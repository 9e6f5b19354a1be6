import { activityTable, lastCard, openPage, removeAll, watchAll } from './steps.ts'
import {
  dialog,
  expect,
  expectRow,
  INTERVALS,
  fillSignIn,
  panelOf,
  PARTICIPANTS_PATH,
  participantsTable,
  removeButton,
  signInDialog,
  statusButton,
  test,
  type Locator,
  type Page,
  type Person,
  type Tenant,
} from './support.ts'

const NAMES = ['Ann', 'Bob', 'Cleo', 'Dan', 'Eve', 'Finn', 'Gus', 'Hal', 'Ida', 'Jon', 'Kim', 'Lea']

const button = (page: Page, name: string | RegExp): Locator =>
  lastCard(page).getByRole('button', { name })

const deletes = async (tenant: Tenant) => tenant.requests('DELETE', PARTICIPANTS_PATH)
const deletedIds = async (tenant: Tenant): Promise<readonly string[]> =>
  (await deletes(tenant)).map(({ path }) => path.slice(PARTICIPANTS_PATH.length + 1))

const pathOf = (id: string): string => `${PARTICIPANTS_PATH}/${id}`

/** Waits until some, but not all, of the requests were sent. */
async function inTheMiddle(tenant: Tenant): Promise<void> {
  await expect
    .poll(async () => (await deletes(tenant)).length, { intervals: INTERVALS })
    .toBeGreaterThanOrEqual(2)
}

test('undoes a removal of many in the grace; then sends it at once, one by one, each proved', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  const ids = await watchAll(page, tenant, NAMES)
  await removeAll(page, NAMES.length)
  await expect(lastCard(page)).toContainText('Nothing is sent yet.')
  await button(page, 'Undo').click()
  await expect(lastCard(page)).toContainText('12 undone')
  await button(page, /^Dismiss/).click()
  await removeAll(page, NAMES.length)
  await button(page, 'Send now').click()
  await expect(lastCard(page)).toContainText(/Done\.\s*12 gone/, { timeout: 30_000 })
  await expect(page.getByText('Nobody is in this conference now')).toBeVisible()
  expect((await deletedIds(tenant)).toSorted()).toEqual(ids.toSorted())
  expect((await deletes(tenant)).map(({ status }) => status)).toEqual(NAMES.map(() => 200))
})

test('the cards over the rows hide none of them for good', async ({ page, newTenant }) => {
  await page.setViewportSize({ width: 1280, height: 560 })
  await watchAll(page, await newTenant(), NAMES)
  await removeAll(page, NAMES.length)
  await button(page, 'Undo').click()
  await expect(lastCard(page)).toContainText('12 undone')
  // The participant that came first is the last row, at the end of the scroll.
  const last = removeButton(page, 'Ann')
  await last.scrollIntoViewIfNeeded()
  await page.getByRole('region', { name: 'Participants table' }).press('End')
  await last.click()
  await expect(dialog(page)).toBeVisible()
})

test('pauses, resumes and stops midway; the participants that are left stay', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await watchAll(page, tenant, NAMES)
  await removeAll(page, NAMES.length)
  await button(page, 'Send now').click()
  await inTheMiddle(tenant)
  await button(page, 'Pause').click()
  await expect(lastCard(page)).toContainText('Paused.')
  const paused = (await deletes(tenant)).length
  await tenant.asked(2)
  expect((await deletes(tenant)).length).toBeLessThanOrEqual(paused + 1)
  await button(page, 'Go on').click()
  await expect
    .poll(async () => (await deletes(tenant)).length, { intervals: INTERVALS })
    .toBeGreaterThan(paused + 1)
  await button(page, /^Stop and keep the other \d+/).click()
  await expect(lastCard(page)).toContainText(/\d+ undone/)
  const sent = (await deletes(tenant)).length
  await tenant.asked(2)
  expect(await deletes(tenant)).toHaveLength(sent)
  await expect(statusButton(page, 'joined')).toHaveAccessibleName(`joined ${NAMES.length - sent}`)
})

test('shows each outcome with its reason, and retries only what failed', async ({
  page,
  newTenant,
}) => {
  test.setTimeout(90_000)
  const tenant = await newTenant()
  const [ann = '', bob = '', cleo = '', dan = '', eve = '', finn = '', gus = ''] = await watchAll(
    page,
    tenant,
    NAMES.slice(0, 7),
  )
  await tenant.act('kick-fails', { participant: ann, how: '400' })
  await tenant.act('kick-fails', { participant: bob, how: 'late' })
  await tenant.act('kick-fails', { participant: cleo, how: 'silent' })
  await tenant.fault({ path: pathOf(dan), method: 'DELETE', kind: 'status', status: 500, count: 1 })
  await tenant.fault({ path: pathOf(eve), method: 'GET', kind: 'status', status: 400 })
  await tenant.fault({ path: pathOf(gus), method: 'DELETE', kind: 'other-record', count: 1 })
  await removeAll(page, 7)
  await tenant.act('hang-up', { participant: finn })
  await button(page, 'Send now').click()
  await expect(button(page, 'Retry 1 failed')).toBeVisible({ timeout: 40_000 })
  const line = (name: string) =>
    lastCard(page)
      .getByRole('listitem')
      .filter({ hasText: new RegExp(`^${name}`) })
  await expect(line('Ann')).toContainText('not confirmed')
  await expect(line('Ann')).toContainText(/HTTP 400 · INVALID_ARGUMENT · request req_/)
  await expect(line('Bob')).toContainText(/gone after \d+\.\d s/)
  await expect(line('Bob')).toContainText(/HTTP 503 · REQUEST_TIMEOUT · request req_/)
  await expect(line('Cleo')).toContainText('accepted')
  await expect(line('Dan')).toContainText('The record still said joined afterwards.')
  await expect(line('Dan')).toContainText(/HTTP 500 · INTERNAL · request req_/)
  await expect(line('Eve')).toContainText('no such record')
  await expect(line('Finn')).toContainText('Had already left.')
  await expect(line('Gus')).toContainText('The answer cannot be read.')
  await expect(line('Gus')).toContainText(/gone after \d+\.\d s/)
  const table = participantsTable(page)
  await expectRow(table, { Who: /^Cleo/, Status: 'still connected' }, 30_000)
  await expectRow(table, { Who: /^Ann/, Status: 'still connected' }, 30_000)
  await tenant.clearRequests()
  await button(page, /^Retry/).click()
  await expect.poll(async () => deletedIds(tenant)).toEqual([dan])
  const first = page.getByRole('article', { name: 'Removing 7 participants' })
  await expect(first.getByRole('link', { name: 'Open Ann to hang up' })).toBeVisible()
  await expect(first.getByRole('button', { name: /^Retry/ })).toBeHidden()
  // The mouse is over the rows, which are held.
  await page.mouse.move(0, 0)
  await expect(page.getByRole('row').filter({ hasText: 'Dan' })).toBeHidden()
})

test('asks anew about a participant that left and is back under a new id', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  const [ann = '', bob = ''] = await watchAll(page, tenant, ['Ann', 'Bob'])
  await removeAll(page, 2)
  await tenant.act('hang-up', { participant: ann })
  const back = await tenant.act<Person>('rejoin', { participant: ann })
  await expect(statusButton(page, 'left')).toHaveAccessibleName('left 1')
  await button(page, 'Send now').click()
  await expect(lastCard(page)).toContainText('changed, not sent')
  await expect(lastCard(page)).toContainText('Has left, and is back under a new id')
  expect(await deletedIds(tenant)).toEqual([bob])
  await button(page, 'Remove Ann as it is now').click()
  await expect.poll(async () => deletedIds(tenant)).toEqual([bob, back.participant])
  await expect(page.getByText('Nobody is in this conference now')).toBeVisible()
})

test('asks after a reload in the middle, then goes on, and sends no removal twice', async ({
  page,
  newTenant,
}) => {
  test.setTimeout(60_000)
  const tenant = await newTenant()
  const ids = await watchAll(page, tenant, NAMES)
  await removeAll(page, NAMES.length)
  await button(page, 'Send now').click()
  await inTheMiddle(tenant)
  const asked = page.waitForEvent('dialog')
  const reloaded = page.reload()
  const question = await asked
  expect(question.type()).toBe('beforeunload')
  await question.accept()
  await reloaded
  await expect(lastCard(page)).toContainText('12 gone', { timeout: 40_000 })
  expect((await deletedIds(tenant)).toSorted()).toEqual(ids.toSorted())
})

test('works off in one of two tabs, shows in both, and can be stopped in either', async ({
  page,
  context,
  newTenant,
}) => {
  test.setTimeout(60_000)
  const tenant = await newTenant()
  const ids = await watchAll(page, tenant, NAMES)
  const other = await context.newPage()
  await other.goto(tenant.page())
  await expect(statusButton(other, 'joined')).toHaveAccessibleName(`joined ${NAMES.length}`)
  await removeAll(other, NAMES.length)
  await button(page, 'Send now').click()
  await inTheMiddle(tenant)
  await button(page, 'Pause').click()
  await expect(lastCard(other)).toContainText('Paused.')
  await button(other, 'Go on').click()
  for (const one of [page, other]) {
    await expect(lastCard(one)).toContainText(/Done\.\s*12 gone/, { timeout: 30_000 })
  }
  expect((await deletedIds(tenant)).toSorted()).toEqual(ids.toSorted())
})

test('waits at the rate limit and without a network, and goes on by itself', async ({
  page,
  context,
  newTenant,
}) => {
  test.setTimeout(90_000)
  const tenant = await newTenant()
  const ids = await watchAll(page, tenant, NAMES)
  await tenant.fault({
    path: `${PARTICIPANTS_PATH}/*`,
    method: 'DELETE',
    kind: 'status',
    status: 429,
    skip: 2,
    count: 1,
  })
  await removeAll(page, NAMES.length)
  await button(page, 'Send now').click()
  await expect(lastCard(page)).toContainText('Too many requests. Resumes automatically.')
  await expect
    .poll(async () => (await deletes(tenant)).length, { intervals: INTERVALS })
    .toBeGreaterThanOrEqual(5)
  await context.setOffline(true)
  await expect(lastCard(page)).toContainText('Waits for the network.')
  await context.setOffline(false)
  await expect(lastCard(page)).toContainText('12 gone', { timeout: 40_000 })
  const done = (await deletes(tenant)).filter(({ status }) => status === 200)
  expect(done).toHaveLength(ids.length)
})

test('waits in place when the session ends in the middle, and goes on after signing in', async ({
  page,
  newTenant,
}) => {
  test.setTimeout(60_000)
  const tenant = await newTenant()
  await watchAll(page, tenant, NAMES)
  await removeAll(page, NAMES.length)
  await button(page, 'Send now').click()
  await inTheMiddle(tenant)
  await tenant.fault({ path: `${PARTICIPANTS_PATH}*`, kind: 'status', status: 401, count: 1 })
  await expect(signInDialog(page)).toBeVisible()
  const before = (await deletes(tenant)).length
  await fillSignIn(page, tenant.account)
  await expect(lastCard(page)).toContainText('12 gone', { timeout: 40_000 })
  expect(before).toBeLessThan(NAMES.length)
})

test('loses nothing in a browser that forbids storage while the tab is open', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await page.addInitScript(() => {
    Object.assign(IDBFactory.prototype, {
      open: () => {
        throw new DOMException('forbidden', 'SecurityError')
      },
    })
  })
  await watchAll(page, tenant, NAMES.slice(0, 3))
  await removeAll(page, 3)
  await button(page, 'Send now').click()
  await expect(lastCard(page)).toContainText(/Done\.\s*3 gone/, { timeout: 20_000 })
})

test('shows the steps of one removal with seconds in the panel, and a return from leaving as still connected', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  const [ann = ''] = await watchAll(page, tenant, ['Ann'])
  await tenant.act('kick-fails', { participant: ann, how: 'returns', ms: 1500 })
  await page.getByRole('link', { name: 'Ann' }).click()
  const panel = panelOf(page, 'Ann')
  await panel.getByRole('button', { name: 'Remove Ann' }).click()
  await dialog(page).getByRole('button', { name: 'Remove' }).click()
  const chain = panel.getByRole('list', { name: 'Removal' })
  await expect(chain).toContainText(/requested \d+ s ago.*accepted after \d+\.\d s.*leaving after/)
  await expectRow(participantsTable(page), {
    Who: /^Ann/,
    Status: 'joined still connected back from leaving',
  })
  await openPage(page, 'Activity')
  await expectRow(activityTable(page), { Who: /^Ann/, Result: 'still connected' })
})
