import { AxeBuilder } from '@axe-core/playwright'
import {
  conferencesTable,
  dialog,
  expect,
  expectRow,
  panelOf,
  participantsTable,
  PARTICIPANTS_PATH,
  signIn,
  test,
  type Page,
} from './support.ts'
import { activityTable, lastCard, openPage, removeAll, removeAnn, watchAnn } from './steps.ts'

// A change shows as soon as it is polled: a short interval saves the wait.
test.use({ settings: { pollSeconds: 1 } })

// Each state is looked at four times, and a look takes seconds.
test.describe.configure({ timeout: 150_000 })

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

const SIZES = [
  { width: 1280, height: 720 },
  { width: 320, height: 640 },
] as const

/** Fails on a violation of WCAG 2.2 AA or of axe's best practice, in both themes, wide and narrow. */
async function expectAccessible(page: Page, state: string): Promise<void> {
  for (const size of SIZES) {
    await page.setViewportSize(size)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze()
      const found = violations.map(({ id, nodes }) => ({
        rule: id,
        where: nodes.map(({ target, failureSummary }) => `${String(target)}: ${failureSummary}`),
      }))
      expect.soft(found, `${state}, ${size.width} px, ${colorScheme}`).toEqual([])
    }
  }
  await page.setViewportSize(SIZES[0])
}

test('the sign-in page, before and after a failure', async ({ page, newTenant }) => {
  await newTenant()
  await page.goto('/login')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expectAccessible(page, 'sign-in')
  await page.getByLabel('User name', { exact: true }).last().fill('ann')
  await page.getByLabel('Password').fill('wrong')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByRole('alert')).toBeVisible()
  await expectAccessible(page, 'sign-in that failed')
})

test('the list of conferences: full, filtered to none, empty, failed', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant({ conferences: 8, live: 20, history: 30 })
  await signIn(page, tenant, '/conferences?empty=show')
  await expectRow(conferencesTable(page), { Name: 'Support standup' })
  await expectAccessible(page, 'conferences')
  await page.getByRole('searchbox').fill('nothing has this name')
  await expect(page.getByText('No conference matches')).toBeVisible()
  await expectAccessible(page, 'conferences filtered to none')
  await page.goto('/no/such/page')
  await expect(page.getByText('There is no such page')).toBeVisible()
  await expectAccessible(page, 'no such page')
})

test('the list of conferences that cannot be read', async ({ page, newTenant }) => {
  const tenant = await newTenant({ conferences: 0, live: 0, history: 0 })
  await tenant.fault({ path: '/v1.0/conferences', kind: 'status', status: 503 })
  await signIn(page, tenant)
  await expect(page.getByRole('alert').first()).toBeVisible()
  await expectAccessible(page, 'conferences failed')
})

test('a conference with rows of each status, some selected', async ({ page, newTenant }) => {
  const tenant = await newTenant({ conferences: 1, live: 5, history: 5 })
  await tenant.dialIn({ name: 'Ann', number: '+15551230001' })
  await signIn(page, tenant, `${tenant.page()}?hide=`)
  const table = participantsTable(page)
  await expectRow(table, { Who: /^Ann/ })
  await expectAccessible(page, 'conference')
  await table.getByRole('checkbox', { name: 'Select Ann, +15551230001' }).check()
  await expectAccessible(page, 'conference with a selection')
})

test('the panel, a filter that matches none, a conference that does not exist', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  const ann = await tenant.dialIn({ name: 'Ann', number: '+15551230001' })
  await signIn(page, tenant, `${tenant.page()}?participant=${ann.participant}`)
  await expect(panelOf(page, 'Ann')).toContainText('joined')
  await expectAccessible(page, 'panel')
  await page.getByRole('button', { name: 'Close' }).click()
  await page.getByRole('searchbox').fill('nobody has this name')
  await expect(page.getByText('No participant matches')).toBeVisible()
  await expectAccessible(page, 'conference filtered to none')
  await page.goto('/conferences/11111111-2222-4333-8444-555555555555')
  await expect(page.getByText('There is no such conference')).toBeVisible()
  await expectAccessible(page, 'no such conference')
})

test('an empty conference, and one that grows old while the server fails', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await signIn(page, tenant, tenant.page())
  await expect(page.getByRole('heading', { level: 2 }).first()).toBeVisible()
  await expectAccessible(page, 'empty conference')
  await tenant.dialIn({ name: 'Ann' })
  await expectRow(participantsTable(page), { Who: /^Ann/ })
  await tenant.fault({ path: PARTICIPANTS_PATH, kind: 'status', status: 503 })
  await expect(page.getByRole('status', { name: 'Connection' })).toContainText('ago', {
    timeout: 20_000,
  })
  await expectAccessible(page, 'stale conference')
})

test('the dialogs of removal and hang-up, the cards, and the activity', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await watchAnn(page, tenant)
  await page.getByRole('button', { name: 'Remove Ann' }).click()
  await expect(dialog(page)).toBeVisible()
  await expectAccessible(page, 'removal dialog')
  await page.keyboard.press('Escape')
  await removeAnn(page)
  await expect(lastCard(page)).toBeVisible()
  await expectAccessible(page, 'card')
  await tenant.dialInAll('Bob', 'Cara', 'Dan')
  await expectRow(participantsTable(page), { Who: /^Dan/ })
  await removeAll(page, 3)
  await expectAccessible(page, 'card of many')
  await openPage(page, 'Activity')
  await expect(activityTable(page)).toBeVisible()
  await expectAccessible(page, 'activity')
  await page.getByRole('button', { name: 'Clear activity' }).click()
  await expect(dialog(page)).toBeVisible()
  await expectAccessible(page, 'clearing the activity')
})

test('ending a conference, and a session that has ended', async ({ page, newTenant }) => {
  const tenant = await newTenant({ expireSeconds: 3600 })
  await watchAnn(page, tenant)
  await page.getByRole('button', { name: /^End conference/ }).click()
  await expect(dialog(page)).toBeVisible()
  await expectAccessible(page, 'ending a conference')
  await page.keyboard.press('Escape')
  await tenant.fault({ path: PARTICIPANTS_PATH, kind: 'status', status: 401 })
  await expect(page.getByRole('alertdialog', { name: 'Sign in again' })).toBeVisible()
  await expectAccessible(page, 'session that has ended')
})

test('what controls a call and a conference: marks, menus, forms, recordings', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant({ push: true })
  const ann = await watchAnn(page, tenant)
  await tenant.act('mute', { participant: ann.participant, direction: 'out' })
  await expectRow(participantsTable(page), { Status: /hears nothing/ })
  await page.getByRole('link', { name: 'Ann' }).click()
  await expect(panelOf(page, 'Ann').getByRole('button', { name: /^Unmute/ })).toBeVisible()
  await expectAccessible(page, 'the panel of a muted participant')
  await panelOf(page, 'Ann').getByRole('button', { name: /^Say/ }).click()
  await expectAccessible(page, 'the question what to say')
  await dialog(page).getByRole('button', { name: 'Cancel' }).click()
  await panelOf(page, 'Ann').getByRole('button', { name: 'Close' }).click()
  await page.getByRole('button', { name: 'Record', exact: true }).click()
  await page.getByRole('button', { name: /^Recordings/ }).click()
  await expect(page.getByRole('listitem').filter({ hasText: 'recording' }).first()).toBeVisible()
  await expectAccessible(page, 'a conference that is recorded')
  for (const item of ['Edit…', 'Call a number into it…']) {
    await page.getByRole('button', { name: 'Room', exact: true }).click()
    await page.getByRole('menuitem', { name: item }).click()
    const open = page.locator('dialog[open]')
    await expect(open).toBeVisible()
    await expectAccessible(page, item)
    await page.keyboard.press('Escape')
    await expect(open).toHaveCount(0)
  }
})
