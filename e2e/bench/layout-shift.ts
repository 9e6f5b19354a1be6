import { setTimeout as pause } from 'node:timers/promises'
import { recordShifts, shifted } from '../shifts.ts'
import { atMost, type Bench, type Measurement } from './harness.ts'

const MINUTE = 60_000

/**
 * What moves on the screen in a minute without input, in a conference of 500 that people join and leave, while the
 * operator reads further down. On top, newcomers are shown at once, and move what is below them.
 */
export async function layoutShift(bench: Bench): Promise<Measurement> {
  const tenant = await bench.createTenant({ conferences: 1, live: 500, history: 500, rate: 2 })
  const context = await bench.freshContext(tenant)
  const page = await context.newPage()
  await recordShifts(page)
  await page.goto(`${bench.origin}/conferences/${tenant.conferences[0]?.id}`)
  await page.waitForSelector('tbody tr td')
  // The page is loaded, the sweep is over, and the callers on the screen are known.
  await pause(15_000)
  await page.getByRole('region', { name: 'Participants table' }).evaluate((table) => {
    table.scrollTop = 400
  })
  await pause(1000)
  const before = await shifted(page)
  await pause(MINUTE)
  const after = await shifted(page)
  await context.close()
  return atMost('layout shift in a minute of reading, 500 participants', after - before, 0.01, '')
}
