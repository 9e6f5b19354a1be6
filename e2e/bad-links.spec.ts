import { conferencesTable, CONFERENCES_PATH, expect, signIn, test } from './support.ts'

const NOWHERE = '11111111-2222-4333-8444-555555555555'

test('an invalid conference id gets a page that says so', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  await signIn(page, tenant, '/conferences/99accfb7-c0dd')
  await expect(page.getByRole('heading', { name: 'This is not a conference’s id' })).toBeVisible()
  await expect(page.getByText('99accfb7-c0dd cannot be the id')).toBeVisible()
  expect(await tenant.requests('GET', `${CONFERENCES_PATH}/`)).toEqual([])
  await page.getByRole('link', { name: 'Go to the conferences' }).click()
  await expect(conferencesTable(page)).toBeVisible()
})

for (const reasons of ['400', '404'] as const) {
  test(`a missing conference, answered with ${reasons}, gets a page that says so`, async ({
    page,
    newTenant,
  }) => {
    const tenant = await newTenant()
    await tenant.notFoundAs(reasons)
    await signIn(page, tenant, `/conferences/${NOWHERE}`)
    await expect(page.getByRole('heading', { name: 'There is no such conference' })).toBeVisible()
    const trace = page.getByText(/ · request req_/)
    await expect(trace).toContainText(`HTTP ${reasons}`)
    await expect(page.getByRole('table')).toHaveCount(0)
    await expect(page).toHaveTitle('There is no such conference')
    await page.getByRole('link', { name: 'Go to the conferences' }).click()
    await expect(conferencesTable(page)).toBeVisible()
  })
}

test('the conference of another customer gets a page that says so', async ({ page, newTenant }) => {
  const [mine, other] = [await newTenant(), await newTenant()]
  await signIn(page, mine, other.page())
  const heading = page.getByRole('heading', { name: 'You cannot see this conference: Not allowed' })
  await expect(heading).toBeVisible()
  await expect(page.getByText('belongs to another customer')).toBeVisible()
  await expect(page.getByText(/HTTP 403 · PERMISSION_DENIED · request req_/)).toBeVisible()
  await expect(page.getByText('Support standup')).toHaveCount(0)
})

test('an unknown address gets a page that says so', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  await signIn(page, tenant, '/conference/oops')
  await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible()
  await expect(page.getByText('/conference/oops')).toBeVisible()
  await page.getByRole('link', { name: 'Go to the conferences' }).click()
  await expect(conferencesTable(page)).toBeVisible()
})

test('an invalid query falls back to the default view', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  await tenant.dialIn({ name: 'Ann' })
  await signIn(page, tenant, `${tenant.page()}?sort=colour&hide=%2C%2C&q=%20`)
  await expect(page.getByRole('columnheader', { name: 'Created' })).toHaveAttribute(
    'aria-sort',
    'descending',
  )
  await expect(page.getByRole('link', { name: 'Ann' })).toBeVisible()
})

test('a deleted conference is shown by its link, as deleted', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  const id = await tenant.createConference({
    name: 'Yesterday',
    status: 'terminated',
    deleted: true,
  })
  await signIn(page, tenant, `/conferences/${id}`)
  await expect(page.getByRole('heading', { name: 'Yesterday' })).toBeVisible()
  await expect(page.getByText('terminated, deleted')).toBeVisible()
})
