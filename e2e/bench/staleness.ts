import { setTimeout as pause } from 'node:timers/promises'
import type { BrowserContext, Page } from '@playwright/test'
import {
  atMost,
  quantile,
  type Bench,
  type Measurement,
  type Tenant,
  type Truth,
} from './harness.ts'

const PUSHED = 40
const JOINING = 40
const POLLED = 12
const FOLLOWED = 40
/** `pollSeconds` as it is unless an installation sets it. Milliseconds. */
const INTERVAL = 3000
const PAINT = 300
/** No event of a conference tells of joining: a frame of the call leads to the newest page. */
const JOINING_PAINT = 1000
/** Frames a second about calls that have nothing to do with conferences. */
const OTHER_FRAMES = 50
const FOLLOWING = 200
const PATIENCE = 60_000

/** When each page first showed a participant in a status: milliseconds since the epoch by "id status". */
type Paints = Map<Page, Map<string, number>>

/** A participant and its new status, and when the server recorded the change. */
interface Change {
  /** As in `Paints`. */
  readonly key: string
  /** Milliseconds since the epoch. */
  readonly at: number
}

/** The age of the screen: from a change of the server's record to the frame that shows it. */
export async function staleness(bench: Bench): Promise<readonly Measurement[]> {
  const pushed = await follow(bench)
  const joining = await watchJoining(bench, 0)
  const busy = await watchJoining(bench, OTHER_FRAMES)
  const polled = await poll(bench)
  return [
    atMost(
      `server change to painted row, push, p95 of ${PUSHED}`,
      quantile(pushed.ages, 0.95),
      PAINT,
      'ms',
      `, half within ${quantile(pushed.ages).toFixed(0)} ms`,
    ),
    atMost(
      `server change to painted row: joining, push healthy, p95 of ${JOINING}`,
      quantile(joining, 0.95),
      JOINING_PAINT,
      'ms',
      `, half within ${quantile(joining).toFixed(0)} ms`,
    ),
    atMost(
      `the same while other calls make ${OTHER_FRAMES} frames a second`,
      quantile(busy, 0.95),
      JOINING_PAINT,
      'ms',
      `, half within ${quantile(busy).toFixed(0)} ms`,
    ),
    atMost(
      `server change to painted row, poll every 3 s, longest of ${POLLED}`,
      Math.max(...polled),
      INTERVAL + PAINT,
      'ms',
      `, half within ${quantile(polled).toFixed(0)} ms`,
    ),
    atMost(
      `row painted by the leading tab, then by one that follows, p95 of ${FOLLOWED}`,
      quantile(pushed.lags, 0.95),
      FOLLOWING,
      'ms',
      `, half within ${quantile(pushed.lags).toFixed(0)} ms`,
    ),
  ]
}

/** With push: the ages in one tab alone, then how much later a second one paints. */
async function follow(bench: Bench): Promise<{ ages: readonly number[]; lags: readonly number[] }> {
  const tenant = await bench.createTenant({ conferences: 1, live: 20 })
  const { context, paints, newTab } = await watchedTabs(bench, tenant)
  const leader = await newTab('Live.')
  const ages: number[] = []
  const lags: number[] = []
  for await (const { key, at } of changes(bench, tenant, PUSHED, () => between(500, 1500)))
    ages.push((await painted(bench, tenant, paints.get(leader), key)) - at)
  const follower = await newTab('Live.')
  for await (const { key } of changes(bench, tenant, FOLLOWED, () => between(500, 1500))) {
    const first = await painted(bench, tenant, paints.get(leader), key)
    lags.push((await painted(bench, tenant, paints.get(follower), key)) - first)
  }
  await context.close()
  return { ages, lags }
}

/** With push: the ages of those that are joining, while other calls make so many frames a second. */
async function watchJoining(bench: Bench, framesPerSecond: number): Promise<readonly number[]> {
  const tenant = await bench.createTenant({ conferences: 1, live: 20 })
  await bench.control(tenant, 'act', { act: 'other-calls', framesPerSecond })
  const { context, paints, newTab } = await watchedTabs(bench, tenant)
  const tab = await newTab('Live.')
  const ages: number[] = []
  for (let n = 0; n < JOINING; n++) {
    await pause(between(500, 1500))
    // Before it happens: no event tells the time of the record.
    const at = Date.now()
    const { participant } = await bench.control<{ participant: string }>(tenant, 'act', {
      act: 'dial-in',
      conference: tenant.conferences[0]?.id,
      name: `Caller ${n}`,
      hold: true,
    })
    ages.push((await painted(bench, tenant, paints.get(tab), `${participant} joining`)) - at)
    for (const act of ['join', 'hang-up']) await bench.control(tenant, 'act', { act, participant })
  }
  await context.close()
  return ages
}

/** Without push: the ages of changes at any moment between two polls. */
async function poll(bench: Bench): Promise<readonly number[]> {
  const tenant = await bench.createTenant({ conferences: 1, live: 20 })
  await bench.control(tenant, 'push', { refuse: 503 })
  const { context, paints, newTab } = await watchedTabs(bench, tenant)
  const tab = await newTab('Polling every')
  const ages: number[] = []
  for await (const { key, at } of changes(bench, tenant, POLLED, () => between(0, INTERVAL)))
    ages.push((await painted(bench, tenant, paints.get(tab), key)) - at)
  await context.close()
  return ages
}

/** Tabs of one browser that report what they paint. */
async function watchedTabs(
  bench: Bench,
  tenant: Tenant,
): Promise<{
  context: BrowserContext
  paints: Paints
  newTab: (connection: string) => Promise<Page>
}> {
  const paints: Paints = new Map()
  const context = await bench.freshContext(tenant)
  await context.exposeBinding('tellPaint', ({ page }, key: string, at: number) => {
    paints.get(page)?.set(key, at)
  })
  await context.addInitScript(recordPaints)
  const newTab = async (connection: string): Promise<Page> => {
    const page = await newWindow(context)
    paints.set(page, new Map())
    // Rows that have left are shown too: after a hang-up the row stays on the screen with another status.
    await page.goto(`${bench.origin}/conferences/${tenant.conferences[0]?.id}?hide=`)
    await page.getByText(connection).waitFor({ timeout: PATIENCE })
    return page
  }
  return { context, paints, newTab }
}

/** A tab that is not in front of its window paints late, whatever it says of its visibility: each gets its own. */
async function newWindow(context: BrowserContext): Promise<Page> {
  const [first] = context.pages()
  if (!first) return context.newPage()
  const opened = context.waitForEvent('page')
  await first.evaluate(() => void open('about:blank', '_blank', 'popup,noopener'))
  return opened
}

/** People dial in and hang up, by turns, each after a pause. */
async function* changes(
  bench: Bench,
  tenant: Tenant,
  count: number,
  rest: () => number,
): AsyncGenerator<Change> {
  let present: string | null = null
  for (let n = 0; n < count; n++) {
    await pause(rest())
    const act: unknown = present
      ? { act: 'hang-up', participant: present }
      : { act: 'dial-in', conference: tenant.conferences[0]?.id, name: `Caller ${n}` }
    const { participant, status } = await bench.control<{ participant: string; status: string }>(
      tenant,
      'act',
      act,
    )
    const { participants } = await bench.control<Truth>(tenant, 'truth')
    // The time of the change itself, by the clock of this machine, which is also the page's.
    const at = Date.parse(participants.find(({ id }) => id === participant)?.tm_update ?? '')
    yield { key: `${participant} ${status === 'leaved' ? 'left' : status}`, at }
    present = present ? null : participant
  }
}

/** When a page shows it. Asking the sandbox lets its time pass, which else it does only every 250 ms. */
async function painted(
  bench: Bench,
  tenant: Tenant,
  paints: ReadonlyMap<string, number> | undefined,
  key: string,
): Promise<number> {
  for (const end = Date.now() + PATIENCE; Date.now() < end; await pause(10)) {
    const at = paints?.get(key)
    if (at !== undefined) return at
    await bench.control(tenant, 'push')
  }
  throw new Error(`Never painted: ${key}`)
}

/** Runs in the page. Reports each row and status when the frame that first shows them is on the screen. */
function recordPaints(): void {
  const tellPaint: unknown = Reflect.get(globalThis, 'tellPaint')
  const seen = new Set<string>()
  new MutationObserver(() => {
    const shown = [...document.querySelectorAll('tbody tr')].map(({ children: [, who, cell] }) => {
      // The status is the first text of the cell; other notes may follow.
      const status = cell && document.createTreeWalker(cell, NodeFilter.SHOW_TEXT).nextNode()
      return `${who?.querySelector('a')?.id.replace('who-', '')} ${status?.textContent}`
    })
    const fresh = shown.filter((key) => !seen.has(key))
    for (const key of fresh) seen.add(key)
    if (fresh.length === 0 || typeof tellPaint !== 'function') return
    requestAnimationFrame(() =>
      setTimeout(() => {
        const at = performance.timeOrigin + performance.now()
        for (const key of fresh) tellPaint(key, at)
      }),
    )
  }).observe(document, { childList: true, characterData: true, subtree: true })
}

const between = (least: number, most: number): number => least + Math.random() * (most - least)
