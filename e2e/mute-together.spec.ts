import { pressUntilFocused } from './steps.ts'
import {
  dialog,
  expect,
  expectRow,
  notices,
  participantsTable,
  signIn,
  test,
  type Page,
} from './support.ts'

test.use({ settings: { pollSeconds: 1, removalLimitSeconds: 5 } })

const expectStatus = (page: Page, name: string, status: RegExp): Promise<void> =>
  expectRow(participantsTable(page), { Who: new RegExp(`^${name}`), Status: status })

test('two operators mute and unmute the same participant: both see what the call says', async ({
  page,
  newTenant,
  newBrowser,
}) => {
  test.setTimeout(60_000)
  const tenant = await newTenant({ push: true })
  const ann = await tenant.dialIn({ name: 'Ann' })
  const other = await newBrowser()
  await signIn(page, tenant, tenant.page())
  await signIn(other, tenant, tenant.page())
  // The focus goes there once the page is drawn.
  for (const one of [page, other])
    await expect(one.getByRole('heading', { level: 1 })).toBeFocused()
  for (const [one, expected] of [
    [page, /joined muted/],
    [other, /^joined$/],
    [other, /joined muted/],
    [page, /^joined$/],
  ] as const) {
    await one.getByRole('link', { name: 'Ann' }).focus()
    await one.keyboard.press('m')
    await expectStatus(page, 'Ann', expected)
    await expectStatus(other, 'Ann', expected)
    expect((await tenant.audio(ann)).heard).toBe(expected.source === '^joined$')
  }
  // Both at once: whatever comes of it, both show it.
  for (const one of [page, other]) {
    await one.getByRole('link', { name: 'Ann' }).focus()
    await one.keyboard.press('m')
  }
  await expect(notices(page)).not.toContainText('Muting Ann')
  await expect(notices(other)).not.toContainText('Muting Ann')
  const { heard } = await tenant.audio(ann)
  await expectStatus(page, 'Ann', heard ? /^joined$/ : /joined muted/)
  await expectStatus(other, 'Ann', heard ? /^joined$/ : /joined muted/)
})

test('mutes several by keyboard alone, and unmutes them again', async ({ page, newTenant }) => {
  const tenant = await newTenant({ push: true })
  const people = await tenant.dialInAll('Ann', 'Bob', 'Carol')
  await signIn(page, tenant, tenant.page())
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  await page.getByRole('link', { name: 'Carol' }).focus()
  for (const key of ['x', 'j', 'x']) await page.keyboard.press(key)
  for (const [command, button, status] of [
    ['mute…', 'Mute 2', /joined muted/],
    ['unmute…', 'Unmute 2', /^joined$/],
  ] as const) {
    await page.keyboard.press('Control+k')
    await expect(page.getByRole('combobox', { name: 'Search commands' })).toBeFocused()
    await page.keyboard.type(`2 selected ${command}`)
    await page.keyboard.press('Enter')
    await expect(dialog(page)).toBeVisible()
    await pressUntilFocused(page, 'Tab', dialog(page).getByRole('button', { name: button }))
    await page.keyboard.press('Enter')
    await expectStatus(page, 'Carol', status)
    await expectStatus(page, 'Bob', status)
    await page.getByRole('link', { name: 'Carol' }).focus()
    if (button === 'Mute 2') for (const key of ['x', 'j', 'x']) await page.keyboard.press(key)
  }
  const heard = await Promise.all(people.map(async (one) => (await tenant.audio(one)).heard))
  expect(heard).toEqual([true, true, true])
})
