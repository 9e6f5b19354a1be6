import { setTimeout as pause } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import {
  atMost,
  heapBytes,
  mainThreadMeter,
  quantile,
  type Bench,
  type Measurement,
  type Tenant,
} from './harness.ts'

const ROWS = 10_000
const KEYS = 'wanjiru moreau'
/** At three requests a second the participants alone take half a minute. Milliseconds. */
const PATIENCE = 240_000

/** Typing into the filter over ten thousand rows: what one waits for, what it costs, and the memory held. */
export async function filterAndHeap(bench: Bench): Promise<readonly Measurement[]> {
  // Of the history 3 % lies further back than what the page reads.
  const tenant = await bench.createTenant({ conferences: 1, live: 60, history: ROWS * 1.03 })
  await bench.control(tenant, 'push', { refuse: 503 })
  const context = await bench.freshContext(tenant)
  await context.addInitScript(recordKeys)
  const page = await context.newPage()
  await page.goto(`${bench.origin}/conferences/${tenant.conferences[0]?.id}?hide=`)
  await page.getByText('Polling every').waitFor({ timeout: PATIENCE })
  await allCallersRead(bench, tenant)
  const rows = Number(await page.getByRole('table').getAttribute('aria-rowcount'))
  if (rows < ROWS) throw new Error(`Only ${rows} rows are shown.`)
  const heap = (await heapBytes(page)) / 1e6
  const worked = await mainThreadMeter(page)
  const before = await worked()
  await page.getByRole('searchbox').pressSequentially(KEYS, { delay: 120 })
  const perKey = ((await worked()) - before) / KEYS.length
  const waited = quantile(await keyDurations(page), 0.95)
  await context.close()
  return [
    atMost('key in the filter to paint, p95, 10,000 rows', waited, 24, 'ms'),
    atMost('main thread a key, 10,000 rows (polls included)', perKey, 16, 'ms'),
    atMost('heap at 10,000 rows', heap, 36, 'MB'),
  ]
}

/** Rows are found by names, so these have to be there: nobody asks for one any more. */
async function allCallersRead(bench: Bench, tenant: Tenant): Promise<void> {
  let before = -1
  for (const end = Date.now() + PATIENCE; Date.now() < end; await pause(4000)) {
    const { requests } = await bench.control<{
      readonly requests: ReadonlyArray<{ readonly path: string }>
    }>(tenant, 'requests')
    const asked = requests.filter(({ path }) => path.startsWith('/v1.0/calls')).length
    if (asked === before) return
    before = asked
  }
  throw new Error('The page never has all callers.')
}

/** Event Timing: from the key to the next paint, in steps of 8 ms. */
function recordKeys(): void {
  const durations: number[] = []
  Reflect.set(globalThis, 'keyDurations', durations)
  new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries())
      if (name === 'keydown') durations.push(duration)
  }).observe({ type: 'event', durationThreshold: 16, buffered: true } as PerformanceObserverInit)
}

/** Keys faster than 16 ms are not reported at all: they count as 16. */
async function keyDurations(page: Page): Promise<readonly number[]> {
  const slow = await page.evaluate<number[]>(`keyDurations`)
  return [...Array.from({ length: KEYS.length - slow.length }, () => 16), ...slow]
}
