import {
  CONFERENCES_PATH,
  conferencesTable,
  connection,
  expect,
  expectRow,
  panelOf,
  participantsTable,
  signIn,
  test,
  type Locator,
  type Page,
  type Tenant,
} from './support.ts'

// Short waits: what is said does not depend on their length.
test.use({ settings: { pollSeconds: 1, removalLimitSeconds: 5 } })

const NAME = 'Support standup'

const endButton = (page: Page): Locator =>
  page.getByRole('main').getByRole('button', { name: 'End conference' }).first()
const dialog = (page: Page): Locator => page.getByRole('alertdialog', { name: /^End / })
const typed = (page: Page): Locator => dialog(page).getByLabel(/^Type the (name|id)/)
const confirmButton = (page: Page): Locator =>
  dialog(page).getByRole('button', { name: 'End conference' })
const progress = (page: Page): Locator =>
  page.getByRole('region', { name: 'End of the conference' })
const badge = (page: Page, text: string): Locator =>
  page.getByRole('main').getByText(text, { exact: true })

const deletes = async (tenant: Tenant): Promise<readonly number[]> =>
  (await tenant.requests('DELETE', CONFERENCES_PATH)).map(({ status }) => status)

/** Asks for the end of the conference and types the name that the question wants. */
async function end(page: Page, name = NAME): Promise<void> {
  await endButton(page).click()
  await typed(page).fill(name)
  await confirmButton(page).click()
  await expect(dialog(page)).toHaveCount(0)
}

const ENDED = /Ended \d\d:\d\d:\d\d \(terminated\)/

test('shows a conference as ended only when the server’s record says so', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await tenant.dialInAll('Ann', 'Bob', 'Cleo')
  await signIn(page, tenant, tenant.page())
  await expectRow(participantsTable(page), { Who: /^Ann/, Status: 'joined' })
  await endButton(page).click()
  await expect(dialog(page).getByText('3 people are in it: 3 joined')).toBeVisible()
  await expect(dialog(page).getByRole('listitem')).toHaveText([/Cleo/, /Bob/, /Ann/])
  await expect(dialog(page)).toContainText('this cannot be undone')
  await typed(page).fill(NAME)
  await dialog(page).getByLabel('Reason (optional)').fill('An intruder')
  await confirmButton(page).click()
  await expect(progress(page)).toContainText(/requested \d+ s ago by /)
  const place = await progress(page).boundingBox()
  await expect(progress(page)).toContainText(/accepted \d+\.\d s later/)
  await expect(progress(page)).toContainText(ENDED)
  expect(await progress(page).boundingBox()).toEqual(place)
  expect(await deletes(tenant)).toEqual([200])
  const truth = await tenant.truth()
  expect(truth.map(({ status }) => status)).toEqual(['leaved', 'leaved', 'leaved'])
  await expect(endButton(page)).toHaveAttribute('aria-disabled', 'true')
  await expect(endButton(page)).toHaveAccessibleDescription('The conference has already ended.')
  await page.getByRole('link', { name: 'Conferences' }).first().click()
  await expect(page.getByRole('heading', { name: 'There are no conferences' })).toBeVisible()
  await expect(conferencesTable(page)).toHaveCount(0)
})

test('ends a conference only after its name or id is typed, in any case', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await tenant.dialIn({ name: 'Ann' })
  await signIn(page, tenant, tenant.page())
  await endButton(page).click()
  await expect(typed(page)).toBeFocused()
  for (const text of ['', 'Support', `${NAME}s`, 'Ann']) {
    await typed(page).fill(text)
    await expect(confirmButton(page)).toHaveAttribute('aria-disabled', 'true')
    await expect(confirmButton(page)).toHaveAccessibleDescription(
      'Type the conference name to confirm.',
    )
    await typed(page).press('Enter')
    await confirmButton(page).click({ force: true })
    await expect(dialog(page)).toBeVisible()
  }
  // The conference gets another name meanwhile, so the one typed is wrong.
  for (const text of [tenant.conference(), NAME.toUpperCase(), NAME]) {
    await typed(page).fill(text)
    await expect(confirmButton(page)).not.toHaveAttribute('aria-disabled')
  }
  await tenant.act('update-conference', { conference: tenant.conference(), name: 'Board meeting' })
  await expect(dialog(page).getByRole('heading', { name: 'End Board meeting?' })).toBeVisible()
  await expect(confirmButton(page)).toHaveAttribute('aria-disabled', 'true')
  await dialog(page).getByRole('button', { name: 'Cancel' }).click()
  await expect(endButton(page)).toBeFocused()
  expect(await deletes(tenant)).toEqual([])
})

test('ends a conference without a name by its id, by keyboard alone', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  const conference = await tenant.createConference({ name: '' })
  await tenant.dialIn({ conference, name: 'Ann' })
  await signIn(page, tenant, `/conferences/${conference}`)
  await expectRow(participantsTable(page), { Who: /^Ann/, Status: 'joined' })
  await endButton(page).focus()
  await page.keyboard.press('Enter')
  await expect(typed(page)).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(endButton(page)).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(dialog(page).getByLabel(`Type the id ${conference.slice(0, 8)}`)).toBeFocused()
  await page.keyboard.type(conference.slice(0, 8))
  await page.keyboard.press('Enter')
  await expect(progress(page)).toContainText(ENDED)
  expect(await deletes(tenant)).toEqual([200])
})

test('goes on with many participants after the server has given up waiting at three seconds', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant({ live: 50 })
  await tenant.act('delete-pace', { ms: 120 })
  await signIn(page, tenant, tenant.page())
  await expect(participantsTable(page)).toBeVisible()
  await end(page)
  await expect(progress(page)).toContainText('Ending: sent, not answered yet')
  await expect(progress(page)).toContainText('The server did not confirm it')
  await expect(progress(page)).toContainText(/HTTP 503 · REQUEST_TIMEOUT · request req_/)
  await expect(progress(page)).toContainText(/\d+ of \d+ still connected/)
  expect(await deletes(tenant)).toEqual([503])
  // The two joining participants are not disconnected, and would keep it from ending.
  for (const { id, status } of await tenant.truth()) {
    if (status !== 'joining') continue
    await tenant.act('join', { participant: id })
    await tenant.act('hang-up', { participant: id })
  }
  await expect(progress(page)).toContainText(ENDED, { timeout: 20_000 })
  await expect(progress(page)).not.toContainText('still connected')
  expect(await deletes(tenant)).toEqual([503])
})

test('says of an empty conference that the server never reports it terminated', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await signIn(page, tenant, tenant.page())
  await endButton(page).click()
  await expect(dialog(page)).toContainText('Nobody is in it')
  await typed(page).fill(NAME)
  await confirmButton(page).click()
  await expect(progress(page)).toContainText('Ended, empty')
  await expect(progress(page)).toContainText('never says terminated')
  await expect(badge(page, 'terminating, deleted')).toBeVisible()
  await progress(page).getByRole('button', { name: 'Dismiss' }).click()
  await expect(progress(page)).toHaveCount(0)
})

test('warns of a participant that was joining and got in, until it is gone', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await tenant.dialInAll('Ann', 'Bob')
  const late = await tenant.dialIn({ name: 'Late Larry', hold: true })
  await signIn(page, tenant, tenant.page())
  await expectRow(participantsTable(page), { Who: /^Late Larry/, Status: 'joining' })
  await endButton(page).click()
  await expect(dialog(page).getByText('3 people are in it: 1 joining, 2 joined')).toBeVisible()
  await typed(page).fill(NAME)
  await confirmButton(page).click()
  await expect(progress(page)).toContainText('1 of 3 still joining.')
  await tenant.act('join', { participant: late.participant })
  await expect(progress(page)).toContainText('1 of 3 still connected.')
  await expect(progress(page).getByRole('alert')).toHaveText('People are still connected', {
    timeout: 25_000,
  })
  await expect(progress(page)).toContainText('Over 5 s have passed.')
  await progress(page).getByRole('link', { name: 'Late Larry' }).click()
  await panelOf(page, 'Late Larry').getByRole('button', { name: 'Remove Late Larry' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click()
  await expect(progress(page)).toContainText(ENDED)
  await expect(progress(page).getByRole('alert')).toHaveCount(0)
})

test('shows the reason of a refusal, and that nothing happened', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  await tenant.dialIn({ name: 'Ann' })
  await tenant.fault({
    path: `${CONFERENCES_PATH}/*`,
    method: 'DELETE',
    kind: 'status',
    status: 500,
    count: 1,
  })
  await signIn(page, tenant, tenant.page())
  await end(page)
  await expect(progress(page).getByRole('alert')).toHaveText('Not ended')
  await expect(progress(page)).toContainText('The platform failed.')
  await expect(progress(page)).toContainText('The record still said progressing afterwards.')
  await expect(progress(page)).toContainText(/HTTP 500 · INTERNAL · request req_/)
  await expectRow(participantsTable(page), { Who: /^Ann/, Status: 'joined' })
  await end(page)
  await expect(progress(page)).toContainText(ENDED)
})

test('follows the record when the answer is lost', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  await tenant.dialIn({ name: 'Ann' })
  await tenant.fault({
    path: `${CONFERENCES_PATH}/*`,
    method: 'DELETE',
    kind: 'html',
    status: 502,
    stage: 'after',
    count: 1,
  })
  await signIn(page, tenant, tenant.page())
  await end(page)
  await expect(progress(page)).toContainText('The server did not confirm it')
  await expect(progress(page)).toContainText(ENDED)
})

test('does not end again a conference that another tool has ended', async ({
  page,
  newTenant,
  newBrowser,
}) => {
  const tenant = await newTenant()
  await tenant.dialIn({ name: 'Ann' })
  const other = await newBrowser()
  await signIn(page, tenant, tenant.page())
  await signIn(other, tenant, tenant.page())
  await endButton(page).click()
  await typed(page).fill(NAME)
  await end(other)
  await expect(dialog(page).getByText('The conference has already ended.')).toBeVisible()
  await expect(confirmButton(page)).toHaveAttribute('aria-disabled', 'true')
  await typed(page).press('Enter')
  await expect(dialog(page)).toBeVisible()
  expect(await deletes(tenant)).toEqual([200])
})

test('offers nothing offline that would be sent later', async ({ page, context, newTenant }) => {
  const tenant = await newTenant()
  await tenant.dialIn({ name: 'Ann' })
  await signIn(page, tenant, tenant.page())
  await expectRow(participantsTable(page), { Who: /^Ann/, Status: 'joined' })
  await endButton(page).click()
  await typed(page).fill(NAME)
  await context.setOffline(true)
  await expect(dialog(page)).toContainText('You are offline')
  await expect(confirmButton(page)).toHaveAttribute('aria-disabled', 'true')
  await typed(page).press('Enter')
  await page.keyboard.press('Escape')
  await expect(endButton(page)).toHaveAccessibleDescription(/^You are offline/)
  await context.setOffline(false)
  await expect(endButton(page)).not.toHaveAttribute('aria-disabled')
  await tenant.asked(1)
  expect(await deletes(tenant)).toEqual([])
})

test('does not offer to end the conference of another customer', async ({ page, newTenant }) => {
  const [mine, other] = [await newTenant(), await newTenant()]
  await signIn(page, mine, other.page())
  await expect(page.getByRole('heading', { name: /^You cannot see/ })).toBeVisible()
  await expect(endButton(page)).toHaveCount(0)
  expect(await deletes(other)).toEqual([])
})

test('loads the rest when the network is back after it was lost right after the first rows', async ({
  page,
  context,
  newTenant,
}) => {
  const tenant = await newTenant()
  await tenant.dialIn({ name: 'Ann' })
  await signIn(page, tenant)
  await expectRow(conferencesTable(page), { Name: NAME })
  await context.setOffline(true)
  await page.getByRole('link', { name: NAME }).click()
  await expect(page).toHaveURL(/conferences\/./)
  await expect(connection(page)).toContainText('Offline.')
  await expect(endButton(page)).toHaveCount(0)
  await context.setOffline(false)
  await expect(endButton(page)).toBeVisible()
  await end(page)
  await expect(progress(page)).toContainText(ENDED)
})
