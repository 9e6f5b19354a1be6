import { openPage } from './steps.ts'
import {
  conferencesTable,
  configure,
  CONFERENCES_PATH,
  connection,
  expect,
  expectRow,
  INTERVALS,
  participantsTable,
  PARTICIPANTS_PATH,
  signIn,
  test,
  type Page,
  type Tenant,
} from './support.ts'

/** Failures without an answer that the app can use, and what it must say about each. */
const NO_ANSWER = [
  {
    name: '500',
    fault: { kind: 'status', status: 500 },
    says: 'The platform failed',
    trace: /HTTP 500 · INTERNAL · request req_/,
  },
  {
    name: '503',
    fault: { kind: 'status', status: 503 },
    says: 'The platform timed out',
    trace: /HTTP 503 · REQUEST_TIMEOUT · request req_/,
  },
  {
    name: '429',
    fault: { kind: 'status', status: 429 },
    says: 'Too many requests',
    trace: /HTTP 429 · RATE_LIMIT_EXCEEDED · request req_/,
  },
  {
    name: 'an empty 500',
    fault: { kind: 'empty' },
    says: 'The server failed',
    trace: /HTTP 500 · request req_/,
  },
  { name: 'a web page', fault: { kind: 'html' }, says: 'The server failed', trace: /HTTP 502/ },
  {
    name: 'a web page as a success',
    fault: { kind: 'html', status: 200 },
    says: 'The answer cannot be read',
    trace: null,
  },
  {
    name: 'broken JSON',
    fault: { kind: 'malformed' },
    says: 'The answer cannot be read',
    trace: null,
  },
  {
    name: 'half an answer',
    fault: { kind: 'truncated' },
    says: 'The server cannot be reached',
    trace: null,
  },
  {
    name: 'a dropped connection',
    fault: { kind: 'drop' },
    says: 'The server cannot be reached',
    trace: null,
  },
  {
    name: 'no answer',
    fault: { kind: 'hang' },
    says: 'The server did not answer in time',
    trace: null,
  },
] as const

// Short waits: what is said and when it is asked again does not depend on their length.
test.use({ settings: { pollSeconds: 1, requestTimeoutSeconds: 3 } })

const failure = (page: Page, what: string) => page.getByRole('alert').filter({ hasText: what })

for (const { name, fault, says, trace } of NO_ANSWER) {
  test(`says so when the list of participants fails: ${name}`, async ({ page, newTenant }) => {
    const tenant = await newTenant()
    await tenant.dialInAll('Ann', 'Bob')
    await signIn(page, tenant, tenant.page())
    const table = participantsTable(page)
    await expectRow(table, { Who: /^Ann/, Status: 'joined' })
    await tenant.fault({ path: PARTICIPANTS_PATH, ...fault })
    await expect(connection(page)).toContainText(`Delayed: ${says}`, { timeout: 20_000 })
    await expect(connection(page)).toContainText(/Shown as of \d+ s ago/)
    await expectRow(table, { Who: /^Ann/, Status: 'joined' })
    await expect(page.getByRole('heading', { name: 'Support standup' })).toBeVisible()
    await tenant.clearFaults()
    await tenant.dialIn({ name: 'Cleo' })
    await expectRow(table, { Who: /^Cleo/, Status: 'joined' })
    await expect(connection(page)).toHaveText(/^Polling every 1 s\./)
  })

  test(`says so when nothing can be read from the start: ${name}`, async ({ page, newTenant }) => {
    const tenant = await newTenant()
    await tenant.dialIn({ name: 'Ann' })
    await tenant.fault({ path: PARTICIPANTS_PATH, ...fault })
    await tenant.fault({ path: `${CONFERENCES_PATH}*`, ...fault })
    await signIn(page, tenant, tenant.page())
    const participants = failure(page, `Could not load participants: ${says}`)
    const conference = failure(page, `The conference cannot be read: ${says}`)
    const conferences = failure(page, `Could not load conferences: ${says}`)
    for (const statement of [participants, conference]) {
      await expect(statement).toBeVisible({ timeout: 20_000 })
      if (trace) await expect(statement).toContainText(trace)
    }
    await openPage(page, 'Conferences')
    await expect(conferences).toBeVisible({ timeout: 20_000 })
    if (trace) await expect(conferences).toContainText(trace)
    await tenant.clearFaults()
    await page.getByRole('button', { name: 'Refresh now' }).click()
    const table = conferencesTable(page)
    await expectRow(table, { Name: 'Support standup', Joined: '1' }, 20_000)
    await table.getByRole('link', { name: 'Support standup' }).click()
    await expectRow(participantsTable(page), { Who: /^Ann/, Status: 'joined' })
    await expect(page.getByRole('heading', { name: 'Support standup' })).toBeVisible()
    await expect(page.getByRole('alert').filter({ hasText: says })).toBeHidden()
  })
}

test('shows the reason and request id of a poll that fails', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  await tenant.dialIn({ name: 'Ann' })
  await signIn(page, tenant, tenant.page())
  await expectRow(participantsTable(page), { Who: /^Ann/, Status: 'joined' })
  await tenant.fault({ path: PARTICIPANTS_PATH, kind: 'status', status: 503 })
  await expect(connection(page)).toContainText('Delayed: The platform timed out')
  await expect(page.getByText(/HTTP 503 · REQUEST_TIMEOUT · request req_/)).toBeVisible()
})

test('shows old rows as old, and as new again afterwards', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  await tenant.dialIn({ name: 'Ann' })
  await signIn(page, tenant, tenant.page())
  const table = participantsTable(page)
  await expectRow(table, { Who: /^Ann/, Status: 'joined' })
  await expect(table).not.toHaveCSS('font-style', 'italic')
  await tenant.fault({ path: PARTICIPANTS_PATH, kind: 'status', status: 503 })
  await expect(table).toHaveCSS('font-style', 'italic', { timeout: 20_000 })
  await tenant.clearFaults()
  await page.getByRole('button', { name: 'Refresh now' }).click()
  await expect(table).not.toHaveCSS('font-style', 'italic')
  await expect(connection(page)).toHaveText(/^Polling every 1 s\./)
})

test('keeps the conferences when their list fails later, and says that they are old', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await signIn(page, tenant)
  await expectRow(conferencesTable(page), { Name: 'Support standup' })
  await tenant.fault({ path: CONFERENCES_PATH, kind: 'status', status: 503 })
  await tenant.asked(2, CONFERENCES_PATH)
  await expectRow(conferencesTable(page), { Name: 'Support standup' })
  await expect(page.getByText(/HTTP 503 · REQUEST_TIMEOUT · request req_/)).toBeVisible()
  await tenant.clearFaults()
  await expect(page.getByText(/REQUEST_TIMEOUT/)).toBeHidden()
})

test('says what is missing when the list of conferences fails but participants can be read', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant({ conferences: 2 })
  await tenant.dialIn({ name: 'Ann' })
  await tenant.fault({ path: CONFERENCES_PATH, kind: 'status', status: 503 })
  await signIn(page, tenant, '/conferences?empty=show')
  // Known by its participant; of the other one nothing is known.
  await expectRow(conferencesTable(page), { Name: 'Support standup', Joined: '1' })
  await expect(page.getByText(/HTTP 503 · REQUEST_TIMEOUT · request req_/)).toBeVisible()
  await tenant.clearFaults()
  await expectRow(conferencesTable(page), { Name: /^Incident bridge/ })
})

test('keeps the facts of a conference that fails later, and says that they may be old', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await signIn(page, tenant, tenant.page())
  await expect(page.getByRole('heading', { name: 'Support standup' })).toBeVisible()
  const path = `${CONFERENCES_PATH}/${tenant.conference()}`
  await tenant.fault({ path, kind: 'status', status: 500 })
  const notice = failure(page, 'Details may be out of date: The platform failed')
  await expect(notice).toContainText(/HTTP 500 · INTERNAL · request req_/)
  await expect(page.getByRole('heading', { name: 'Support standup' })).toBeVisible()
  await tenant.clearFaults()
  await notice.getByRole('button', { name: 'Try again now' }).click()
  await expect(notice).toBeHidden()
})

for (const { what, path, open } of [
  { what: 'the participants', path: PARTICIPANTS_PATH, open: (tenant: Tenant) => tenant.page() },
  { what: 'the conferences', path: CONFERENCES_PATH, open: () => '/conferences' },
]) {
  test(`“Try again now” asks at once for ${what}`, async ({ page, newTenant }) => {
    const tenant = await newTenant()
    await tenant.fault({ path, kind: 'status', status: 500 })
    await signIn(page, tenant, open(tenant))
    // By then the pause between two tries is 6 s or more.
    await expect
      .poll(async () => (await tenant.requests('GET', `${path}?`)).length, {
        timeout: 25_000,
        intervals: INTERVALS,
      })
      .toBe(4)
    await tenant.clearFaults()
    await failure(page, 'Could not load').getByRole('button', { name: 'Try again now' }).click()
    await expect(failure(page, 'Could not load')).toBeHidden({ timeout: 4000 })
  })
}

test('shows what is there while answers are slow, and asks for nothing twice', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await configure(page, { pollSeconds: 3, requestTimeoutSeconds: 10 })
  await tenant.dialIn({ name: 'Ann' })
  await tenant.fault({ path: PARTICIPANTS_PATH, kind: 'slow', ms: 4000, count: 1 })
  await signIn(page, tenant, tenant.page())
  await expect(
    page.getByRole('status').filter({ hasText: 'Loading the participants…' }),
  ).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Support standup' })).toBeVisible()
  await expectRow(participantsTable(page), { Who: /^Ann/, Status: 'joined' })
  expect((await tenant.requests('GET', `${PARTICIPANTS_PATH}?`)).length).toBe(1)
})

test('slows down at the rate limit, says so, and goes on', async ({ page, newTenant }) => {
  const tenant = await newTenant({ limits: { customer: { rate: 0.5, burst: 4 } } })
  await configure(page, { pollSeconds: 3 })
  await tenant.dialIn({ name: 'Ann' })
  await signIn(page, tenant, tenant.page())
  await expectRow(participantsTable(page), { Who: /^Ann/, Status: 'joined' })
  await expect(connection(page)).toContainText('Delayed: Too many requests.', { timeout: 20_000 })
  await expectRow(participantsTable(page), { Who: /^Ann/, Status: 'joined' })
  await expect(connection(page)).toHaveText(/^Polling every 3 s\./, { timeout: 30_000 })
})

test('says that it is offline, and goes on when the network is back', async ({
  page,
  context,
  newTenant,
}) => {
  const tenant = await newTenant()
  await tenant.dialIn({ name: 'Ann' })
  await signIn(page, tenant, tenant.page())
  await expectRow(participantsTable(page), { Who: /^Ann/, Status: 'joined' })
  await context.setOffline(true)
  await expect(connection(page)).toContainText(/^Offline\. Shown as of \d+ s ago/)
  await tenant.dialIn({ name: 'Bob' })
  await context.setOffline(false)
  await expectRow(participantsTable(page), { Who: /^Bob/, Status: 'joined' })
  await expect(connection(page)).toHaveText(/^Polling every 1 s\./)
})

test('shows the participants when their calls cannot be read', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  const ann = await tenant.dialIn({ name: 'Ann' })
  await tenant.fault({ path: '/v1.0/calls*', kind: 'status', status: 500 })
  await signIn(page, tenant, tenant.page())
  await expectRow(participantsTable(page), { Who: ann.call.slice(0, 8), Status: 'joined' })
  await tenant.clearFaults()
  await expectRow(participantsTable(page), { Who: /^Ann/, Status: 'joined' })
})

test('explains a frozen account', async ({ page, newTenant }) => {
  const tenant = await newTenant({ frozen: true })
  await signIn(page, tenant)
  await expect(failure(page, 'This account is frozen')).toContainText(
    /ACCOUNT_FROZEN · request req_/,
  )
})
