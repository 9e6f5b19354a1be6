import { expectNames, filterBox, pressUntilFocused } from './steps.ts'
import {
  expect,
  expectRow,
  fillSignIn,
  panelOf,
  participantsTable,
  rowOf,
  signIn,
  statusButton,
  test,
} from './support.ts'
import type { Tenant } from './support.ts'

/** Ann is joining, Bob and Cleo are joined, Dan has left. */
async function four(tenant: Tenant): Promise<void> {
  const dan = await tenant.dialIn({ name: 'Dan', number: '+15551230004' })
  await tenant.act('hang-up', { participant: dan.participant })
  await tenant.dialIn({ name: 'Bob', number: '+15551230002' })
  await tenant.dialIn({ name: 'Cleo', number: '+15551230003' })
  await tenant.dialIn({ name: 'Ann', number: '+15551230001', hold: true })
}

test('the text filter searches everything that is shown', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  await four(tenant)
  const bob = await tenant.dialIn({ name: 'Zed', number: '+15551230009' })
  await signIn(page, tenant, tenant.page())
  await expectNames(page, 'Zed', 'Ann', 'Cleo', 'Bob')
  for (const [text, ...found] of [
    ['cleo', 'Cleo'],
    // Fewer digits may stand in an id, which is random.
    ['230002', 'Bob'],
    ['joining', 'Ann'],
    ['230 joined', 'Zed', 'Cleo', 'Bob'],
    [bob.participant, 'Zed'],
    [bob.call.slice(0, 8), 'Zed'],
    ['call', 'Zed', 'Ann', 'Cleo', 'Bob'],
  ] as const) {
    await filterBox(page).fill(text)
    await expectNames(page, ...found)
    await expect(participantsTable(page)).toHaveAttribute('aria-rowcount', String(found.length))
  }
})

test('statuses are switched on and off, with their counts', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  await four(tenant)
  await signIn(page, tenant, tenant.page())
  await expectNames(page, 'Ann', 'Cleo', 'Bob')
  for (const [name, pressed] of [
    ['joining 1', 'true'],
    ['joined 2', 'true'],
    ['leaving 0', 'true'],
    ['left 1', 'false'],
  ] as const) {
    await expect(page.getByRole('button', { name })).toHaveAttribute('aria-pressed', pressed)
  }
  await statusButton(page, 'joined').click()
  await expectNames(page, 'Ann')
  await statusButton(page, 'left').click()
  await expectNames(page, 'Ann', 'Dan')
  await expect(page.getByRole('button', { name: 'joined 2' })).toHaveAttribute(
    'aria-pressed',
    'false',
  )
})

test('sorting goes up and down, and the header says so', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  await four(tenant)
  await signIn(page, tenant, tenant.page())
  await expectNames(page, 'Ann', 'Cleo', 'Bob')
  const who = page.getByRole('columnheader', { name: 'Who' })
  await who.getByRole('button').click()
  await expectNames(page, 'Ann', 'Bob', 'Cleo')
  await expect(who).toHaveAttribute('aria-sort', 'ascending')
  await who.getByRole('button').click()
  await expectNames(page, 'Cleo', 'Bob', 'Ann')
  await expect(who).toHaveAttribute('aria-sort', 'descending')
})

test('a reload keeps the view, and the back button steps through its changes', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await four(tenant)
  await signIn(page, tenant, tenant.page())
  await expectNames(page, 'Ann', 'Cleo', 'Bob')
  await statusButton(page, 'left').click()
  await expectNames(page, 'Ann', 'Cleo', 'Bob', 'Dan')
  await page.getByRole('columnheader', { name: 'Who' }).getByRole('button').click()
  await expectNames(page, 'Ann', 'Bob', 'Cleo', 'Dan')
  await filterBox(page).pressSequentially('n')
  await expectNames(page, 'Ann', 'Bob', 'Cleo', 'Dan')
  await filterBox(page).fill('an')
  await expectNames(page, 'Ann', 'Dan')
  await page.reload()
  await expectNames(page, 'Ann', 'Dan')
  await expect(filterBox(page)).toHaveValue('an')
  await expect(page).toHaveURL(`${tenant.page()}?q=an&hide=&sort=who`)
  await page.goBack()
  await expectNames(page, 'Ann', 'Cleo', 'Bob', 'Dan')
  await page.goBack()
  await expectNames(page, 'Ann', 'Cleo', 'Bob')
  await page.goForward()
  await expectNames(page, 'Ann', 'Cleo', 'Bob', 'Dan')
})

test('a link sent to a colleague opens the same view', async ({ page, newTenant, newBrowser }) => {
  const tenant = await newTenant()
  await four(tenant)
  await signIn(page, tenant, tenant.page())
  await statusButton(page, 'left').click()
  await filterBox(page).fill('+1555')
  await page.getByRole('columnheader', { name: 'Who' }).getByRole('button').click()
  await page.getByRole('link', { name: 'Dan' }).click()
  await expect(panelOf(page, 'Dan')).toBeVisible()
  const colleague = await newBrowser()
  await colleague.goto(page.url())
  await fillSignIn(colleague, tenant.account)
  await expectNames(colleague, 'Ann', 'Bob', 'Cleo', 'Dan')
  await expect(filterBox(colleague)).toHaveValue('+1555')
  await expect(panelOf(colleague, 'Dan')).toBeVisible()
  await expect(rowOf(participantsTable(colleague), /^Dan/)).toHaveAttribute('aria-current', 'true')
})

test('an empty result says so, and offers the way out', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  await four(tenant)
  await signIn(page, tenant, tenant.page())
  await filterBox(page).fill('nobody is called so')
  await expect(
    page.getByRole('status').filter({ hasText: 'No participant matches' }),
  ).toContainText('hide all 4')
  await page.getByRole('button', { name: 'Clear the filter' }).click()
  await expectNames(page, 'Ann', 'Cleo', 'Bob')
  await expect(filterBox(page)).toHaveValue('')
})

test('the keyboard leads from the filter to a panel and back to the row', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await four(tenant)
  await signIn(page, tenant, tenant.page())
  await expectNames(page, 'Ann', 'Cleo', 'Bob')
  await filterBox(page).focus()
  await page.keyboard.type('bob')
  await expectNames(page, 'Bob')
  const link = page.getByRole('link', { name: 'Bob' })
  await pressUntilFocused(page, 'Tab', link)
  await page.keyboard.press('Enter')
  await expect(panelOf(page, 'Bob')).toBeVisible()
  await expect(panelOf(page, 'Bob').getByRole('button', { name: 'Close' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(panelOf(page, 'Bob')).toBeHidden()
  await expect(link).toBeFocused()
  await pressUntilFocused(page, 'Shift+Tab', filterBox(page))
  await page.keyboard.press('Escape')
  await expectNames(page, 'Ann', 'Cleo', 'Bob')
  await expect(filterBox(page)).toBeFocused()
})

test('conferences are filtered, sorted and kept in the address too', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant({ conferences: 6 })
  await signIn(page, tenant, '/conferences?sort=-name')
  const table = page.getByRole('table', { name: 'Conferences' })
  await expect(table).toHaveAttribute('aria-rowcount', '6')
  await expect(table.getByRole('rowheader').first()).toHaveText('Support standup')
  await page.getByRole('searchbox', { name: 'Filter conferences' }).fill('BOARD call')
  await expectRow(table, { Name: 'Board call' })
  await expect(table).toHaveAttribute('aria-rowcount', '1')
  await expect(page.getByText('1 of 6')).toBeVisible()
  await page.reload()
  await expect(table).toHaveAttribute('aria-rowcount', '1')
  await page.getByRole('searchbox', { name: 'Filter conferences' }).fill('no such thing')
  await expect(page.getByText('No conference matches')).toBeVisible()
  await page.getByRole('button', { name: 'Clear the filter' }).click()
  await expect(table).toHaveAttribute('aria-rowcount', '6')
})

test('a pasted text of 100,000 characters leaves a URL that servers take', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await tenant.dialIn({ name: 'Ann' })
  await signIn(page, tenant, tenant.page())
  await expectNames(page, 'Ann')
  await filterBox(page).focus()
  await page.evaluate(
    (length) => document.execCommand('insertText', false, 'x'.repeat(length)),
    100_000,
  )
  await expect(page.getByRole('heading', { name: 'No participant matches' })).toBeVisible()
  expect(page.url().length).toBeLessThan(2000)
  await page.reload()
  await expect(page.getByRole('heading', { name: 'No participant matches' })).toBeVisible()
  await filterBox(page).press('Escape')
  await expectNames(page, 'Ann')
})
