import {
  connection,
  expect,
  expectRow,
  fillSignIn,
  panelOf,
  participantsTable,
  PARTICIPANTS_PATH,
  rowOf,
  signIn,
  signInDialog,
  signOut,
  statusButton,
  test,
  type Tenant,
} from './support.ts'
import { filterBox } from './steps.ts'

// A change shows as soon as it is polled: a short interval saves the wait.
test.use({ settings: { pollSeconds: 1 } })

const ENDED = 'Your session has ended.'
const REFUSED = 'The server no longer accepts your session.'

const viewOf = (tenant: Tenant, participant: string): string =>
  `${tenant.page()}?q=ann&sort=who&participant=${participant}`

/** Lets the server refuse the session once, at the next poll. */
const refuseOnce = (tenant: Tenant) =>
  tenant.fault({ path: PARTICIPANTS_PATH, kind: 'status', status: 401, count: 1 })

test('warns of a session that is about to end, and goes on in place with a new one', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant({ expireSeconds: 300 })
  const ann = await tenant.dialIn({ name: 'Ann' })
  await signIn(page, tenant, viewOf(tenant, ann.participant))
  await expect(panelOf(page, 'Ann')).toBeVisible()
  const warning = page.getByRole('alert').filter({ hasText: 'Your session ends soon' })
  await expect(warning).toContainText(/in 4 m \d\d s/)
  const again = warning.getByRole('button', { name: 'Sign in again now' })
  const dialog = page.getByRole('dialog', { name: 'Sign in again' })
  // The dialog can be put off while the session lasts.
  for (const leave of ['Escape', 'Not now']) {
    await again.focus()
    await page.keyboard.press('Enter')
    await expect(dialog.getByLabel('Password')).toBeFocused()
    if (leave === 'Escape') await page.keyboard.press(leave)
    else await dialog.getByRole('button', { name: leave }).click()
    await expect(dialog).toBeHidden()
    await expect(again).toBeFocused()
  }
  await again.click()
  await fillSignIn(page, tenant.account)
  await expect(dialog).toBeHidden()
  await expect(page).toHaveURL(viewOf(tenant, ann.participant))
  await expect(panelOf(page, 'Ann')).toBeVisible()
  await expect(filterBox(page)).toHaveValue('ann')
  expect(await tenant.requests('POST', '/auth/login')).toHaveLength(2)
})

test('does not warn of a session with plenty of time', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  await signIn(page, tenant, tenant.page())
  await expect(connection(page)).toHaveText(/^Polling every 1 s\./)
  await expect(page.getByText('Your session ends soon')).toBeHidden()
})

test('pauses in place when the session ends, and goes on after signing in over the page', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant({ expireSeconds: 12 })
  const [ann] = await tenant.dialInAll('Ann', 'Hanna', 'Bob')
  await signIn(page, tenant, `${tenant.page()}?participant=${ann?.participant}`)
  await expect(panelOf(page, 'Ann')).toBeVisible()
  const mark = await page.evaluateHandle(() => document.querySelector('aside'))
  await filterBox(page).pressSequentially('ann')
  await expect(signInDialog(page)).toContainText(ENDED, { timeout: 20_000 })
  // The page stays as it was, and says that it is old.
  await expect(filterBox(page)).toHaveValue('ann')
  await expectRow(participantsTable(page), { Who: /^Ann/, Status: 'joined' })
  await expect(participantsTable(page)).toHaveClass(/italic/)
  await expect(connection(page)).toHaveText(
    /^Signed out\. Shown as of \d+ s ago\. Sign in to go on\./,
  )
  // Changes made meanwhile show after signing in again, and not before.
  await tenant.clearRequests()
  await tenant.dialIn({ name: 'Joanna' })
  await expect(connection(page)).toHaveText(/Shown as of [4-9] s ago/)
  expect(await tenant.requests('GET', '/')).toEqual([])
  await expect(rowOf(participantsTable(page), 'Joanna')).toBeHidden()
  await expect(signInDialog(page).getByLabel('User name', { exact: true }).last()).toHaveValue(
    tenant.account.username,
  )
  await expect(signInDialog(page).getByLabel('Password')).toBeFocused()
  await page.keyboard.type(tenant.account.password)
  await page.keyboard.press('Enter')
  await expect(signInDialog(page)).toBeHidden()
  await expect(filterBox(page)).toBeFocused()
  await expectRow(participantsTable(page), { Who: /^Joanna/, Status: 'joined' })
  await expect(participantsTable(page)).not.toHaveClass(/italic/)
  await expect(connection(page)).toHaveText(/^Polling/)
  // The panel is the same element, not drawn anew.
  expect(await mark.evaluate((panel) => panel?.isConnected)).toBe(true)
  await expect(page).toHaveURL(`${tenant.page()}?q=ann&participant=${ann?.participant}`)
})

test('lets nothing get around the dialog after a session was refused', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  const ann = await tenant.dialIn({ name: 'Ann' })
  await signIn(page, tenant, viewOf(tenant, ann.participant))
  await expectRow(participantsTable(page), { Who: /^Ann/ })
  await refuseOnce(tenant)
  await expect(signInDialog(page)).toContainText(REFUSED)
  // The dialog does not close for a moment: the focus stays where it was put.
  const userName = signInDialog(page).getByLabel('User name', { exact: true }).last()
  await userName.focus()
  for (const key of ['Escape', 'Escape', 'Escape']) await page.keyboard.press(key)
  await expect(userName).toBeFocused()
  // The focus stays inside, and nothing below can be clicked.
  for (let count = 0; count < 12; count++) {
    await page.keyboard.press('Tab')
    const isOutside = await page.evaluate(() => {
      const { activeElement } = document
      return activeElement !== document.body && !activeElement?.closest('[role=alertdialog]')
    })
    expect(isOutside).toBe(false)
  }
  await expect(
    page.getByRole('button', { name: 'Remove Ann' }).first().click({ timeout: 500 }),
  ).rejects.toThrow(/Timeout/)
  await fillSignIn(page, tenant.account)
  await expect(signInDialog(page)).toBeHidden()
  await expect(page).toHaveURL(viewOf(tenant, ann.participant))
  await expect(panelOf(page, 'Ann')).toBeVisible()
  await tenant.act('hang-up', { participant: ann.participant })
  await expect(statusButton(page, 'left')).toHaveAccessibleName('left 1')
})

test('takes the right password after a wrong one', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  await tenant.dialIn({ name: 'Ann' })
  await signIn(page, tenant, tenant.page())
  await expectRow(participantsTable(page), { Who: /^Ann/ })
  await refuseOnce(tenant)
  const dialog = signInDialog(page)
  await fillSignIn(page, { ...tenant.account, password: 'wrong' })
  await expect(dialog.getByRole('alert')).toContainText('do not match an account')
  await expect(dialog.getByLabel('Password')).toHaveValue('wrong')
  await expectRow(participantsTable(page), { Who: /^Ann/ })
  await dialog.getByLabel('Password').fill(tenant.account.password)
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(connection(page)).toHaveText(/^Polling/)
})

test('opens a page that was never shown because its session was refused', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await tenant.dialIn({ name: 'Ann' })
  await tenant.fault({ path: '/v1.0/conf*', kind: 'status', status: 401 })
  await page.goto(tenant.page())
  await fillSignIn(page, tenant.account)
  await expect(signInDialog(page)).toContainText(REFUSED)
  await expect(connection(page)).toHaveText('Signed out. Nothing is known yet. Sign in to go on.')
  await tenant.clearFaults()
  await fillSignIn(page, tenant.account)
  await expectRow(participantsTable(page), { Who: /^Ann/, Status: 'joined' })
  await expect(page.getByRole('heading', { name: 'Support standup' })).toBeVisible()
})

test('asks for an access key as such, and takes the same one again', async ({
  page,
  context,
  newTenant,
}) => {
  const tenant = await newTenant()
  await tenant.dialIn({ name: 'Ann' })
  await page.goto(tenant.page())
  await page.getByRole('radio', { name: 'Access key' }).check()
  await page.getByRole('textbox', { name: 'Access key' }).fill(tenant.account.accesskey)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expectRow(participantsTable(page), { Who: /^Ann/ })
  const second = await context.newPage()
  await second.goto(tenant.page())
  await expectRow(participantsTable(second), { Who: /^Ann/ })
  await tenant.fault({ path: '/v1.0/conf*', kind: 'status', status: 401 })
  for (const tab of [page, second]) {
    await tab.bringToFront()
    await expect(signInDialog(tab).getByRole('textbox', { name: 'Access key' })).toBeFocused()
  }
  await tenant.clearFaults()
  await page.bringToFront()
  await page.keyboard.type(tenant.account.accesskey)
  await page.keyboard.press('Enter')
  for (const tab of [page, second]) await expect(signInDialog(tab)).toBeHidden()
  await tenant.dialIn({ name: 'Zoe' })
  for (const tab of [page, second]) await expectRow(participantsTable(tab), { Who: /^Zoe/ })
})

test('begins anew for another account: nothing of the former is left', async ({
  page,
  newTenant,
}) => {
  const [first, second] = [await newTenant(), await newTenant({ name: 'Other' })]
  const ann = await first.dialIn({ name: 'Only with the first' })
  await second.dialIn({ name: 'Zoe' })
  await signIn(page, first, `${first.page()}?q=only&participant=${ann.participant}`)
  await panelOf(page, 'Only with the first')
    .getByRole('button', { name: /^Remove/ })
    .click()
  await expect(page.getByRole('alertdialog', { name: /^Remove/ })).toBeVisible()
  await refuseOnce(first)
  await expect(signInDialog(page)).toBeVisible()
  await fillSignIn(page, second.account)
  await expect(page.getByRole('heading', { name: /^You cannot see this conference/ })).toBeVisible()
  await expect(page).toHaveURL(first.page())
  await expect(page.getByRole('alertdialog')).toHaveCount(0)
  await expect(page.getByText('Only with the first')).toHaveCount(0)
  await page.getByRole('link', { name: 'Conferences' }).first().click()
  await page.getByRole('link', { name: 'Support standup' }).click()
  await expect(page).toHaveURL(second.page())
  await expectRow(participantsTable(page), { Who: /^Zoe/ })
  expect(await first.requests('DELETE', '/')).toEqual([])
})

test('signs out from the dialog', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  await tenant.dialIn({ name: 'Ann' })
  await signIn(page, tenant, tenant.page())
  await expectRow(participantsTable(page), { Who: /^Ann/ })
  await refuseOnce(tenant)
  await signOut(page, signInDialog(page))
  await expect(page.getByRole('status')).toHaveText('You are signed out.')
  await expect(page).toHaveURL(/\/login\?return=/)
  await expect(page.getByText('Ann')).toBeHidden()
})

test('signs out from the dialog when the session ended while it was asked about signing out', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await tenant.dialIn({ name: 'Ann' })
  await signIn(page, tenant, tenant.page())
  await page.getByRole('button', { name: 'Remove Ann' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click()
  await expect.poll(() => tenant.requests('DELETE', PARTICIPANTS_PATH)).toHaveLength(1)
  await page.getByRole('button', { name: 'Sign out' }).click()
  const question = page.getByRole('alertdialog', { name: 'Sign out?' })
  await expect(question).toBeVisible()
  await refuseOnce(tenant)
  await expect(signInDialog(page)).toBeVisible()
  await expect(question).toHaveCount(0)
  await signOut(page, signInDialog(page))
  await expect(page.getByRole('status')).toHaveText('You are signed out.')
})

test('keeps an open question open while signing in over it', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  await tenant.dialIn({ name: 'Ann' })
  await signIn(page, tenant, tenant.page())
  await page.getByRole('button', { name: 'Remove Ann' }).click()
  const question = page.getByRole('alertdialog', { name: 'Remove Ann?' })
  await expect(question).toBeVisible()
  await refuseOnce(tenant)
  await expect(signInDialog(page)).toBeVisible()
  await fillSignIn(page, tenant.account)
  await expect(signInDialog(page)).toBeHidden()
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await question.getByRole('button', { name: 'Remove' }).click()
  await expectRow(participantsTable(page), { Who: /^Ann/, Status: /leaving/ })
})

test('closes the socket with the session, and opens one with the next', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant({ push: true, expireSeconds: 12 })
  await tenant.dialIn({ name: 'Ann' })
  await signIn(page, tenant, tenant.page())
  await expect(connection(page)).toHaveText(/^Live\./)
  await expect(signInDialog(page)).toContainText(ENDED, { timeout: 20_000 })
  await expect.poll(() => tenant.sockets()).toBe(0)
  await tenant.dialIn({ name: 'Zoe' })
  await fillSignIn(page, tenant.account)
  await expectRow(participantsTable(page), { Who: /^Zoe/ })
  await expect(connection(page)).toHaveText(/^Live\./)
  expect(await tenant.sockets()).toBe(1)
})

test('lets a removal wait while the session is refused, and goes on after signing in', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  const ann = await tenant.dialIn({ name: 'Ann' })
  await signIn(page, tenant, tenant.page())
  await tenant.fault({
    path: `${PARTICIPANTS_PATH}/${ann.participant}`,
    method: 'DELETE',
    kind: 'status',
    status: 401,
    count: 1,
  })
  await page.getByRole('button', { name: 'Remove Ann' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click()
  await expect(signInDialog(page)).toContainText(REFUSED)
  await fillSignIn(page, tenant.account)
  await expect(page.getByText('Nobody is in this conference now')).toBeVisible()
  await expect(statusButton(page, 'left')).toHaveAccessibleName('left 1')
})
