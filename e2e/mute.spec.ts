import { filterBox, expectNames, watchAnn } from './steps.ts'
import {
  CALLS_PATH,
  cardOf,
  dialog,
  expect,
  expectRow,
  fillSignIn,
  notices,
  panelOf,
  participantsTable,
  rowOf,
  signIn,
  signInDialog,
  test,
  type Page,
  type Person,
  type Tenant,
} from './support.ts'

test.use({ settings: { pollSeconds: 1, removalLimitSeconds: 5 } })

/** What was sent about mutes, in order: `POST in 200`. */
async function sent(tenant: Tenant): Promise<readonly string[]> {
  const all = await Promise.all(
    (['POST', 'DELETE'] as const).map((method) => tenant.requests(method, CALLS_PATH)),
  )
  return all
    .flat()
    .filter(({ path }) => path.endsWith('/mute'))
    .toSorted((a, b) => a.time.localeCompare(b.time))
    .map(({ method, status, body }) => `${method} ${directionIn(body)} ${status}`)
}

const directionIn = (body: unknown): string =>
  typeof body === 'object' && body !== null && 'direction' in body ? String(body.direction) : '-'

/** Puts the focus on the row of a participant by its menu, which is closed again. */
async function chooseInMenu(page: Page, name: string, command: string | RegExp): Promise<void> {
  await rowOf(participantsTable(page), new RegExp(`^${name}`))
    .getByRole('button', { name: `More for ${name}` })
    .click()
  await page.getByRole('menuitem', { name: command }).click()
}

const expectStatus = (page: Page, name: string, status: RegExp, timeout = 10_000): Promise<void> =>
  expectRow(participantsTable(page), { Who: new RegExp(`^${name}`), Status: status }, timeout)

const expectHeard = (tenant: Tenant, person: Person, heard: boolean): Promise<void> =>
  expect.poll(async () => (await tenant.audio(person)).heard, { intervals: [100, 200] }).toBe(heard)

test('mutes and unmutes with one key, as the record of the call says', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant({ push: true })
  const ann = await watchAnn(page, tenant)
  await page.getByRole('link', { name: 'Ann' }).focus()
  await page.keyboard.press('m')
  await expectStatus(page, 'Ann', /joined.*muted/)
  await expectHeard(tenant, ann, false)
  await expect(cardOf(page, 'Ann is muted')).toBeVisible()
  await page.keyboard.press('m')
  await expectStatus(page, 'Ann', /^joined$/)
  await expectHeard(tenant, ann, true)
  expect(await sent(tenant)).toEqual(['POST in 200', 'DELETE in 200'])
})

test('never turns “Mute” into “Unmute” in an open menu', async ({ page, newTenant }) => {
  const tenant = await newTenant({ push: true })
  const ann = await watchAnn(page, tenant)
  await page.getByRole('button', { name: 'More for Ann' }).click()
  const mute = page.getByRole('menuitem', { name: /^Mute/ })
  await expect(mute).not.toHaveAttribute('aria-disabled')
  await tenant.act('mute', { participant: ann.participant, direction: 'in' })
  await expect(mute).toHaveAccessibleDescription('This has changed meanwhile')
  // It says that it cannot be chosen, so Playwright would wait for ever.
  await mute.click({ force: true })
  await page.keyboard.press('Escape')
  await expectStatus(page, 'Ann', /joined.*muted/)
  expect(await sent(tenant)).toEqual([])
})

test('shows what a colleague has muted, and undoes it with its direction', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant({ push: true })
  const ann = await watchAnn(page, tenant)
  await tenant.act('mute', { participant: ann.participant, direction: 'out' })
  await expectStatus(page, 'Ann', /hears nothing/)
  await page.getByRole('link', { name: 'Ann' }).click()
  await expect(panelOf(page, 'Ann').getByRole('status', { name: 'Mute and hold' })).toContainText(
    'This caller hears nothing, and is heard. The record of the call says so (out).',
  )
  await panelOf(page, 'Ann')
    .getByRole('button', { name: /^Unmute Ann/ })
    .click()
  await expectStatus(page, 'Ann', /^joined$/)
  expect(await sent(tenant)).toEqual(['DELETE out 200'])
})

test('ends a mute that a later one has overwritten in the record', async ({ page, newTenant }) => {
  const tenant = await newTenant({ push: true })
  const ann = await watchAnn(page, tenant)
  await tenant.act('mute', { participant: ann.participant, direction: 'out' })
  await expectStatus(page, 'Ann', /hears nothing/)
  await tenant.act('mute', { participant: ann.participant, direction: 'in' })
  await expectStatus(page, 'Ann', /joined muted/)
  await chooseInMenu(page, 'Ann', /^Unmute/)
  await expectStatus(page, 'Ann', /^joined$/)
  expect(await tenant.audio(ann)).toMatchObject({ heard: true, hears: true })
})

test('repairs a record that says muted though the caller is heard', async ({ page, newTenant }) => {
  const tenant = await newTenant({ push: true })
  const ann = await watchAnn(page, tenant)
  await tenant.act('break-mute-record', { participant: ann.participant, direction: 'in' })
  await expectStatus(page, 'Ann', /muted/)
  await chooseInMenu(page, 'Ann', /^Unmute/)
  await expectStatus(page, 'Ann', /^joined$/)
  expect(await sent(tenant)).toEqual(['DELETE in 200'])
})

test('shows without push a mute that was set before the join', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  await signIn(page, tenant, tenant.page())
  const ann = await tenant.dialIn({ name: 'Ann', hold: true })
  await tenant.act('mute', { participant: ann.participant, direction: 'in' })
  await tenant.act('join', { participant: ann.participant })
  await expectStatus(page, 'Ann', /joined muted/)
})

test('mutes everyone but the selected, one after the other, and finds them by the filter', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant({ push: true })
  const people = await tenant.dialInAll('Ann', 'Bob', 'Carol', 'Dan')
  await signIn(page, tenant, tenant.page())
  await page.getByRole('checkbox', { name: /^Select Bob/ }).click()
  await page.getByRole('button', { name: 'More for the selected' }).click()
  await page.getByRole('menuitem', { name: 'Mute everyone but the selected…' }).click()
  await expect(dialog(page)).toHaveAccessibleName('Mute 3 participants?')
  await dialog(page).getByRole('button', { name: 'Mute 3' }).click()
  await expect(notices(page)).toContainText('3 muted', { timeout: 15_000 })
  const heard = await Promise.all(people.map(async (one) => (await tenant.audio(one)).heard))
  expect(heard).toEqual([false, true, false, false])
  await filterBox(page).fill('muted')
  await expectNames(page, 'Dan', 'Carol', 'Ann')
})

test('stops in the middle when the session ends, and goes on after signing in', async ({
  page,
  newTenant,
}) => {
  test.setTimeout(60_000)
  const names = ['Ann', 'Bob', 'Carol', 'Dan', 'Eve', 'Fay']
  const tenant = await newTenant()
  const people = await tenant.dialInAll(...names)
  await signIn(page, tenant, tenant.page())
  await page.getByRole('checkbox', { name: /^Select all/ }).click()
  await page.getByRole('button', { name: 'More for the selected' }).click()
  await page.getByRole('menuitem', { name: 'Mute…', exact: true }).click()
  await tenant.fault({ path: `${CALLS_PATH}*`, kind: 'status', status: 401, count: 1, skip: 6 })
  await dialog(page).getByRole('button', { name: 'Mute 6' }).click()
  await expect(signInDialog(page)).toBeVisible({ timeout: 20_000 })
  await fillSignIn(page, tenant.account)
  await expect(notices(page)).toContainText('6 muted', { timeout: 30_000 })
  for (const one of people) await expectHeard(tenant, one, false)
  const done = (await sent(tenant)).filter((one) => one === 'POST in 200')
  expect(done).toHaveLength(names.length)
})

test('says that it is muted, though not confirmed, when the answer is lost after the effect', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  const ann = await watchAnn(page, tenant)
  const path = `${CALLS_PATH}/${ann.call}/mute`
  await tenant.fault({ path, kind: 'status', status: 503, stage: 'after', count: 1 })
  await chooseInMenu(page, 'Ann', /^Mute/)
  await expect(notices(page)).toContainText('Ann is muted', { timeout: 15_000 })
  await expectStatus(page, 'Ann', /joined muted/)
  expect(await sent(tenant)).toHaveLength(1)
})

for (const { name, fault, act, text } of [
  {
    name: 'the call ended meanwhile (400)',
    fault: { kind: 'status', status: 400, count: 1 },
    text: /Ann was not muted.*HTTP 400/,
  },
  {
    name: 'the call is of another customer (403)',
    fault: { kind: 'status', status: 403, count: 1 },
    text: /Ann was not muted.*HTTP 403/,
  },
  {
    name: 'the call is deleted (409)',
    act: 'delete-call',
    text: /Nothing was sent for Ann.*The server has no such call \(any more\)/,
  },
] as const) {
  test(`says why a mute was not set: ${name}`, async ({ page, newTenant }) => {
    const tenant = await newTenant()
    const ann = await watchAnn(page, tenant)
    const path = `${CALLS_PATH}/${ann.call}/mute`
    if (fault) await tenant.fault({ path, ...fault })
    if (act) await tenant.act(act, { participant: ann.participant })
    await chooseInMenu(page, 'Ann', /^Mute/)
    await expect(notices(page)).toContainText(text)
    await expectStatus(page, 'Ann', /^joined$/)
  })
}

test('says that a proxy has dropped the body of the request that unmutes', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  const ann = await tenant.dialIn({ name: 'Ann' })
  await tenant.act('mute', { participant: ann.participant, direction: 'in' })
  await signIn(page, tenant, tenant.page())
  await expectStatus(page, 'Ann', /muted/)
  const path = `${CALLS_PATH}/${ann.call}/mute`
  await tenant.fault({ path, method: 'DELETE', kind: 'strip-body', count: 1 })
  await chooseInMenu(page, 'Ann', /^Unmute/)
  await expect(notices(page)).toContainText(/Ann was not unmuted.*INVALID_JSON_BODY/)
  await expectStatus(page, 'Ann', /muted/)
})
