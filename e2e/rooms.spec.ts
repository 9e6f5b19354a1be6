import { watchAll, removeAll, lastCard } from './steps.ts'
import {
  cardOf,
  CONFERENCES_PATH,
  conferencesTable,
  dialog,
  expect,
  notices,
  signIn,
  test,
  type Locator,
  type Page,
} from './support.ts'

test.use({ settings: { pollSeconds: 1, graceSeconds: 1 } })

/** A dialog that asks for something to be typed. */
const form = (page: Page, name: string | RegExp): Locator => page.getByRole('dialog', { name })

async function openRoom(page: Page, item: string): Promise<void> {
  await page.getByRole('button', { name: 'Room', exact: true }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

test('creates a conference once, although the first answer is lost, and opens it', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await signIn(page, tenant)
  await expect(conferencesTable(page)).toBeVisible()
  await tenant.fault({
    path: CONFERENCES_PATH,
    method: 'POST',
    kind: 'status',
    status: 503,
    stage: 'after',
    count: 1,
  })
  await page.getByRole('button', { name: 'New conference…' }).click()
  const create = form(page, 'New conference')
  await create.getByLabel('Name').fill('War room')
  await create.getByLabel(/^Time limit/).fill('90')
  await create.getByRole('button', { name: 'Create', exact: true }).click()
  await notices(page).getByRole('link', { name: 'Open War room' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'War room' })).toBeVisible()
  const posts = await tenant.requests('POST', CONFERENCES_PATH)
  expect(posts.map(({ body }) => body)).toEqual([
    expect.objectContaining({ name: 'War room', timeout: 5400, id: expect.any(String) }),
  ])
})

test('shows what a colleague has changed meanwhile before it is overwritten', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant({ push: true })
  await signIn(page, tenant, tenant.page())
  await openRoom(page, 'Edit…')
  const edit = form(page, /^Edit /)
  await edit.getByLabel('Name').fill('Mine')
  await tenant.act('update-conference', { conference: tenant.conference(), name: 'Theirs' })
  await expect(edit.getByRole('alert')).toContainText('Theirs')
  await edit.getByRole('button', { name: /^Seen/ }).click()
  await edit.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Mine' })).toBeVisible()
})

test('sends nothing when a colleague was faster than the screen, and offers to review it', async ({
  page,
  newTenant,
}) => {
  // The page reads the conference seldom, so that it does not know.
  const tenant = await newTenant()
  await signIn(page, tenant, tenant.page())
  await openRoom(page, 'Edit…')
  const edit = form(page, /^Edit /)
  await edit.getByLabel('Name').fill('Mine')
  await tenant.fault({
    path: `${CONFERENCES_PATH}*`,
    method: 'GET',
    kind: 'slow',
    ms: 1500,
  })
  await tenant.act('update-conference', { conference: tenant.conference(), name: 'Theirs' })
  await edit.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(notices(page)).toContainText(/has changed since you confirmed/, { timeout: 15_000 })
  await expect(notices(page)).toContainText('Theirs')
  expect(await tenant.requests('PUT', CONFERENCES_PATH)).toEqual([])
  await tenant.clearFaults()
  await notices(page)
    .getByRole('button', { name: /^Review and save/ })
    .click()
  await expect(edit.getByRole('alert')).toContainText('is “Theirs” now')
  await edit.getByRole('button', { name: /^Seen/ }).click()
  await edit.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Mine' })).toBeVisible()
})

test('replaces the dial-in link, and never shows it', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  await signIn(page, tenant, tenant.page())
  await openRoom(page, 'New dial-in link…')
  await expect(dialog(page)).toHaveAccessibleName(/^New dial-in link for /)
  await dialog(page).getByRole('button', { name: 'Replace the link' }).click()
  await expect(cardOf(page, /has a new dial-in link$/)).toBeVisible()
  expect(await page.content()).not.toContain('direct.')
})

test('offers a new dial-in link after many were removed', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  await watchAll(page, tenant, ['Ann', 'Bob', 'Carol'])
  await removeAll(page, 3)
  await expect(lastCard(page)).toContainText('3 gone', { timeout: 20_000 })
  await lastCard(page).getByRole('button', { name: 'New dial-in link…' }).click()
  await expect(dialog(page)).toHaveAccessibleName(/^New dial-in link for /)
})

test('has every control of the room in the command menu', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  await signIn(page, tenant, tenant.page())
  await expect(page.getByRole('button', { name: 'Room', exact: true })).toBeVisible()
  await page.keyboard.press('Control+k')
  for (const name of ['Edit…', 'New dial-in link…', 'Record', 'End conference…']) {
    await page.getByRole('combobox', { name: 'Search commands' }).fill(name)
    await expect(page.getByRole('option', { name }).first()).toBeVisible()
  }
})
