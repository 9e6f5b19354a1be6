import { readFile } from 'node:fs/promises'
import {
  expect,
  expectRow,
  fillSignIn,
  INTERVALS,
  participantsTable,
  rowsOf,
  test,
  type Page,
  type Tenant,
} from './support.ts'
import { filterBox, watchAnn } from './steps.ts'

const viewMenu = async (page: Page, item: string | RegExp): Promise<void> => {
  await page.getByRole('button', { name: 'View', exact: true }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

const headers = async (page: Page): Promise<readonly string[]> => {
  const [row] = await rowsOf(participantsTable(page))
  return Object.keys(row ?? {}).filter(
    (name) => !['', 'Departure', 'Remove', 'More'].includes(name),
  )
}

const expectHeaders = (page: Page, ...wanted: readonly string[]): Promise<void> =>
  expect.poll(() => headers(page), { intervals: INTERVALS }).toEqual(wanted)

/** Saves the rows shown as a file by the key, and reads it. */
async function exported(page: Page, item: string): Promise<string> {
  const downloading = page.waitForEvent('download')
  await viewMenu(page, item)
  return readFile(await (await downloading).path(), 'utf8')
}

async function annAndBob(page: Page, tenant: Tenant): Promise<void> {
  await tenant.dialIn({ name: '=1+1', number: '+15551230002' })
  await watchAnn(page, tenant)
}

test('a view is saved, found in the menus, sent as a link and saved by a colleague', async ({
  page,
  context,
  newTenant,
  newBrowser,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const tenant = await newTenant()
  await annAndBob(page, tenant)
  await page.goto('/participants?q=ann&sort=who')
  await viewMenu(page, 'Save this view…')
  await page.getByRole('dialog').getByLabel('Name').fill('Only <b>Ann</b>')
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: 'Conferences' }).first().click()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('only')
  await expect(page.getByRole('option', { name: /Only <b>Ann<\/b>/ })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL('/participants?q=ann&sort=who')
  await expect(page.getByText('1 of 2 shown')).toBeVisible()
  await page.getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('button', { name: /^Copy link to Only/ }).click()
  const link = await page.evaluate(() => navigator.clipboard.readText())
  const colleague = await newBrowser()
  await colleague.goto(link)
  await fillSignIn(colleague, tenant.account)
  await colleague.getByRole('region', { name: 'Shared view' }).getByText('Save it').click()
  await expect(colleague).toHaveURL('/participants?q=ann&sort=who')
  await colleague.getByRole('link', { name: 'Settings' }).click()
  await expect(colleague.getByRole('link', { name: 'Only <b>Ann</b>' })).toBeVisible()
  await colleague.getByRole('button', { name: /^Delete Only/ }).click()
  await expect(colleague.getByText('None yet.')).toBeVisible()
})

test('columns, their order, density, zone and times are chosen, kept, overridden by a link and reset', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await annAndBob(page, tenant)
  await expectHeaders(page, 'Who', 'Status', 'Since', 'Created', 'Updated', 'Reference', 'Id')
  await page.getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('checkbox', { name: 'Updated' }).uncheck()
  await page.getByRole('checkbox', { name: 'Reference' }).uncheck()
  await page.getByRole('button', { name: 'Move Since up' }).click()
  await page.getByRole('radio', { name: /^compact/ }).check()
  await page.getByRole('radio', { name: 'UTC', exact: true }).check()
  await page.getByRole('radio', { name: /how long ago/ }).check()
  await page.goto(tenant.page())
  await expectHeaders(page, 'Who', 'Since', 'Status', 'Created', 'Id')
  await expectRow(participantsTable(page), { Who: /^Ann/, Created: /s ago$/ })
  await expect(page.getByRole('button', { name: /^Times in UTC/ })).toBeVisible()
  await page.goto(`${tenant.page()}?cols=id,who&zone=Asia%2FTokyo&times=absolute`)
  await expectHeaders(page, 'Id', 'Who')
  await expect(page.getByRole('button', { name: /^Times in Asia\/Tokyo/ })).toBeVisible()
  // A change of the view keeps what the link has set.
  await filterBox(page).fill('ann')
  await expectHeaders(page, 'Id', 'Who')
  await expect(page).toHaveURL(/q=ann&cols=id%2Cwho&zone=Asia%2FTokyo&times=absolute$/)
  await page.getByRole('link', { name: 'Settings' }).click()
  await expect(page.getByRole('radio', { name: /how long ago/ })).toBeChecked()
  await page.getByRole('button', { name: 'Reset all' }).click()
  await page.goto(tenant.page())
  await expectHeaders(page, 'Who', 'Status', 'Since', 'Created', 'Updated', 'Reference', 'Id')
})

test('a link of a later version, or mangled by a mail program, says what is ignored and works on', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await annAndBob(page, tenant)
  await page.goto(`${tenant.page()}?q=ann&amp;sort=-who&later=1&cols=who,gone,id`)
  await expect(filterBox(page)).toHaveValue('ann')
  await expectHeaders(page, 'Who', 'Id')
  await expect(page.getByRole('columnheader', { name: 'Who' })).toHaveAttribute(
    'aria-sort',
    'descending',
  )
  const said = page.getByRole('status').filter({ hasText: 'There is no column gone.' })
  await expect(said).toContainText('The link has parts that are not known here: later.')
})

test('an export has exactly the rows and columns shown, in the zone chosen, and no formula', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await annAndBob(page, tenant)
  await page.goto(`${tenant.page()}?q=joined&cols=who,status&zone=utc`)
  await expectHeaders(page, 'Who', 'Status')
  expect(await exported(page, 'Export as CSV')).toBe(
    '\uFEFF"name","number","status","note"\r\n' +
      `"Ann","'+15551230001","joined",""\r\n` +
      `"'=1+1","'+15551230002","joined",""\r\n`,
  )
  await filterBox(page).fill('ann')
  await expect(page.getByText('1 of 2 shown')).toBeVisible()
  expect(JSON.parse(await exported(page, 'Export as JSON'))).toEqual({
    zone: 'UTC',
    participants: [{ name: 'Ann', number: '+15551230001', status: 'joined', note: '' }],
  })
  await filterBox(page).fill('nobody')
  await page.getByRole('button', { name: 'View', exact: true }).click()
  await expect(page.getByRole('menuitem', { name: /Export as CSV/ })).toHaveAttribute(
    'aria-disabled',
    'true',
  )
})

test('where copying is refused the text is there to be copied by hand', async ({
  page,
  newTenant,
}) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'clipboard', { value: undefined })
  })
  const tenant = await newTenant()
  await annAndBob(page, tenant)
  await viewMenu(page, 'Copy for ticket…')
  const ticket = page.getByRole('dialog', { name: 'Copy for ticket: 2 participants' })
  await ticket.getByRole('checkbox', { name: 'Mask names and numbers' }).check()
  await ticket.getByRole('radio', { name: 'Markdown' }).check()
  await ticket.getByRole('button', { name: 'Copy' }).click()
  const manual = page.getByRole('dialog', { name: /copying is not allowed here/ })
  const text = manual.getByRole('textbox', { name: 'Text to copy' })
  await expect(text).toBeFocused()
  await expect(text).toHaveValue(/- \*\*Who\*\*: A\\?\., …0001/)
  await page.keyboard.press('Escape')
  await expect(manual).toBeHidden()
})

test('where storage is forbidden, a view and the settings hold until the page is closed', async ({
  page,
  newTenant,
}) => {
  await page.addInitScript(() => {
    Object.defineProperty(globalThis, 'localStorage', {
      get: () => {
        throw new DOMException('forbidden', 'SecurityError')
      },
    })
  })
  const tenant = await newTenant()
  await annAndBob(page, tenant)
  await viewMenu(page, 'Save this view…')
  await page.getByRole('dialog').getByLabel('Name').fill('Mine')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('status').filter({ hasText: 'forbids storage' })).toBeAttached()
  await page.getByRole('link', { name: 'Settings' }).click()
  await expect(page.getByRole('link', { name: 'Mine' })).toBeVisible()
  await page.getByRole('radio', { name: /^compact/ }).check()
  await expect(
    page.getByText('This browser forbids storage: kept until the page is closed.'),
  ).toBeVisible()
  await expect(page.getByRole('radio', { name: /^compact/ })).toBeChecked()
})

test('the menu of a row has everything that can be done, and says why something cannot', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await watchAnn(page, tenant)
  const more = page.getByRole('button', { name: /^More for Ann/ })
  await page.getByRole('link', { name: 'Ann' }).focus()
  // By keyboard: the last control of the row.
  for (const _ of Array.from({ length: 8 })) await page.keyboard.press('ArrowRight')
  await expect(more).toBeFocused()
  await page.keyboard.press('Enter')
  const menu = page.getByRole('menu', { name: /^Ann/ })
  await expect(menu.getByRole('menuitem')).toHaveText([
    /Open details/,
    /^Select/,
    /Remove…/,
    /^Mute/,
    /^Hold: music, and muted/,
    /^End hold, if set elsewhere/,
    /^Say a text…/,
    /Hang up the call…/,
    /Copy for ticket…/,
    /Copy name/,
    /Copy number/,
    /Copy link/,
    /Copy participant id/,
    /Copy call id/,
    /Show only this number/,
  ])
  await page.keyboard.press('Escape')
  await expect(menu).toBeHidden()
  await expect(more).toBeFocused()
  await more.click()
  await menu.getByRole('menuitem', { name: /Remove…/ }).click()
  await expect(page.getByRole('alertdialog', { name: 'Remove Ann?' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(more).toBeFocused()
  await more.click()
  await menu.getByRole('menuitem', { name: /Show only this number/ }).click()
  await expect(filterBox(page)).toHaveValue('number:+15551230001')
})

test('keys do nothing while one types or is asked', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  await watchAnn(page, tenant)
  await page.keyboard.press('?')
  const keys = page.getByRole('dialog', { name: 'Keys' })
  await expect(keys).toBeVisible()
  await page.keyboard.press('c')
  await page.keyboard.press('/')
  await expect(page.getByRole('dialog')).toHaveCount(1)
  await page.keyboard.press('Escape')
  await page.keyboard.press('/')
  await page.keyboard.type('xcjkre?')
  await expect(filterBox(page)).toHaveValue('xcjkre?')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  await expect(page.getByRole('checkbox', { name: /^Select Ann/ })).toBeChecked()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('checkbox', { name: /^Select Ann/ })).not.toBeChecked()
})
