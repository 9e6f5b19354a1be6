import {
  conferencesTable,
  connection,
  expect,
  expectRow,
  participantsTable,
  panelOf,
  PARTICIPANTS_PATH,
  rowOf,
  signIn,
  statusButton,
  test,
} from './support.ts'

// A change shows as soon as it is polled: a short interval saves the wait.
test.use({ settings: { pollSeconds: 1 } })

test('shows a caller that dials in, waits, and joins', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  await signIn(page, tenant, tenant.page())
  await expect(page.getByText('Nobody has joined in the last 24 hours')).toBeVisible()
  const ann = await tenant.dialIn({ name: 'Ann', number: '+15551230001', hold: true })
  const table = participantsTable(page)
  await expectRow(table, { Who: 'Ann +15551230001', Status: 'joining', Since: /^\d+ s$/ })
  await expect(statusButton(page, 'joining')).toHaveText('joining1')
  await tenant.act('join', { participant: ann.participant })
  await expectRow(table, { Who: 'Ann +15551230001', Status: 'joined' })
  await expect(page.getByRole('button', { name: 'joining 0' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'joined 1' })).toBeVisible()
})

test('counts a caller that hangs up, drops it from the default view, and shows it after one click', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  const [ann] = await tenant.dialInAll('Ann', 'Bob')
  await signIn(page, tenant, tenant.page())
  const table = participantsTable(page)
  await expectRow(table, { Who: /^Ann/, Status: 'joined' })
  await tenant.act('hang-up', { participant: ann?.participant })
  await expect(rowOf(table, /^Ann/)).toBeHidden()
  await expectRow(table, { Who: /^Bob/, Status: 'joined' })
  await page.getByRole('button', { name: 'left 1' }).click()
  await expectRow(table, { Who: /^Ann/, Status: /^left/ })
})

test('offers the way to those that have left when all have', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  const ann = await tenant.dialIn({ name: 'Ann' })
  await tenant.act('hang-up', { participant: ann.participant })
  await signIn(page, tenant, tenant.page())
  await expect(page.getByText('Nobody is in this conference now')).toBeVisible()
  await page.getByRole('button', { name: 'Show the 1 who left' }).click()
  await expectRow(participantsTable(page), { Who: /^Ann/, Status: /^left/ })
})

test('keeps a leaving participant in sight, and calls it stuck after a while', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  const [ann, bob] = await tenant.dialInAll('Ann', 'Bob')
  await signIn(page, tenant, tenant.page())
  const table = participantsTable(page)
  await tenant.act('stick', { participant: ann?.participant })
  await expectRow(table, { Who: /^Ann/, Status: 'leaving' })
  const fields = { status: 'leaving', tm_update: new Date(Date.now() - 90_000).toISOString() }
  await tenant.act('set', {
    participant: bob?.participant,
    fields: { ...fields, tm_create: fields.tm_update },
  })
  await page.reload()
  await expectRow(table, { Who: /^Bob/, Status: 'leaving, stuck' })
  await expectRow(table, { Who: /^Ann/, Status: 'leaving' })
})

test('a stuck participant is one click away from the list, and its hang-up another', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  const [ann, bob] = await tenant.dialInAll('Ann', 'Bob')
  await signIn(page, tenant)
  const totals = page.getByRole('list', { name: 'Totals' })
  await expect(totals).toContainText('joined 2')
  await expect(totals).not.toContainText('stuck')
  for (const [participant, seconds] of [
    [ann?.participant, 90],
    [bob?.participant, 300],
  ] as const) {
    const since = new Date(Date.now() - seconds * 1000).toISOString()
    const fields = { status: 'leaving', tm_update: since, tm_create: since }
    await tenant.act('set', { participant, fields })
  }
  await page.reload()
  await totals.getByRole('link', { name: 'stuck 2' }).click()
  await expect(panelOf(page, 'Bob').getByRole('button', { name: /^Hang up/ })).toBeVisible()
})

test('shows a caller that comes back as a row of its own', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  const ann = await tenant.dialIn({ name: 'Ann' })
  await signIn(page, tenant, `${tenant.page()}?hide=`)
  const table = participantsTable(page)
  await expectRow(table, { Who: /^Ann/, Status: 'joined' })
  await tenant.act('hang-up', { participant: ann.participant })
  await expectRow(table, { Who: /^Ann/, Status: /^left/ })
  await tenant.act('rejoin', { participant: ann.participant, hold: true })
  await expectRow(table, { Who: /^Ann/, Status: 'joining' })
  await expectRow(table, { Who: /^Ann/, Status: /^left/ })
  await expect(table).toHaveAttribute('aria-rowcount', '2')
})

test('shows and marks a participant back from leaving to joined', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  const ann = await tenant.dialIn({ name: 'Ann' })
  await signIn(page, tenant, tenant.page())
  const table = participantsTable(page)
  await tenant.act('stick', { participant: ann.participant })
  await expectRow(table, { Who: /^Ann/, Status: 'leaving' })
  await tenant.act('bring-back', { participant: ann.participant })
  await expectRow(table, { Who: /^Ann/, Status: 'joined back from leaving' })
  await expect(page.getByRole('button', { name: 'Remove Ann' })).toBeEnabled()
})

test('counts along in the list of conferences', async ({ page, newTenant }) => {
  const tenant = await newTenant({ conferences: 2 })
  const ann = await tenant.dialIn({ name: 'Ann', hold: true })
  await signIn(page, tenant)
  const table = conferencesTable(page)
  const counts = { Name: 'Support standup', Leaving: '0', Left: '0' }
  await expectRow(table, { ...counts, Joining: '1', Joined: '0' })
  await tenant.act('join', { participant: ann.participant })
  await expectRow(table, { ...counts, Joining: '0', Joined: '1' })
  await tenant.act('stick', { participant: ann.participant })
  await expectRow(table, { ...counts, Joined: '0', Leaving: '1' })
  await tenant.act('hang-up', { participant: ann.participant })
  await expectRow(table, { ...counts, Joined: '0', Leaving: '0', Left: '1' })
  await expectRow(table, { Name: /^Incident bridge/, Joined: '0', Left: '0' })
})

test('lists a conference that the server does not list once it has participants', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await signIn(page, tenant)
  const table = conferencesTable(page)
  await expectRow(table, { Name: 'Support standup' })
  const queue = await tenant.createConference({ name: 'Waiting line', type: 'queue' })
  await tenant.dialIn({ name: 'Ann', conference: queue })
  await expectRow(table, { Name: 'Waiting line', Type: 'queue', Joined: '1' })
  await table.getByRole('link', { name: 'Waiting line' }).click()
  await expect(page).toHaveURL(`/conferences/${queue}`)
  await expectRow(participantsTable(page), { Who: /^Ann/, Status: 'joined' })
})

test('names participants by their calls, else by the number, else by a short id', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await tenant.dialIn({ name: 'Ann Lee', number: '+15551230001' })
  await tenant.dialIn({ number: '+15551230002' })
  await tenant.dialIn({ name: 'Called out', number: '+15551230003', direction: 'outgoing' })
  const nobody = await tenant.dialIn({ address: {} })
  const lost = await tenant.dialIn({ name: 'Deleted call' })
  await tenant.act('delete-call', { participant: lost.participant })
  await signIn(page, tenant, tenant.page())
  const table = participantsTable(page)
  await expectRow(table, { Who: 'Ann Lee +15551230001' })
  await expectRow(table, { Who: '+15551230002' })
  await expectRow(table, { Who: 'Called out +15551230003' })
  await expectRow(table, { Who: `${nobody.call.slice(0, 8)} unknown caller` })
  await expectRow(table, { Who: `${lost.call.slice(0, 8)} call no longer known` })
})

test('Refresh now reads at once', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  await signIn(page, tenant, tenant.page())
  await expect(connection(page)).toHaveText(/^Polling every 1 s\./)
  await tenant.clearRequests()
  await page.getByRole('button', { name: 'Refresh now' }).click()
  await expect
    .poll(async () => (await tenant.requests('GET', PARTICIPANTS_PATH)).length)
    .toBeGreaterThan(0)
})
