import { openPage } from './steps.ts'
import {
  conferencesTable,
  connection,
  expect,
  expectRow,
  participantsTable,
  PARTICIPANTS_PATH,
  signIn,
  statusButton,
  test,
  type Page,
  type Tenant,
} from './support.ts'

const HOUR = 3600

/** The number of requests for participants in each whole poll so far: from one newest page to the next. */
async function requestsPerPoll(tenant: Tenant): Promise<readonly number[]> {
  const counts: number[] = []
  for (const { path } of await tenant.requests('GET', PARTICIPANTS_PATH)) {
    if (path.startsWith(`${PARTICIPANTS_PATH}?`) && !path.includes('page_token')) counts.push(0)
    const last = counts.length - 1
    if (last >= 0) counts[last] = (counts[last] ?? 0) + 1
  }
  return counts.slice(0, -1)
}

for (const history of [1000, 100_000]) {
  test(`a poll costs the same with ${history.toLocaleString('en')} rows of history`, async ({
    page,
    newTenant,
  }) => {
    test.setTimeout(120_000)
    const LIVE = 30
    const tenant = await newTenant({ conferences: 1, live: LIVE, history })
    await signIn(page, tenant, tenant.page())
    await page.getByRole('button', { name: 'Pause loading' }).click({ timeout: 20_000 })
    // The first picture: all participants that the conference names, and their calls, are read once.
    const joined = (await tenant.truth()).filter(({ status }) => status === 'joined').length
    await expect(statusButton(page, 'joined')).toHaveAccessibleName(`joined at least ${joined}`, {
      timeout: 60_000,
    })
    // The other one of 2 + ceil(L/50) is the conference. One more is stuck in leaving.
    const most = 1 + Math.ceil((LIVE + 1) / 50)
    await expect
      .poll(async () => (await requestsPerPoll(tenant)).at(-1), { timeout: 30_000 })
      .toBeLessThanOrEqual(most)
    await tenant.clearRequests()
    await expect
      .poll(async () => (await requestsPerPoll(tenant)).length, { timeout: 60_000 })
      .toBeGreaterThanOrEqual(5)
    expect(Math.max(...(await requestsPerPoll(tenant)))).toBeLessThanOrEqual(most)
  })
}

test('the first picture of a day costs a request for each hundred rows', async ({
  page,
  newTenant,
}) => {
  test.setTimeout(90_000)
  const HISTORY = 2000
  const tenant = await newTenant({ conferences: 1, live: 10, history: HISTORY })
  await signIn(page, tenant, tenant.page())
  const progress = page.getByRole('progressbar', { name: 'Reading back' })
  await expect(progress).toBeVisible()
  await expect(progress).toBeHidden({ timeout: 40_000 })
  const pages = (await tenant.requests('GET', `${PARTICIPANTS_PATH}?`))
    .map(({ path }) => new URLSearchParams(path.split('?')[1]).get('page_token'))
    .filter((token) => token !== null)
  // One page begins where the newest ends, and meanwhile polls read rows again that can change.
  expect(new Set(pages).size).toBeLessThanOrEqual(HISTORY / 100 + 2)
})

test('reading back can be paused and resumed, and navigation does not begin it anew', async ({
  page,
  newTenant,
}) => {
  test.setTimeout(90_000)
  const tenant = await newTenant({ conferences: 2, live: 10, history: 2000 })
  await signIn(page, tenant, tenant.page())
  const progress = page.getByRole('progressbar', { name: 'Reading back' })
  await expect(progress).toBeVisible()
  await page.getByRole('button', { name: 'Pause loading' }).click()
  await expect(
    page.getByText(/^Participants incomplete: loaded back to .*, \d+ of 24 h\.$/),
  ).toBeVisible()
  await openPage(page, 'Conferences')
  await page.getByRole('button', { name: 'Resume loading' }).click()
  await expect(progress).toBeHidden({ timeout: 40_000 })
  const pages = (await tenant.requests('GET', `${PARTICIPANTS_PATH}?`))
    .map(({ path }) => new URLSearchParams(path.split('?')[1]).get('page_token'))
    .filter((token) => token !== null)
  // Twenty pages hold two thousand rows. Reading again from the newest page would have doubled them.
  expect(new Set(pages).size).toBeLessThan(30)
})

test('counts say "at least" until the list is whole', async ({ page, newTenant }) => {
  test.setTimeout(120_000)
  const tenant = await newTenant({ conferences: 1, live: 10, history: 2000 })
  await signIn(page, tenant)
  await page.getByRole('button', { name: 'Pause loading' }).click({ timeout: 20_000 })
  await expect(
    page.getByText(/^Counts incomplete: loaded back to .*, \d+ of 24 h\.$/),
  ).toBeVisible()
  const atLeast = conferencesTable(page).getByText(/^at least \d+$/)
  await expect(atLeast.first()).toBeVisible()
  await page.getByRole('button', { name: 'Resume loading' }).click()
  await expect(page.getByText('Counts incomplete')).toBeHidden({ timeout: 80_000 })
  await expect(atLeast).toHaveCount(0)
})

test('a sweep that fails goes on where it stopped', async ({ page, newTenant }) => {
  test.setTimeout(90_000)
  const tenant = await newTenant({ conferences: 1, live: 10, history: 1500 })
  await tenant.fault({ path: PARTICIPANTS_PATH, kind: 'drop', skip: 5, count: 2 })
  await signIn(page, tenant, tenant.page())
  await expect(page.getByRole('progressbar', { name: 'Reading back' })).toBeVisible()
  await expect(page.getByRole('progressbar', { name: 'Reading back' })).toBeHidden({
    timeout: 60_000,
  })
  await expect(connection(page)).toHaveText(/^Polling every 3 s\./)
  expect((await tenant.requests('GET', `${PARTICIPANTS_PATH}?`)).length).toBeLessThan(60)
})

const wrongClock = (page: Page, milliseconds: number) =>
  page.addInitScript((offset) => {
    const RealDate = Date
    const now = () => RealDate.now() + offset
    const WrongDate = class extends RealDate {
      constructor(...given: [] | [number]) {
        if (given.length === 0) super(now())
        else super(...given)
      }
      static override now = now
    }
    Object.assign(globalThis, { Date: WrongDate })
  }, milliseconds)

for (const { name, hours, says } of [
  { name: 'two hours behind', hours: -2, says: /clock is 2 h 00 m behind the server’s/ },
  { name: 'two hours ahead', hours: 2, says: /clock is 2 h 00 m ahead of the server’s/ },
]) {
  test(`says that the clock is ${name}, and durations follow the server’s`, async ({
    page,
    newTenant,
  }) => {
    const tenant = await newTenant()
    await wrongClock(page, hours * HOUR * 1000)
    await tenant.dialIn({ name: 'Ann' })
    await signIn(page, tenant, tenant.page())
    await expectRow(participantsTable(page), { Who: /^Ann/, Since: /^\d+ s$/, Status: 'joined' })
    await expect(connection(page)).toHaveText(says)
    await tenant.dialIn({ name: 'Bob' })
    await expectRow(participantsTable(page), { Who: /^Bob/, Since: /^\d+ s$/, Status: 'joined' })
  })
}

test('catches up with an hour asleep in a bounded number of requests, with each participant once', async ({
  page,
  context,
  newTenant,
}) => {
  test.setTimeout(90_000)
  const tenant = await newTenant({ conferences: 1, live: 30, rate: 0.1, push: true })
  await tenant.dialIn({ name: 'Ann' })
  await signIn(page, tenant, tenant.page())
  await expectRow(participantsTable(page), { Who: /^Ann/, Status: 'joined' })
  await context.setOffline(true)
  await expect(connection(page)).toHaveText(/^Offline/)
  // Some hundreds of participants join and leave meanwhile.
  await tenant.advance(HOUR)
  const bob = await tenant.dialIn({ name: 'Bob' })
  await tenant.clearRequests()
  await context.setOffline(false)
  await expectRow(participantsTable(page), { Who: /^Bob/, Status: 'joined' })
  await expect(connection(page)).toHaveText(/^Live\./, { timeout: 40_000 })
  const truth = await tenant.truth()
  const joined = truth.filter(
    ({ status, conference_id }) => status === 'joined' && conference_id === bob.conference,
  )
  expect(joined.length).toBeGreaterThan(1)
  await expect(statusButton(page, 'joined')).toHaveAccessibleName(`joined ${joined.length}`)
  expect((await tenant.requests('GET', `${PARTICIPANTS_PATH}?`)).length).toBeLessThan(40)
})
