import {
  dialog,
  expect,
  expectRow,
  PARTICIPANTS_PATH,
  panelOf,
  participantsTable,
  rowOf,
  signIn,
  statusButton,
  test,
  type Locator,
  type Page,
  type Tenant,
} from './support.ts'
import { expectNames, filterBox, lastCard } from './steps.ts'

test.use({ settings: { pollSeconds: 1, singleGraceSeconds: 5 } })

const suggestion = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('option', { name })

/** Ann and Bob are in Sales, José is in Ops and Dan has left it. Returns Ann. */
async function twoConferences(tenant: Tenant) {
  const sales = await tenant.createConference({ name: 'Sales, EMEA' })
  const ops = await tenant.createConference({ name: 'Ops' })
  const dan = await tenant.dialIn({ conference: ops, name: 'Dan', number: '+4930123450004' })
  await tenant.act('hang-up', { participant: dan.participant })
  await tenant.dialIn({ conference: ops, name: 'José', number: '+4930123450003' })
  await tenant.dialIn({ conference: sales, name: 'Bob', number: '+15550100002' })
  return tenant.dialIn({ conference: sales, name: 'Ann', number: '+15550104711' })
}

test('by keyboard alone a caller is found by the last digits, looked at, removed, undone and copied for a ticket', async ({
  page,
  context,
  newTenant,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const tenant = await newTenant()
  const ann = await twoConferences(tenant)
  await signIn(page, tenant)
  let keys = 0
  const press = async (...all: readonly string[]) => {
    for (const key of all) {
      keys += 1
      await page.keyboard.press(key)
    }
  }
  await expect(page.getByRole('heading', { name: 'Conferences' })).toBeFocused()
  await press('Control+k')
  await expect(page.getByRole('combobox', { name: 'Search commands' })).toBeFocused()
  await press('p', 'a', 'r', 'Enter')
  await expect(page).toHaveURL('/participants')
  await expectNames(page, 'Ann', 'Bob', 'José')
  await press('/', '4', '7', '1', '1')
  await expectNames(page, 'Ann')
  await press('ArrowDown', 'Enter')
  await expect(panelOf(page, 'Ann')).toBeVisible()
  await press('Escape')
  await expect(panelOf(page, 'Ann')).toBeHidden()
  await press('Delete')
  await expect(dialog(page)).toBeVisible()
  await press('Tab', 'Enter')
  await expect(lastCard(page)).toContainText('Sending in')
  await press('u')
  await expect(lastCard(page)).toContainText('undone')
  await press('c')
  await expect(page.getByRole('textbox', { name: 'Ticket text' })).toHaveValue(/Who: Ann/)
  await press('Enter')
  expect(keys).toBe(19)
  const copied = () => page.evaluate(() => navigator.clipboard.readText())
  await expect.poll(copied).toContain('Who: Ann, +15550104711')
  const text = await copied()
  for (const fact of [
    `Conference: Sales, EMEA (${ann.conference})`,
    'State: joined since',
    `Participant: ${ann.participant}`,
    `Call: ${ann.call}`,
    'Done from here: Removal by',
    `/conferences/${ann.conference}?participant=${ann.participant}`,
  ])
    expect(text).toContain(fact)
  // The focus is back on the row.
  await expect(page.getByRole('link', { name: 'Ann' })).toBeFocused()
  expect(await tenant.requests('DELETE', PARTICIPANTS_PATH)).toEqual([])
})

test('a query asks for fields, numbers in any notation and names without accents, and is in the address', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await twoConferences(tenant)
  await signIn(page, tenant, '/participants')
  await expectNames(page, 'Ann', 'Bob', 'José')
  for (const [text, ...found] of [
    ['jose', 'José'],
    ['+1 (555) 010', 'Ann', 'Bob'],
    ['001555 0104711', 'Ann'],
    ['٤٧١١', 'Ann'],
    ['tel:4711', 'Ann'],
    ['emea', 'Ann', 'Bob'],
    ['conf:"sales, emea" -ann', 'Bob'],
    ['status:left', 'Dan'],
    ['conf:ops status:joined,left', 'José', 'Dan'],
    ['newer:1h direction:in', 'Ann', 'Bob', 'José'],
    ['older:1h'],
    ['.*'],
  ] as const) {
    await filterBox(page).fill(text)
    await expectNames(page, ...found)
  }
  await filterBox(page).fill('jose')
  await expect(participantsTable(page).locator('mark')).toHaveText('José')
  await filterBox(page).fill('conf:ops status:joined,left')
  await expect(page).toHaveURL('/participants?q=conf%3Aops+status%3Ajoined%2Cleft')
  await expect(statusButton(page, 'left')).toHaveAttribute('aria-pressed', 'true')
  await expect(statusButton(page, 'joining')).toHaveAttribute('aria-pressed', 'false')
  await page.reload()
  await expectNames(page, 'José', 'Dan')
  await page.getByRole('button', { name: 'Remove condition status:joined,left' }).click()
  await expect(filterBox(page)).toHaveValue('conf:ops')
  await expectNames(page, 'José')
})

test('a query names its wrong parts, and they hide no row', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  await twoConferences(tenant)
  await signIn(page, tenant, '/participants')
  for (const [text, said] of [
    ['foo:bar', 'there is no field “foo”'],
    ['older:soon', '“soon” is no duration'],
    ['direction:up', 'the direction is in or out'],
  ] as const) {
    await filterBox(page).fill(text)
    await expect(page.getByRole('status').filter({ hasText: said })).toBeVisible()
    await expectNames(page, 'Ann', 'Bob', 'José')
  }
  await filterBox(page).fill('   ')
  await expectNames(page, 'Ann', 'Bob', 'José')
  await filterBox(page).fill('x'.repeat(10_000))
  await expect(page.getByText('Only the first 500 characters are used.')).toBeVisible()
})

test('suggestions say what can be asked, and how many that finds, before one is taken', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await twoConferences(tenant)
  await signIn(page, tenant, '/participants')
  await expectNames(page, 'Ann', 'Bob', 'José')
  await filterBox(page).focus()
  await page.keyboard.press('Alt+ArrowDown')
  await expect(suggestion(page, /^status:/)).toBeVisible()
  await expect(suggestion(page, /^came-back/)).toHaveText(/0$/)
  await page.keyboard.type('conf:')
  await expect(suggestion(page, /Sales, EMEA/)).toHaveText(/2$/)
  await expect(suggestion(page, /Ops/)).toHaveText(/1$/)
  await page.keyboard.press('ArrowDown')
  await expect(suggestion(page, /Sales, EMEA/)).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Enter')
  await expect(filterBox(page)).toHaveValue('conf:"Sales, EMEA"')
  await expect(filterBox(page)).toBeFocused()
  await expectNames(page, 'Ann', 'Bob')
  await page.keyboard.type(' st')
  await expect(suggestion(page, /^stuck/)).toBeVisible()
  // Step by step: the suggestions, the text, the field.
  await page.keyboard.press('Escape')
  await expect(page.getByRole('option')).toHaveCount(0)
  await expect(filterBox(page)).toHaveValue('conf:"Sales, EMEA" st')
  await page.keyboard.press('Escape')
  await expect(filterBox(page)).toHaveValue('')
  await page.keyboard.press('Escape')
  await expect(filterBox(page)).not.toBeFocused()
})

test('participants of all conferences are grouped, selected and removed as in one', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await twoConferences(tenant)
  await signIn(page, tenant, '/participants')
  await expectRow(participantsTable(page), { Who: /^Ann/, Conference: 'Sales, EMEA' })
  await page.getByRole('button', { name: 'By conference' }).click()
  await expect(page).toHaveURL('/participants?group=conference')
  await expectNames(page, 'Ops', 'José', 'Sales,', 'Ann', 'Bob')
  await page.getByRole('checkbox', { name: 'Select all 3 that match' }).check()
  await page.getByRole('checkbox', { name: /^Select Ann/ }).uncheck()
  await page.getByRole('button', { name: 'Remove selected (2)' }).click()
  const planned = dialog(page).getByRole('region', { name: 'Who will be removed' })
  await expect(planned.getByRole('region', { name: 'Ops' })).toContainText('José')
  await expect(planned.getByRole('region', { name: 'Sales, EMEA' })).toContainText('Bob')
  await dialog(page).getByRole('button', { name: 'Remove 2' }).click()
  await expectNames(page, 'Sales,', 'Ann')
  await page.getByRole('rowheader', { name: /Sales/ }).getByRole('link').click()
  await expect(page.getByRole('heading', { name: 'Sales, EMEA' })).toBeVisible()
  await expect(rowOf(participantsTable(page), /^Ann/)).toBeVisible()
})

test('a conference that cannot be listed still has its participants, by the beginning of its id', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  const ann = await twoConferences(tenant)
  await tenant.fault({ path: '/v1.0/conferences', kind: 'status', status: 500 })
  await signIn(page, tenant, '/participants')
  await expectRow(participantsTable(page), {
    Who: /^Ann/,
    Conference: ann.conference.slice(0, 8),
  })
  await expect(page.getByText('Names of conferences may be out of date')).toBeVisible()
})

test('names in chips, suggestions, marks and menus are inert', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  const name = '<img src=x onerror=alert(1)> =1+1 \u202Egnp'
  const conference = await tenant.createConference({ name })
  await tenant.dialIn({ conference, name, number: '+15550104711' })
  await signIn(page, tenant, '/participants')
  const shown = '<img src=x onerror=alert(1)> =1+1 ⟨U+202E⟩gnp'
  await filterBox(page).fill('name:')
  await expect(suggestion(page, /img src/)).toContainText('<img src=x')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: /^Remove condition name:/ })).toBeVisible()
  await expect(page.getByRole('link', { name: shown }).first()).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('img')
  await expect(page.getByRole('option', { name: shown })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /^More for/ }).click()
  await expect(page.getByRole('menu')).toContainText(shown)
  expect(await page.locator('img').count()).toBe(0)
})
