import { setTimeout as pause } from 'node:timers/promises'
import { withBench } from './e2e/bench/harness.ts'
import { feedWhenJoined, isFed } from './e2e/bench/many-rows.ts'
import { readFileSync } from 'node:fs'
const src = readFileSync('timing.ts', 'utf8')
const seed = src.match(/await context.addInitScript\(\(\) => \{ let s.*\}\)\n/)![0]
const [dir, port = '4391', sizeText = '10000'] = process.argv.slice(2)
const size = Number(sizeText)
await withBench(
  async (bench) => {
    const tenant = await bench.createTenant({ conferences: 1, live: 0, history: 0 })
    await bench.control(tenant, 'push', { refuse: 503 })
    const context = await bench.freshContext(tenant)
    await eval(`(async()=>{${seed}})()`)
    await context.addInitScript(feedWhenJoined, {
      conference: tenant.conferences[0]?.id ?? '',
      size,
    })
    const page = await context.newPage()
    await page.goto(`${bench.origin}/conferences/${tenant.conferences[0]?.id}?hide=`)
    await page.waitForFunction(isFed, size, { timeout: 120_000 })
    await pause(3000)
    const text = await page.evaluate<string>(`bench.ids[bench.ids.length >> 1].slice(0, 8)`)
    await page.getByRole('searchbox').click()
    await pause(1500)
    await page.keyboard.press(text[0]!)
    await pause(900)
    await page.keyboard.press(text[1]!)
    await pause(900)
    const cdp = await context.newCDPSession(page)
    await cdp.send('Profiler.enable')
    await cdp.send('Profiler.setSamplingInterval', { interval: 100 })
    await cdp.send('Profiler.start')
    for (const key of text.slice(2, 3)) {
      await page.keyboard.press(key)
      await pause(600)
    }
    const { profile } = await cdp.send('Profiler.stop')
    const nodes = new Map(profile.nodes.map((n: any) => [n.id, n]))
    const parent = new Map<number, number>()
    for (const n of profile.nodes) for (const c of n.children ?? []) parent.set(c, n.id)
    const self = new Map<string, number>(),
      total = new Map<string, number>()
    let busy = 0
    profile.samples!.forEach((id: number, i: number) => {
      const dt = Math.max(0, profile.timeDeltas![i]!) / 1000
      const n: any = nodes.get(id)
      const name = n.callFrame.functionName || '(anon)'
      if (name === '(idle)') return
      busy += dt
      const key = (m: any) =>
        `${m.callFrame.functionName || '(anon)'}:${m.callFrame.url.split('/').pop().slice(0, 12)}:${m.callFrame.lineNumber}`
      self.set(key(n), (self.get(key(n)) ?? 0) + dt)
      const seen = new Set<string>()
      for (let m: any = n; m; m = nodes.get(parent.get(m.id)!)) {
        const k = key(m)
        if (!seen.has(k)) {
          seen.add(k)
          total.set(k, (total.get(k) ?? 0) + dt)
        }
      }
    })
    console.log('busy', busy.toFixed(2))
    console.log('SELF')
    for (const [n, d] of [...self].sort((a, b) => b[1] - a[1]).slice(0, 30))
      console.log(d.toFixed(2).padStart(7), n)
    console.log('TOTAL')
    for (const [n, d] of [...total].sort((a, b) => b[1] - a[1]).slice(0, 100))
      console.log(d.toFixed(2).padStart(7), n)
  },
  dir,
  port,
)
