import {
  configure,
  connection,
  expect,
  expectRow,
  participantsTable,
  PARTICIPANTS_PATH,
  signIn,
  test,
  type BrowserContext,
  type Page,
  type Tenant,
} from './support.ts'
import { lastCard, removeAll, watchAll, watchToo } from './steps.ts'

/** Signs in on the first page; the others get its session from it. */
async function openTabs(
  context: BrowserContext,
  first: Page,
  tenant: Tenant,
  count: number,
): Promise<readonly Page[]> {
  await signIn(first, tenant, tenant.page())
  const tabs = [first]
  for (let opened = 1; opened < count; opened++) {
    const tab = await context.newPage()
    await tab.goto(tenant.page())
    await expectRow(participantsTable(tab), { Who: /^Ann/ })
    tabs.push(tab)
  }
  return tabs
}

/** In a headless browser every tab is visible; this makes one believe that it is not. */
async function hide(page: Page): Promise<void> {
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { get: () => 'hidden', configurable: true })
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
  })
}

async function show(page: Page): Promise<void> {
  await page.evaluate(() => {
    Reflect.deleteProperty(document, 'visibilityState')
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
  })
}

/** When polls began, in milliseconds: a poll is the only one to ask for the newest page. */
const polls = async (tenant: Tenant): Promise<readonly number[]> =>
  (await tenant.requests('GET', `${PARTICIPANTS_PATH}?`))
    .filter(({ path }) => !path.includes('page_token'))
    .map(({ time }) => Date.parse(time))

for (const count of [2, 5]) {
  test(`${count} tabs cost as much as one and show the same`, async ({
    context,
    page,
    newTenant,
  }) => {
    test.setTimeout(90_000)
    const tenant = await newTenant()
    await tenant.dialIn({ name: 'Ann' })
    const tabs = await openTabs(context, page, tenant, count)
    await tenant.clearRequests()
    await expect.poll(async () => (await polls(tenant)).length, { timeout: 30_000 }).toBe(4)
    const times = await polls(tenant)
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0))
    // Two tabs that poll would leave at least one gap of half the interval.
    expect(Math.min(...gaps)).toBeGreaterThan(2000)
    const all = await tenant.requests('GET', '/v1.0/')
    // One live row: the newest page and the conference, and one request that fell on either side of the count.
    expect(all.length).toBeLessThanOrEqual(4 * 3 + 1)
    await tenant.dialIn({ name: 'Bob' })
    for (const tab of tabs) {
      await expectRow(participantsTable(tab), { Who: /^Bob/, Status: 'joined' })
      await expect(connection(tab)).toHaveText(/^Polling every 3 s\./)
    }
  })
}

test('five tabs hold one socket', async ({ context, page, newTenant }) => {
  const tenant = await newTenant({ push: true })
  await tenant.dialIn({ name: 'Ann' })
  const tabs = await openTabs(context, page, tenant, 5)
  for (const tab of tabs) await expect(connection(tab)).toHaveText('Live.')
  expect(await tenant.sockets()).toBe(1)
  await tenant.dialIn({ name: 'Bob' })
  for (const tab of tabs) {
    await expectRow(participantsTable(tab), { Who: /^Bob/, Status: 'joined' }, 6000)
  }
})

for (const { name, end } of [
  { name: 'closed', end: (leader: Page) => leader.close() },
  {
    name: 'crashed',
    async end(leader: Page) {
      const session = await leader.context().newCDPSession(leader)
      // The answer never comes: the page is gone.
      void session.send('Page.crash').catch(() => {})
      await leader.waitForEvent('crash')
    },
  },
  // Only hidden tabs are frozen, so this is how freezing begins as well.
  { name: 'hidden', end: hide },
]) {
  test(`another tab goes on at once, with all that was known, when the leader is ${name}`, async ({
    context,
    page,
    newTenant,
  }) => {
    const tenant = await newTenant({ push: true })
    await tenant.dialIn({ name: 'Ann' })
    const [leader, follower] = await openTabs(context, page, tenant, 2)
    if (!leader || !follower) throw new Error('two tabs were asked for')
    await expect(connection(follower)).toHaveText('Live.')
    await tenant.clearRequests()
    const before = Date.now()
    await end(leader)
    await expect.poll(async () => (await polls(tenant)).length).toBeGreaterThan(0)
    // Handed over within two seconds: the first poll of the next leader.
    expect(((await polls(tenant))[0] ?? Infinity) - before).toBeLessThan(2000)
    await expect.poll(() => tenant.sockets()).toBe(1)
    await tenant.dialIn({ name: 'Bob' })
    await expectRow(participantsTable(follower), { Who: /^Bob/, Status: 'joined' }, 6000)
    await expectRow(participantsTable(follower), { Who: /^Ann/, Status: 'joined' })
    await expect(connection(follower)).toHaveText('Live.')
  })
}

test('hidden tabs ask for nothing, and look at once when they are shown', async ({
  context,
  page,
  newTenant,
  newBrowser,
}) => {
  const tenant = await newTenant()
  await configure(page, { pollSeconds: 1 })
  await tenant.dialIn({ name: 'Ann' })
  const tabs = await openTabs(context, page, tenant, 2)
  for (const tab of tabs) await hide(tab)
  // Requests under way may still arrive.
  await page.waitForLoadState('networkidle')
  await tenant.clearRequests()
  await tenant.dialIn({ name: 'Bob' })
  // Three intervals by the clock of a tab that polls.
  const other = await newTenant()
  await other.dialIn({ name: 'Zoe' })
  const stranger = await newBrowser()
  await configure(stranger, { pollSeconds: 1 })
  await signIn(stranger, other, other.page())
  await other.asked(4)
  expect(await tenant.requests('GET', '/v1.0/')).toEqual([])
  await show(page)
  await expectRow(participantsTable(page), { Who: /^Bob/, Status: 'joined' }, 2500)
})

test('“Refresh now” in a follower asks the leader, and shows the outcome', async ({
  context,
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await tenant.dialIn({ name: 'Ann' })
  const [, follower] = await openTabs(context, page, tenant, 2)
  if (!follower) throw new Error('two tabs were asked for')
  const refresh = follower.getByRole('button', { name: 'Refresh now' })
  await refresh.click()
  await expect(follower.getByText('Nothing new.')).toBeVisible({ timeout: 2000 })
  await tenant.push({ refuse: 503 })
  await tenant.dialIn({ name: 'Bob' })
  await refresh.click()
  await expectRow(participantsTable(follower), { Who: /^Bob/ }, 2500)
})

test('a removal in one tab shows in the other', async ({ context, page, newTenant }) => {
  const tenant = await newTenant({ push: true })
  await tenant.dialIn({ name: 'Ann' })
  const [leader, follower] = await openTabs(context, page, tenant, 2)
  if (!leader || !follower) throw new Error('two tabs were asked for')
  await follower.getByRole('button', { name: 'Remove Ann' }).click()
  await follower.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click()
  await expectRow(participantsTable(leader), { Who: /^Ann/, Status: 'leaving' }, 3000)
  await expect(leader.getByText('Nobody is in this conference now')).toBeVisible({ timeout: 6000 })
})

const NAMES = ['Ann', 'Bob', 'Cleo', 'Dan', 'Eve', 'Finn', 'Gus', 'Hal', 'Ida', 'Jon', 'Kim', 'Lea']

/** The ids of the participants whose removal was sent, in order. */
const removed = async (tenant: Tenant): Promise<readonly string[]> =>
  (await tenant.requests('DELETE', PARTICIPANTS_PATH)).map(({ path }) =>
    path.slice(PARTICIPANTS_PATH.length + 1),
  )

/** Counts the removals that a tab sends. */
function countRemovals(tab: Page): { readonly count: number } {
  const counter = { count: 0 }
  tab.on('request', (request) => {
    if (request.method() === 'DELETE') counter.count += 1
  })
  return counter
}

/** Confirms the removal of all in the first tab, and waits until some removals were sent, though not all. */
async function removeSome(page: Page, tenant: Tenant): Promise<void> {
  await removeAll(page, NAMES.length)
  await lastCard(page).getByRole('button', { name: 'Send now' }).click()
  await expect.poll(async () => (await removed(tenant)).length).toBeGreaterThanOrEqual(2)
}

test('a hidden tab that alone is left finishes what was confirmed', async ({
  context,
  page,
  newTenant,
}) => {
  test.setTimeout(60_000)
  const tenant = await newTenant()
  const ids = await watchAll(page, tenant, NAMES)
  const hidden = await watchToo(context, tenant, NAMES)
  await hide(hidden)
  const byHidden = countRemovals(hidden)
  await removeSome(page, tenant)
  expect(byHidden.count).toBe(0)
  await page.close({ runBeforeUnload: false })
  await expect(lastCard(hidden)).toContainText(/Done\.\s*12 gone/, { timeout: 30_000 })
  expect(byHidden.count).toBeGreaterThan(0)
  expect((await removed(tenant)).toSorted()).toEqual(ids.toSorted())
})

test('the tab that leads sends what was confirmed in one that is hidden meanwhile', async ({
  context,
  page,
  newTenant,
}) => {
  test.setTimeout(60_000)
  const tenant = await newTenant()
  const ids = await watchAll(page, tenant, NAMES)
  const visible = await watchToo(context, tenant, NAMES)
  const byVisible = countRemovals(visible)
  await removeSome(page, tenant)
  expect(byVisible.count).toBe(0)
  const byHidden = countRemovals(page)
  await hide(page)
  await expect(lastCard(visible)).toContainText(/Done\.\s*12 gone/, { timeout: 30_000 })
  // One may have been under way.
  expect(byHidden.count).toBeLessThanOrEqual(2)
  expect(byVisible.count).toBeGreaterThan(0)
  expect((await removed(tenant)).toSorted()).toEqual(ids.toSorted())
})
