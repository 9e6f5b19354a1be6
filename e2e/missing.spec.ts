import { connection, expect, signIn, test } from './support.ts'

test('says that it catches up while participants named by a conference are not loaded', async ({
  page,
  newTenant,
}) => {
  test.setTimeout(90_000)
  const tenant = await newTenant({ push: true })
  // The server lists a hundred rows of one instant; all others can be read by id only (voipbin-api.md 3).
  await tenant.act('tie', { conference: tenant.conference(), count: 115 })
  await signIn(page, tenant, tenant.page())
  await expect(connection(page)).toHaveText(/^Catching up: \d+ in conferences not loaded yet\./)
  await expect(connection(page)).toHaveText(/^Live\./, { timeout: 60_000 })
  // Without waiting: it must be so as soon as the page says "Live".
  expect(await page.getByText(/ of \d+ shown$/).textContent()).toBe('115 of 115 shown')
})
