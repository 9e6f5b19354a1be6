import { lastCard, openPage, removeAll, removeAnn, watchAll, watchToo } from './steps.ts'
import {
  expect,
  expectRow,
  INTERVALS,
  PARTICIPANTS_PATH,
  participantsTable,
  test,
  type BrowserContext,
  type Tenant,
} from './support.ts'

const NAMES = ['Ann', 'Bob', 'Cleo', 'Dan', 'Eve', 'Finn']

const deletedIds = async (tenant: Tenant): Promise<readonly string[]> =>
  (await tenant.requests('DELETE', PARTICIPANTS_PATH)).map(({ path }) =>
    path.slice(PARTICIPANTS_PATH.length + 1),
  )

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
  await watchAll(page, tenant, NAMES)
  await removeAll(page, NAMES.length)
  await expect(lastCard(page)).toContainText(/Done\.\s*6 gone/, { timeout: 20_000 })
})

test('removals work where Web Locks and IndexedDB never answer, and the page says that nothing is kept', async ({
  page,
  newTenant,
}) => {
  await page.addInitScript(() => {
    navigator.locks.request = () => new Promise(() => {})
    // Opens a database of another name and never passes on its events.
    const open = indexedDB.open.bind(indexedDB)
    indexedDB.open = () =>
      Object.create(open('nobody listens'), { addEventListener: { value: () => {} } })
  })
  const tenant = await newTenant()
  await watchAll(page, tenant, NAMES)
  await removeAll(page, NAMES.length)
  await expect(lastCard(page)).toContainText(/Done\.\s*6 gone/, { timeout: 30_000 })
  await openPage(page, 'Activity')
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
  const ids = await watchAll(page, tenant, NAMES)
  const other = await watchToo(context, tenant, NAMES)
  await removeAll(page, NAMES.length)
  await expect
    .poll(async () => (await deletedIds(tenant)).length, { intervals: INTERVALS })
    .toBeGreaterThanOrEqual(1)
  await lastCard(other).getByRole('button', { name: 'Pause' }).click()
  await expect(lastCard(page)).toContainText('Paused.')
  await lastCard(other).getByRole('button', { name: 'Go on' }).click()
  for (const one of [page, other])
    await expect(lastCard(one)).toContainText(/Done\.\s*6 gone/, { timeout: 30_000 })
  expect((await deletedIds(tenant)).toSorted()).toEqual(ids.toSorted())
})

test('without Web Locks the other tab says that the tab of a batch is gone, and goes on when asked to', async ({
  page,
  context,
  newTenant,
}) => {
  test.setTimeout(120_000)
  await withoutLocks(context)
  const tenant = await newTenant()
  const ids = await watchAll(page, tenant, NAMES)
  const other = await watchToo(context, tenant, NAMES)
  await removeAll(page, NAMES.length)
  await expect(lastCard(other)).toContainText('Nothing is sent yet.')
  await page.close({ runBeforeUnload: false })
  await expect(lastCard(other)).toContainText('the tab that was sending this is gone')
  expect(await deletedIds(tenant)).toEqual([])
  await lastCard(other).getByRole('button', { name: 'Go on' }).click()
  await expect(lastCard(other)).toContainText(/Done\.\s*6 gone/, { timeout: 30_000 })
  expect((await deletedIds(tenant)).toSorted()).toEqual(ids.toSorted())
})

test('without Web Locks a single removal is not shown as on its way when its tab is gone', async ({
  page,
  context,
  newTenant,
}) => {
  await withoutLocks(context)
  const tenant = await newTenant()
  const [ann = ''] = await watchAll(page, tenant, ['Ann'])
  const other = await watchToo(context, tenant, ['Ann'])
  // The reading of the record before the removal is never answered.
  await tenant.fault({ path: `${PARTICIPANTS_PATH}/${ann}`, method: 'GET', kind: 'hang' })
  await removeAnn(page)
  await expect
    .poll(async () => (await tenant.requests('GET', `${PARTICIPANTS_PATH}/${ann}`)).length)
    .toBeGreaterThanOrEqual(1)
  await page.close({ runBeforeUnload: false })
  await expect(lastCard(other)).toContainText('the tab that was sending this is gone')
  await expectRow(participantsTable(other), {
    Who: /^Ann/,
    Status: /^joined removal pending$/,
  })
  expect(await deletedIds(tenant)).toEqual([])
  await tenant.clearFaults()
  await lastCard(other).getByRole('button', { name: 'Go on' }).click()
  await expect.poll(() => deletedIds(tenant)).toEqual([ann])
})
