import {
  conferencesTable,
  CONFERENCES_PATH,
  connection,
  expect,
  expectRow,
  participantsTable,
  PARTICIPANTS_PATH,
  signIn,
  test,
  type Fault,
} from './support.ts'

// Short waits: what a spoiled row costs does not depend on their length.
test.use({ settings: { pollSeconds: 1 } })

/** Spoiled rows, what is shown of them, and the problem that is named; the other rows stay whole. */
const SPOILED: ReadonlyArray<{
  readonly name: string
  readonly fault: Omit<Fault, 'path'>
  readonly row: Readonly<Record<string, string | RegExp>>
  readonly problem?: string
}> = [
  {
    name: 'an unknown status',
    fault: { kind: 'unknown-status' },
    row: { Who: /^Ann/, Status: 'holding (not a known status)' },
  },
  {
    name: 'an unknown type',
    fault: { kind: 'unknown-type' },
    row: { Who: /^Ann/, Reference: /^hologram/ },
    problem: 'reference_type is not a known one',
  },
  {
    name: 'no status',
    fault: { kind: 'missing-field', field: 'status' },
    row: { Who: /^Ann/, Status: /unknown/ },
    problem: 'status is missing',
  },
  {
    name: 'a status of null',
    fault: { kind: 'null-field', field: 'status' },
    row: { Who: /^Ann/, Status: /unknown/ },
    problem: 'status is not text',
  },
  {
    name: 'no reference',
    fault: { kind: 'missing-field', field: 'reference_id' },
    row: { Who: /^[0-9a-f]{8}/, Reference: 'call none' },
    problem: 'reference_id is missing',
  },
  {
    name: 'no reference type',
    fault: { kind: 'missing-field', field: 'reference_type' },
    row: { Who: /^Ann/, Reference: /^unknown type/ },
    problem: 'reference_type is missing',
  },
  {
    name: 'no customer',
    fault: { kind: 'missing-field', field: 'customer_id' },
    row: { Who: /^Ann/, Status: 'joined' },
    problem: 'customer_id is missing',
  },
  {
    name: 'no activeflow, as older servers',
    fault: { kind: 'missing-field', field: 'activeflow_id' },
    row: { Who: /^Ann/, Status: 'joined' },
  },
  {
    name: 'no time of creation',
    fault: { kind: 'missing-field', field: 'tm_create' },
    row: { Who: /^Ann/, Created: '—', Status: 'joined' },
    problem: 'tm_create is missing',
  },
  {
    name: 'no time of change',
    fault: { kind: 'missing-field', field: 'tm_update' },
    row: { Who: /^Ann/, Updated: '—', Status: 'joined' },
  },
]

for (const { name, fault, row, problem } of SPOILED) {
  test(`a participant with ${name} is shown as far as it can be read`, async ({
    page,
    newTenant,
  }) => {
    const tenant = await newTenant()
    // The newest comes first: the spoiled row 0 is Ann's.
    await tenant.dialInAll('Cleo', 'Bob', 'Ann')
    await tenant.fault({ path: PARTICIPANTS_PATH, ...fault })
    await signIn(page, tenant, tenant.page())
    const table = participantsTable(page)
    await expectRow(table, row)
    await expectRow(table, { Who: /^Bob/, Status: 'joined' })
    await expectRow(table, { Who: /^Cleo/, Status: 'joined' })
    const sign = table.getByRole('img', { name: `Record with problems: ${problem ?? ''}` })
    await expect(sign).toHaveCount(problem === undefined ? 0 : 1)
    await tenant.clearFaults()
    await expectRow(table, { Who: /^Ann/, Status: 'joined', Reference: /^call [0-9a-f]{8}/ })
    await expect(sign).toHaveCount(0)
  })
}

for (const { name, fault, text } of [
  { name: 'is not a record', fault: { kind: 'non-object-row' }, text: 'It is not a record.' },
  { name: 'has no id', fault: { kind: 'missing-field', field: 'id' }, text: 'It has no id.' },
]) {
  test(`a row that ${name} is counted and can be inspected`, async ({ page, newTenant }) => {
    const tenant = await newTenant()
    await tenant.dialInAll('Bob', 'Ann')
    // Its record by id is as bad, or the app would learn its participant.
    await tenant.fault({ path: `${PARTICIPANTS_PATH}*`, ...fault })
    await signIn(page, tenant, tenant.page())
    const table = participantsTable(page)
    await expectRow(table, { Who: /^Bob/, Status: 'joined' })
    await expect(table).toHaveAttribute('aria-rowcount', '1')
    await page.getByText('1 row of the list of participants could not be read').click()
    await expect(page.getByRole('listitem').filter({ hasText: text })).toBeVisible()
    await tenant.clearFaults()
    await expectRow(table, { Who: /^Ann/, Status: 'joined' })
    await expect(page.getByText('could not be read')).toBeHidden()
  })
}

test('a participant without a conference is counted nowhere until its record names one', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await tenant.dialInAll('Bob', 'Ann')
  await tenant.fault({ path: PARTICIPANTS_PATH, kind: 'missing-field', field: 'conference_id' })
  await signIn(page, tenant)
  await expectRow(conferencesTable(page), { Name: 'Support standup', Joined: '1' })
  await tenant.clearFaults()
  await expectRow(conferencesTable(page), { Name: 'Support standup', Joined: '2' })
})

for (const { name, fault, row } of [
  { name: 'an unknown status', fault: { kind: 'unknown-status' }, row: { Status: 'holding' } },
  { name: 'an unknown type', fault: { kind: 'unknown-type' }, row: { Type: 'hologram' } },
  { name: 'no type', fault: { kind: 'missing-field', field: 'type' }, row: { Type: 'unknown' } },
  { name: 'no status', fault: { kind: 'missing-field' }, row: { Status: 'unknown' } },
  {
    name: 'no time of creation',
    fault: { kind: 'missing-field', field: 'tm_create' },
    row: { Created: '—' },
  },
]) {
  test(`a conference with ${name} is shown as far as it can be read`, async ({
    page,
    newTenant,
  }) => {
    const tenant = await newTenant({ conferences: 2 })
    await tenant.fault({ path: CONFERENCES_PATH, ...fault })
    await signIn(page, tenant)
    await expectRow(conferencesTable(page), { Name: 'Support standup', ...row })
    await expectRow(conferencesTable(page), { Name: /^Incident bridge/, Status: 'in progress' })
    await tenant.clearFaults()
    await expectRow(conferencesTable(page), {
      Name: 'Support standup',
      Type: 'conference',
      Status: 'in progress',
    })
  })
}

test('a conference that is no record is counted and can be inspected', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant({ conferences: 2 })
  await tenant.fault({ path: CONFERENCES_PATH, kind: 'non-object-row' })
  await signIn(page, tenant)
  await expectRow(conferencesTable(page), { Name: /^Incident bridge/ })
  await expect(page.getByText('1 row of the list of conferences could not be read')).toBeVisible()
})

test('the record of a conference with a missing field names the problem', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  const path = `${CONFERENCES_PATH}/${tenant.conference()}`
  await tenant.fault({ path, kind: 'missing-field', field: 'type' })
  await signIn(page, tenant, tenant.page())
  await expect(page.getByText('The record has problems: type is missing.')).toBeVisible()
  await tenant.clearFaults()
  await expect(page.getByText('The record has problems')).toBeHidden()
})

for (const field of ['status', 'conference_id', 'activeflow_id', 'a_field_nobody_knows']) {
  test(`a participant with ${field} nested 100,000 levels deep costs that field, and is whole again with the next answer`, async ({
    page,
    newTenant,
  }) => {
    const tenant = await newTenant()
    const [bob] = await tenant.dialInAll('Bob', 'Ann')
    await signIn(page, tenant, tenant.page())
    const table = participantsTable(page)
    await expectRow(table, { Who: /^Bob/, Status: 'joined' })
    await tenant.fault({ path: `${PARTICIPANTS_PATH}*`, kind: 'deep-field', field, row: 1 })
    await tenant.fault({ path: '/v1.0/calls*', kind: 'deep-field', field: 'action' })
    await page.goto(`${tenant.page()}?participant=${bob?.participant}`)
    await expectRow(table, { Who: /^Ann/, Status: 'joined' })
    await tenant.asked(2)
    await expect(
      page.getByRole('heading', { name: 'Rollcall has a fault of its own' }),
    ).toBeHidden()
    await tenant.clearFaults()
    await tenant.dialIn({ name: 'Cleo' })
    await expectRow(table, { Who: /^Cleo/, Status: 'joined' })
    await expectRow(table, { Who: /^Bob/, Status: 'joined' })
    await expect(connection(page)).toHaveText(/^Polling every 1 s\./)
  })
}
