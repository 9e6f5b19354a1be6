import {
  CONFERENCES_PATH,
  conferencesTable,
  connection,
  expect,
  expectRow,
  participantsTable,
  rowOf,
  signIn,
  test,
  type Page,
  type Tenant,
} from './support.ts'

const LIST = `${CONFERENCES_PATH}?`

/** Whether a request is for the newest page of the participants, asked for once a poll. */
const isPoll = (path: string): boolean =>
  path.startsWith('/v1.0/conferencecalls?') && !path.includes('page_token')

test.describe.configure({ timeout: 120_000 })

/** Waits for most of so many conferences: the list does not show those of type connect or queue. */
const expectMost = (page: Page, count: number): Promise<void> =>
  expect
    .poll(async () => Number(await conferencesTable(page).getAttribute('aria-rowcount')), {
      timeout: 30_000,
    })
    .toBeGreaterThan(0.8 * count)

/** Requests for the list of conferences in each whole poll of the participants so far. */
async function listRequestsPerPoll(tenant: Tenant): Promise<readonly number[]> {
  const counts: number[] = []
  for (const { path } of await tenant.requests('GET', '/v1.0/')) {
    if (isPoll(path)) counts.push(0)
    const last = counts.length - 1
    if (last >= 0 && path.startsWith(LIST)) counts[last] = (counts[last] ?? 0) + 1
  }
  return counts.slice(0, -1)
}

test('polls the participants and shows a departure beside 1,200 conferences without push', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant({ conferences: 1200, live: 60 })
  const ann = await tenant.dialIn({ name: 'Ann' })
  await signIn(page, tenant, '/conferences?empty=show')
  await expectMost(page, 1200)
  await expect(page.getByText('Conferences incomplete')).toBeHidden()
  await expect(connection(page)).toHaveText(/^Polling every 3 s\./, { timeout: 30_000 })
  await tenant.clearRequests()
  await expect
    .poll(async () => (await listRequestsPerPoll(tenant)).length, { timeout: 60_000 })
    .toBeGreaterThanOrEqual(5)
  const perPoll = await listRequestsPerPoll(tenant)
  // A poll and the list have clocks of their own, so now and then one more falls between two polls.
  expect(perPoll.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(2 * perPoll.length + 2)
  const times = (await tenant.requests('GET', '/v1.0/'))
    .filter(({ path }) => isPoll(path))
    .map(({ time }) => Date.parse(time))
  const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0))
  expect(Math.max(...gaps)).toBeLessThan(9000)
  await expect(connection(page)).toHaveText(/^Polling every 3 s\./)

  await page.getByRole('searchbox', { name: 'Filter conferences' }).fill(tenant.conference())
  await conferencesTable(page).getByRole('link').click()
  await expectRow(participantsTable(page), { Who: /^Ann/, Status: 'joined' })
  await tenant.act('hang-up', { participant: ann.participant })
  const before = (await tenant.requests('GET', '/v1.0/')).filter(({ path }) => isPoll(path)).length
  await expect(rowOf(participantsTable(page), /^Ann/)).toBeHidden()
  const polls = (await tenant.requests('GET', '/v1.0/')).filter(({ path }) => isPoll(path)).length
  expect(polls - before).toBeLessThanOrEqual(2)
})

for (const mode of ['alternate', 'random', 'older'] as const) {
  test(`reads the list once in spite of a next_page_token of kind "${mode}"`, async ({
    page,
    newTenant,
  }) => {
    const tenant = await newTenant({ conferences: 250 })
    await tenant.fault({ path: CONFERENCES_PATH, kind: 'token', mode })
    await signIn(page, tenant, '/conferences?empty=show')
    await expectMost(page, 250)
    await tenant.asked(1)
    expect((await tenant.requests('GET', LIST)).length).toBeLessThan(20)
  })
}

test('says that older conferences could not be loaded when all pages are the newest one', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant({ conferences: 250 })
  await tenant.fault({ path: CONFERENCES_PATH, kind: 'same-page' })
  await signIn(page, tenant, '/conferences?empty=show')
  await expect(page.getByText(/^Could not load older conferences: /)).toBeVisible({
    timeout: 30_000,
  })
  await expect(conferencesTable(page)).toHaveAttribute('aria-rowcount', /^1\d\d$/)
  await tenant.asked(1)
  expect((await tenant.requests('GET', LIST)).length).toBeLessThan(20)
  await tenant.clearFaults()
  await expectMost(page, 250)
  await expect(page.getByText('Could not load older conferences')).toBeHidden()
})

test('removes a conference that ends while the socket is away from the list, the newest one, too', async ({
  page,
  request,
  newTenant,
}) => {
  const tenant = await newTenant({ conferences: 2, push: true })
  const id = await tenant.createConference({ name: 'Newest' })
  await signIn(page, tenant, '/conferences?empty=show')
  await expect(connection(page)).toHaveText(/^Live\./, { timeout: 20_000 })
  await expect(rowOf(conferencesTable(page), 'Newest')).toBeVisible()
  await tenant.push({ refuse: 503 })
  await tenant.dropSockets()
  const { accesskey } = tenant.account
  await request.delete(`${CONFERENCES_PATH}/${id}?accesskey=${accesskey}`)
  await tenant.push({ refuse: false })
  await expect(connection(page)).toHaveText(/^Live\./, { timeout: 30_000 })
  await expect(rowOf(conferencesTable(page), 'Newest')).toBeHidden({ timeout: 20_000 })
  await expect(conferencesTable(page)).toHaveAttribute('aria-rowcount', '2')
})
