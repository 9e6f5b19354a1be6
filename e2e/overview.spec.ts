import {
  conferencesTable,
  expect,
  expectRow,
  INTERVALS,
  rowOf,
  rowsOf,
  signIn,
  test,
} from './support.ts'

test.use({ settings: { pollSeconds: 1 } })

test('each conference shows who is in as a bar and a curve, and what needs a look comes first', async ({
  page,
  newTenant,
}) => {
  await page.setViewportSize({ width: 1400, height: 900 })
  const tenant = await newTenant()
  const sales = await tenant.createConference({ name: 'Sales' })
  const ops = await tenant.createConference({ name: 'Ops' })
  for (const name of ['Ann', 'Bob', 'Cleo']) await tenant.dialIn({ conference: sales, name })
  const dan = await tenant.dialIn({ conference: ops, name: 'Dan' })
  await tenant.dialIn({ conference: sales, name: 'Eve', hold: true })
  await signIn(page, tenant)
  const table = conferencesTable(page)
  await expectRow(table, { Name: 'Sales', 'In it now': /4: 1 joining, 3 joined, 0 leaving/ })
  await expectRow(table, { Name: 'Ops', 'In it now': /1: 0 joining, 1 joined, 0 leaving/ })
  const order = async () => {
    const rows = await rowsOf(table)
    return rows.map((row) => row['Name']?.split(' ')[0] ?? '')
  }
  await expect.poll(order, { intervals: INTERVALS }).toEqual(['Sales', 'Ops'])
  const curve = rowOf(table, /^Sales/).getByRole('img', { name: /^In the last hour: Now 4/ })
  await expect(curve).toHaveAccessibleName(/most 4 at \d\d:\d\d, least 0 at \d\d:\d\d/)
  await tenant.act('hang-up', { participant: dan.participant })
  await expect(page.getByRole('button', { name: /^Show \d+ empty/ })).toBeVisible()
  await expect.poll(order, { intervals: INTERVALS }).toEqual(['Sales'])
  await page.getByRole('searchbox', { name: 'Filter conferences' }).fill('ops')
  await expect(
    rowOf(table, /^Ops/).getByRole('img', { name: /^In the last hour: Now 0/ }),
  ).toBeVisible()
})

test('a curve says that the hour is not known while the list is not read back', async ({
  page,
  newTenant,
}) => {
  await page.setViewportSize({ width: 1400, height: 900 })
  const tenant = await newTenant({ live: 5, history: 400 })
  // The newest page is answered, the pages further back are not.
  await tenant.fault({ path: '/v1.0/conferencecalls', kind: 'status', status: 500, skip: 1 })
  await signIn(page, tenant)
  await expect(conferencesTable(page)).toBeVisible()
  await expect(
    conferencesTable(page).getByRole('img', { name: 'The last hour is not known yet' }).first(),
  ).toBeVisible()
})
