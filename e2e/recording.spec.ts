import { watchAnn } from './steps.ts'
import {
  cardOf,
  CONFERENCES_PATH,
  connection,
  dialog,
  expect,
  notices,
  signIn,
  test,
  type Locator,
  type Page,
  type Tenant,
} from './support.ts'

test.use({ settings: { pollSeconds: 1, removalLimitSeconds: 5 } })

const button = (page: Page, name: string): Locator =>
  page.getByRole('button', { name, exact: true })

/** The fact of the conference about its recording. */
const fact = (page: Page): Locator =>
  page.getByRole('definition').filter({ hasText: /since|not recording|blocked|stopping|starting/ })

const starts = (tenant: Tenant) =>
  tenant.requests('POST', `${CONFERENCES_PATH}/${tenant.conference()}/recording_start`)

test('records from start to stop as the record of the recording says, and lists it', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant({ push: true })
  await watchAnn(page, tenant)
  await expect(fact(page)).toHaveText(/^not recording/)
  await button(page, 'Record').click()
  await expect(fact(page)).toHaveText(/^since \d\d:\d\d:\d\d/)
  await expect(cardOf(page, /^The recording of .* has started$/)).toBeVisible()
  await button(page, 'Stop recording').click()
  await expect(fact(page)).toHaveText(/^not recording/)
  expect((await starts(tenant)).map(({ body }) => body)).toEqual([
    { format: 'wav', duration: 0, on_end_flow_id: '' },
  ])
  await page.getByRole('button', { name: /^Recordings/ }).click()
  await expect(
    page.getByRole('list', { name: 'Recordings' }).getByRole('listitem').first(),
  ).toContainText(/ended/)
})

test('explains a recording that ended by itself and blocks another one', async ({
  page,
  newTenant,
}) => {
  test.setTimeout(60_000)
  const tenant = await newTenant({ push: true })
  await watchAnn(page, tenant)
  await button(page, 'Record').click()
  await expect(fact(page)).toHaveText(/^since/)
  await tenant.act('end-recording', { conference: tenant.conference() })
  await expect(fact(page)).toHaveText(/blocked: a recording ended by itself/, { timeout: 25_000 })
  await expect(button(page, 'Record')).toHaveAccessibleDescription(/The platform refuses another/)
})

test('shows the reason and the request id when an empty conference cannot be recorded', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await signIn(page, tenant, tenant.page())
  await expect(connection(page)).toBeVisible()
  await button(page, 'Record').click()
  await expect(notices(page)).toContainText(/The recording of .* did not start/)
  await expect(notices(page)).toContainText(/HTTP 400 · INVALID_ARGUMENT · request req_/)
})

test('does not start a recording twice whose answer is lost', async ({ page, newTenant }) => {
  const tenant = await newTenant({ push: true })
  await watchAnn(page, tenant)
  await tenant.fault({
    path: `${CONFERENCES_PATH}/${tenant.conference()}/recording_start`,
    kind: 'status',
    status: 503,
    stage: 'after',
    count: 1,
  })
  await button(page, 'Record').click()
  await expect(fact(page)).toHaveText(/^since/)
  await tenant.asked(3)
  expect(await starts(tenant)).toHaveLength(1)
})

test('stops a recording before it ends the conference', async ({ page, newTenant }) => {
  const tenant = await newTenant({ push: true })
  await watchAnn(page, tenant)
  await button(page, 'Record').click()
  await expect(fact(page)).toHaveText(/^since/)
  await tenant.clearRequests()
  await button(page, 'End conference').click()
  await expect(dialog(page)).toContainText('the recording is stopped first')
  await dialog(page)
    .getByLabel(/to confirm/)
    .fill(await nameOf(page))
  await dialog(page).getByRole('button', { name: 'End conference' }).click()
  await expect(page.getByText('Ended', { exact: false }).first()).toBeVisible({ timeout: 15_000 })
  const path = `${CONFERENCES_PATH}/${tenant.conference()}`
  const stops = await tenant.requests('POST', `${path}/recording_stop`)
  const ends = await tenant.requests('DELETE', path)
  expect([stops.map(({ status }) => status), ends.map(({ status }) => status)]).toEqual([
    [200],
    [200],
  ])
  expect(Date.parse(stops[0]?.time ?? '')).toBeLessThanOrEqual(Date.parse(ends[0]?.time ?? ''))
})

const nameOf = (page: Page): Promise<string> => page.getByRole('heading', { level: 1 }).innerText()
