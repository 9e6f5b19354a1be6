import {
  dialog,
  expect,
  expectRow,
  PARTICIPANTS_PATH,
  participantsTable,
  removeButton,
  signIn,
  statusButton,
  test,
  type BrowserContext,
  type Locator,
  type Page,
  type Tenant,
} from './support.ts'

const NAMES = ['Ann', 'Bob', 'Cleo', 'Dan', 'Eve', 'Finn']

const card = (page: Page): Locator =>
  page.getByRole('region', { name: 'Removals' }).getByRole('article').last()

const deletedIds = async (tenant: Tenant): Promise<readonly string[]> =>
  (await tenant.requests('DELETE', PARTICIPANTS_PATH)).map(({ path }) =>
    path.slice(PARTICIPANTS_PATH.length + 1),
  )

async function watch(page: Page, tenant: Tenant, names = NAMES): Promise<readonly string[]> {
  const people = await tenant.dialInAll(...names)
  await signIn(page, tenant, tenant.page())
  await expect(statusButton(page, 'joined')).toHaveAccessibleName(`joined ${names.length}`)
  return people.map(({ participant }) => participant)
}

/** Everyone is selected, and their removal confirmed. */
async function removeAll(page: Page): Promise<void> {
  await page.getByRole('checkbox', { name: /^Select all/ }).click()
  await page.getByRole('button', { name: /^Remove selected/ }).click()
  await dialog(page)
    .getByRole('button', { name: /^Remove \d/ })
    .click()
}

/** As on plain http, outside of localhost. */
async function withoutLocks(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    Reflect.deleteProperty(Navigator.prototype, 'locks')
  })
}

test('removals work where the browser refuses Web Locks', async ({ page, newTenant }) => {
  await page.addInitScript(() => {
    navigator.locks.request = () => Promise.reject(new DOMException('No.', 'SecurityError'))
  })
  const tenant = await newTenant()
  await watch(page, tenant)
  await removeAll(page)
  await expect(card(page)).toContainText(/Done\.\s*6 gone/, { timeout: 20_000 })
})

test('removals work where Web Locks and IndexedDB never answer, and it says that nothing is kept', async ({
  page,
  newTenant,
}) => {
  await page.addInitScript(() => {
    navigator.locks.request = () => new Promise(() => {})
    // Asks for a database of another name and never passes on what comes of it.
    const open = indexedDB.open.bind(indexedDB)
    indexedDB.open = () =>
      Object.create(open('nobody listens'), { addEventListener: { value: () => {} } })
  })
  const tenant = await newTenant()
  await watch(page, tenant)
  await removeAll(page)
  await expect(card(page)).toContainText(/Done\.\s*6 gone/, { timeout: 30_000 })
  await page
    .getByRole('navigation', { name: 'Main' })
    .getByRole('link', { name: 'Activity' })
    .click()
  await expect(page.getByText('kept only until the last tab is closed')).toBeVisible()
})

test('without Web Locks a tab works off its own batch, and the other tab can pause it', async ({
  page,
  context,
  newTenant,
}) => {
  test.setTimeout(120_000)
  await withoutLocks(context)
  const tenant = await newTenant()
  const ids = await watch(page, tenant)
  const other = await context.newPage()
  await other.goto(tenant.page())
  await expect(statusButton(other, 'joined')).toHaveAccessibleName(`joined ${NAMES.length}`)
  await removeAll(page)
  await expect.poll(async () => (await deletedIds(tenant)).length).toBeGreaterThanOrEqual(1)
  await card(other).getByRole('button', { name: 'Pause' }).click()
  await expect(card(page)).toContainText('Paused.')
  await card(other).getByRole('button', { name: 'Go on' }).click()
  for (const one of [page, other])
    await expect(card(one)).toContainText(/Done\.\s*6 gone/, { timeout: 30_000 })
  expect((await deletedIds(tenant)).toSorted()).toEqual(ids.toSorted())
})

test('without Web Locks the other tab says that the tab of a batch is gone, and goes on when told to', async ({
  page,
  context,
  newTenant,
}) => {
  test.setTimeout(120_000)
  await withoutLocks(context)
  const tenant = await newTenant()
  const ids = await watch(page, tenant)
  const other = await context.newPage()
  await other.goto(tenant.page())
  await expect(statusButton(other, 'joined')).toHaveAccessibleName(`joined ${NAMES.length}`)
  await removeAll(page)
  await expect(card(other)).toContainText('Nothing is sent yet.')
  await page.close({ runBeforeUnload: false })
  await expect(card(other)).toContainText('the tab that was sending this is gone')
  expect(await deletedIds(tenant)).toEqual([])
  await card(other).getByRole('button', { name: 'Go on' }).click()
  await expect(card(other)).toContainText(/Done\.\s*6 gone/, { timeout: 30_000 })
  expect((await deletedIds(tenant)).toSorted()).toEqual(ids.toSorted())
})

test('without Web Locks a single removal is not said to be on its way when its tab is gone', async ({
  page,
  context,
  newTenant,
}) => {
  await withoutLocks(context)
  const tenant = await newTenant()
  const [ann = ''] = await watch(page, tenant, ['Ann'])
  const other = await context.newPage()
  await other.goto(tenant.page())
  await expect(statusButton(other, 'joined')).toHaveAccessibleName('joined 1')
  // The look before the removal is never answered.
  await tenant.fault({ path: `${PARTICIPANTS_PATH}/${ann}`, method: 'GET', kind: 'hang' })
  await removeButton(page).click()
  await dialog(page).getByRole('button', { name: 'Remove' }).click()
  await expect
    .poll(async () => (await tenant.requests('GET', `${PARTICIPANTS_PATH}/${ann}`)).length)
    .toBeGreaterThanOrEqual(1)
  await page.close({ runBeforeUnload: false })
  await expect(card(other)).toContainText('the tab that was sending this is gone')
  await expectRow(participantsTable(other), {
    Who: /^Ann/,
    Status: /^joined removal (waiting|pending)$/,
  })
  expect(await deletedIds(tenant)).toEqual([])
  await tenant.clearFaults()
  await card(other).getByRole('button', { name: 'Go on' }).click()
  await expect.poll(() => deletedIds(tenant)).toEqual([ann])
})
