import { setTimeout as pause } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import { quantile, type Bench, type Measurement, type Tenant, type Truth } from './harness.ts'

const LIVE = 60
/** Whole polls that are counted. */
const POLLS = 8
/** The deadline of each wait, such as that for the first full read. Milliseconds. */
const PATIENCE = 180_000

/** Requests of a poll while nothing happens and nothing is pushed, with a short and with a long history. */
export async function requestsPerPoll(bench: Bench): Promise<readonly Measurement[]> {
  const rows: Measurement[] = []
  for (const history of [1000, 100_000]) {
    const { counts, live } = await measure(bench, history)
    const [median, most] = [quantile(counts), Math.max(...counts)]
    const bar = 2 + Math.ceil(live / 50)
    rows.push({
      what: `requests a poll, ${live} live rows, history ${history.toLocaleString('en')}`,
      measured: `${median}, at most ${most}, in ${counts.length} polls`,
      bar: String(bar),
      isMet: most <= bar,
    })
  }
  return rows
}

async function measure(
  bench: Bench,
  history: number,
): Promise<{ readonly counts: readonly number[]; readonly live: number }> {
  const tenant = await bench.createTenant({ conferences: 1, live: LIVE, history })
  await bench.control(tenant, 'push', { refuse: 503 })
  const { participants } = await bench.control<Truth>(tenant, 'truth')
  const live = participants.filter(({ status }) => status !== 'leaved')
  const context = await bench.freshContext(tenant)
  const page = await context.newPage()
  await page.goto(`${bench.origin}/conferences/${tenant.conferences[0]?.id}`)
  await stopReadingBack(page)
  const joined = live.filter(({ status }) => status === 'joined').length
  await page
    .getByRole('button', { name: new RegExp(`^joined (at least )?${joined}$`) })
    .waitFor({ timeout: PATIENCE })
  const counts = await countPolls(bench, tenant)
  await context.close()
  return { counts, live: live.length }
}

/** Pauses the sweep, which is not part of a poll. A short list is read before it can be paused. */
async function stopReadingBack(page: Page): Promise<void> {
  const stop = page.getByRole('button', { name: 'Pause loading' })
  const isStopped = page.getByText('Polling every')
  await stop.or(isStopped).first().waitFor({ timeout: PATIENCE })
  if (!(await isStopped.isVisible())) await stop.click()
  await isStopped.waitFor({ timeout: PATIENCE })
}

/** All requests, whatever they ask for, of each poll from the first on that asks for no caller. */
async function countPolls(bench: Bench, tenant: Tenant): Promise<readonly number[]> {
  for (const end = Date.now() + PATIENCE; Date.now() < end; await pause(500)) {
    const polls = await wholePolls(bench, tenant)
    const lastOfCallers = polls.findLastIndex((paths) =>
      paths.some((path) => path.startsWith('/v1.0/calls')),
    )
    // One more: what asked for the last caller may have begun in the poll before.
    const steady = polls.slice(lastOfCallers + 2)
    if (steady.length >= POLLS) return steady.map((paths) => paths.length)
  }
  throw new Error('The page does not come to rest.')
}

/** What was asked for in each whole poll so far: from one newest page to the next. */
async function wholePolls(bench: Bench, tenant: Tenant): Promise<ReadonlyArray<readonly string[]>> {
  const { requests } = await bench.control<{
    readonly requests: ReadonlyArray<{ readonly path: string; readonly status: number }>
  }>(tenant, 'requests')
  const polls: string[][] = []
  for (const { path } of requests) {
    if (isHead(path)) polls.push([])
    // The handshakes that are refused are not the poll's.
    if (path !== '/v1.0/ws') polls.at(-1)?.push(path)
  }
  return polls.slice(0, -1)
}

const isHead = (path: string): boolean =>
  path.startsWith('/v1.0/conferencecalls?') && !path.includes('page_token')
