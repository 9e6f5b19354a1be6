import { setTimeout as pause } from 'node:timers/promises'
import { atMost, type Bench, type Measurement } from './harness.ts'

const MINUTE = 60_000

/**
 * What moves on the screen in a minute without input, in a conference of 500 that people join and leave, while the
 * operator reads further down. On top, newcomers are shown at once, and move what is below them.
 */
export async function layoutShift(bench: Bench): Promise<Measurement> {
  const tenant = await bench.createTenant({ conferences: 1, live: 500, history: 500, rate: 2 })
  const context = await bench.freshContext(tenant)
  await context.addInitScript(recordShifts)
  const page = await context.newPage()
  await page.goto(`${bench.origin}/conferences/${tenant.conferences[0]?.id}`)
  await page.waitForSelector('tbody tr td')
  // The page is loaded, the sweep is over, and the callers on the screen are known.
  await pause(15_000)
  await page.getByRole('region', { name: 'Participants table' }).evaluate((table) => {
    table.scrollTop = 400
  })
  await pause(1000)
  const before = await page.evaluate<number>('shifted')
  await pause(MINUTE)
  const after = await page.evaluate<number>('shifted')
  await context.close()
  return atMost('layout shift in a minute of reading, 500 participants', after - before, 0.01, '')
}

/** Runs in the page: adds up the scores of the Layout Instability API. */
function recordShifts(): void {
  Reflect.set(globalThis, 'shifted', 0)
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (Reflect.get(entry, 'hadRecentInput') === true) continue
      const sum: unknown = Reflect.get(globalThis, 'shifted')
      Reflect.set(globalThis, 'shifted', Number(sum) + Number(Reflect.get(entry, 'value')))
    }
  }).observe({ type: 'layout-shift', buffered: true })
}
