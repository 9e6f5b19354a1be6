import { pressUntilFocused, removeAnn, watchAnn } from './steps.ts'
import {
  cardOf,
  connection,
  dialog,
  expect,
  expectRow,
  notices,
  panelOf,
  PARTICIPANTS_PATH,
  participantsTable,
  removeButton,
  rowOf,
  signIn,
  test,
  type Locator,
  type Page,
  type Person,
  type Tenant,
} from './support.ts'

// A change shows as soon as it is polled: a short interval saves the wait.
test.use({ settings: { pollSeconds: 1 } })

const confirmButton = (page: Page): Locator => dialog(page).getByRole('button', { name: 'Remove' })

const pathOf = ({ participant }: Person): string => `${PARTICIPANTS_PATH}/${participant}`
const deletes = async (tenant: Tenant): Promise<readonly number[]> =>
  (await tenant.requests('DELETE', PARTICIPANTS_PATH)).map(({ status }) => status)

test('names the participant in the question, and sends nothing when it is cancelled', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await watchAnn(page, tenant)
  await removeButton(page).click()
  await expect(page.getByRole('alertdialog', { name: 'Remove Ann?' })).toContainText(
    'Ann (+15551230001) is joined',
  )
  await expect(dialog(page).getByRole('button', { name: 'Cancel' })).toBeFocused()
  await dialog(page).getByRole('button', { name: 'Cancel' }).click()
  await expect(dialog(page)).toBeHidden()
  await expect(removeButton(page)).toBeFocused()
  await tenant.asked(1)
  await expectRow(participantsTable(page), { Who: /^Ann/, Status: 'joined' })
  expect(await deletes(tenant)).toEqual([])
})

test('shows requested at once, leaving when the server says so, then gone', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  const ann = await watchAnn(page, tenant)
  await tenant.act('kick-delay', { ms: 4000 })
  await tenant.fault({ path: pathOf(ann), method: 'DELETE', kind: 'slow', ms: 3000, count: 1 })
  await removeAnn(page)
  const table = participantsTable(page)
  await expectRow(table, { Who: /^Ann/, Status: 'leaving, requested' })
  await expect(removeButton(page)).toHaveAccessibleDescription('A removal is already on its way.')
  expect(await deletes(tenant), 'the server has not answered yet').toEqual([])
  await expectRow(table, { Who: /^Ann/, Status: 'leaving' })
  await expect(page.getByText('Nobody is in this conference now')).toBeVisible({ timeout: 15_000 })
  await expect(page.getByRole('button', { name: 'left 1' })).toBeVisible()
  expect(await deletes(tenant)).toEqual([200])
})

test('says that a joining participant could not be kicked, and shows its status', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  const ann = await watchAnn(page, tenant, { hold: true })
  await removeAnn(page)
  await expect(notices(page)).toContainText('Removal of Ann is not confirmed')
  await expect(notices(page)).toContainText(/HTTP 400 · INVALID_ARGUMENT · request req_/)
  await expectRow(participantsTable(page), { Who: /^Ann/, Status: 'leaving' })
  await tenant.act('bring-back', { participant: ann.participant })
  await expectRow(participantsTable(page), {
    Who: /^Ann/,
    Status: 'joined still connected back from leaving',
  })
  await page.getByRole('button', { name: 'Dismiss: Ann is still connected' }).click()
  await expect(cardOf(page, /Ann/)).toHaveCount(0)
})

test('shows the reason of a kick that fails after leaving was set', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  const ann = await watchAnn(page, tenant)
  await tenant.act('kick-fails', { participant: ann.participant, how: '503' })
  await removeAnn(page)
  await expect(notices(page)).toContainText('Removal of Ann is not confirmed')
  await expect(notices(page)).toContainText(/HTTP 503 · REQUEST_TIMEOUT · request req_/)
  await expectRow(participantsTable(page), { Who: /^Ann/, Status: 'leaving' })
})

test('claims nothing when a removal failed before anything happened', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  const ann = await watchAnn(page, tenant)
  await tenant.fault({ path: pathOf(ann), method: 'DELETE', kind: 'status', status: 500, count: 1 })
  await removeAnn(page)
  await expect(notices(page)).toContainText('Ann was not removed')
  await expect(notices(page)).toContainText('The record still said joined afterwards.')
  await expect(notices(page)).toContainText(/HTTP 500 · INTERNAL · request req_[A-Z2-7]{26}/)
  await expectRow(participantsTable(page), { Who: /^Ann/, Status: 'joined removal failed' })
  await removeAnn(page)
  await expect(page.getByText('Nobody is in this conference now')).toBeVisible()
  expect(await deletes(tenant)).toEqual([500, 200])
})

test('shows that a removal worked though its answer was lost', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  const ann = await watchAnn(page, tenant)
  await tenant.act('kick-delay', { ms: 0 })
  // Not only once: Chromium repeats a request when a connection that it kept open is closed.
  await tenant.fault({ path: pathOf(ann), method: 'DELETE', kind: 'drop', stage: 'after' })
  await removeAnn(page)
  await expect(notices(page)).toContainText('The server cannot be reached')
  await expect(page.getByText('Nobody is in this conference now')).toBeVisible()
  await expect(notices(page)).not.toContainText('not removed')
})

test('claims nothing when neither the removal nor the reading afterwards works', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  const ann = await watchAnn(page, tenant)
  await tenant.fault({ path: pathOf(ann), method: 'DELETE', kind: 'drop' })
  await tenant.fault({ path: pathOf(ann), method: 'GET', kind: 'drop', skip: 1 })
  await removeAnn(page)
  await expect(notices(page)).toContainText('Removal of Ann is not confirmed')
  await expectRow(participantsTable(page), { Who: /^Ann/, Status: 'joined removal not confirmed' })
})

test('cannot be confirmed once the participant has hung up while the question is open', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  const ann = await watchAnn(page, tenant)
  await removeButton(page).click()
  await expect(confirmButton(page)).toBeEnabled()
  await tenant.act('hang-up', { participant: ann.participant })
  await expect(dialog(page).getByText('Has already left.')).toBeVisible()
  await expect(dialog(page)).toContainText('Ann (+15551230001) has left the conference.')
  await expect(dialog(page)).not.toContainText('will be disconnected')
  await expect(confirmButton(page)).toBeDisabled()
  await expect(confirmButton(page)).toHaveAccessibleDescription('Has already left.')
  await confirmButton(page).click({ force: true })
  await dialog(page).getByRole('button', { name: 'Cancel' }).click()
  expect(await deletes(tenant)).toEqual([])
})

test('shows what was confirmed until the question is closed', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  await tenant.dialInAll('Ann', 'Bob', 'Cleo')
  await signIn(page, tenant, tenant.page())
  await page.getByRole('checkbox', { name: /^Select all/ }).click()
  await page.getByRole('button', { name: 'Remove selected (3)' }).click()
  await expect(dialog(page).getByRole('button', { name: 'Remove 3' })).toBeEnabled()
  // Every text of the question from now on, also in the moment in which it closes.
  await page.evaluate(() => {
    const question = document.querySelector('dialog')
    const texts = new Set<string>()
    Reflect.set(globalThis, 'texts', texts)
    const note = () => texts.add(question?.textContent ?? '')
    note()
    new MutationObserver(note).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
    })
  })
  await dialog(page).getByRole('button', { name: 'Remove 3' }).click()
  await expect(dialog(page)).toHaveCount(0)
  const texts = await page.evaluate<readonly string[]>('[...texts]')
  expect(texts).toHaveLength(1)
  expect(texts[0]).toContain('Remove 3 participants?')
})

test('shows the truth in both of two tabs that remove the same participant', async ({
  page,
  newTenant,
  newBrowser,
}) => {
  const tenant = await newTenant()
  const ann = await watchAnn(page, tenant)
  const other = await newBrowser()
  await signIn(other, tenant, tenant.page())
  await removeButton(page).click()
  await removeButton(other).click()
  // Neither tab learns of the other's request before it has sent its own.
  await tenant.fault({ path: pathOf(ann), method: 'DELETE', kind: 'slow', ms: 3000 })
  await Promise.all([confirmButton(page).click(), confirmButton(other).click()])
  for (const one of [page, other]) {
    await expect(one.getByText('Nobody is in this conference now')).toBeVisible({ timeout: 15_000 })
    await expect(one.getByRole('button', { name: 'left 1' })).toBeVisible()
    await expect(notices(one)).not.toContainText('not removed')
  }
  expect(await deletes(tenant)).toEqual([200, 200])
})

test('asks the server once for a double click', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  await watchAnn(page, tenant)
  await removeButton(page).click()
  await confirmButton(page).dblclick()
  await expect(page.getByText('Nobody is in this conference now')).toBeVisible()
  expect(await deletes(tenant)).toEqual([200])
})

test('fails a removal at once while offline, and does not send it later', async ({
  page,
  context,
  newTenant,
}) => {
  const tenant = await newTenant()
  await watchAnn(page, tenant)
  // The code that shows it is loaded after the first rows.
  await expect(notices(page)).toBeAttached()
  await removeButton(page).click()
  await context.setOffline(true)
  await expect(connection(page)).toContainText('Offline.')
  await expect(removeButton(page)).toHaveAccessibleDescription(/^You are offline/)
  await dialog(page).getByRole('button', { name: 'Remove' }).click()
  await expect(notices(page)).toContainText('Ann was not removed')
  await expect(notices(page)).toContainText('Nothing was sent: this computer is offline.')
  await expectRow(participantsTable(page), { Who: /^Ann/, Status: 'joined removal failed' })
  await context.setOffline(false)
  await expect(connection(page)).toHaveText(/^Polling every 1 s\./)
  await tenant.asked(1)
  await expectRow(participantsTable(page), { Who: /^Ann/, Status: 'joined removal failed' })
  expect(await deletes(tenant)).toEqual([])
})

test('does not offer to remove a participant that is leaving or has left, and the button says why', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  const [ann, bob] = await tenant.dialInAll('Ann', 'Bob')
  await tenant.act('stick', { participant: ann?.participant })
  await tenant.act('hang-up', { participant: bob?.participant })
  await signIn(page, tenant, `${tenant.page()}?hide=`)
  await expect(removeButton(page, 'Ann')).toBeDisabled()
  await expect(removeButton(page, 'Ann')).toHaveAccessibleDescription(/^Already being disconnected/)
  await expect(removeButton(page, 'Bob')).toBeDisabled()
  await expect(removeButton(page, 'Bob')).toHaveAccessibleDescription('Has already left.')
  await removeButton(page, 'Ann').focus()
  await page.keyboard.press('Enter')
  await expect(dialog(page)).toBeHidden()
})

test('removes from the panel, which stays open and shows the outcome', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await watchAnn(page, tenant)
  await page.getByRole('link', { name: 'Ann' }).click()
  const panel = panelOf(page, 'Ann')
  await panel.getByRole('button', { name: 'Remove Ann' }).click()
  await confirmButton(page).click()
  await expect(panel.getByRole('list', { name: 'States seen' }).getByRole('listitem')).toHaveText([
    /^joined/,
    /^leaving/,
    /^left/,
  ])
  await expect(panel.getByText('Has already left.')).toBeVisible()
  await expect(panel.getByRole('button', { name: 'Remove Ann' })).toBeDisabled()
})

test('removes by keyboard alone', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  await watchAnn(page, tenant)
  await page.getByRole('searchbox', { name: 'Filter participants' }).focus()
  // All rows are one stop; arrows go on from there.
  await pressUntilFocused(page, 'Tab', page.getByRole('link', { name: 'Ann' }))
  await pressUntilFocused(page, 'ArrowRight', removeButton(page))
  await page.keyboard.press('Enter')
  await expect(dialog(page)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(dialog(page)).toBeHidden()
  await expect(removeButton(page)).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(dialog(page).getByRole('button', { name: 'Cancel' })).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(confirmButton(page)).toBeFocused()
  await page.keyboard.press('Enter')
  // The focus is back in the row, which stays in place until it moves on.
  await expectRow(participantsTable(page), { Who: /^Ann/, Status: /^left/ })
  await expect(removeButton(page)).toBeFocused()
  await page.getByRole('searchbox', { name: 'Filter participants' }).focus()
  await expect(rowOf(participantsTable(page), /^Ann/)).toBeHidden()
  expect(await deletes(tenant)).toEqual([200])
})
