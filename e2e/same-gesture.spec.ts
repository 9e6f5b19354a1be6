import {
  configure,
  CONFERENCES_PATH,
  dialog,
  expect,
  expectRow,
  INTERVALS,
  PARTICIPANTS_PATH,
  participantsTable,
  removeButton,
  signIn,
  test,
  type Locator,
  type Page,
  type Tenant,
} from './support.ts'

// A change shows as soon as it is polled: a short interval saves the wait.
test.use({ settings: { pollSeconds: 1 } })

// Each test asks five questions on a machine that may be busy.
test.describe.configure({ timeout: 120_000 })

/** A question that is asked before something irreversible. */
interface Question {
  readonly name: string
  /** Brings the button that opens the question on the screen. */
  readonly prepare: (page: Page, tenant: Tenant) => Promise<Locator>
  readonly confirm: string
  /** Fills in the text that the question wants, if any. */
  readonly fill?: (page: Page) => Promise<void>
  /** How many requests the answer has sent. */
  readonly done: (page: Page, tenant: Tenant) => Promise<number>
}

/** Opens the page of a conference with Ann and Bob, with the panel open. */
async function openPanel(page: Page, tenant: Tenant): Promise<void> {
  const [ann] = await tenant.dialInAll('Ann', 'Bob')
  await signIn(page, tenant, `${tenant.page()}?participant=${ann?.participant}`)
  await expect(page.getByRole('complementary', { name: 'Participant Ann' })).toBeVisible()
}

/** Closes the panel where it covers the rows: below 768 px. */
async function closePanelWhereItCovers(page: Page): Promise<void> {
  if ((page.viewportSize()?.width ?? 0) < 768)
    await page.getByRole('button', { name: 'Close' }).click()
}

const sent = async (tenant: Tenant, method: string, path: string): Promise<number> =>
  (await tenant.requests(method, path)).length

const QUESTIONS: readonly Question[] = [
  {
    name: 'the removal of one',
    prepare: async (page, tenant) => {
      await openPanel(page, tenant)
      await closePanelWhereItCovers(page)
      return removeButton(page, 'Bob')
    },
    confirm: 'Remove',
    done: (_page, tenant) => sent(tenant, 'DELETE', PARTICIPANTS_PATH),
  },
  {
    name: 'the removal of many',
    prepare: async (page, tenant) => {
      await openPanel(page, tenant)
      await closePanelWhereItCovers(page)
      await page.getByRole('checkbox', { name: /^Select all/ }).click()
      return page.getByRole('button', { name: 'Remove selected (2)' })
    },
    confirm: 'Remove 2',
    done: async (page) => page.getByRole('article', { name: /2$|2 participants$/ }).count(),
  },
  {
    name: 'a hang-up',
    prepare: async (page, tenant) => {
      const ann = await tenant.dialIn({ name: 'Ann' })
      await tenant.act('kick-fails', { participant: ann.participant, how: 'returns', ms: 300 })
      await signIn(page, tenant, tenant.page())
      await removeButton(page).click()
      await dialog(page).getByRole('button', { name: 'Remove' }).click()
      const button = participantsTable(page).getByRole('button', { name: 'Hang up Ann' })
      await expect(button).toBeVisible()
      return button
    },
    confirm: 'Hang up',
    done: (_page, tenant) => sent(tenant, 'POST', '/v1.0/calls'),
  },
  {
    name: 'the end of a conference',
    prepare: async (page, tenant) => {
      await openPanel(page, tenant)
      await closePanelWhereItCovers(page)
      return page.getByRole('button', { name: 'End conference' })
    },
    confirm: 'End conference',
    fill: async (page) => {
      const name = (await dialog(page).locator('bdi').last().textContent()) ?? ''
      await dialog(page)
        .getByLabel(/^Type the name/)
        .fill(name)
    },
    done: (_page, tenant) => sent(tenant, 'DELETE', `${CONFERENCES_PATH}/`),
  },
  {
    name: 'clearing the activity',
    prepare: async (page, tenant) => {
      await tenant.dialIn({ name: 'Ann' })
      await signIn(page, tenant, tenant.page())
      await removeButton(page).click()
      await dialog(page).getByRole('button', { name: 'Remove' }).click()
      await page.getByRole('link', { name: 'Activity' }).click()
      await expectRow(page.getByRole('table', { name: 'Activity' }), {
        Who: /^Ann/,
        Result: /^gone/,
      })
      return page.getByRole('button', { name: 'Clear activity' })
    },
    confirm: 'Clear',
    done: async (page) =>
      1 - (await page.getByRole('table', { name: 'Activity' }).getByRole('rowheader').count()),
  },
]

const confirmButton = (page: Page, { confirm }: Question): Locator =>
  dialog(page).getByRole('button', { name: confirm, exact: true })

async function middleOf(one: Locator): Promise<{ x: number; y: number }> {
  const box = await one.boundingBox()
  if (!box) throw new Error('it is not on the screen')
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

/** Milliseconds between two presses of one gesture, by the stamps of the events: a busy machine does not stretch it. */
const APART = 150

/** Two taps in a row, the second one at another place. */
async function tapTwice(page: Page, ...places: ReadonlyArray<{ x: number; y: number }>) {
  const browser = await page.context().newCDPSession(page)
  const start = Date.now() / 1000
  for (const [index, place] of places.entries()) {
    const timestamp = start + (index * APART) / 1000
    const touch = (type: 'touchStart' | 'touchEnd', touchPoints: { x: number; y: number }[]) =>
      browser.send('Input.dispatchTouchEvent', { type, touchPoints, timestamp })
    await touch('touchStart', [place])
    await touch('touchEnd', [])
  }
}

/** Presses the space bar so many times in a row. */
async function pressSpace(page: Page, times: number) {
  const browser = await page.context().newCDPSession(page)
  const key = { key: ' ', code: 'Space', windowsVirtualKeyCode: 32 }
  const start = Date.now() / 1000
  for (let time = 0; time < times; time++) {
    const timestamp = start + (time * APART) / 1000
    await browser.send('Input.dispatchKeyEvent', { type: 'keyDown', text: ' ', timestamp, ...key })
    await browser.send('Input.dispatchKeyEvent', { type: 'keyUp', timestamp, ...key })
  }
}

/** Opens the question and leaves it. @returns where its button to confirm comes to lie */
async function look(page: Page, question: Question, opener: Locator) {
  await opener.click()
  await question.fill?.(page)
  await expect(confirmButton(page, question)).toBeEnabled()
  const to = await middleOf(confirmButton(page, question))
  await page.keyboard.press('Escape')
  await expect(dialog(page)).toHaveCount(0)
  return { from: await middleOf(opener), to }
}

/** Asserts that the question is open and unanswered, and leaves it. */
async function expectUnanswered(page: Page, tenant: Tenant, question: Question): Promise<void> {
  await expect(dialog(page)).toBeVisible()
  expect(await question.done(page, tenant)).toBe(0)
  await page.keyboard.press('Escape')
  await expect(dialog(page)).toHaveCount(0)
}

/** Asserts that an intended press confirms. */
async function answer(page: Page, tenant: Tenant, question: Question, opener: Locator) {
  await opener.click()
  await question.fill?.(page)
  await confirmButton(page, question).click()
  await expect.poll(() => question.done(page, tenant), { intervals: INTERVALS }).toBe(1)
}

const SIZES = [
  { width: 1366, height: 768 },
  { width: 320, height: 640 },
]

for (const question of QUESTIONS) {
  for (const viewport of SIZES) {
    test(`clicks in a row leave ${question.name} unanswered at ${viewport.width} px`, async ({
      page,
      newTenant,
    }) => {
      await page.setViewportSize(viewport)
      const tenant = await newTenant()
      const opener = await question.prepare(page, tenant)
      const { from, to } = await look(page, question, opener)
      for (const clicks of [2, 3]) {
        await page.mouse.move(from.x, from.y)
        await page.mouse.down({ clickCount: 1 })
        await page.mouse.up({ clickCount: 1 })
        await page.mouse.move(to.x, to.y)
        for (let clickCount = 2; clickCount <= clicks; clickCount++) {
          await page.mouse.down({ clickCount })
          await page.mouse.up({ clickCount })
        }
        await expectUnanswered(page, tenant, question)
      }
      await answer(page, tenant, question, opener)
    })
  }

  test(`a double tap leaves ${question.name} unanswered`, async ({ newBrowser, newTenant }) => {
    const page = await newBrowser({ hasTouch: true, viewport: { width: 390, height: 700 } })
    const tenant = await newTenant()
    const opener = await question.prepare(page, tenant)
    const { from, to } = await look(page, question, opener)
    await tapTwice(page, from, to)
    await expectUnanswered(page, tenant, question)
    await answer(page, tenant, question, opener)
  })

  test(`a key held or quickly repeated opens ${question.name} and does no more`, async ({
    page,
    newTenant,
  }) => {
    const tenant = await newTenant()
    const opener = await question.prepare(page, tenant)
    await opener.focus()
    // A key that is already down is sent again as a repetition.
    for (let times = 0; times < 10; times++) await page.keyboard.down('Enter')
    await confirmButton(page, question).focus()
    for (let times = 0; times < 10; times++) await page.keyboard.down('Enter')
    await page.keyboard.up('Enter')
    await expectUnanswered(page, tenant, question)
    await opener.focus()
    await pressSpace(page, 3)
    await expectUnanswered(page, tenant, question)
    await answer(page, tenant, question, opener)
  })
}

test('a second press of a key answers at once: the keyboard is not slowed', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await tenant.dialIn({ name: 'Ann' })
  await signIn(page, tenant, tenant.page())
  await removeButton(page).focus()
  await page.keyboard.press('Enter')
  await expect(dialog(page)).toBeVisible()
  for (const key of ['Tab', 'Enter']) await page.keyboard.press(key)
  await expect
    .poll(() => sent(tenant, 'DELETE', PARTICIPANTS_PATH), { intervals: INTERVALS })
    .toBe(1)
})

test('a click without pointer and key, as assistive technology sends it, answers', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await tenant.dialIn({ name: 'Ann' })
  await signIn(page, tenant, tenant.page())
  // The second click comes in the moment in which the question opens.
  await removeButton(page).evaluate(async (button: HTMLElement) => {
    const opened = new Promise<HTMLElement>((resolve) => {
      const observer = new MutationObserver(() => {
        const confirm = document.querySelector<HTMLElement>('dialog[open] [type=submit]')
        if (confirm) resolve(confirm)
      })
      observer.observe(document, { subtree: true, childList: true, attributes: true })
    })
    button.click()
    const confirm = await opened
    confirm.click()
  })
  const confirm = dialog(page).getByRole('button', { name: 'Remove' })
  await expect(dialog(page)).toBeVisible()
  await expect(confirm).toBeEnabled()
  await confirm.evaluate((button: HTMLElement) => button.click())
  await expect
    .poll(() => sent(tenant, 'DELETE', PARTICIPANTS_PATH), { intervals: INTERVALS })
    .toBe(1)
})

test('clicks that go on after the confirmation of many do not end the time to undo', async ({
  page,
  newTenant,
}) => {
  const tenant = await newTenant()
  await configure(page, { graceSeconds: 60 })
  await tenant.dialInAll('Ann', 'Bob')
  await signIn(page, tenant, tenant.page())
  const ask = async () => {
    await page.getByRole('checkbox', { name: /^Select all/ }).click()
    await page.getByRole('button', { name: 'Remove selected (2)' }).click()
    const confirm = dialog(page).getByRole('button', { name: 'Remove 2' })
    await expect(confirm).toBeEnabled()
    return middleOf(confirm)
  }
  const confirm = await ask()
  await page.mouse.click(confirm.x, confirm.y)
  await expect(page.getByRole('button', { name: 'Send now' })).toBeVisible()
  const sendNow = await middleOf(page.getByRole('button', { name: 'Send now' }))
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByRole('button', { name: /^Dismiss/ }).click()
  await ask()
  await page.mouse.click(confirm.x, confirm.y)
  await expect(page.getByRole('button', { name: 'Send now' })).toBeVisible()
  await page.mouse.move(sendNow.x, sendNow.y)
  for (const clickCount of [2, 3]) {
    await page.mouse.down({ clickCount })
    await page.mouse.up({ clickCount })
  }
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText(/2 undone/)).toBeVisible()
  expect(await sent(tenant, 'DELETE', PARTICIPANTS_PATH)).toBe(0)
})
