import {
  conferencesTable,
  configure,
  expect,
  fillSignIn,
  participantsTable,
  expectRow,
  signIn,
  signOut,
  test,
} from './support.ts'

const LOGIN = '/auth/login'

test('the sandbox offers its account, one click signs in', async ({ page }) => {
  await page.goto('/')
  const offer = page.getByRole('region', { name: 'This is a sandbox' })
  await offer.getByRole('button', { name: 'support@rollcall.example' }).click()
  await expect(page).toHaveURL('/conferences')
  await expectRow(conferencesTable(page), { Name: /^Support standup/ })
})

test('signs in with user name and password', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  await signIn(page, tenant)
  await expectRow(conferencesTable(page), { Name: 'Support standup', Status: 'in progress' })
})

test('signs in with an access key', async ({ page, newTenant }) => {
  const tenant = await newTenant({ name: 'Acme Telephony' })
  await page.goto(tenant.page())
  await page.getByRole('radio', { name: 'Access key' }).check()
  await page.getByRole('textbox', { name: 'Access key' }).fill(tenant.account.accesskey)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Support standup' })).toBeVisible()
  await expect(page.getByRole('banner')).toContainText('Acme Telephony')
})

test('says so when the access key is wrong', async ({ page }) => {
  await page.goto('/')
  await page.getByRole('radio', { name: 'Access key' }).check()
  await page.getByRole('textbox', { name: 'Access key' }).fill('wrong')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByRole('alert')).toContainText('wrong, expired or deleted')
  await expect(page.getByRole('alert')).toContainText(/INVALID_CREDENTIALS · request req_/)
  await expect(page.getByRole('textbox', { name: 'Access key' })).toHaveValue('wrong')
})

test('says what to do about a wrong password, and keeps what was typed', async ({
  page,
  newTenant,
}) => {
  const { account } = await newTenant()
  await page.goto('/')
  await fillSignIn(page, { ...account, password: 'wrong' })
  await expect(page.getByRole('alert')).toContainText('do not match an account')
  await expect(page.getByRole('textbox', { name: 'User name' })).toHaveValue(account.username)
  await expect(page.getByLabel('Password')).toHaveValue('wrong')
  await page.getByLabel('Password').fill(account.password)
  await page.keyboard.press('Enter')
  await expect(conferencesTable(page)).toBeVisible()
})

for (const { name, fault, says } of [
  { name: 'too many attempts', fault: { kind: 'status', status: 429 }, says: 'Wait a few seconds' },
  { name: 'unreachable', fault: { kind: 'drop' }, says: 'could not be reached. Check your conn' },
  { name: 'no answer', fault: { kind: 'hang' }, says: 'did not answer within 3 s' },
  { name: 'failing', fault: { kind: 'status', status: 500 }, says: 'Nothing is wrong with what' },
  { name: 'a web page', fault: { kind: 'html' }, says: 'Nothing is wrong with what you typed' },
]) {
  test(`says what is wrong with the server at sign-in: ${name}`, async ({ page, newTenant }) => {
    const tenant = await newTenant()
    await configure(page, { requestTimeoutSeconds: 3 })
    await tenant.fault({ path: LOGIN, ...fault })
    await page.goto('/')
    await fillSignIn(page, tenant.account)
    await expect(page.getByRole('alert')).toContainText(says, { timeout: 15_000 })
    await expect(page.getByRole('textbox', { name: 'User name' })).toHaveValue(
      tenant.account.username,
    )
    await tenant.clearFaults()
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await expect(conferencesTable(page)).toBeVisible()
  })
}

test('returns to a protected address with its query', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  await tenant.dialInAll('Ann', 'Bob')
  const address = `${tenant.page()}?q=ann&sort=who`
  await page.goto(address)
  await expect(page).toHaveURL(/\/login\?return=/)
  await fillSignIn(page, tenant.account)
  await expect(page).toHaveURL(address)
  await expect(page.getByRole('searchbox', { name: 'Filter participants' })).toHaveValue('ann')
  await expectRow(participantsTable(page), { Who: /^Ann/ })
})

for (const evil of [
  '//evil.example',
  '/\\evil.example',
  'https://evil.example',
  '/\t/evil.example',
]) {
  test(`does not follow a link elsewhere after sign-in: ${JSON.stringify(evil)}`, async ({
    page,
    newTenant,
    baseURL,
  }) => {
    const tenant = await newTenant()
    await page.goto(`/login?${new URLSearchParams({ return: evil })}`)
    await fillSignIn(page, tenant.account)
    await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible()
    expect(new URL(page.url()).origin).toBe(baseURL)
  })
}

test('shows nothing more after signing out, and a reload does not bring it back', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await signIn(page, tenant)
  await signOut(page)
  await expect(page.getByRole('status')).toHaveText('You are signed out.')
  await expect(page.getByRole('heading', { name: 'Sign in to Rollcall' })).toBeVisible()
  await page.goto(tenant.page())
  await expect(page.getByRole('heading', { name: 'Sign in to Rollcall' })).toBeVisible()
})

test('asks before signing out while the activity of this browser is not read yet', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await tenant.fault({ path: '/v1.0/*', kind: 'slow', ms: 5000 })
  await signIn(page, tenant)
  await page.getByRole('button', { name: 'Sign out' }).click()
  const question = page.getByRole('alertdialog', { name: 'Sign out?' })
  await expect(question).toContainText('Your activity in this browser is still loading.')
  await question.getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByRole('status')).toHaveText('You are signed out.')
})

test('shows another account nothing of the one before', async ({ page, newTenant }) => {
  const [first, second] = [await newTenant(), await newTenant({ conferences: 2 })]
  await first.dialIn({ name: 'Only with the first' })
  await signIn(page, first, first.page())
  await expectRow(participantsTable(page), { Who: /^Only with the first/ })
  await signOut(page)
  await fillSignIn(page, second.account)
  await expect(page.getByRole('heading', { name: /^You cannot see this conference/ })).toBeVisible()
  await expect(page.getByText('Only with the first')).toBeHidden()
})

test('keeps the session over a reload', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  await signIn(page, tenant)
  await expect(conferencesTable(page)).toBeVisible()
  await page.reload()
  await expect(conferencesTable(page)).toBeVisible()
  expect(await tenant.requests('POST', LOGIN)).toHaveLength(1)
})
