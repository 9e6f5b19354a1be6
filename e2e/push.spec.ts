import {
  configure,
  connection,
  expect,
  expectRow,
  participantsTable,
  PARTICIPANTS_PATH,
  signIn,
  test,
  type Page,
  type Tenant,
} from './support.ts'

/** No poll comes within a minute: any change on the screen sooner was pushed. */
const POLL = 60
const SOON = 6000

/** Opens the page of an installation with this poll interval. */
async function watchLive(page: Page, tenant: Tenant, pollSeconds = POLL): Promise<void> {
  await configure(page, { pollSeconds })
  await signIn(page, tenant, tenant.page())
  await expect(connection(page)).toHaveText('Live.')
}

for (const { name, switches } of [
  { name: 'as the platform does it today', switches: {} },
  { name: 'wrapped, as documents have it', switches: { wrapped: true } },
  { name: 'twice, late and out of order', switches: { duplicate: 1, reorder: true, delayMs: 300 } },
  { name: 'with events about participants', switches: { conferencecallEvents: true } },
]) {
  test(`shows at once that participants join and leave: ${name}`, async ({ page, newTenant }) => {
    const tenant = await newTenant({ push: true })
    await tenant.push(switches)
    await watchLive(page, tenant)
    const ann = await tenant.dialIn({ name: 'Ann' })
    const table = participantsTable(page)
    await expectRow(table, { Who: /^Ann/, Status: 'joined' }, SOON)
    await tenant.act('hang-up', { participant: ann.participant })
    await expect(page.getByText('Nobody is in this conference now')).toBeVisible({ timeout: SOON })
    await expect(connection(page)).toHaveText('Live.')
  })
}

test('applies an event about a participant without a request', async ({ page, newTenant }) => {
  const tenant = await newTenant({ push: true })
  await tenant.push({ conferencecallEvents: true })
  await watchLive(page, tenant)
  await tenant.clearRequests()
  await tenant.dialIn({ name: 'Ann', hold: true })
  await expectRow(participantsTable(page), { Who: /^Ann/, Status: 'joining' }, SOON)
  expect(await tenant.requests('GET', PARTICIPANTS_PATH)).toEqual([])
})

test('shows at once that a caller is joining, and that its call has ended in the pre-flow', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant({ push: true })
  await watchLive(page, tenant)
  const ann = await tenant.dialIn({ name: 'Ann', hold: true })
  const table = participantsTable(page)
  await expectRow(table, { Who: /^Ann/, Status: 'joining' }, SOON)
  await tenant.act('step', { participant: ann.participant })
  await tenant.act('hang-up', { participant: ann.participant })
  await expectRow(
    table,
    { Who: /^Ann/, Status: 'joining', Departure: 'hung up while joining' },
    SOON,
  )
  await expect(connection(page)).toHaveText('Live.')
})

test('shows in the next poll that the server has given up a call hung up in the pre-flow', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant({ push: true })
  await watchLive(page, tenant, 3)
  const ann = await tenant.dialIn({ name: 'Ann', hold: true })
  await expectRow(participantsTable(page), { Who: /^Ann/, Status: 'joining' })
  await tenant.act('hang-up', { participant: ann.participant })
  await tenant.advance(20)
  await expectRow(participantsTable(page), { Who: /^Ann/, Status: 'leaving' })
})

test('shows a joining participant while other calls make 50 frames a second, at a bounded cost', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant({ push: true })
  await watchLive(page, tenant)
  await tenant.clearRequests()
  await tenant.act('other-calls', { framesPerSecond: 50 })
  const asked = () => tenant.requests('GET', '/v1.0/')
  await expect.poll(async () => (await asked()).length, { timeout: 30_000 }).toBeGreaterThan(7)
  await tenant.dialIn({ name: 'Ann', hold: true })
  await expectRow(participantsTable(page), { Who: /^Ann/, Status: 'joining' }, SOON)
  const times = (await asked()).map(({ time }) => Date.parse(time))
  const seconds = (Math.max(...times) - Math.min(...times)) / 1000
  // One reading in 700 ms, and the one for Ann.
  expect(times.length).toBeLessThanOrEqual(seconds / 0.7 + 2)
  await expect(participantsTable(page)).toHaveAttribute('aria-rowcount', '1')
})

test('reads the newest page at the base interval when no frames of calls come', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant({ push: true })
  await tenant.push({ callFrames: false })
  await watchLive(page, tenant, 2)
  await tenant.dialIn({ name: 'Ann', hold: true })
  await expectRow(participantsTable(page), { Who: /^Ann/, Status: 'joining' }, SOON)
  await expect(connection(page)).toHaveText('Live.')
  await tenant.clearRequests()
  await tenant.asked(4, `${PARTICIPANTS_PATH}?`)
})

test('costs one request for each participant that joins or leaves', async ({ page, newTenant }) => {
  const tenant = await newTenant({ push: true })
  await watchLive(page, tenant)
  await tenant.clearRequests()
  const ann = await tenant.dialIn({ name: 'Ann' })
  await expectRow(participantsTable(page), { Who: /^Ann/, Status: 'joined' }, SOON)
  expect(await tenant.requests('GET', '/v1.0/')).toHaveLength(1)
  await tenant.act('hang-up', { participant: ann.participant })
  await expect(page.getByText('Nobody is in this conference now')).toBeVisible({ timeout: SOON })
  expect(await tenant.requests('GET', '/v1.0/')).toHaveLength(2)
})

test('catches up after a dropped socket, and push goes on', async ({ page, newTenant }) => {
  const tenant = await newTenant({ push: true })
  await watchLive(page, tenant, 3)
  await tenant.push({ refuse: 503 })
  expect(await tenant.dropSockets()).toBe(1)
  await expect(connection(page)).toHaveText(/^Polling every 3 s\. No push: /)
  await tenant.dialIn({ name: 'Ann' })
  await tenant.push({ refuse: false })
  await expect(connection(page)).toHaveText('Live.', { timeout: 20_000 })
  await expectRow(participantsTable(page), { Who: /^Ann/, Status: 'joined' })
  await tenant.dialIn({ name: 'Bob' })
  await expectRow(participantsTable(page), { Who: /^Bob/, Status: 'joined' }, SOON)
})

test('says that push is refused for good, and polls', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  await signIn(page, tenant, tenant.page())
  await expect(connection(page)).toHaveText(/^Polling every 3 s\. No push: /)
  await tenant.dialIn({ name: 'Ann' })
  await expectRow(participantsTable(page), { Who: /^Ann/, Status: 'joined' })
})

test('finds out a silently dead socket by the changes that it did not push', async ({
  page,
  newTenant,
}) => {
  test.setTimeout(120_000)
  const tenant = await newTenant({ push: true })
  await watchLive(page, tenant, 3)
  await tenant.push({ halfOpen: true })
  await tenant.dialIn({ name: 'Ann' })
  await expectRow(participantsTable(page), { Who: /^Ann/, Status: 'joined' }, 20_000)
  await tenant.dialIn({ name: 'Bob' })
  await expectRow(participantsTable(page), { Who: /^Bob/, Status: 'joined' }, 20_000)
  // A change is judged some seconds after it was found.
  await expect(connection(page)).toHaveText(/^Polling every 3 s\. No push: /, { timeout: 20_000 })
  await tenant.push({ halfOpen: false })
  await tenant.dialIn({ name: 'Cleo' })
  await expect(connection(page)).toHaveText('Live.')
})

test('takes no harm from garbage, a huge frame, a flood and other customers', async ({
  page,
  newTenant,
}) => {
  const other = await newTenant({ push: true })
  const stranger = await other.dialIn({ name: 'Stranger' })
  const tenant = await newTenant({ push: true })
  await watchLive(page, tenant)
  await tenant.clearRequests()
  await tenant.pushFrame('{"id":')
  await tenant.pushFrame({ id: 7 })
  await tenant.pushFrame({ type: 'conference_updated', data: null })
  await tenant.pushFrame(JSON.stringify({ id: 'x', junk: 'x'.repeat(1_000_000) }))
  const foreign = {
    id: stranger.participant,
    customer_id: other.account.id,
    conference_id: tenant.conference(),
    reference_type: 'call',
    reference_id: stranger.call,
    status: 'joined',
    tm_create: '2026-01-15 09:30:00.000000',
  }
  await tenant.pushFrame(foreign)
  await tenant.pushFrame({ ...foreign, type: 'x' }, 3000, 1000)
  const ann = await tenant.dialIn({ name: 'Ann' })
  await expectRow(participantsTable(page), { Who: /^Ann/, Status: 'joined' }, SOON)
  await expect(participantsTable(page)).toHaveAttribute('aria-rowcount', '1')
  await expect(connection(page)).toHaveText('Live.')
  expect((await tenant.requests('GET', PARTICIPANTS_PATH)).length).toBeLessThan(6)
  await tenant.act('hang-up', { participant: ann.participant })
})

test('names no credential in anything the page shows or keeps about push', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await signIn(page, tenant, tenant.page())
  await expect(connection(page)).toHaveText(/No push/)
  await expect(page.locator('body')).not.toContainText(/token=|accesskey=/)
})
