import { expect, expectRow, panelOf, participantsTable, signIn, test } from './support.ts'
import { unfold } from './steps.ts'

// A change shows as soon as it is polled: a short interval saves the wait.
test.use({ settings: { pollSeconds: 1 } })

const FIELDS = [
  'id',
  'customer_id',
  'activeflow_id',
  'conference_id',
  'reference_type',
  'reference_id',
  'status',
  'tm_create',
  'tm_update',
  'tm_delete',
] as const

const NOWHERE = '11111111-2222-4333-8444-555555555555'

test('the panel shows every field as it came, times in UTC and local, and the JSON', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  const ann = await tenant.dialIn({ name: 'Ann', number: '+15551230001' })
  // In July, Berlin is two hours ahead of UTC.
  const fields = { tm_create: '2026-07-01T22:15:30.123456Z', tm_update: '2026-07-01T22:15:31.5Z' }
  await tenant.act('set', { participant: ann.participant, fields })
  await signIn(page, tenant, `${tenant.page()}?participant=${ann.participant}`)
  const panel = panelOf(page, 'Ann')
  for (const title of ['Record', 'JSON']) await unfold(panel, title)
  for (const field of FIELDS) {
    await expect(panel.getByRole('term').filter({ hasText: field }).first()).toBeVisible()
  }
  const value = (text: string) => panel.getByRole('definition').filter({ hasText: text }).first()
  await expect(value(ann.participant)).toBeVisible()
  await expect(value(fields.tm_create)).toContainText('2026-07-01 22:15:30 UTC')
  await expect(value(fields.tm_create)).toContainText('2026-07-02 00:15:30 local')
  await expect(value(fields.tm_update)).toContainText('2026-07-01 22:15:31 UTC')
  await expect(value(fields.tm_update)).toContainText('2026-07-02 00:15:31 local')
  await expect(value('null')).toContainText('not yet')
  const json = panel.getByText(`"id": "${ann.participant}"`)
  await expect(json).toContainText(`"tm_create": "${fields.tm_create}"`)
  await expect(json).toContainText('"tm_delete": null')
  await expect(panel.getByRole('list', { name: 'States seen' })).toContainText('joined')
})

test('copy buttons copy exactly what the server sent', async ({ page, context, newTenant }) => {
  const tenant = await newTenant()
  const ann = await tenant.dialIn({ name: 'Ann' })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await signIn(page, tenant, tenant.page())
  const clipboard = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText())
  const table = participantsTable(page)
  await table.getByRole('button', { name: 'Copy participant id' }).click()
  await expect.poll(clipboard).toBe(ann.participant)
  await table.getByRole('button', { name: 'Copy reference id' }).click()
  await expect.poll(clipboard).toBe(ann.call)
  await page.getByRole('button', { name: 'Copy conference id' }).click()
  await expect.poll(clipboard).toBe(tenant.conference())
  await page.getByRole('link', { name: 'Ann' }).click()
  const panel = panelOf(page, 'Ann')
  for (const title of ['Record', 'JSON']) await unfold(panel, title)
  await panel.getByRole('button', { name: 'Copy activeflow_id' }).first().click()
  await expect.poll(clipboard).toMatch(/^[0-9a-f-]{36}$/)
  await panel.getByRole('button', { name: 'Copy JSON' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Copied' })).toHaveCount(1)
  await expect
    .poll(async () => JSON.parse(await clipboard()) as unknown)
    .toMatchObject({ id: ann.participant, reference_id: ann.call, tm_delete: null })
})

test('the panel shows the record of the call', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  const ann = await tenant.dialIn({ name: 'Ann', number: '+15551230001' })
  await signIn(page, tenant, `${tenant.page()}?participant=${ann.participant}`)
  const panel = panelOf(page, 'Ann')
  await unfold(panel, 'Call record')
  const value = (text: string) => panel.getByRole('definition').filter({ hasText: text })
  await expect(value('"target_name":"Ann"')).toContainText('"target":"+15551230001"')
  await expect(panel.getByText('hangup', { exact: true })).toBeHidden()
  await tenant.act('hang-up', { participant: ann.participant })
  await expect(panel.getByText('hangup', { exact: true })).toBeVisible()
})

test('the panel tells a call that is gone from one that cannot be read now', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  const ann = await tenant.dialIn({ name: 'Ann' })
  const bob = await tenant.dialIn({ name: 'Bob' })
  await tenant.act('delete-call', { participant: ann.participant })
  await signIn(page, tenant, `${tenant.page()}?participant=${ann.participant}`)
  const gone = panelOf(page, ann.call.slice(0, 8))
  await expect(gone).toContainText('The server has no such call any more')
  await expect(gone).toContainText(/HTTP 409 · STATE_INVALID · request req_/)
  await tenant.fault({ path: `/v1.0/calls/${bob.call}`, kind: 'status', status: 503 })
  await page.getByRole('link', { name: 'Bob' }).click()
  const panel = panelOf(page, 'Bob')
  await expect(panel).toContainText(/HTTP 503 · REQUEST_TIMEOUT · request req_/)
  await tenant.clearFaults()
  await expect(panel).toContainText('"target_name":"Bob"')
})

test('a link to an unknown participant says so', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  await tenant.dialIn({ name: 'Ann' })
  await signIn(page, tenant, `${tenant.page()}?participant=${NOWHERE}`)
  const panel = panelOf(page, NOWHERE.slice(0, 8))
  await expect(panel).toContainText('The server knows of no participant with this id.')
  await expect(panel).toContainText(/HTTP 400 · INVALID_ARGUMENT · request req_/)
  await panel.getByRole('button', { name: 'Close' }).click()
  await expect(page).toHaveURL(tenant.page())
  await expectRow(participantsTable(page), { Who: /^Ann/ })
})

test('a link with an invalid id makes no request', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  await tenant.dialIn({ name: 'Ann' })
  await signIn(page, tenant, `${tenant.page()}?participant=../calls`)
  await expect(page.getByRole('complementary')).toContainText('cannot be the id of a participant')
  await expectRow(participantsTable(page), { Who: /^Ann/ })
  expect(await tenant.requests('GET', '/v1.0/conferencecalls/')).toEqual([])
})

test('a link to a participant in another conference leads there', async ({ page, newTenant }) => {
  const tenant = await newTenant({ conferences: 2 })
  const ann = await tenant.dialIn({ name: 'Ann', conference: tenant.conference(1) })
  await signIn(page, tenant, `${tenant.page(0)}?participant=${ann.participant}`)
  const panel = page.getByRole('complementary')
  await expect(panel).toContainText('This participant is not of this conference.')
  await panel.getByRole('link', { name: 'Open it there' }).click()
  await expect(page).toHaveURL(`${tenant.page(1)}?participant=${ann.participant}`)
  await expect(panelOf(page, 'Ann')).toBeVisible()
})

test('the panel follows the participant', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  const ann = await tenant.dialIn({ name: 'Ann', hold: true })
  await signIn(page, tenant, `${tenant.page()}?participant=${ann.participant}`)
  const seen = panelOf(page, 'Ann').getByRole('list', { name: 'States seen' })
  await expect(seen.getByRole('listitem')).toHaveText([/^joining/])
  await tenant.act('join', { participant: ann.participant })
  await expect(seen.getByRole('listitem')).toHaveText([/^joining/, /^joined/])
  await tenant.act('hang-up', { participant: ann.participant })
  await expect(seen.getByRole('listitem')).toHaveText([/^joining/, /^joined/, /^left/])
})
