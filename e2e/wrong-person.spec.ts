import {
  dialog,
  expect,
  PARTICIPANTS_PATH,
  participantsTable,
  signIn,
  test,
  type Page,
} from './support.ts'

/** A number from 0 to 1, the same each time: mulberry32. */
function dice(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Whose row is under a point of the page, and whether he can be removed. */
const whoIsAt = (page: Page, x: number, y: number) =>
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

/** Whether the question opens; it does not when who is aimed at is on his way out by now. */
const opens = (page: Page): Promise<boolean> =>
  dialog(page)
    .waitFor({ timeout: 2000 })
    .then(
      () => true,
      () => false,
    )

/** Where the button of the row at some place is just now; null when that row has none. */
const boxOfRemove = (page: Page, index: number) =>
  page.evaluate((at) => {
    const rows = document.querySelectorAll('tbody tr:not([aria-hidden])')
    const box = rows[at]?.querySelector('button[aria-label^=Remove]')?.getBoundingClientRect()
    return box ? { x: box.x, y: box.y, width: box.width, height: box.height } : null
  }, index)

/** How many have come to the conference, by the page's own count; each of them moves all the others. */
const arrivals = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const buttons = [...document.querySelectorAll('fieldset[aria-label=Status] button')]
    return buttons.reduce((sum, { textContent }) => sum + Number(/\d+$/.exec(textContent)?.[0]), 0)
  })

/** Waits until so many more have come. */
async function letCome(page: Page, count: number): Promise<void> {
  const wanted = (await arrivals(page)) + count
  while ((await arrivals(page)) < wanted) {
    // Asks again: each question is a turn of the page.
  }
}

/** What went otherwise than asked is told in a corner, over the rows: it has been read. */
const dismissNotices = (page: Page): Promise<void> =>
  page.evaluate(() => {
    for (const one of document.querySelectorAll<HTMLElement>('[aria-label^="Dismiss:"]'))
      one.click()
  })

const TRIES = 50

/** What can be pressed, or says why not. */
const ANSWERABLE = ':not([aria-disabled]), [aria-description]'

// A trace takes a picture of the document at each step: most of the time would go there.
test.use({ trace: 'off' })

test.describe('in a world that never stands still', () => {
  // Less to draw, more tries.
  test.use({ viewport: { width: 900, height: 720 } })

  for (const seed of [1, 2, 3, 4]) {
    test(`${TRIES} times: who is aimed at is asked about and removed, nobody else (${seed})`, async ({
      page,
      newTenant,
    }) => {
      // Half a second a try until a question can be answered, on a machine that may be slow.
      test.setTimeout(300_000)
      // Some four come and some four go each second, the newest on top: every row moves all the time.
      const tenant = await newTenant({ live: 60, rate: 30, seed, push: true })
      await tenant.push({ conferencecallEvents: true })
      await signIn(page, tenant, tenant.page())
      await expect(participantsTable(page).getByRole('row').nth(20)).toBeVisible()
      const next = dice(seed)
      const aimedAt = new Set<string>()
      let confirmed = 0
      while (aimedAt.size < TRIES) {
        // One that was so late that nobody waited for it any more.
        if (await dialog(page).isVisible()) await page.keyboard.press('Escape')
        await dismissNotices(page)
        // Away from the rows, so that they catch up.
        await page.mouse.move(1, 1)
        // Where some row's button is just now; who is there by then is whoever is there.
        const box = await boxOfRemove(page, Math.floor(next() * 10))
        if (!box) continue
        const [x, y] = [box.x + next() * box.width, box.y + next() * box.height]
        await page.mouse.move(x, y)
        const who = await whoIsAt(page, x, y)
        if (!who) continue
        await letCome(page, Math.floor(next() * 3))
        if ((await whoIsAt(page, x, y))?.isOver) continue
        await page.mouse.down()
        await page.mouse.up()
        if (!(await opens(page))) continue
        // As he is called by now: who calls is at times known later than that somebody does.
        const label = await page.locator(`[id="who-${who.id}"]`).textContent()
        await expect(dialog(page).getByRole('heading', { level: 2 })).toContainText(`${label}?`)
        aimedAt.add(who.id)
        // Who has left by now cannot be confirmed: the button does nothing. Who came back is offered a hang-up.
        const confirm = dialog(page).getByRole('button', { name: 'Remove', exact: true })
        if (await confirm.isVisible()) {
          // By then a press is no longer taken for the one that opened the question.
          await expect(confirm.and(page.locator(ANSWERABLE))).toBeVisible()
          await confirm.click({ force: true })
        }
        if (await dialog(page).isVisible()) await page.keyboard.press('Escape')
        else confirmed++
        await expect(dialog(page)).toBeHidden()
      }
      expect(confirmed, 'tries in which somebody was confirmed').toBeGreaterThan(TRIES / 4)
      const paths = (await tenant.requests('DELETE', PARTICIPANTS_PATH)).map(({ path }) => path)
      expect(paths.length, 'removals that were sent').toBeGreaterThan(TRIES / 8)
      const wrong = paths.filter((path) => !aimedAt.has(path.slice(PARTICIPANTS_PATH.length + 1)))
      expect(wrong, 'removals of somebody who was not aimed at').toEqual([])
    })
  }
})
