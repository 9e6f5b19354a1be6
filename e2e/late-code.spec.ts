import { openPage } from './steps.ts'
import { conferencesTable, expect, signIn, test } from './support.ts'

test('a page whose code does not load says so, offers a reload, and appears once the network is back', async ({
  page,
  context,
  newTenant,
}) => {
  const tenant = await newTenant()
  await signIn(page, tenant)
  await expect(conferencesTable(page)).toBeVisible()
  await context.setOffline(true)
  await openPage(page, 'Activity')
  await expect(page.getByText('Loading…')).toBeVisible()
  await expect(page.getByText('This part of the page does not load')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Reload the page' })).toBeVisible()
  await context.setOffline(false)
  await expect(page.getByRole('heading', { name: 'Activity', level: 1 })).toBeVisible()
})
