import {
  conferencesTable,
  expect,
  rowAt,
  rowOf,
  signIn,
  test,
  type Locator,
  type Page,
} from './support.ts'

// A change shows as soon as it is polled: a short interval saves the wait.
test.use({ settings: { pollSeconds: 1 } })

const MINUTE = 60_000

const conferenceRow = (page: Page, name: string | RegExp = 'Support standup'): Locator =>
  rowOf(conferencesTable(page), name)

/** The bar of statuses of a row, by what it says. */
const bar = (row: Locator, text: string): Locator =>
  row.getByRole('img', { name: text, exact: true })

/** The line of the last hour of a row. */
const line = (row: Locator): Locator => row.getByRole('img', { name: /^Occupancy/ })

/** `14:03` as the browser of the tests shows it. Milliseconds. */
const clockText = (at: number): string =>
  new Date(at).toLocaleTimeString('en-GB', {
    timeZone: 'Europe/Berlin',
    hour: '2-digit',
    minute: '2-digit',
  })

test('a bar shows the participants present by status, and follows joins and departures', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  const ann = await tenant.dialIn({ name: 'Ann', hold: true })
  const [bob, cleo] = await tenant.dialInAll('Bob', 'Cleo')
  await tenant.act('stick', { participant: cleo?.participant })
  await signIn(page, tenant)
  const row = conferenceRow(page)
  await expect(bar(row, '1 joining, 1 joined, 1 leaving')).toBeVisible()
  await expect(line(row)).toHaveAccessibleName(/: now 3, most 3 at \d\d:\d\d$/)
  await tenant.act('join', { participant: ann.participant })
  await expect(bar(row, '2 joined, 1 leaving')).toBeVisible()
  await tenant.act('hang-up', { participant: bob?.participant })
  await tenant.act('hang-up', { participant: cleo?.participant })
  await expect(bar(row, '1 joined')).toBeVisible()
  await expect(line(row)).toHaveAccessibleName(/: now 1, most /)
})

test('a line says how many were in during the last hour, and when there were most', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant({ conferences: 2 })
  const people = await tenant.dialInAll('Ann', 'Bob', 'Cleo')
  const [joinedAt, leftAt] = [Date.now() - 30 * MINUTE, Date.now() - 10 * MINUTE]
  const joined = { tm_create: new Date(joinedAt).toISOString(), tm_update: null }
  const left = { ...joined, status: 'leaved', tm_update: new Date(leftAt).toISOString() }
  for (const [index, { participant }] of people.entries())
    await tenant.act('set', { participant, fields: index === 0 ? joined : left })
  await signIn(page, tenant, '/conferences?empty=show')
  await expect(line(conferenceRow(page))).toHaveAccessibleName(
    `Occupancy over the last hour: now 1, most 3 at ${clockText(leftAt - MINUTE)}`,
  )
  const empty = conferenceRow(page, /^Incident bridge/)
  await expect(line(empty)).toHaveAccessibleName('Occupancy over the last hour: now 0, nobody seen')
  await expect(bar(empty, 'nobody is in')).toBeVisible()
})

test('time is told as unknown until enough was read, but for a conference that is younger', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant({ history: 2000 })
  await tenant.dialIn({ name: 'Ann' })
  const young = await tenant.createConference({ name: 'Young' })
  await tenant.dialIn({ name: 'Bob', conference: young })
  await signIn(page, tenant)
  await page.getByRole('button', { name: 'Pause loading' }).click()
  const row = conferenceRow(page)
  await expect(line(row)).toHaveAccessibleName('Occupancy over the last hour: unknown')
  await expect(bar(row, 'at least 1 joined')).toBeVisible()
  await expect(line(conferenceRow(page, 'Young'))).toHaveAccessibleName(/: now 1, most 1 at/)
  await page.getByRole('button', { name: 'Resume loading' }).click()
  await expect(bar(row, '1 joined')).toBeVisible({ timeout: 30_000 })
  await expect(line(row)).toHaveAccessibleName(/: now 1, most \d+ at/)
})

test('the list begins with what needs a look, then with most people, and says so', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant({ conferences: 2 })
  const ann = await tenant.dialIn({ name: 'Ann' })
  for (const name of ['Bob', 'Cleo']) {
    await tenant.dialIn({ name, conference: tenant.conference(1) })
  }
  await signIn(page, tenant)
  const table = conferencesTable(page)
  await expect(rowAt(table, 1)).toContainText('Incident bridge')
  await expect(rowAt(table, 2)).toContainText('Support standup')
  const note = page.getByText('Stuck and came back first, then most people in')
  await expect(note).toBeVisible()
  const header = table.getByRole('columnheader', { name: 'In now' })
  await expect(header).toHaveAttribute('aria-sort', 'descending')

  const since = new Date(Date.now() - 5 * MINUTE).toISOString()
  const fields = { status: 'leaving', tm_update: since, tm_create: since }
  await tenant.act('set', { participant: ann.participant, fields })
  await page.reload()
  await expect(rowAt(table, 1)).toContainText('Support standup')
  await expect(rowAt(table, 1)).toContainText('1 stuck')

  await table.getByRole('button', { name: 'Name' }).click()
  await expect(page).toHaveURL('/conferences?sort=name')
  await expect(rowAt(table, 1)).toContainText('Incident bridge')
  await expect(note).toBeHidden()
  await expect(header).not.toHaveAttribute('aria-sort')
})

test('the facts of a conference begin with the number present, its creation and its limit', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  const id = await tenant.createConference({ name: 'Review', timeout: 3600 })
  await tenant.dialIn({ name: 'Ann', conference: id })
  await signIn(page, tenant, `/conferences/${id}`)
  const fact = (name: string): Locator =>
    page.locator('#conference-details > div').filter({ has: page.getByText(name, { exact: true }) })
  await expect(fact('limit')).toHaveText(/^limit1 h 00 m, 59 m \d\d s left/)
  await expect(fact('in now').getByRole('definition')).toHaveText(/1$/)
  await expect(page.locator('#conference-details').getByRole('term')).toHaveText([
    'in now',
    'created',
    'limit',
    'recording',
    'type',
    'updated',
    'id',
  ])
  await tenant.dialIn({ name: 'Bob', conference: id })
  await expect(fact('in now').getByRole('definition')).toHaveText(/2$/)
})
