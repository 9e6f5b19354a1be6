import { activityTable, openPage, unfold } from './steps.ts'
import {
  CALLS_PATH,
  dialog,
  expect,
  expectRow,
  notices,
  panelOf,
  participantsTable,
  removeButton,
  rowOf,
  signIn,
  statusButton,
  test,
  type Locator,
  type Page,
  type Person,
  type Tenant,
} from './support.ts'

// Short waits: what is offered does not depend on their length.
test.use({ settings: { pollSeconds: 1, removalLimitSeconds: 5 } })

/** The limit of the installation, and a look after it. Milliseconds. */
const PAST_THE_LIMIT = 20_000

const hangUpButton = (page: Page): Locator =>
  participantsTable(page).getByRole('button', { name: 'Hang up Ann' })
const confirmButton = (page: Page): Locator => dialog(page).getByRole('button', { name: 'Hang up' })

const hangUps = async (tenant: Tenant): Promise<readonly number[]> =>
  (await tenant.requests('POST', CALLS_PATH)).map(({ status }) => status)

/** Dials Ann in, and asks for a removal that fails in this way. */
async function removeAnn(page: Page, tenant: Tenant, how: string, ms?: number): Promise<Person> {
  const ann = await tenant.dialIn({ name: 'Ann', number: '+15551230001' })
  await tenant.act('kick-fails', {
    participant: ann.participant,
    how,
    ...(ms !== undefined && { ms }),
  })
  await signIn(page, tenant, tenant.page())
  await removeButton(page).click()
  await dialog(page).getByRole('button', { name: 'Remove' }).click()
  await expect(dialog(page)).toHaveCount(0)
  return ann
}

const facts = (page: Page): Promise<readonly string[]> =>
  dialog(page).getByRole('definition').allInnerTexts()

test('offers to hang up on a participant still connected past the limit', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  const ann = await removeAnn(page, tenant, 'silent')
  await expectRow(participantsTable(page), { Who: /^Ann/, Status: 'leaving' })
  await expect(hangUpButton(page)).toHaveCount(0)
  await expectRow(
    participantsTable(page),
    { Who: /^Ann/, Status: /still connected/ },
    PAST_THE_LIMIT,
  )
  await hangUpButton(page).click()
  await expect(dialog(page)).toHaveAccessibleName('Hang up the call of Ann?')
  await expect(dialog(page)).toHaveAccessibleDescription(/ends the whole call/)
  await expect
    .poll(() => facts(page))
    .toEqual([
      expect.stringMatching(
        /^requested \d+ s ago, accepted after \d\.\d s, leaving after \d\.\d s, still connected$/,
      ),
      expect.stringMatching(/^leaving since \d\d:\d\d:\d\d$/),
      'progressing',
      expect.stringMatching(/^\d\d:\d\d:\d\d$/),
    ])
  await dialog(page).getByLabel('Reason (optional)').fill('An intruder')
  // The record stays leaving for good, as it does without a leave event.
  await tenant.act('set', { participant: ann.participant, fields: { status: 'leaving' } })
  await confirmButton(page).click()
  await expect(hangUpButton(page)).toHaveCount(0)
  await expectRow(participantsTable(page), { Who: /^Ann/, Status: /^leaving call ended$/ })
  expect(await hangUps(tenant)).toEqual([200])
  const call = await tenant.requests('POST', `${CALLS_PATH}/${ann.call}/hangup`)
  expect(call).toHaveLength(1)
  await openPage(page, 'Activity')
  await expectRow(activityTable(page), {
    Action: 'Hang-up',
    Conference: 'Support standup',
    Result: /^call ended after \d+\.\d s$/,
  })
  await expectRow(activityTable(page), {
    Action: 'Removal',
    Conference: 'Support standup',
    Result: 'call ended, not gone yet',
  })
})

test('offers to hang up at once, by keyboard, on a participant back from leaving', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await removeAnn(page, tenant, 'returns', 500)
  await expectRow(participantsTable(page), { Who: /^Ann/, Status: /joined.*still connected/ })
  await hangUpButton(page).focus()
  await page.keyboard.press('Enter')
  await expect(dialog(page).getByRole('button', { name: 'Cancel' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(hangUpButton(page)).toBeFocused()
  expect(await hangUps(tenant)).toEqual([])
  await page.keyboard.press('Enter')
  await expect(confirmButton(page)).not.toHaveAttribute('aria-disabled')
  await confirmButton(page).focus()
  await page.keyboard.press('Enter')
  await statusButton(page, 'left').click()
  await expectRow(participantsTable(page), { Who: /^Ann/, Status: /^left/ })
  expect(await hangUps(tenant)).toEqual([200])
})

test('offers the hang-up in the panel too, beside another removal', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  await removeAnn(page, tenant, 'returns', 500)
  await page.getByRole('link', { name: 'Ann' }).click()
  const panel = panelOf(page, 'Ann')
  await panel.getByRole('button', { name: 'Hang up Ann' }).click()
  await confirmButton(page).click()
  await expect(panel.getByRole('button', { name: 'Hang up Ann' })).toHaveCount(0)
  await unfold(panel, 'Record')
  await expect(panel.getByText('leaved').first()).toBeVisible()
  expect(await hangUps(tenant)).toEqual([200])
})

test('does not hang up a call that has already ended', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  const ann = await removeAnn(page, tenant, 'returns', 500)
  await expect(hangUpButton(page)).toBeVisible()
  await tenant.act('set', {
    call: ann.call,
    fields: { status: 'hangup', hangup_by: 'remote', hangup_reason: 'normal' },
  })
  await hangUpButton(page).click()
  await expect(dialog(page)).toContainText('The call has already ended.')
  await expect(dialog(page)).toContainText('hangup by remote (normal)')
  await expect(confirmButton(page)).toHaveAttribute('aria-disabled', 'true')
  expect(await hangUps(tenant)).toEqual([])
})

test('says at once that the call has ended while the question is open', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  const ann = await removeAnn(page, tenant, 'returns', 500)
  await hangUpButton(page).click()
  await expect(confirmButton(page)).not.toHaveAttribute('aria-disabled')
  await tenant.act('set', { call: ann.call, fields: { status: 'hangup' } })
  await expect(dialog(page)).toContainText('The call has already ended.')
  await expect(confirmButton(page)).toHaveAttribute('aria-disabled', 'true')
  expect(await hangUps(tenant)).toEqual([])
})

test('says so when the server answers 409 about a deleted call', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  const ann = await removeAnn(page, tenant, 'returns', 500)
  await expect(hangUpButton(page)).toBeVisible()
  await tenant.act('delete-call', { participant: ann.participant })
  await hangUpButton(page).click()
  await expect(dialog(page)).toContainText('The server has no such call (any more).')
  await expect(dialog(page)).toContainText(/HTTP 409 · STATE_INVALID · request req_/)
  await expect(confirmButton(page)).toHaveAttribute('aria-disabled', 'true')
  expect(await hangUps(tenant)).toEqual([])
})

for (const status of [404, 409] as const) {
  test(`says that the call was not hung up when the server answers ${status}`, async ({
    page,
    newTenant,
  }) => {
    const tenant = await newTenant()
    const ann = await removeAnn(page, tenant, 'returns', 500)
    await hangUpButton(page).click()
    await expect(confirmButton(page)).not.toHaveAttribute('aria-disabled')
    await tenant.fault({
      path: `${CALLS_PATH}/${ann.call}/hangup`,
      kind: 'status',
      status,
    })
    await confirmButton(page).click()
    await expect(notices(page)).toContainText('The call of Ann was not hung up')
    await expect(notices(page)).toContainText(`HTTP ${status}`)
    await expect(notices(page)).toContainText('The call was still progressing afterwards.')
    await expect(hangUpButton(page)).toBeVisible()
  })
}

test('follows the call to its end when the answer is lost', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  const ann = await removeAnn(page, tenant, 'returns', 500)
  await hangUpButton(page).click()
  await expect(confirmButton(page)).not.toHaveAttribute('aria-disabled')
  await tenant.fault({
    path: `${CALLS_PATH}/${ann.call}/hangup`,
    kind: 'status',
    status: 503,
    stage: 'after',
    count: 1,
  })
  await confirmButton(page).click()
  await expect(hangUpButton(page)).toHaveCount(0)
  await expect(rowOf(participantsTable(page), /Ann/)).toHaveCount(0)
  expect(await hangUps(tenant)).toEqual([503])
})

test('reads the call of a participant that stays leaving, and says that it is over', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  const ann = await tenant.dialIn({ name: 'Ann' })
  await tenant.act('stick', { participant: ann.participant })
  await tenant.advance(120)
  await signIn(page, tenant, tenant.page())
  await expectRow(participantsTable(page), { Who: /^Ann/, Status: 'leaving, stuck' })
  await page.getByRole('link', { name: 'Ann' }).click()
  await panelOf(page, 'Ann').getByRole('button', { name: 'Hang up Ann' }).click()
  await expect(dialog(page)).toContainText('The call has already ended.')
  expect(await facts(page)).toContain('none from here')
  await expect(confirmButton(page)).toHaveAttribute('aria-disabled', 'true')
  expect(await hangUps(tenant)).toEqual([])
})
