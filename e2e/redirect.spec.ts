import { startStranger } from './servers.ts'
import {
  connection,
  dialog,
  expect,
  expectRow,
  fillSignIn,
  notices,
  PARTICIPANTS_PATH,
  participantsTable,
  removeButton,
  signIn,
  test,
} from './support.ts'

// A change shows as soon as it is polled: a short interval saves the wait.
test.use({ settings: { pollSeconds: 1 } })

/** The target of the redirects of a test: another origin, which allows every page. */
const strangers = test.extend<{ readonly stranger: Awaited<ReturnType<typeof startStranger>> }>({
  stranger: async ({ baseURL }, provide) => {
    const stranger = await startStranger()
    expect(stranger.origin).not.toBe(baseURL)
    await provide(stranger)
    // Asserts that the other origin got nothing.
    expect(stranger.received, 'what another origin was sent').toEqual([])
    await stranger.close()
  },
})

const SAID = 'The server redirected the request, which is not followed.'

for (const status of [301, 302, 307, 308]) {
  strangers(
    `sends the password nowhere else when the sign-in is redirected with ${status}`,
    async ({ page, newTenant, stranger }) => {
      const tenant = await newTenant()
      const location = `${stranger.origin}/auth/login`
      await tenant.fault({ path: '/auth/login', kind: 'redirect', status, location })
      await page.goto('/')
      await fillSignIn(page, tenant.account)
      await expect(page.getByRole('alert')).toContainText(SAID)
      await tenant.clearFaults()
      await fillSignIn(page, tenant.account)
      await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible()
    },
  )
}

strangers(
  'follows no redirect of a list, says so, and recovers',
  async ({ page, newTenant, stranger }) => {
    const tenant = await newTenant()
    await tenant.dialIn({ name: 'Ann' })
    await signIn(page, tenant, tenant.page())
    await expectRow(participantsTable(page), { Who: /^Ann/, Status: 'joined' })
    const location = `${stranger.origin}${PARTICIPANTS_PATH}`
    await tenant.fault({ path: `${PARTICIPANTS_PATH}*`, kind: 'redirect', location })
    await expect(connection(page)).toContainText('Delayed: The answer cannot be read.', {
      timeout: 20_000,
    })
    await tenant.clearFaults()
    await page.getByRole('button', { name: 'Refresh now' }).click()
    await expect(connection(page)).toHaveText(/^Polling every 1 s\./)
  },
)

strangers(
  'follows no redirect of a removal: it is not confirmed, and the record says joined',
  async ({ page, newTenant, stranger }) => {
    const tenant = await newTenant()
    const ann = await tenant.dialIn({ name: 'Ann' })
    const path = `${PARTICIPANTS_PATH}/${ann.participant}`
    await signIn(page, tenant, tenant.page())
    await expectRow(participantsTable(page), { Who: /^Ann/, Status: 'joined' })
    const location = `${stranger.origin}${path}`
    await tenant.fault({ path, method: 'DELETE', kind: 'redirect', location })
    await removeButton(page).click()
    await dialog(page).getByRole('button', { name: 'Remove' }).click()
    await expect(notices(page)).toContainText('Removal of Ann is not confirmed')
    await expect(notices(page)).toContainText('The answer cannot be read.')
    await expectRow(participantsTable(page), { Who: /^Ann/, Status: /^joined/ })
  },
)
