import {
  dialog,
  expect,
  expectRow,
  INTERVALS,
  notices,
  participantsTable,
  removeButton,
  rowsOf,
  signIn,
  statusButton,
  type BrowserContext,
  type Locator,
  type Page,
  type Person,
  type Tenant,
} from './support.ts'

/** The card of the last action. */
export const lastCard = (page: Page): Locator => notices(page).getByRole('article').last()

export const activityTable = (page: Page): Locator => page.getByRole('table', { name: 'Activity' })

/** Opens another page by the menu, without loading anew. */
export const openPage = (page: Page, name: 'Activity' | 'Conferences'): Promise<void> =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name }).click()

/** Dials Ann in, and opens the page of the conference. */
export async function watchAnn(page: Page, tenant: Tenant, fields = {}): Promise<Person> {
  const ann = await tenant.dialIn({ name: 'Ann', number: '+15551230001', ...fields })
  await signIn(page, tenant, tenant.page())
  await expectRow(participantsTable(page), { Who: /^Ann/ })
  return ann
}

/** Asks for the removal of Ann and confirms it. */
export async function removeAnn(page: Page): Promise<void> {
  await removeButton(page).click()
  await dialog(page).getByRole('button', { name: 'Remove' }).click()
}

/** Dials these in, and opens the page of the conference. @returns the ids of their records */
export async function watchAll(
  page: Page,
  tenant: Tenant,
  names: readonly string[],
): Promise<readonly string[]> {
  const people = await tenant.dialInAll(...names)
  await signIn(page, tenant, tenant.page())
  await expectAll(page, names)
  return people.map(({ participant }) => participant)
}

/** Opens the page of the conference once more, in another tab of the same browser. */
export async function watchToo(
  context: BrowserContext,
  tenant: Tenant,
  names: readonly string[],
): Promise<Page> {
  const other = await context.newPage()
  await other.goto(tenant.page())
  await expectAll(other, names)
  return other
}

const expectAll = (page: Page, { length }: readonly string[]): Promise<void> =>
  expect(statusButton(page, 'joined')).toHaveAccessibleName(`joined ${length}`)

/** Selects all rows shown, and confirms the removal of so many. */
export async function removeAll(page: Page, count: number): Promise<void> {
  await page.getByRole('checkbox', { name: /^Select all/ }).click()
  await page.getByRole('button', { name: `Remove selected (${count})` }).click()
  await dialog(page)
    .getByRole('button', { name: `Remove ${count}` })
    .click()
}

/** Opens what a panel keeps folded: "Record", "Call record", "JSON". */
export const unfold = (panel: Locator, title: string): Promise<void> =>
  panel.getByText(title, { exact: true }).click()

/** Presses a key once for each control on the way to the target; the page has fewer than thirty. */
export async function pressUntilFocused(page: Page, key: string, target: Locator): Promise<void> {
  for (let presses = 0; presses < 30; presses++) {
    await page.keyboard.press(key)
    if (await target.evaluate((element) => element === document.activeElement)) return
  }
  await expect(target).toBeFocused()
}

/** The filter of participants. */
export const filterBox = (page: Page): Locator =>
  page.getByRole('searchbox', { name: 'Filter participants' })

/** The first word of each line of participants, from top to bottom: a name, or that of a group. Without rows there is no table. */
export const namesOf = async (page: Page): Promise<readonly string[]> => {
  if ((await participantsTable(page).count()) === 0) return []
  const rows = await rowsOf(participantsTable(page))
  return rows.map((row) => (row['Who'] ?? row[''] ?? '').split(' ')[0] ?? '')
}

/** Waits until the table shows these participants, in this order. */
export const expectNames = (page: Page, ...wanted: readonly string[]): Promise<void> =>
  expect.poll(() => namesOf(page), { intervals: INTERVALS }).toEqual(wanted)
