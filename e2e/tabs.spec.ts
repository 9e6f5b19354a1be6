import {
  expect,
  expectRow,
  fillSignIn,
  PARTICIPANTS_PATH,
  participantsTable,
  signIn,
  signInDialog,
  signOut,
  test,
  type BrowserContext,
  type Page,
  type Tenant,
} from './support.ts'

// A change shows as soon as it is polled: a short interval saves the wait.
test.use({ settings: { pollSeconds: 1 } })

const LOGIN = '/auth/login'

/** Opens Ann's page in two tabs, and lets the server refuse their session. @returns the second tab */
async function refusedInTwo(context: BrowserContext, page: Page, tenant: Tenant): Promise<Page> {
  await tenant.dialIn({ name: 'Ann' })
  await signIn(page, tenant, tenant.page())
  const second = await context.newPage()
  await second.goto(tenant.page())
  await expectRow(participantsTable(second), { Who: /^Ann/ })
  await tenant.fault({ path: PARTICIPANTS_PATH, kind: 'status', status: 401 })
  return second
}

const signInHeading = (page: Page) => page.getByRole('heading', { name: 'Sign in to Rollcall' })

test('a new tab is signed in by the first, and opens its link at once', async ({
  context,
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await tenant.dialInAll('Ann', 'Bob')
  await signIn(page, tenant)
  const link = await context.newPage()
  await link.goto(`${tenant.page()}?q=ann`)
  await expectRow(participantsTable(link), { Who: /^Ann/ })
  await expect(link).toHaveURL(`${tenant.page()}?q=ann`)
  // From now on the new tab holds the session itself.
  await page.close()
  await link.reload()
  await expectRow(participantsTable(link), { Who: /^Ann/ })
  expect(await tenant.requests('POST', LOGIN)).toHaveLength(1)
})

test('a tab that waits at sign-in goes on when another signs in', async ({
  context,
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await tenant.dialIn({ name: 'Ann' })
  await page.goto(tenant.page())
  await expect(signInHeading(page)).toBeVisible()
  await signIn(await context.newPage(), tenant)
  await expect(page).toHaveURL(tenant.page())
  await expectRow(participantsTable(page), { Who: /^Ann/ })
})

test('signing out signs out every tab, for good', async ({ context, page, newTenant }) => {
  const tenant = await newTenant()
  await tenant.dialIn({ name: 'Ann' })
  await signIn(page, tenant)
  const [second, third] = [await context.newPage(), await context.newPage()]
  for (const tab of [second, third]) {
    await tab.goto(tenant.page())
    await expectRow(participantsTable(tab), { Who: /^Ann/ })
  }
  await signOut(second)
  for (const tab of [page, second, third]) {
    await expect(tab.getByRole('status')).toHaveText('You are signed out.')
    await expect(tab.getByText('Ann')).toBeHidden()
  }
  await third.reload()
  await expect(signInHeading(third)).toBeVisible()
})

test('a session refused in one tab is replaced for all by signing in once', async ({
  context,
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  const second = await refusedInTwo(context, page, tenant)
  for (const tab of [page, second]) {
    await tab.bringToFront()
    await expect(signInDialog(tab)).toContainText('The server no longer accepts your session.')
    await expectRow(participantsTable(tab), { Who: /^Ann/ })
  }
  await tenant.clearFaults()
  await tenant.dialIn({ name: 'Zoe' })
  await fillSignIn(second, tenant.account)
  for (const tab of [page, second]) {
    await expect(signInDialog(tab)).toBeHidden()
    await expectRow(participantsTable(tab), { Who: /^Zoe/ })
  }
  expect(await tenant.requests('POST', LOGIN)).toHaveLength(2)
})

test('a tab whose session is refused lets another lead that still has one', async ({
  context,
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await tenant.dialIn({ name: 'Ann' })
  await signIn(page, tenant, tenant.page())
  await expectRow(participantsTable(page), { Who: /^Ann/ })
  const second = await context.newPage()
  await second.goto(tenant.page())
  await expectRow(participantsTable(second), { Who: /^Ann/ })
  await tenant.fault({ path: PARTICIPANTS_PATH, kind: 'status', status: 401, count: 1 })
  // The leader is refused; the browser decides which of the tabs it is.
  const paused = async () => [
    await signInDialog(page).isVisible(),
    await signInDialog(second).isVisible(),
  ]
  await expect.poll(async () => (await paused()).includes(true)).toBe(true)
  const [isFirst, isSecond] = await paused()
  expect(isFirst).not.toBe(isSecond)
  const other = isFirst ? second : page
  await other.bringToFront()
  await tenant.dialIn({ name: 'Zoe' })
  await expectRow(participantsTable(other), { Who: /^Zoe/ })
})

test('signing out in one tab signs out the tabs that wait for a password', async ({
  context,
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  const second = await refusedInTwo(context, page, tenant)
  for (const tab of [page, second]) {
    await tab.bringToFront()
    await expect(signInDialog(tab)).toBeVisible()
  }
  await signOut(second, signInDialog(second))
  for (const tab of [page, second]) {
    await expect(tab.getByRole('status')).toHaveText('You are signed out.')
    await expect(tab.getByText('Ann')).toBeHidden()
  }
})

test('tabs of two accounts leave each other alone', async ({ context, page, newTenant }) => {
  const [north, south] = [await newTenant({ name: 'North' }), await newTenant({ name: 'South' })]
  await north.dialIn({ name: 'Ann' })
  await south.dialIn({ name: 'Zoe' })
  await signIn(page, north, north.page())
  await expectRow(participantsTable(page), { Who: /^Ann/ })
  // A new tab begins with the account of the first; signing out leaves each to sign in as it likes.
  const other = await context.newPage()
  await other.goto(south.page())
  await signOut(other)
  await expect(signInHeading(page)).toBeVisible()
  await fillSignIn(page, north.account)
  await expectRow(participantsTable(page), { Who: /^Ann/ })
  await fillSignIn(other, south.account)
  await expectRow(participantsTable(other), { Who: /^Zoe/ })
  await expectRow(participantsTable(page), { Who: /^Ann/ })
  await signOut(page)
  await expect(signInHeading(page)).toBeVisible()
  await south.dialIn({ name: 'Yan' })
  await expectRow(participantsTable(other), { Who: /^Yan/ })
  // The account stays signed out, though another one is still at work in this browser.
  const third = await context.newPage()
  await third.goto(south.page())
  await expectRow(participantsTable(third), { Who: /^Zoe/ })
  await expect(signInHeading(page)).toBeVisible()
})
