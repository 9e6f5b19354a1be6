import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { Page, Request } from '@playwright/test'
import { runFaster, type FasterClock } from './faster-clock.ts'
import {
  atMost,
  heapBytes,
  printTable,
  withBench,
  type Bench,
  type Measurement,
  type Tenant,
  type Truth,
} from './harness.ts'
import { isSure, look, type Look, type Watched } from './soak-look.ts'

const HELP = `People come and go for hours, lived faster, mostly in bad weather. Before each hour is over it
clears up, and what is on the screen is held against the truth. Ends with 1 if they differed.

  --hours N   simulated hours (8)
  --settle N  hours before the first that the heap is compared with (0): what was seen of participants is kept for a day
  --speed N   how many times faster they pass (30)
  --level N   share of requests and pushed frames that go wrong, 0 to 1 (0.08)
  --live N    people present (60)
  --seed N    same seed, same people and weather (1)
  --help      this text`

const option = (fallback: string) => ({ type: 'string', default: fallback }) as const
const { values } = parseArgs({
  options: {
    hours: option('8'),
    settle: option('0'),
    speed: option('30'),
    level: option('0.08'),
    live: option('60'),
    seed: option('1'),
    help: { type: 'boolean', default: false },
  },
})
const [hours, settle, speed] = [Number(values.hours), Number(values.settle), Number(values.speed)]
const [level, live, seed] = [Number(values.level), Number(values.live), Number(values.seed)]

const HOUR = 3_600_000
/** How long the app keeps rows that have left. After that as many are forgotten as come. Seconds. */
const DAY = 86_400
/** So long before an hour is over the weather clears up. Milliseconds. */
const QUIET = 300_000
/** In bad weather the screen is looked at so often. Milliseconds. */
const LOOK_EVERY = 600_000
/** A difference that remains after so many looks counts as permanent. */
const MOST_LOOKS = 10

interface Hour {
  /** While requests and frames went wrong. */
  readonly bad: readonly Look[]
  /** From when it cleared up until nothing differed. */
  readonly calm: readonly Look[]
  /** Of the tab that is open all the time, in bytes. */
  readonly heap: number
}

async function soak(bench: Bench): Promise<void> {
  const options = { conferences: 1, live, rate: 1, seed, clockSpeed: speed }
  const tenant = await bench.createTenant(options)
  await bench.control(tenant, 'advance', { seconds: DAY })
  const over = new AbortController()
  const passing = letTimePass(bench, tenant, over.signal)
  const real = Date.now()
  const { now } = await bench.control<Truth>(tenant, 'truth')
  const clock = { speed, real, shown: Date.parse(now) }
  const errors: string[] = []
  const page = await openTab(bench, tenant, clock, errors)
  await learnNames(page)
  const begin = clock.shown + (Date.now() - real) * speed
  const watched = { bench, tenant, page, gone: new Set<string>(), speed }
  const lived: Hour[] = []
  for (let n = 1; n <= hours; n++) {
    const looks = await liveAnHour({ ...watched, clock }, n, begin + n * HOUR)
    const hour = { ...looks, heap: await leastHeap(page) }
    lived.push(hour)
    tell(n, hour)
  }
  over.abort()
  await passing
  report(lived, errors)
}

/** The sandbox's time passes when it is asked something, else only every 250 ms: seconds of this world. */
async function letTimePass(bench: Bench, tenant: Tenant, signal: AbortSignal): Promise<void> {
  for (; !signal.aborted; await pause(25)) await bench.control(tenant, 'push')
}

async function openTab(
  bench: Bench,
  tenant: Tenant,
  clock: FasterClock,
  errors: string[],
): Promise<Page> {
  const context = await bench.freshContext(tenant)
  context.on('weberror', (error) => errors.push(error.error().stack ?? error.error().message))
  await context.addInitScript(runFaster, clock)
  const page = await context.newPage()
  await page.goto(`${bench.origin}/conferences/${tenant.conferences[0]?.id}`)
  await page.getByText(/^(Live|Polling)/).waitFor({ timeout: 300_000 })
  return page
}

/**
 * Brings the page to the state after a day: it holds every caller's name and all search texts, and forgets as many as it
 * reads.
 */
async function learnNames(page: Page): Promise<void> {
  let asked = Date.now()
  // The newest calls are read again for ever, without a token; a name is asked for with one, or by id.
  const hear = (request: Request) => {
    if (/\/v1\.0\/calls(\/|\?.*page_token=)/.test(request.url())) asked = Date.now()
  }
  page.on('request', hear)
  const left = page.getByRole('button', { name: /^left \d/ })
  await left.click()
  while (Date.now() - asked < 5000) await pause(1000)
  await left.click()
  // Search texts are made while nothing else is to be done, which at this speed may take hours.
  await page.getByRole('searchbox').fill('a')
  await page.getByRole('searchbox').fill('')
  page.off('request', hear)
}

/** The n-th hour, up to `end`: bad weather, then calm until the screen matches the world. */
async function liveAnHour(
  watched: Watched & { readonly clock: FasterClock },
  n: number,
  end: number,
): Promise<Pick<Hour, 'bad' | 'calm'>> {
  const { bench, tenant, clock } = watched
  await bench.control(tenant, 'weather', { level, seed: seed + n })
  const bad: Look[] = []
  for (let at = end - HOUR + LOOK_EVERY; at < end - QUIET; at += LOOK_EVERY) {
    await until(clock, at)
    bad.push(await look(watched))
  }
  await until(clock, end - QUIET)
  await bench.control(tenant, 'weather', { level: 0 })
  const calm: Look[] = []
  do calm.push(await look(watched))
  while (calm.length < MOST_LOOKS && calm.slice(-1).some(isUnsettled))
  return { bad, calm }
}

/** Waits for a moment by the faster clock. */
const until = ({ speed: faster, shown, real }: FasterClock, at: number): Promise<void> =>
  pause(Math.max((at - shown) / faster + real - Date.now(), 0))

/** The app does not claim yet that the screen is current, or claims it and the screen differs. */
const isUnsettled = (one: Look): boolean => !isSure(one) || one.differences.length > 0

/** The app claims that the screen is current, and the screen differs. */
const isWrong = (one: Look): boolean => isSure(one) && one.differences.length > 0

const wrongOf = (looks: readonly Look[]): string =>
  `${looks.filter(isWrong).length} of ${looks.filter(isSure).length}`

function tell(n: number, { bad, calm, heap }: Hour): void {
  const counts = Object.entries(calm.at(-1)?.counts ?? {})
  const rows = counts.map(([status, count]) => `${count} ${status}`).join(', ')
  const wrong = `wrong in ${wrongOf(bad)} looks in bad weather, in ${wrongOf(calm)} after it`
  console.log(`${n} h: ${rows}; ${wrong}; heap ${inMegabytes(heap)}`)
  for (const one of bad) tellLook(one, 'in bad weather')
  for (const one of calm) tellLook(one, 'after it')
}

function tellLook(one: Look, when: string): void {
  const { at, connection, late, differences } = one
  if (!isSure(one)) console.log(`  ${at}, ${when}, not sure: "${connection}"`)
  if (late.length > 0) console.log(`  ${at}, ${when}: ${late.length} late by a poll`)
  if (differences.length === 0) return
  console.log(`  ${at}, ${when}, "${connection}", ${differences.length} differences, the first:`)
  console.log(differences.slice(0, 5))
}

const inMegabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`

/** What a collection leaves differs by half a megabyte from one to the next. */
async function leastHeap(page: Page): Promise<number> {
  const sizes: number[] = []
  for (; sizes.length < 5; await pause(500)) sizes.push(await heapBytes(page))
  return Math.min(...sizes)
}

function report(lived: readonly Hour[], errors: readonly string[]): void {
  const [bad, calm] = [lived.flatMap((hour) => hour.bad), lived.flatMap((hour) => hour.calm)]
  const unsettled = lived.filter((hour) => hour.calm.slice(-1).some(isUnsettled)).length
  const truths = [
    none('screen other than the truth, in bad weather', bad.filter(isWrong).length, wrongOf(bad)),
    none('screen other than the truth, after it', calm.filter(isWrong).length, wrongOf(calm)),
    none('hours at whose end it does not settle', unsettled),
    none('errors thrown by the page', errors.length, errors.join(' ')),
  ]
  const all = [...truths, heapGrowth(lived)]
  printTable(all)
  if (all.some(({ isMet }) => !isMet)) process.exitCode = 1
}

function heapGrowth(lived: readonly Hour[]): Measurement {
  const [first, last] = [lived.at(settle)?.heap, lived.at(-1)?.heap]
  if (first === undefined || last === undefined) throw new Error('No hour was lived.')
  const all = lived.map(({ heap }) => inMegabytes(heap)).join(', ')
  return atMost(
    `heap after ${hours} h above ${settle + 1} h`,
    (last / first - 1) * 100,
    5,
    '%',
    `: ${all}`,
  )
}

const none = (what: string, value: number, measured = ''): Measurement => ({
  what,
  measured: measured || String(value),
  bar: '0',
  isMet: value === 0,
})

if (values.help) console.log(HELP)
else await withBench(soak)
