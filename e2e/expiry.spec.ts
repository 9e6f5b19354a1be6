import {
  connection,
  expect,
  expectRow,
  fillSignIn,
  panelOf,
  participantsTable,
  PARTICIPANTS_PATH,
  signIn,
  test,
  type Tenant,
} from './support.ts'

const viewOf = (tenant: Tenant, participant: string): string =>
  `${tenant.page()}?q=ann&sort=who&participant=${participant}`

test('a session about to end says so, and a new one goes on where one was', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant({ expireSeconds: 300 })
  const ann = await tenant.dialIn({ name: 'Ann' })
  await signIn(page, tenant, viewOf(tenant, ann.participant))
  const warning = page.getByRole('alert').filter({ hasText: 'Your session ends soon' })
  await expect(warning).toContainText(/in 4 m \d\d s/)
  await warning.getByRole('link', { name: 'Sign in again now' }).click()
  await fillSignIn(page, tenant.account)
  await expect(page).toHaveURL(viewOf(tenant, ann.participant))
  await expect(panelOf(page, 'Ann')).toBeVisible()
})

test('a session with plenty of time does not warn', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  await signIn(page, tenant, tenant.page())
  await expect(connection(page)).toHaveText(/^Polling every 3 s\./)
  await expect(page.getByText('Your session ends soon')).toBeHidden()
})

test('an ended session leads to sign-in and back, filter and panel kept', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant({ expireSeconds: 6 })
  const ann = await tenant.dialIn({ name: 'Ann' })
  await signIn(page, tenant, viewOf(tenant, ann.participant))
  await expect(panelOf(page, 'Ann')).toBeVisible()
  await expect(page.getByText('Your session has ended.')).toBeVisible()
  await fillSignIn(page, tenant.account)
  await expect(page).toHaveURL(viewOf(tenant, ann.participant))
  await expect(page.getByRole('searchbox', { name: 'Filter participants' })).toHaveValue('ann')
  await expect(panelOf(page, 'Ann')).toBeVisible()
  await expectRow(participantsTable(page), { Who: /^Ann/, Status: 'joined' })
})

test('a refused session in the middle of work leads to sign-in and back', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  const ann = await tenant.dialIn({ name: 'Ann' })
  await signIn(page, tenant, viewOf(tenant, ann.participant))
  await expectRow(participantsTable(page), { Who: /^Ann/ })
  await tenant.fault({ path: PARTICIPANTS_PATH, kind: 'status', status: 401, count: 1 })
  await expect(page.getByText('The server no longer accepts your session.')).toBeVisible()
  await fillSignIn(page, tenant.account)
  await expect(page).toHaveURL(viewOf(tenant, ann.participant))
  await expectRow(participantsTable(page), { Who: /^Ann/ })
})

test('a session refused while somebody is being removed says what became of it', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  const ann = await tenant.dialIn({ name: 'Ann' })
  await signIn(page, tenant, tenant.page())
  await tenant.fault({
    path: `${PARTICIPANTS_PATH}/${ann.participant}`,
    method: 'DELETE',
    kind: 'status',
    status: 401,
    count: 1,
  })
  await page.getByRole('button', { name: 'Remove Ann' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click()
  await expect(page.getByText('The server no longer accepts your session.')).toBeVisible()
  await fillSignIn(page, tenant.account)
  await expect(page.getByRole('alert', { name: 'Notices' })).toContainText('Ann')
  await expectRow(participantsTable(page), { Who: /^Ann/, Status: 'joined' })
})
