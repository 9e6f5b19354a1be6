import { watchAnn } from './steps.ts'
import {
  CALLS_PATH,
  cardOf,
  dialog,
  expect,
  expectRow,
  notices,
  panelOf,
  participantsTable,
  rowOf,
  statusButton,
  test,
  type Locator,
  type Page,
  type Tenant,
} from './support.ts'

test.use({ settings: { pollSeconds: 1, removalLimitSeconds: 5, singleGraceSeconds: 0 } })

const choose = async (page: Page, command: string | RegExp): Promise<void> => {
  await rowOf(participantsTable(page), /^Ann/)
    .getByRole('button', { name: /^More for Ann/ })
    .click()
  await page.getByRole('menuitem', { name: command }).click()
}

const field = (page: Page, name: string): Locator => dialog(page).getByLabel(name)

/** The requests that place a call, each of which costs money. */
const placed = (tenant: Tenant) => tenant.requests('POST', CALLS_PATH)

test('holds with music and mute, says that only this tab knows, and forgets it with the tab', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant({ push: true })
  const ann = await watchAnn(page, tenant)
  await choose(page, /^Hold/)
  await expectRow(participantsTable(page), { Status: /joined muted on hold/ })
  expect(await tenant.audio(ann)).toMatchObject({ heard: false, music: true })
  await page.getByRole('link', { name: 'Ann' }).click()
  await expect(panelOf(page, 'Ann').getByRole('status', { name: 'Mute and hold' })).toContainText(
    /on hold: Music was started from here at .*this tab forgets it when it is closed/,
  )
  await page.reload()
  await expectRow(participantsTable(page), { Status: /joined muted$/ })
  await panelOf(page, 'Ann').getByRole('button', { name: 'Close' }).click()
  await choose(page, /^End hold/)
  await expect.poll(async () => (await tenant.audio(ann)).music).toBe(false)
})

test('ends a hold with its music and the mute that it has set', async ({ page, newTenant }) => {
  const tenant = await newTenant({ push: true })
  const ann = await watchAnn(page, tenant)
  await choose(page, /^Hold/)
  await expectRow(participantsTable(page), { Status: /muted on hold$/ })
  await choose(page, /^End hold/)
  await expectRow(participantsTable(page), { Status: /^joined$/ })
  expect(await tenant.audio(ann)).toMatchObject({ heard: true, music: false })
})

test('says a text to one caller, once', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  const ann = await watchAnn(page, tenant)
  await choose(page, /^Say a text/)
  const confirm = dialog(page).getByRole('button', { name: 'Say it' })
  await expect(confirm).toHaveAccessibleDescription('Type the text first.')
  await field(page, 'Text').fill('x'.repeat(10_000))
  await expect(confirm).toHaveAccessibleDescription(
    'The text has 10000 characters; at most 2000 can be spoken.',
  )
  await field(page, 'Text').fill('Your microphone is open.')
  await confirm.click()
  await expect(cardOf(page, 'The text is spoken to Ann')).toBeVisible()
  expect((await tenant.audio(ann)).said).toEqual(['Your microphone is open.'])
})

test('does not know whether a text was spoken whose answer is lost, and never repeats it', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  const ann = await watchAnn(page, tenant, { hold: true, unanswered: true })
  const path = `${CALLS_PATH}/${ann.call}/talk`
  await tenant.fault({ path, kind: 'status', status: 503, stage: 'after', count: 1 })
  await choose(page, /^Say a text/)
  await expect(dialog(page)).toHaveAccessibleDescription(/the text answers it/)
  await field(page, 'Text').fill('Hello.')
  await dialog(page).getByRole('button', { name: 'Say it' }).click()
  await expect(notices(page)).toContainText(
    'No record tells whether it happened: ask before you repeat it.',
  )
  await tenant.asked(3)
  expect(await tenant.requests('POST', path)).toHaveLength(1)
  expect((await tenant.audio(ann)).said).toEqual(['Hello.'])
})

/** Opens the form that calls a number into the conference of the page. */
async function openDial(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Room', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Call a number into it…' }).click()
}

async function dial(page: Page, number = '+1 555 123 0099'): Promise<void> {
  await openDial(page)
  await field(page, 'Number or SIP address').fill(number)
  // What the others have dialled is offered.
  await expect(field(page, 'Calls from (a number of yours)')).toHaveValue('+15559870002')
  await dialog(page).getByRole('button', { name: 'Call', exact: true }).click()
}

test('calls back a participant that has left, and follows the call until it has joined', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant({ push: true })
  const ann = await watchAnn(page, tenant)
  await tenant.act('hang-up', { participant: ann.participant })
  await statusButton(page, 'left').click()
  await tenant.act('next-dial', { how: 'answered', ms: 2000 })
  await choose(page, 'Call back…')
  await expect(dialog(page)).toHaveAccessibleName('Call Ann back?')
  await expect(dialog(page)).toHaveAccessibleDescription(/charged to your account/)
  await dialog(page).getByRole('button', { name: 'Call', exact: true }).click()
  await expect(notices(page)).toContainText(/Calling Ann.*(Ringing|Dialling)\./)
  await expectRow(participantsTable(page), { Who: /\+15551230001/, Status: /joined/ })
  await expect(notices(page).getByRole('article', { name: 'Ann has joined' })).toBeVisible()
  expect((await placed(tenant)).map(({ body }) => body)).toEqual([
    expect.objectContaining({
      destinations: [{ type: 'tel', target: '+15551230001' }],
      actions: [{ type: 'conference_join', option: { conference_id: tenant.conference() } }],
    }),
  ])
})

test('says why a call did not come about', async ({ page, newTenant }) => {
  const tenant = await newTenant({ push: true })
  await watchAnn(page, tenant)
  await tenant.act('next-dial', { how: 'busy', ms: 500 })
  await dial(page)
  await expect(notices(page)).toContainText(
    /\+1 555 123 0099 did not join.*The call ended: the line is busy\./,
    { timeout: 15_000 },
  )
  expect(await placed(tenant)).toHaveLength(1)
})

test('does not repeat a call whose answer is lost', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  await watchAnn(page, tenant)
  await tenant.fault({
    path: CALLS_PATH,
    method: 'POST',
    kind: 'status',
    status: 503,
    stage: 'after',
    count: 1,
  })
  await dial(page)
  await expect(notices(page)).toContainText(
    'No record tells whether it happened: ask before you repeat it.',
  )
  await tenant.asked(3)
  expect(await placed(tenant)).toHaveLength(1)
})

test('refuses what is no number, and reads one as in the country of the caller', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await watchAnn(page, tenant)
  await openDial(page)
  const confirm = dialog(page).getByRole('button', { name: 'Call', exact: true })
  await expect(confirm).toHaveAccessibleDescription('Type the number to call.')
  await field(page, 'Calls from (a number of yours)').fill('+44 20 7946 0018')
  await field(page, 'Number or SIP address').fill('call me')
  await expect(confirm).toHaveAccessibleDescription(/This is no telephone number/)
  await field(page, 'Number or SIP address').fill('020 7946 0019')
  await expect(dialog(page).getByRole('status')).toHaveText(
    'Calls +44 20 7946 0019, United Kingdom.',
  )
  await field(page, 'Number or SIP address').fill('sip:ann@pbx.example.com')
  await expect(dialog(page).getByRole('status')).toHaveText('Calls ann@pbx.example.com.')
})

for (const { name, act, text } of [
  { name: 'an unverified account', act: 'verified', text: /IDENTITY_VERIFICATION_REQUIRED/ },
  { name: 'no balance', act: 'balance', text: /did not join|is not confirmed/ },
] as const) {
  test(`says that the platform places no call: ${name}`, async ({ page, newTenant }) => {
    const tenant = await newTenant()
    await watchAnn(page, tenant)
    await tenant.switch(act, false)
    await dial(page)
    await expect(notices(page)).toContainText(text)
    expect(await placed(tenant)).toHaveLength(1)
  })
}
