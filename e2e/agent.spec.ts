import {
  CONFERENCES_PATH,
  connection,
  expect,
  expectRow,
  fillSignIn,
  participantsTable,
  PARTICIPANTS_PATH,
  signIn,
  test,
  type Tenant,
} from './support.ts'

// A change shows as soon as it is polled: a short interval saves the wait.
test.use({ settings: { pollSeconds: 1 } })

const LACKING =
  'Your account may not see conferences: it needs the admin or manager permission. Ask an administrator.'

/** How many requests of the agent were refused. */
const refusals = async (tenant: Tenant): Promise<number> => {
  const asked = await tenant.requests('GET', '/v1.0/')
  return asked.filter(({ status }) => status === 403).length
}

test('tells a plain agent why nothing is shown, and does not ask again and again', async ({
  page,
  newTenant,
  newBrowser,
}) => {
  const tenant = await newTenant()
  await page.goto('/conferences')
  await fillSignIn(page, tenant.account.plainAgent)
  const failure = page.getByRole('alert').filter({ hasText: 'Could not load' })
  await expect(failure).toContainText('Could not load conferences: not allowed')
  await expect(failure).toContainText(LACKING)
  await expect(failure).toContainText('counts from your next sign-in on')
  await expect(failure).toContainText(/PERMISSION_DENIED · request req_/)
  await expect(failure.getByRole('button')).toHaveCount(0)
  await expect(connection(page)).toHaveText(/^Not allowed\. .* Not asked again by itself\./)
  const before = await refusals(tenant)
  await page.getByRole('button', { name: 'Refresh now' }).click()
  await expect.poll(() => refusals(tenant)).toBe(before + 1)
  // By now a socket would have been opened, and dropped for its subscription.
  expect(await tenant.requests('GET', '/v1.0/ws')).toEqual([])
  // Meanwhile a colleague with the permission reads on.
  const other = await newBrowser()
  await signIn(other, tenant, tenant.page())
  await tenant.asked(3, PARTICIPANTS_PATH)
  expect(await refusals(tenant)).toBe(before + 1)
})

test('refuses a plain agent a conference by its link', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  await page.goto(tenant.page())
  await fillSignIn(page, tenant.account.plainAgent)
  await expect(page.getByRole('heading', { name: /^You cannot see this conference/ })).toBeVisible()
  await expect(page.getByText(LACKING)).toBeVisible()
  await expect(page.getByRole('main')).toContainText(/PERMISSION_DENIED · request req_/)
  await expect(page.getByRole('button', { name: 'End conference' })).toHaveCount(0)
  await page.reload()
  await expect(page.getByRole('heading', { name: /^You cannot see this conference/ })).toBeVisible()
  // One request for each page opened.
  expect(await tenant.requests('GET', `${CONFERENCES_PATH}/`)).toHaveLength(2)
})

test('lets a manager do all of it', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  await tenant.dialInAll('Ann', 'Bob')
  await page.goto(tenant.page())
  await fillSignIn(page, tenant.account.manager)
  const table = participantsTable(page)
  await expectRow(table, { Who: /^Ann/, Status: 'joined' })
  await table.getByRole('button', { name: 'Remove Ann' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click()
  await expect(table.getByRole('rowheader', { name: /^Ann/ })).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'End conference' })).not.toHaveAttribute(
    'aria-disabled',
  )
})

test('lets root end a conference of another customer without reading its list', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await tenant.dialInAll('Ann', 'Bob')
  await page.goto(tenant.page())
  await fillSignIn(page, { username: 'root@voipbin.example', password: 'rollcall' })
  await expectRow(participantsTable(page), { Status: 'joined' })
  await page.getByRole('button', { name: 'End conference' }).click()
  const dialog = page.getByRole('alertdialog')
  await dialog.getByLabel(/^Type the name/).fill('Support standup')
  await dialog.getByRole('button', { name: 'End conference' }).click()
  const progress = page.getByRole('region', { name: 'End of the conference' })
  await expect(progress).toContainText(/Ended .* \(terminated\)/, { timeout: 20_000 })
})
