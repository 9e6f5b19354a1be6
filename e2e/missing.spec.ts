import { connection, expect, signIn, test } from './support.ts'

test('says that it catches up as long as participants that a conference names are not loaded', async ({
  page,
  newTenant,
}) => {
  test.setTimeout(90_000)
  const tenant = await newTenant({ push: true })
  // The server lists a hundred of one instant: all others can be read by id only (voipbin-api.md 3).
  await tenant.act('tie', { conference: tenant.conference(), count: 130 })
  await signIn(page, tenant, tenant.page())
  await expect(connection(page)).toHaveText(/^Catching up: \d+ in conferences not loaded yet\./)
  await expect(connection(page)).toHaveText(/^Live\./, { timeout: 60_000 })
  // Not awaited: it is so as soon as the word "Live" is said.
  expect(await page.getByText(/ of \d+ shown$/).textContent()).toBe('130 of 130 shown')
})
