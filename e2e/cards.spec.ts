import { activityTable, openPage, removeAnn, watchAnn } from './steps.ts'
import {
  cardOf,
  configure,
  CONFERENCES_PATH,
  dialog,
  expect,
  expectRow,
  notices,
  panelOf,
  PARTICIPANTS_PATH,
  participantsTable,
  removeButton,
  rowOf,
  statusButton,
  test,
  type Tenant,
} from './support.ts'

// Some journeys wait for a timeout, and for what follows it.
test.describe.configure({ timeout: 90_000 })

const deletes = async (tenant: Tenant): Promise<readonly number[]> =>
  (await tenant.requests('DELETE', PARTICIPANTS_PATH)).map(({ status }) => status)

test('shows a DELETE that works after our timeout as not confirmed, then as gone, everywhere', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await configure(page, { requestTimeoutSeconds: 3, pollSeconds: 1 })
  const ann = await watchAnn(page, tenant)
  await statusButton(page, 'left').click()
  const path = `${PARTICIPANTS_PATH}/${ann.participant}`
  await tenant.fault({ path, method: 'DELETE', kind: 'slow', stage: 'before', ms: 12_000 })
  await removeAnn(page)
  const card = cardOf(page, 'Removal of Ann is not confirmed')
  await expect(card).toContainText('The server did not answer in time.')
  await expect(card.getByRole('alert')).toBeVisible()
  await expectRow(participantsTable(page), { Who: /^Ann/, Status: 'joined removal not confirmed' })
  await openPage(page, 'Activity')
  await expectRow(activityTable(page), { Who: /^Ann/, Result: 'not confirmed' })
  await expect(cardOf(page, 'Ann has left')).toBeVisible({ timeout: 40_000 })
  await expect(notices(page)).not.toContainText('was not removed')
  await expectRow(activityTable(page), { Who: /^Ann/, Result: /^not confirmed, but gone after/ })
  await page.goBack()
  await expectRow(participantsTable(page), { Who: /^Ann/, Status: /^left/ })
})

test('follows the record of a refused removal when it leaves all the same', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await configure(page, { pollSeconds: 1 })
  const ann = await watchAnn(page, tenant)
  const path = `${PARTICIPANTS_PATH}/${ann.participant}`
  await tenant.fault({ path, method: 'DELETE', kind: 'status', status: 400, count: 1 })
  await removeAnn(page)
  await expect(cardOf(page, 'Ann was not removed')).toBeVisible()
  await tenant.act('stick', { participant: ann.participant })
  await expect(cardOf(page, 'Removal of Ann is not confirmed')).toContainText('Still leaving.')
  await expectRow(participantsTable(page), { Who: /^Ann/, Status: 'leaving' })
  await openPage(page, 'Activity')
  await expectRow(activityTable(page), { Who: /^Ann/, Result: 'not confirmed, not gone yet' })
  await tenant.act('hang-up', { participant: ann.participant })
  await expect(cardOf(page, 'Ann has left')).toBeVisible()
  await expectRow(activityTable(page), { Who: /^Ann/, Result: /^not confirmed, but gone after/ })
})

test('shows a hang-up that works after our timeout as not confirmed, then as ended', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await configure(page, { requestTimeoutSeconds: 3, pollSeconds: 1 })
  const ann = await watchAnn(page, tenant)
  await tenant.act('kick-fails', { participant: ann.participant, how: 'returns', ms: 300 })
  await removeAnn(page)
  await participantsTable(page).getByRole('button', { name: 'Hang up Ann' }).click()
  const confirm = dialog(page).getByRole('button', { name: 'Hang up' })
  await expect(confirm).toBeEnabled()
  const path = `/v1.0/calls/${ann.call}/hangup`
  await tenant.fault({ path, method: 'POST', kind: 'slow', stage: 'before', ms: 8000 })
  await confirm.click()
  await expect(cardOf(page, 'Hanging up on Ann is not confirmed')).toBeVisible()
  await expect(cardOf(page, 'The call of Ann has ended')).toBeVisible({ timeout: 20_000 })
  await expect(notices(page)).not.toContainText('was not hung up')
})

test('shows the end of a conference that comes after our timeout as not confirmed, then as ended', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await configure(page, { requestTimeoutSeconds: 3, pollSeconds: 1 })
  await watchAnn(page, tenant)
  await page.getByRole('button', { name: 'End conference' }).click()
  const name = (await dialog(page).locator('bdi').last().textContent()) ?? ''
  await dialog(page)
    .getByLabel(/^Type the name/)
    .fill(name)
  const path = `${CONFERENCES_PATH}/${tenant.conference()}`
  await tenant.fault({ path, method: 'DELETE', kind: 'slow', stage: 'before', ms: 8000 })
  await dialog(page).getByRole('button', { name: 'End conference' }).click()
  await expect(cardOf(page, `The end of ${name} is not confirmed`)).toBeVisible()
  await expect(cardOf(page, `${name} has ended`)).toBeVisible({ timeout: 20_000 })
  await expect(notices(page)).not.toContainText('was not ended')
})

test('shows and announces a failed removal on another page, and offers it again there', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  const ann = await watchAnn(page, tenant)
  const path = `${PARTICIPANTS_PATH}/${ann.participant}`
  // Leaves time to open another page.
  await tenant.fault({ path, kind: 'slow', method: 'GET', ms: 2000, count: 1 })
  await tenant.fault({ path, method: 'DELETE', kind: 'status', status: 500, count: 1 })
  await removeAnn(page)
  await openPage(page, 'Conferences')
  const failed = cardOf(page, 'Ann was not removed')
  await expect(failed.getByRole('alert')).toContainText('The platform failed.')
  await expect(failed).toContainText(/HTTP 500 · INTERNAL · request req_/)
  await failed.getByRole('button', { name: 'Retry' }).click()
  await expect(cardOf(page, 'Ann has left')).toBeVisible()
  await expect(failed).toHaveCount(0)
  expect(await deletes(tenant)).toEqual([500, 200])
})

test('ignores a click on a Retry that has slid under a mouse at rest', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  const ann = await watchAnn(page, tenant)
  const path = `${PARTICIPANTS_PATH}/${ann.participant}`
  await tenant.fault({ path, method: 'DELETE', kind: 'status', status: 500, count: 1 })
  await removeAnn(page)
  const retry = cardOf(page, 'Ann was not removed').getByRole('button', { name: 'Retry' })
  await expect(retry).not.toHaveAttribute('aria-disabled')
  const box = await retry.boundingBox()
  if (!box) throw new Error('Retry is drawn')
  const slide = 60
  await page.mouse.move(box.x + 5, box.y + box.height / 2 - slide)
  const slidAt = await retry.evaluate((button, by) => {
    addEventListener('click', ({ timeStamp }) => Reflect.set(globalThis, 'pressedAt', timeStamp), {
      capture: true,
      once: true,
    })
    const card = button.closest('article')
    if (card) card.style.paddingBottom = `${12 + by}px`
    return performance.now()
  }, slide)
  await page.mouse.down()
  await page.mouse.up()
  const later = (await page.evaluate<number>('pressedAt')) - slidAt
  // On a machine that stalls, the pause is over before the click.
  test.skip(later > 400, `the press came ${later} ms later`)
  await tenant.asked(1)
  expect(await deletes(tenant)).toEqual([500])
  await page.mouse.move(box.x + 8, box.y + box.height / 2 - slide)
  await page.mouse.down()
  await page.mouse.up()
  await expect(cardOf(page, 'Ann has left')).toBeVisible()
  expect(await deletes(tenant)).toEqual([500, 200])
})

test('says everywhere that a participant is still connected past the limit, and offers to hang up', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await configure(page, { removalLimitSeconds: 2 })
  const ann = await watchAnn(page, tenant)
  await tenant.act('kick-fails', { participant: ann.participant, how: 'silent' })
  await removeAnn(page)
  await openPage(page, 'Activity')
  const card = cardOf(page, 'Ann is still connected')
  await expect(card.getByRole('alert')).toContainText('hang up the call')
  await expectRow(activityTable(page), { Who: /^Ann/, Result: 'still connected' })
  await card.getByRole('link', { name: 'Open Ann to hang up' }).click()
  await expect(panelOf(page, 'Ann').getByRole('button', { name: 'Hang up Ann' })).toBeVisible()
  await expectRow(participantsTable(page), { Who: /^Ann/, Status: 'still connected' })
})

test('shows a participant back from leaving as still connected in the row, the card and the activity', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await configure(page, { pollSeconds: 1 })
  const ann = await watchAnn(page, tenant)
  await tenant.act('kick-fails', { participant: ann.participant, how: 'returns', ms: 1000 })
  await removeAnn(page)
  await expectRow(participantsTable(page), {
    Who: /^Ann/,
    Status: 'joined still connected back from leaving',
  })
  await expect(cardOf(page, 'Ann is still connected')).toBeVisible()
  await openPage(page, 'Activity')
  await expectRow(activityTable(page), { Who: /^Ann/, Result: 'still connected' })
})

test('removes a card of success by itself, but not under the pointer or the focus', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await watchAnn(page, tenant)
  await removeAnn(page)
  const card = cardOf(page, 'Ann has left')
  await card.hover()
  const isFading = () => card.evaluate((one) => one.getAnimations().length)
  expect(await isFading()).toBe(0)
  await card.getByRole('button', { name: 'Dismiss: Ann has left' }).focus()
  await page.mouse.move(1, 1)
  expect(await isFading()).toBe(0)
  await page.getByRole('searchbox', { name: 'Filter participants' }).focus()
  await expect.poll(isFading).toBe(1)
  await expect(card).toHaveCount(0)
  await page.reload()
  await expect(statusButton(page, 'left')).toHaveAccessibleName('left 1')
  await expect(notices(page)).toBeAttached()
  await expect(card).toHaveCount(0)
})

test('removes a card of success by itself where reduced motion is set', async ({
  newBrowser,
  newTenant,
}) => {
  const page = await newBrowser({ reducedMotion: 'reduce' })
  const tenant = await newTenant()
  await watchAnn(page, tenant)
  await removeAnn(page)
  await page.mouse.move(1, 1)
  await page.getByRole('searchbox', { name: 'Filter participants' }).focus()
  await expect(cardOf(page, 'Ann has left')).toBeVisible()
  await expect(cardOf(page, 'Ann has left')).toHaveCount(0)
})

test('offers to undo a removal of one where the installation sets a grace', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await configure(page, { singleGraceSeconds: 30 })
  await watchAnn(page, tenant)
  await removeButton(page).click()
  await expect(dialog(page)).toContainText('You have 30 s to undo.')
  await dialog(page).getByRole('button', { name: 'Remove' }).click()
  const card = cardOf(page, 'Removing Ann')
  await expect(card).toContainText(/Sending in \d+ s/)
  await expectRow(participantsTable(page), { Who: /^Ann/, Status: 'joined removal pending' })
  await card.getByRole('button', { name: 'Undo' }).click()
  await expect(cardOf(page, 'Removal of Ann was undone')).toBeVisible()
  await expectRow(participantsTable(page), { Who: /^Ann/, Status: 'joined' })
  expect(await deletes(tenant)).toEqual([])
  await removeAnn(page)
  await cardOf(page, 'Removing Ann').getByRole('button', { name: 'Send now' }).click()
  await expect(cardOf(page, 'Ann has left')).toBeVisible()
  await expect(rowOf(participantsTable(page), /^Ann/)).toBeHidden()
  expect(await deletes(tenant)).toEqual([200])
})
