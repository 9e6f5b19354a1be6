import {
  configure,
  CONTACTS_PATH,
  expect,
  expectRow,
  INTERVALS,
  panelOf,
  PARTICIPANTS_PATH,
  participantsTable,
  rowOf,
  signIn,
  test,
  type Locator,
  type Page,
  type Tenant,
} from './support.ts'

// A change shows as soon as it is polled: a short interval saves the wait.
test.use({ settings: { pollSeconds: 1 } })

const GRACE = '+442079460018'
const BEN = '+12125550123'

/** What the panel says under a term. */
const fact = (panel: Locator, term: string): Locator =>
  panel
    .getByRole('term')
    .filter({ hasText: new RegExp(`^${term}$`) })
    .locator('+ dd')

const lookUps = async (tenant: Tenant): Promise<readonly string[]> =>
  (await tenant.requests('GET', CONTACTS_PATH)).map(({ path }) => path)

const asksFor = (number: string): string => `${CONTACTS_PATH}?phone=${encodeURIComponent(number)}`

/** Opens the conference, and waits for these rows. */
async function open(page: Page, tenant: Tenant, ...who: readonly RegExp[]): Promise<Locator> {
  await signIn(page, tenant, tenant.page())
  const table = participantsTable(page)
  for (const Who of who) await expectRow(table, { Who })
  return table
}

test('a caller without a name is called by its contact, asked for once', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await tenant.addContact({ phone: GRACE, display_name: 'Grace Okafor' })
  await tenant.dialIn({ number: GRACE })
  await tenant.dialIn({ number: GRACE })
  await tenant.dialIn({ number: BEN })
  await tenant.dialIn({ name: 'Ann', number: '+15551230001' })
  const table = await open(page, tenant, /^Grace Okafor \+442079460018/, /^\+12125550123/, /^Ann/)
  await expect(rowOf(table, /^Grace Okafor/)).toHaveCount(2)
  await expect
    .poll(() => lookUps(tenant), { intervals: INTERVALS })
    .toEqual(expect.arrayContaining([asksFor(GRACE), asksFor(BEN)]))
  await tenant.asked(3)
  expect((await lookUps(tenant)).toSorted()).toEqual([asksFor(BEN), asksFor(GRACE)].toSorted())
  await page.getByRole('searchbox').fill('okafor')
  await expect(rowOf(table, /^Grace Okafor/)).toHaveCount(2)
  await expect(rowOf(table, /^Ann/)).toHaveCount(0)
})

test('the panel shows the number with its country, the direction and the status of the call', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await tenant.addContact({ phone: GRACE, first_name: 'Grace', last_name: 'Okafor' })
  const grace = await tenant.dialIn({ number: GRACE, direction: 'outgoing' })
  const fields = { source: { type: 'tel', target: BEN } }
  await tenant.act('set', { call: grace.call, fields })
  const table = await open(page, tenant, /^Grace Okafor/)
  await table.getByRole('link', { name: 'Grace Okafor' }).click()
  const panel = panelOf(page, 'Grace Okafor')
  await expect(fact(panel, 'number')).toHaveText('+44 20 7946 0018 United Kingdom')
  await expect(fact(panel, 'contact')).toHaveText('Grace Okafor')
  await expect(fact(panel, 'call')).toHaveText('was called, in progress')
  await expect(fact(panel, 'called from')).toHaveText('+1 212 555 0123 United States')
})

test('what the server does not say about a call is unknown', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  const ann = await tenant.dialIn({ name: 'Ann', number: '+15551230001' })
  const fields = { direction: '', status: '', destination: {} }
  await tenant.act('set', { call: ann.call, fields })
  await signIn(page, tenant, `${tenant.page()}?participant=${ann.participant}`)
  const panel = panelOf(page, 'Ann')
  // No number of the plan: it stays as it came, without a country.
  await expect(fact(panel, 'number')).toHaveText('+15551230001')
  await expect(fact(panel, 'call')).toHaveText('unknown')
  await expect(fact(panel, 'other party')).toHaveText('unknown')
  await tenant.act('set', { call: ann.call, fields: { direction: '' } })
  await expect(fact(panel, 'call')).toHaveText('direction unknown, in progress')
  await tenant.act('set', { call: ann.call, fields: {} })
  await expect(fact(panel, 'call')).toHaveText('called in, in progress')
  await expect(fact(panel, 'dialled')).toHaveText('+15559870002')
})

test('the panel lists each join of a call, in whichever conference', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant({ conferences: 2 })
  const ann = await tenant.dialIn({ name: 'Ann', number: '+15551230001' })
  await tenant.act('hang-up', { participant: ann.participant })
  await tenant.advance(5)
  const again = await tenant.act<{ participant: string }>('rejoin', {
    participant: ann.participant,
    hold: true,
  })
  await tenant.act('set', {
    participant: ann.participant,
    fields: { conference_id: tenant.conference(1) },
  })
  await signIn(page, tenant, `${tenant.page()}?participant=${again.participant}`)
  const joins = panelOf(page, 'Ann').getByRole('list', { name: 'Joins of this call' })
  await expect(joins.getByRole('listitem')).toHaveText([/in .+, left/, /joining/])
  await tenant.act('join', { participant: again.participant })
  await expect(joins.getByRole('listitem')).toHaveText([/left/, /joined/])
  await joins.getByRole('link').click()
  await expect(page).toHaveURL(`${tenant.page(1)}?participant=${ann.participant}`)
  await expect(joins.getByRole('listitem')).toHaveText([/left/, /in .+, joined/])
})

test('a name in the contacts cannot fake what it looks like', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  await tenant.addContact({ phone: GRACE, display_name: '\u202E<img src=x onerror=alert(1)>' })
  await tenant.dialIn({ number: GRACE })
  const table = await open(page, tenant, /^⟨U\+202E⟩<img src=x onerror=alert\(1\)>/)
  await expect(table.getByRole('img')).toHaveCount(0)
})

test('an installation that switches look-ups off sends none', async ({ page, newTenant }) => {
  await configure(page, { contactLookup: false })
  const tenant = await newTenant()
  await tenant.addContact({ phone: GRACE, display_name: 'Grace Okafor' })
  const grace = await tenant.dialIn({ number: GRACE })
  const table = await open(page, tenant, /^\+442079460018/)
  await table.getByRole('link', { name: GRACE }).click()
  const panel = panelOf(page, GRACE)
  await expect(fact(panel, 'call')).toHaveText('called in, in progress')
  await tenant.asked(3, `/v1.0/calls/${grace.call}`)
  expect(await lookUps(tenant)).toEqual([])
  await expect(fact(panel, 'contact')).toHaveCount(0)
})

test('while look-ups fail a row keeps its number, and the page works', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await tenant.addContact({ phone: GRACE, display_name: 'Grace Okafor' })
  await tenant.dialIn({ number: GRACE })
  await tenant.fault({ path: CONTACTS_PATH, kind: 'status', status: 500 })
  const table = await open(page, tenant, /^\+442079460018/)
  await tenant.asked(1, CONTACTS_PATH)
  const ann = await tenant.dialIn({ name: 'Ann' })
  await expectRow(table, { Who: /^Ann/, Status: 'joined' })
  await tenant.act('hang-up', { participant: ann.participant })
  await expect(rowOf(table, /^Ann/)).toHaveCount(0)
  await expectRow(table, { Who: /^\+442079460018/, Status: 'joined' })
  await tenant.clearFaults()
  await expectRow(table, { Who: /^Grace Okafor/ }, 40_000)
})

test('a server without contacts is asked once', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  await tenant.fault({ path: CONTACTS_PATH, kind: 'status', status: 404 })
  await tenant.dialIn({ number: GRACE })
  const table = await open(page, tenant, /^\+442079460018/)
  await expect
    .poll(async () => (await lookUps(tenant)).length, { intervals: INTERVALS })
    .toBeGreaterThan(0)
  await tenant.dialIn({ number: BEN })
  await expectRow(table, { Who: /^\+12125550123/ })
  await tenant.asked(4, PARTICIPANTS_PATH)
  expect(await lookUps(tenant)).toEqual([asksFor(GRACE)])
})
