import {
  conferencesTable,
  expect,
  expectRow,
  panelOf,
  participantsTable,
  rowsOf,
  signIn,
  test,
} from './support.ts'
import { unfold } from './steps.ts'

const NONSENSE = /9999|Invalid Date|NaN|undefined|\[object/

for (const { kind, name, shown } of [
  { kind: 'markup', name: '<img src=x onerror="alert(1)"><b>bold</b>', shown: null },
  { kind: 'a formula', name: '=HYPERLINK("http://evil.example","Click")', shown: null },
  { kind: 'a bidi override', name: 'Ann \u202Efdp.exe', shown: 'Ann ⟨U+202E⟩fdp.exe' },
  { kind: 'a line break', name: 'Ann\nBob', shown: 'Ann⟨U+000A⟩Bob' },
  { kind: 'another script', name: '田中 ゆき 👩‍💻', shown: null },
  { kind: 'Arabic letters', name: 'عمر خالد', shown: null },
  { kind: 'Hebrew letters', name: 'דנה לוי', shown: null },
  { kind: 'a single letter', name: 'Q', shown: null },
  { kind: 'a flood of combining marks', name: `Z${'\u0301\u0323'.repeat(40)}`, shown: null },
  { kind: 'nothing visible', name: '\u200B\u2060', shown: '⟨U+200B⟩⟨U+2060⟩' },
]) {
  test(`a name with ${kind} is shown as text`, async ({ page, newTenant }) => {
    const tenant = await newTenant()
    const conference = await tenant.createConference({ name, detail: name })
    await tenant.dialIn({ conference, name, number: '+15551230001' })
    const label = shown ?? name
    await signIn(page, tenant)
    await expectRow(conferencesTable(page), { Name: label, Joined: '1' })
    await page.getByRole('link', { name: label }).click()
    await expect(page.getByRole('heading', { name: label })).toBeVisible()
    await expectRow(participantsTable(page), { Who: `${label} +15551230001` })
    await page.getByRole('button', { name: `Remove ${label}` }).click()
    await expect(page.getByRole('alertdialog', { name: `Remove ${label}?` })).toBeVisible()
    await page.keyboard.press('Escape')
    await page.getByRole('link', { name: label }).click()
    await expect(panelOf(page, label)).toBeVisible()
    await expect(page.getByRole('img', { name: 'x' })).toHaveCount(0)
    await expect(page).toHaveTitle(`${label} · Rollcall`)
  })
}

test('a name of 10,000 characters keeps the table in shape', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  const long = 'W'.repeat(10_000)
  await tenant.dialIn({ name: long })
  await tenant.dialIn({ name: 'Ann' })
  await signIn(page, tenant, tenant.page())
  const table = participantsTable(page)
  await expectRow(table, { Who: /^Ann/ })
  const heights = await Promise.all(
    [long, 'Ann'].map((name) => table.getByRole('rowheader', { name }).boundingBox()),
  )
  expect(heights[0]?.height).toBe(heights[1]?.height)
  await expect(page.getByRole('button', { name: 'Remove WWW' })).toBeInViewport({ ratio: 1 })
  await page.getByRole('button', { name: 'Remove WWW' }).click()
  await expect(
    page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }),
  ).toBeInViewport({ ratio: 1 })
})

test('times of older servers are read, sentinels included', async ({ page, newTenant }) => {
  const tenant = await newTenant({ timeFormat: 'legacy' })
  const ann = await tenant.dialIn({ name: 'Ann' })
  const bob = await tenant.dialIn({ name: 'Bob', hold: true })
  // In Berlin, summer is two hours ahead of UTC, winter one.
  const fields = {
    tm_create: '2026-07-01 22:15:30.123456',
    tm_update: '2026-01-15 22:15:30.000000',
    tm_delete: '9999-01-01 00:00:00.000000',
  }
  await tenant.act('set', { participant: ann.participant, fields })
  await signIn(page, tenant, tenant.page())
  const table = participantsTable(page)
  await expectRow(table, { Who: /^Bob/, Status: 'joining', Updated: '—', Since: /^\d+ s$/ })
  await expectRow(table, {
    Who: /^Ann/,
    Created: '2026-07-02 00:15:30',
    Updated: '2026-01-15 23:15:30',
  })
  expect(JSON.stringify(await rowsOf(table))).not.toMatch(NONSENSE)
  await page.goto(`${tenant.page()}?participant=${bob.participant}`)
  await unfold(panelOf(page, 'Bob'), 'Record')
  // The panel shows each value as it came, sentinels included, and its meaning beside it.
  const sentinel = panelOf(page, 'Bob').getByRole('definition').filter({ hasText: '9999-01-01' })
  await expect(sentinel.first()).toContainText('not yet')
  await page.getByRole('link', { name: 'Conferences' }).first().click()
  await expectRow(conferencesTable(page), { Name: 'Support standup', Joining: '1', Joined: '1' })
  expect(await page.getByRole('main').innerText()).not.toMatch(NONSENSE)
})

test('sentinels of newer servers are read, and an invalid time is shown as such', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  const ann = await tenant.dialIn({ name: 'Ann' })
  const bob = await tenant.dialIn({ name: 'Bob' })
  const fields = {
    tm_update: '9999-01-01T00:00:00.000000Z',
    tm_delete: '9999-01-01T00:00:00.000000Z',
  }
  await tenant.act('set', { participant: ann.participant, fields })
  await tenant.act('set', { participant: bob.participant, fields: { tm_create: 'soon' } })
  await signIn(page, tenant, tenant.page())
  const table = participantsTable(page)
  await expectRow(table, { Who: /^Ann/, Status: 'joined', Updated: '—', Since: /^\d+ s$/ })
  await expectRow(table, { Who: /^Bob/, Status: 'joined', Created: '—' })
  await expect(
    table.getByRole('img', { name: 'Record with problems: tm_create is not a time' }),
  ).toBeVisible()
  expect(await page.getByRole('main').innerText()).not.toMatch(NONSENSE)
})

test('times with none to six digits of a second are read', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  const digits = ['', '.1', '.12', '.123', '.1234', '.12345', '.123456']
  for (const [index, fraction] of digits.entries()) {
    const { participant } = await tenant.dialIn({ name: `Digits ${index}` })
    const fields = { tm_create: `2026-07-01T22:15:3${index}${fraction}Z` }
    await tenant.act('set', { participant, fields })
  }
  await signIn(page, tenant, tenant.page())
  for (const index of digits.keys()) {
    await expectRow(participantsTable(page), {
      Who: new RegExp(`^Digits ${index}`),
      Created: `2026-07-02 00:15:3${index}`,
    })
  }
})

test('rows are ordered by microseconds, not by text', async ({ page, newTenant }) => {
  const tenant = await newTenant()
  for (const [name, time] of [
    ['Third', '2026-07-01T22:15:30.5Z'],
    ['First', '2026-07-01T22:15:30Z'],
    ['Second', '2026-07-01T22:15:30.499999Z'],
  ] as const) {
    const { participant } = await tenant.dialIn({ name })
    await tenant.act('set', { participant, fields: { tm_create: time } })
  }
  await signIn(page, tenant, `${tenant.page()}?sort=created`)
  await expect(participantsTable(page).getByRole('rowheader')).toHaveText([
    /^First/,
    /^Second/,
    /^Third/,
  ])
})
