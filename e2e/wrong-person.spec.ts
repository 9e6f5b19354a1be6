import {
  dialog,
  expect,
  PARTICIPANTS_PATH,
  participantsTable,
  signIn,
  test,
  type Page,
  type Tenant,
} from './support.ts'

/** Numbers from 0 to 1, the same for the same seed: mulberry32. */
function dice(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** The participant whose row is under a point of the page, and whether its removal is over or impossible. */
const participantAt = (page: Page, x: number, y: number) =>
  page.evaluate(
    ([left, top]) => {
      const row = document.elementFromPoint(left, top)?.closest('tr')
      const link = row?.querySelector('th a')
      if (!row || !link) return null
      const isOver = row.querySelector('button[aria-label^=Remove][aria-disabled]') !== null
      return { id: link.id.replace('who-', ''), isOver }
    },
    [x, y] as const,
  )

/** Whether the question opens; it does not when the participant is leaving by now. */
const opens = (page: Page): Promise<boolean> =>
  dialog(page)
    .waitFor({ timeout: 2000 })
    .then(
      () => true,
      () => false,
    )

/**
 * Dismisses the cards over the rows, and takes the keyboard focus away, which holds the rows after an answer by key.
 *
 * @returns where the button of the row at an index is now; null without one
 */
const boxOfRemove = (page: Page, index: number) =>
  page.evaluate((at) => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    for (const one of document.querySelectorAll<HTMLElement>('[aria-label^="Dismiss:"]'))
      one.click()
    const rows = document.querySelectorAll('tbody tr:not([aria-hidden])')
    const box = rows[at]?.querySelector('button[aria-label^=Remove]')?.getBoundingClientRect()
    return box ? { x: box.x, y: box.y, width: box.width, height: box.height } : null
  }, index)

/** How many participants have come to the conference, by the page's own counts; each one moves all other rows. */
const arrivals = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const buttons = [...document.querySelectorAll('fieldset[aria-label=Status] button')]
    return buttons.reduce((sum, { textContent }) => sum + Number(/\d+$/.exec(textContent)?.[0]), 0)
  })

/** Waits until so many more participants have come. */
async function letCome(page: Page, count: number): Promise<void> {
  if (count === 0) return
  const wanted = (await arrivals(page)) + count
  await expect.poll(() => arrivals(page), { intervals: [50] }).toBeGreaterThanOrEqual(wanted)
}

/** A button that can be pressed, or that says why not. */
const ANSWERABLE = ':not([aria-disabled]), [aria-description]'

/** Aims at the button of some row and presses it. @returns the participant that was under the pointer; null for none */
async function aim(page: Page, next: () => number): Promise<string | null> {
  // Away from the rows, so that they catch up.
  await page.mouse.move(1, 1)
  const box = await boxOfRemove(page, Math.floor(next() * 10))
  if (!box) return null
  // By the time the mouse is there, the row may be another one.
  const [x, y] = [box.x + next() * box.width, box.y + next() * box.height]
  await page.mouse.move(x, y)
  const aimed = await participantAt(page, x, y)
  if (!aimed) return null
  await letCome(page, Math.floor(next() * 3))
  if ((await participantAt(page, x, y))?.isOver) return null
  await page.mouse.down()
  await page.mouse.up()
  return aimed.id
}

/** Confirms the open question, or leaves it where it cannot be confirmed any more. @returns whether it was confirmed */
async function confirm(page: Page, by: 'pointer' | 'key'): Promise<boolean> {
  // A participant that has left by now cannot be confirmed; for one that came back a hang-up is offered.
  const button = dialog(page).getByRole('button', { name: 'Remove', exact: true })
  if (by === 'key' && (await button.isVisible())) await button.press('Enter')
  if (by === 'pointer' && (await button.isVisible())) {
    // By then a press is no longer taken for the one that opened the question.
    await expect(button.and(page.locator(ANSWERABLE))).toBeVisible()
    await button.click({ force: true })
  }
  const isConfirmed = !(await dialog(page).isVisible())
  if (!isConfirmed) await page.keyboard.press('Escape')
  await expect(dialog(page)).toBeHidden()
  return isConfirmed
}

/** So many questions about different participants. @returns the ids aimed at, and how many were confirmed */
async function tryAll(page: Page, seed: number, count: number) {
  const next = dice(seed)
  const aimedAt = new Set<string>()
  let confirmed = 0
  let isLate = false
  for (let tries = 0; aimedAt.size < count && tries < 4 * count; tries++) {
    // A question that opened too late for `opens`.
    if (isLate && (await dialog(page).isVisible())) await page.keyboard.press('Escape')
    const id = await aim(page, next)
    if (id === null) continue
    isLate = !(await opens(page))
    if (isLate) continue
    // Read now: the name of a caller may come later than its row.
    const label = await page.locator(`[id="who-${id}"]`).textContent()
    await expect(dialog(page).getByRole('heading', { level: 2 })).toContainText(`${label}?`)
    aimedAt.add(id)
    // A pointer has to wait half a second for its answer, a key has not.
    if (await confirm(page, aimedAt.size % 5 === 0 ? 'pointer' : 'key')) confirmed++
  }
  expect(aimedAt.size, 'tries in which the question opened').toBe(count)
  return { aimedAt, confirmed }
}

/** The participants that the server was asked to remove. */
const removed = async (tenant: Tenant): Promise<readonly string[]> =>
  (await tenant.requests('DELETE', PARTICIPANTS_PATH)).map(({ path }) =>
    path.slice(PARTICIPANTS_PATH.length + 1),
  )

const TRIES = 25

// A trace takes a picture of the document at each step, which would take most of the time.
test.use({ trace: 'off' })

test.describe('in a world that never stands still', () => {
  // A small screen has less to draw, which leaves time for more tries.
  test.use({ viewport: { width: 900, height: 720 } })

  // Two hundred tries in all, so short that the last test leaves no worker idle for long.
  for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
    test(`in ${TRIES} tries, the participant aimed at is asked about and removed, no other (${seed})`, async ({
      page,
      newTenant,
    }) => {
      test.setTimeout(150_000)
      // Some four come and some four go each second, the newest on top: every row moves all the time.
      const tenant = await newTenant({ live: 60, rate: 30, seed, push: true })
      await tenant.push({ conferencecallEvents: true })
      await signIn(page, tenant, tenant.page())
      await expect(participantsTable(page).getByRole('row').nth(20)).toBeVisible()
      const { aimedAt, confirmed } = await tryAll(page, seed, TRIES)
      expect(confirmed, 'tries that were confirmed').toBeGreaterThan(TRIES / 4)
      const ids = await removed(tenant)
      expect(ids.length, 'removals that were sent').toBeGreaterThan(TRIES / 8)
      expect(
        ids.filter((id) => !aimedAt.has(id)),
        'removals of participants that were not aimed at',
      ).toEqual([])
    })
  }
})
