import { setTimeout as pause } from 'node:timers/promises'
import type { CDPSession, Page } from '@playwright/test'
import { feedWhenJoined, isFed, type Fed } from './fed-page.ts'
import { atMost, mainThreadMeter, quantile, type Bench, type Measurement } from './harness.ts'

/**
 * What a user feels, in milliseconds and percent: an answer within 100 ms seems immediate, and a task of 50 ms is the
 * longest that keeps no key waiting. Why not the bars of the design: docs/performance.md, "The bars". The heap is
 * measured by grid-peers: here the page holds what it is fed, too.
 */
const BARS = {
  10_000: { poll: 10, key: 100, keyWork: 60 },
  100_000: { poll: 50, key: 100, keyWork: 90, late: 2, busy: 65 },
} as const

type Size = keyof typeof BARS

const POLLS = 20
const KEYS = 8
const SCROLL = 5000
const WHEEL = 120

/** A page with so many participants in one conference, fed as one tab tells another: no request and no JSON. */
export async function manyRows(bench: Bench): Promise<readonly Measurement[]> {
  return [...(await ofSize(bench, 10_000)), ...(await ofSize(bench, 100_000))]
}

async function ofSize(bench: Bench, size: Size): Promise<readonly Measurement[]> {
  const tenant = await bench.createTenant({ conferences: 1, live: 0, history: 0 })
  await bench.control(tenant, 'push', { refuse: 503 })
  const context = await bench.freshContext(tenant)
  await context.addInitScript(feedWhenJoined, { conference: tenant.conferences[0]?.id ?? '', size })
  await context.addInitScript(recordKeys)
  const page = await context.newPage()
  await page.goto(`${bench.origin}/conferences/${tenant.conferences[0]?.id}?hide=`)
  await page.waitForFunction(isFed, size, { timeout: 120_000 })
  await pause(3000)
  const bars = BARS[size]
  const name = `${size.toLocaleString('en')} rows`
  const poll = await pollWork(page)
  const keys = await keyWork(page, '')
  const asked = await keyWork(page, 'status:joined,left older:1m ')
  const measured = [
    atMost(`a poll that changes 1 %, main thread, ${name}`, poll, bars.poll, 'ms'),
    atMost(`key in the filter to paint, p95, ${name}`, keys.waited, bars.key, 'ms'),
    atMost(`main thread a key, ${name}`, keys.work, bars.keyWork, 'ms'),
    atMost(`key to paint with fields in the filter, p95, ${name}`, asked.waited, bars.key, 'ms'),
    atMost(`main thread a key with fields, ${name}`, asked.work, bars.keyWork, 'ms'),
  ]
  if ('late' in bars) {
    const { late, busy } = await scrolling(page)
    measured.push(
      atMost(`scrolling, frames later than 25 ms, ${name}`, late, bars.late, '%'),
      atMost(`scrolling, main thread busy, ${name}`, busy, bars.busy, '%'),
      atMost(`export as CSV, longest task, ${name}`, await longestExportTask(page), EXPORT, 'ms'),
    )
  }
  await context.close()
  return measured
}

/** The mean work of the main thread in so many milliseconds without input: clocks and polls of the page itself, in milliseconds. */
async function idleWork(page: Page, length: number): Promise<number> {
  const worked = await mainThreadMeter(page)
  const costs: number[] = []
  for (let look = 0; look < POLLS; look++) {
    const before = await worked()
    await pause(length)
    costs.push((await worked()) - before)
  }
  return costs.reduce((sum, one) => sum + one, 0) / POLLS
}

/**
 * The mean work of the main thread for the changes of one poll, in milliseconds. Neither the work of an idle page nor
 * that of the bench, which makes and sends the changes in the same page, is part of it.
 */
async function pollWork(page: Page): Promise<number> {
  const idle = await idleWork(page, 500)
  const worked = await mainThreadMeter(page)
  const costs: number[] = []
  for (let tick = 0; tick < POLLS; tick++) {
    const before = await worked()
    const feeding = await page.evaluate<number, number>((at) => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- set by feedWhenJoined
      const { poll } = Reflect.get(globalThis, 'bench') as Fed
      const start = performance.now()
      poll(at)
      return performance.now() - start
    }, tick)
    await pause(500)
    costs.push((await worked()) - before - feeding)
  }
  return costs.reduce((sum, one) => sum + one, 0) / POLLS - idle
}

/**
 * Types the beginning of an id, each key once all is quiet; the work of an idle page is not part of it.
 *
 * @param before what is in the filter already
 */
async function keyWork(
  page: Page,
  before: string,
): Promise<{ readonly waited: number; readonly work: number }> {
  const text = await page.evaluate<string>(`bench.ids[bench.ids.length >> 1].slice(0, ${KEYS})`)
  await page.getByRole('searchbox').click()
  await page.getByRole('searchbox').fill(before)
  await page.keyboard.press('End')
  await pause(1500)
  await page.evaluate('keyDurations.length = 0')
  const idle = await idleWork(page, 600)
  const worked = await mainThreadMeter(page)
  const costs: number[] = []
  for (const key of text) {
    const start = await worked()
    await page.keyboard.press(key)
    await pause(600)
    costs.push((await worked()) - start)
  }
  const slow = await page.evaluate<number[]>('keyDurations')
  await page.getByRole('searchbox').fill('')
  await pause(1000)
  // Keys faster than 16 ms are not reported at all: they count as 16.
  const all = [...Array.from({ length: Math.max(KEYS - slow.length, 0) }, () => 16), ...slow]
  return {
    waited: quantile(all, 0.95),
    work: costs.reduce((sum, one) => sum + one, 0) / KEYS - idle,
  }
}

/** What a person does not notice as a pause. Milliseconds. */
const EXPORT = 100

/** The longest task of the main thread while all rows are exported, in milliseconds. */
async function longestExportTask(page: Page): Promise<number> {
  await page.evaluate(() => {
    const tasks: number[] = []
    Reflect.set(globalThis, 'tasks', tasks)
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) tasks.push(duration)
    }).observe({ type: 'longtask' })
  })
  await page.getByRole('heading', { level: 1 }).focus()
  const downloading = page.waitForEvent('download', { timeout: 120_000 })
  await page.keyboard.press('e')
  await downloading
  return Math.max(0, ...(await page.evaluate<number[]>('tasks')))
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

/** Turns the wheel for five seconds: late frames and how busy the main thread is, both in percent. */
async function scrolling(page: Page): Promise<{ readonly late: number; readonly busy: number }> {
  const box = await page.getByRole('region', { name: 'Participants table' }).boundingBox()
  if (!box) throw new Error('There is no table.')
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await page.mouse.move(x, y)
  const session = await page.context().newCDPSession(page)
  const worked = await mainThreadMeter(page)
  const before = await worked()
  await page.evaluate(recordFrames)
  const start = performance.now()
  await turnWheel(session, x, y, start)
  const length = performance.now() - start
  const frames = await page.evaluate<number[]>(
    'frameTimes.slice(1).map((at, i) => at - frameTimes[i])',
  )
  return {
    late: (100 * frames.filter((frame) => frame > 25).length) / frames.length,
    busy: (100 * ((await worked()) - before)) / length,
  }
}

async function turnWheel(session: CDPSession, x: number, y: number, start: number): Promise<void> {
  const sent: Promise<unknown>[] = []
  for (let turn = 1; turn <= (SCROLL * 60) / 1000; turn++) {
    // Not awaited one by one: a slow page must not be let off with fewer.
    sent.push(
      session.send('Input.dispatchMouseEvent', {
        type: 'mouseWheel',
        x,
        y,
        deltaX: 0,
        deltaY: WHEEL,
      }),
    )
    await pause(Math.max(0, start + (turn * 1000) / 60 - performance.now()))
  }
  await Promise.all(sent)
}

function recordFrames(): void {
  const times: number[] = []
  Reflect.set(globalThis, 'frameTimes', times)
  const frame = (at: number): void => {
    times.push(at)
    requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
}
