import { launchOptions } from './browser.ts'
import { conferencesTable, expectRow, participantsTable, signIn, test } from './support.ts'

// A tab that the browser opens itself gets lost between the headless shell 150 and Playwright in half of the runs.
test.use({ launchOptions: launchOptions('whole') })

test('a link of the app opens in a new tab as well', async ({ context, page, newTenant }) => {
  const tenant = await newTenant()
  await tenant.dialIn({ name: 'Ann' })
  await signIn(page, tenant)
  const opened = context.waitForEvent('page')
  await conferencesTable(page)
    .getByRole('link')
    .first()
    .click({ modifiers: ['ControlOrMeta'] })
  await expectRow(participantsTable(await opened), { Who: /^Ann/ })
})
