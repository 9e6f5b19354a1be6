import type { APIRequestContext } from '@playwright/test'
import {
  CONFERENCES_PATH,
  expect,
  expectRow,
  panelOf,
  participantsTable,
  PARTICIPANTS_PATH,
  signIn,
  test,
  type Locator,
  type Page,
  type Tenant,
} from './support.ts'

// A change shows as soon as it is polled: a short interval saves the wait.
test.use({ settings: { pollSeconds: 1 } })

const ALL = '?hide='

const departureOf = (page: Page, label: string): Locator =>
  panelOf(page, label)
    .locator('section')
    .filter({ has: page.getByRole('heading', { name: 'Departure' }) })

/** Sends a request as a colleague with another tool does. */
async function elsewhere(request: APIRequestContext, tenant: Tenant, path: string): Promise<void> {
  const login = await request.post('/auth/login', { data: tenant.account })
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the sandbox is ours: voipbin-api.md 2.1
  const { token } = (await login.json()) as { token: string }
  const answer = await request.delete(path, {
    headers: { Authorization: `Bearer ${token}`, Cookie: '' },
  })
  expect(answer.ok()).toBe(true)
}

test('says that the caller has hung up: by push, and by the call in the panel', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant({ push: true })
  const [ann] = await tenant.dialInAll('Ann', 'Bob')
  await signIn(page, tenant, tenant.page() + ALL)
  await expectRow(participantsTable(page), { Who: /^Ann/, Status: 'joined' })
  await expect.poll(() => tenant.sockets()).toBeGreaterThan(0)
  await tenant.act('hang-up', { participant: ann?.participant })
  await expectRow(participantsTable(page), {
    Who: /^Ann/,
    Status: 'left',
    Departure: 'hung up by the caller',
  })
  await page.getByRole('link', { name: 'Ann' }).click()
  await expect(departureOf(page, 'Ann')).toContainText('hung up by the caller')
  await expect(departureOf(page, 'Ann')).toContainText(
    /Evidence: the call’s own record \d\d:\d\d:\d\d/,
  )
})

test('says that it is not known how a participant left without push, until its call is read', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  const [ann] = await tenant.dialInAll('Ann', 'Bob')
  await signIn(page, tenant, tenant.page() + ALL)
  await expectRow(participantsTable(page), { Who: /^Ann \+/, Status: 'joined' })
  await tenant.act('hang-up', { participant: ann?.participant })
  await expectRow(participantsTable(page), {
    Who: /^Ann/,
    Status: 'left',
    Departure: 'left (reason unknown)',
  })
  await page.getByRole('link', { name: 'Ann' }).click()
  await expect(departureOf(page, 'Ann')).toContainText('hung up by the caller')
  await page.getByRole('button', { name: 'Close' }).click()
  await expectRow(participantsTable(page), {
    Who: /^Ann/,
    Status: 'left',
    Departure: 'hung up by the caller',
  })
})

test('tells a removal from here from one by another tool', async ({ page, request, newTenant }) => {
  const tenant = await newTenant()
  const [, bob] = await tenant.dialInAll('Ann', 'Bob')
  await signIn(page, tenant, tenant.page() + ALL)
  await participantsTable(page).getByRole('button', { name: 'Remove Ann' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click()
  await expectRow(participantsTable(page), {
    Who: /^Ann/,
    Status: 'left',
    Departure: 'removed from here by Sam Support',
  })
  await page.getByRole('link', { name: 'Ann' }).click()
  await expect(departureOf(page, 'Ann')).toContainText(
    /Evidence: our DELETE was accepted \d\d:\d\d:\d\d/,
  )
  await page.getByRole('button', { name: 'Close' }).click()

  // Long enough for a poll to see the participant leaving.
  await tenant.act('kick-delay', { ms: 4000 })
  await elsewhere(request, tenant, `${PARTICIPANTS_PATH}/${bob?.participant}`)
  await expectRow(participantsTable(page), { Who: /^Bob/, Status: 'leaving' })
  await expectRow(
    participantsTable(page),
    { Who: /^Bob/, Status: 'left', Departure: 'removed or disconnected, not from here' },
    20_000,
  )
  await page.getByRole('link', { name: 'Bob' }).click()
  await expect(departureOf(page, 'Bob')).toContainText('Evidence: seen leaving first')
})

test('does not claim a removal that the server has not accepted', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  const [ann] = await tenant.dialInAll('Ann', 'Bob')
  await tenant.act('kick-fails', { participant: ann?.participant, how: 'late' })
  await signIn(page, tenant, tenant.page() + ALL)
  await participantsTable(page).getByRole('button', { name: 'Remove Ann' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click()
  await expectRow(participantsTable(page), {
    Who: /^Ann/,
    Status: 'left',
    Departure: 'removal requested from here, not confirmed',
  })
})

test('says that the conference was ended by another tool', async ({ page, request, newTenant }) => {
  const tenant = await newTenant()
  await tenant.dialInAll('Ann', 'Bob')
  await signIn(page, tenant, tenant.page() + ALL)
  await expectRow(participantsTable(page), { Who: /^Bob \+/, Status: 'joined' })
  await elsewhere(request, tenant, `${CONFERENCES_PATH}/${tenant.conference()}`)
  for (const Who of [/^Ann/, /^Bob/])
    await expectRow(participantsTable(page), {
      Who,
      Status: 'left',
      Departure: 'the conference was ended',
    })
  await page.getByRole('link', { name: 'Ann' }).click()
  await expect(departureOf(page, 'Ann')).toContainText('Evidence: its record says ended')
})
