import {
  configure,
  dialog,
  expect,
  expectRow,
  PARTICIPANTS_PATH,
  participantsTable,
  rowAt,
  rowOf,
  signIn,
  statusButton,
  test,
  type Locator,
  type Page,
  type Tenant,
} from './support.ts'

const box = (page: Page, name: string): Locator =>
  page.getByRole('checkbox', { name: new RegExp(`^Select ${name}(,|$)`) })
const all = (page: Page): Locator => page.getByRole('checkbox', { name: /^Select all/ })
const removeSelected = (page: Page): Locator =>
  page.getByRole('button', { name: /^Remove selected/ })
const people = (page: Page): Locator => dialog(page).getByRole('listitem')
const confirmButton = (page: Page): Locator => dialog(page).getByRole('button', { name: /^Remove/ })
const deletes = async (tenant: Tenant): Promise<readonly string[]> =>
  (await tenant.requests('DELETE', PARTICIPANTS_PATH)).map(({ path }) => path)

/** Opens the page of a conference with six participants, Flo on top and Ann at the bottom. */
async function six(page: Page, tenant: Tenant) {
  // A change shows as soon as it is polled; long lists need the requests for their first reading.
  await configure(page, { pollSeconds: 1 })
  const made = await tenant.dialInAll('Ann', 'Ben', 'Cleo', 'Dan', 'Eve', 'Flo')
  await signIn(page, tenant, tenant.page())
  await expect(rowOf(participantsTable(page), /^Ann/)).toBeVisible()
  return made
}

/** The labels of the rows selected, from top to bottom. */
const selected = (page: Page): Promise<readonly string[]> =>
  participantsTable(page)
    .getByRole('row')
    .evaluateAll((rows) =>
      rows
        .filter((row) => row.querySelector('td input:checked'))
        .map((row) => row.querySelector('th a')?.textContent ?? ''),
    )

test('selects by click, and by a range from the last click', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  await six(page, tenant)
  const before = await participantsTable(page).boundingBox()
  await box(page, 'Eve').click()
  await box(page, 'Ben').click({ modifiers: ['Shift'] })
  expect(await selected(page)).toEqual(['Eve', 'Dan', 'Cleo', 'Ben'])
  await expect(page.getByRole('status').filter({ hasText: '4 selected' })).toBeVisible()
  expect(await participantsTable(page).boundingBox(), 'nothing has moved').toEqual(before)
  await expect(all(page)).toHaveJSProperty('indeterminate', true)
  await box(page, 'Dan').click()
  await box(page, 'Cleo').click({ modifiers: ['Shift'] })
  expect(await selected(page)).toEqual(['Eve', 'Ben'])
  await expect(removeSelected(page)).toHaveText('Remove selected (2)')
  await page.getByRole('button', { name: 'Clear selection' }).click()
  expect(await selected(page)).toEqual([])
  await expect(removeSelected(page)).toBeHidden()
})

test('selects by keyboard: space, shift and space for a range, escape for none', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await six(page, tenant)
  await box(page, 'Flo').focus()
  await page.keyboard.press('Space')
  expect(await selected(page)).toEqual(['Flo'])
  await box(page, 'Dan').focus()
  await page.keyboard.press('Shift+Space')
  expect(await selected(page)).toEqual(['Flo', 'Eve', 'Dan'])
  await page.keyboard.press('Escape')
  expect(await selected(page)).toEqual([])
  await expect(box(page, 'Dan')).toBeFocused()
  await all(page).focus()
  await page.keyboard.press('Space')
  expect(await selected(page)).toHaveLength(6)
  const table = page.getByRole('region', { name: 'Participants table' })
  await page.getByRole('button', { name: 'Clear selection' }).focus()
  await page.keyboard.press('Enter')
  await expect(table, 'the button is gone, and the focus not lost').toBeFocused()
})

test('selects all of 300 rows that match, also those not drawn, and only those', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant({ live: 290 })
  const ann = await tenant.dialIn({ name: 'Ann Needle' })
  await tenant.dialIn({ name: 'Ben Needle' })
  await signIn(page, tenant, tenant.page())
  const table = participantsTable(page)
  const count = 290 + Math.floor(290 / 30) + 2
  await expect(table).toHaveAttribute('aria-rowcount', String(count))
  await expect(all(page)).toHaveAccessibleName(`Select all ${count} that match`)
  await all(page).check()
  await expect(removeSelected(page)).toHaveText(`Remove selected (${count})`)
  await page.getByRole('region', { name: 'Participants table' }).focus()
  await page.keyboard.press('End')
  await expect(rowAt(table, count).getByRole('checkbox')).toBeChecked()
  await rowAt(table, count).getByRole('checkbox').uncheck()
  await expect(removeSelected(page)).toHaveText(`Remove selected (${count - 1})`)
  await page.keyboard.press('Escape')
  await page.getByRole('searchbox', { name: 'Filter participants' }).fill('needle')
  await expect(all(page)).toHaveAccessibleName('Select all 2 that match')
  await all(page).check()
  await page.getByRole('searchbox', { name: 'Filter participants' }).fill('ann needle')
  await expect(page.getByText('2 selected, 1 of them not shown')).toBeVisible()
  await expect(all(page)).toBeChecked()
  await all(page).uncheck()
  await expect(page.getByText('1 selected, 1 of them not shown')).toBeVisible()
  await page.getByRole('searchbox', { name: 'Filter participants' }).fill('needle')
  await removeSelected(page).click()
  await expect(dialog(page)).toHaveAccessibleName('Remove Ben Needle?')
  await page.keyboard.press('Escape')
  await tenant.act('hang-up', { participant: ann.participant })
  await expectRow(table, { Who: /^Ann Needle/, Status: /^left/ })
})

test('the question lists all, says which are skipped and why, and counts along', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  const [ann, ben, cleo] = await six(page, tenant)
  await tenant.act('stick', { participant: cleo?.participant })
  await expectRow(participantsTable(page), { Who: /^Cleo/, Status: 'leaving' })
  await all(page).check()
  await removeSelected(page).click()
  await expect(dialog(page)).toHaveAccessibleName('Remove 6 participants?')
  await expect(people(page)).toHaveCount(6)
  await expect(people(page).filter({ hasText: 'Cleo' })).toContainText(
    'Skipped: Already being disconnected',
  )
  await expect(dialog(page).getByRole('heading', { level: 3 })).toHaveText('Support standup6')
  await expect(dialog(page)).toContainText('Nobody else is joined there.')
  await expect(confirmButton(page)).toHaveText('Remove 5')
  await tenant.act('hang-up', { participant: ben?.participant })
  await expect(people(page).filter({ hasText: 'Ben' })).toContainText('Skipped: Has already left.')
  await expect(confirmButton(page)).toHaveText('Remove 4')
  await tenant.dialIn({ name: 'Gus' })
  await expect(dialog(page)).not.toContainText('Nobody else is joined there.')
  await expect(people(page), 'no participant is added to the question').toHaveCount(6)
  await dialog(page)
    .getByRole('textbox', { name: /^Reason/ })
    .fill('they were loud')
  await confirmButton(page).click()
  await expect(removeSelected(page), 'they are no longer selected').toBeHidden()
  await expect(page.getByRole('region', { name: 'Participants table' })).toBeFocused()
  const batch = page.getByRole('article', { name: 'Removing 4 participants' })
  await expect(batch).toContainText('Nothing is sent yet.')
  expect(await deletes(tenant)).toEqual([])
  await batch.getByRole('button', { name: 'Send now' }).click()
  await expect(rowOf(participantsTable(page), /^Ann/)).toBeHidden({ timeout: 20_000 })
  await expect.poll(async () => (await deletes(tenant)).length).toBe(4)
  const sent = await deletes(tenant)
  expect(sent).toContain(`${PARTICIPANTS_PATH}/${ann?.participant}`)
  expect(sent).not.toContain(`${PARTICIPANTS_PATH}/${cleo?.participant}`)
})

test('skips a participant whose removal is already on its way', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  const [ann] = await six(page, tenant)
  await tenant.fault({
    path: `${PARTICIPANTS_PATH}/${ann?.participant}`,
    method: 'DELETE',
    kind: 'slow',
    ms: 6000,
    count: 1,
  })
  await page.getByRole('button', { name: 'Remove Ann' }).click()
  await confirmButton(page).click()
  await expectRow(participantsTable(page), { Who: /^Ann/, Status: 'leaving, requested' })
  await box(page, 'Ann').check()
  await box(page, 'Ben').check()
  await removeSelected(page).click()
  await expect(people(page).filter({ hasText: 'Ann' })).toContainText(
    'Skipped: A removal is already on its way.',
  )
  await expect(confirmButton(page)).toHaveText('Remove 1')
})

test('cannot be confirmed once all have left while the question is open', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  const everyone = await six(page, tenant)
  await box(page, 'Ann').check()
  await box(page, 'Ben').check()
  await removeSelected(page).click()
  await expect(confirmButton(page)).toHaveText('Remove 2')
  for (const { participant } of everyone.slice(0, 2)) await tenant.act('hang-up', { participant })
  await expect(confirmButton(page)).toHaveText('Remove 0')
  await expect(confirmButton(page)).toBeDisabled()
  await expect(confirmButton(page)).toHaveAccessibleDescription(
    'None of them can be removed any more.',
  )
  await confirmButton(page).click({ force: true })
  await page.keyboard.press('Escape')
  await expect(dialog(page)).toBeHidden()
  expect(await deletes(tenant)).toEqual([])
  await expectRow(participantsTable(page), { Who: /^Ben/, Status: /^left/ })
  await expect(page.getByText('2 changes waiting')).toBeVisible()
  await page.getByRole('button', { name: 'Show now' }).click()
  await expect(page.getByText('2 selected, 2 of them not shown')).toBeVisible()
  await statusButton(page, 'left').click()
  expect(await selected(page)).toEqual(['Ben', 'Ann'])
})

test('800 selected: the question opens at once, and is undone before anything is sent', async ({
  page,
  newTenant,
}) => {
  test.setTimeout(120_000)
  // Far more rows and lines than are drawn.
  const LIVE = 800
  const tenant = await newTenant({ live: LIVE })
  await signIn(page, tenant, tenant.page())
  const count = LIVE + Math.floor(LIVE / 30)
  await expect(participantsTable(page)).toHaveAttribute('aria-rowcount', String(count), {
    timeout: 60_000,
  })
  await all(page).check()
  await removeSelected(page).click()
  await expect(people(page)).toHaveCount(count)
  await dialog(page).getByRole('region', { name: 'Who will be removed' }).focus()
  // The heights of lines out of sight are estimates, so the end may be further than it seems.
  await expect(async () => {
    await page.keyboard.press('End')
    await expect(people(page).last()).toBeInViewport({ timeout: 500 })
  }).toPass()
  await expect(confirmButton(page)).toBeInViewport()
  await confirmButton(page).click()
  await page
    .getByRole('article', { name: `Removing ${LIVE} participants` })
    .getByRole('button', { name: 'Undo' })
    .click()
  await tenant.asked(3)
  expect(await deletes(tenant)).toEqual([])
})
