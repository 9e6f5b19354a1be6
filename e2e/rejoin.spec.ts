import {
  conferencesTable,
  expect,
  expectRow,
  panelOf,
  participantsTable,
  rowOf,
  signIn,
  test,
  type Locator,
  type Page,
} from './support.ts'

// A change shows as soon as it is polled: a short interval saves the wait.
test.use({ settings: { pollSeconds: 1 } })

const cameBack = (page: Page): Locator =>
  page.getByRole('button', { name: /came back after removal$/ })

async function removeAnn(page: Page): Promise<void> {
  await participantsTable(page).getByRole('button', { name: 'Remove Ann' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click()
  await expect(rowOf(participantsTable(page), /^Ann/)).toBeHidden()
}

test('marks a participant that dials in again after a removal, each time louder, and finds it', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  const [ann] = await tenant.dialInAll('Ann', 'Bob')
  await signIn(page, tenant, tenant.page())
  await expectRow(participantsTable(page), { Who: /^Ann \+\d+$/ })
  await expect(cameBack(page)).toBeHidden()
  await removeAnn(page)
  const back = await tenant.act<{ participant: string }>('dial-back', {
    participant: ann?.participant,
  })
  await expectRow(participantsTable(page), { Who: /^Ann \+\d+ came back, removed \d+ s ago$/ })
  await expect(cameBack(page)).toHaveText('1 came back after removal')
  // The seconds count on.
  const mark = rowOf(participantsTable(page), /^Ann/).getByText(/removed \d+ s ago/)
  const before = await mark.innerText()
  await expect(mark).not.toHaveText(before)
  await cameBack(page).click()
  await expect(page.getByRole('searchbox', { name: 'Filter participants' })).toHaveValue(
    'came-back',
  )
  await expect(participantsTable(page)).toHaveAttribute('aria-rowcount', '1')
  await cameBack(page).click()
  await expect(participantsTable(page)).toHaveAttribute('aria-rowcount', '2')

  await removeAnn(page)
  await expect(cameBack(page)).toBeHidden()
  await tenant.act('dial-back', { participant: back.participant })
  await expectRow(participantsTable(page), {
    Who: /^Ann \+\d+ came back, removed \d+ s ago, second time$/,
  })
  await page.getByRole('link', { name: 'Ann' }).click()
  await expect(panelOf(page, 'Ann').getByText(/removed \d+ s ago, second time/)).toBeVisible()
})

test('marks it in another conference too, and in the list of conferences', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant({ conferences: 2 })
  const ann = await tenant.dialIn({ name: 'Ann', number: '+1 (555) 123-0001' })
  await tenant.dialIn({ name: 'Bob', number: '+15551230002', conference: tenant.conference(1) })
  await signIn(page, tenant, tenant.page())
  await removeAnn(page)
  // The same number in another notation, under another name, with another call.
  await tenant.dialIn({ name: 'Zoe', number: '+15551230001', conference: tenant.conference(1) })
  expect(ann.conference).toBe(tenant.conference())
  await page.goto(tenant.page(1))
  await expectRow(participantsTable(page), { Who: /^Zoe .* came back, removed/ })
  await expectRow(participantsTable(page), { Who: /^Bob \+15551230002$/ })
  await page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link').click()
  await expect(conferencesTable(page).getByText('1 came back')).toBeVisible()
  await page.getByRole('searchbox', { name: 'Filter conferences' }).fill('came back')
  await expect(conferencesTable(page)).toHaveAttribute('aria-rowcount', '1')
})

test('marks neither a second line that was there nor a participant that another tool removed', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  const [ann, bob] = await tenant.dialInAll('Ann', 'Bob')
  const number = '+15551230009'
  await tenant.dialIn({ name: 'Cleo', number })
  await tenant.dialIn({ name: 'Cleo two', number })
  await signIn(page, tenant, tenant.page())
  await participantsTable(page)
    .getByRole('button', { name: /^Remove Cleo(,|$)/ })
    .click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click()
  await expect(rowOf(participantsTable(page), /^Cleo \+/)).toBeHidden()
  await tenant.act('hang-up', { participant: bob?.participant })
  await tenant.act('dial-back', { participant: bob?.participant })
  await tenant.asked(2)
  await expectRow(participantsTable(page), { Who: /^Cleo two \+\d+$/ })
  await expectRow(participantsTable(page), { Who: /^Bob \+\d+$/ })
  await expect(cameBack(page)).toBeHidden()
  // A real return is marked on the same page.
  await removeAnn(page)
  await tenant.act('dial-back', { participant: ann?.participant })
  await expect(cameBack(page)).toHaveText('1 came back after removal')
})

test('the list shows returns after a reload, and claims nothing before they are known', async ({
  page,
  newTenant,
}) => {
  test.setTimeout(90_000)
  const tenant = await newTenant()
  const ann = await tenant.dialIn({ name: 'Ann' })
  await signIn(page, tenant, tenant.page())
  await removeAnn(page)
  await tenant.act('dial-back', { participant: ann.participant })
  const calls = { path: '/v1.0/calls*', kind: 'status', status: 503 }
  await tenant.fault(calls)
  await page.goto('/conferences')
  await expect(conferencesTable(page).getByText('not known yet came back')).toBeVisible()
  await tenant.clearFaults()
  await expect(conferencesTable(page).getByText('1 came back')).toBeVisible({ timeout: 40_000 })
})
