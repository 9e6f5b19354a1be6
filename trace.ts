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
    const cdp = await context.newCDPSession(page)
    const events: any[] = []
    cdp.on('Tracing.dataCollected', (e: any) => events.push(...e.value))
    await cdp.send('Tracing.start', {
      traceConfig: {
        includedCategories: [
          'devtools.timeline',
          'toplevel',
          'v8',
          'disabled-by-default-v8.gc',
          'blink',
          'cc',
        ],
      },
    } as any)
    for (const key of text) {
      await page.evaluate(`performance.mark('key ${key}')`)
      await page.keyboard.press(key)
      await pause(600)
    }
    const done = new Promise((r) => cdp.once('Tracing.tracingComplete', r))
    await cdp.send('Tracing.end')
    await done
    const main = events
      .filter((e) => e.name === 'thread_name' && e.args.name === 'CrRendererMain')
      .map((e) => `${e.pid} ${e.tid}`)
    const byThread = new Map<string, any[]>()
    for (const e of events)
      if (e.ph === 'X' && main.includes(`${e.pid} ${e.tid}`)) {
        const k = `${e.pid} ${e.tid}`
        byThread.set(k, [...(byThread.get(k) ?? []), e])
      }
    const list = [...byThread.values()].sort((a, b) => b.length - a.length)[0]!
    list.sort((a, b) => a.ts - b.ts || b.dur - a.dur)
    const self = new Map<string, number>()
    const total = new Map<string, number>()
    const stack: any[] = []
    for (const e of list) {
      while (stack.length && stack.at(-1).ts + stack.at(-1).dur <= e.ts) stack.pop()
      const p = stack.at(-1)
      if (p) self.set(p.name, (self.get(p.name) ?? 0) - e.dur)
      self.set(e.name, (self.get(e.name) ?? 0) + e.dur)
      if (!stack.some((s) => s.name === e.name)) total.set(e.name, (total.get(e.name) ?? 0) + e.dur)
      stack.push(e)
    }
    for (const [n, d] of [...self].sort((a, b) => b[1] - a[1]).slice(0, 28))
      console.log(
        (d / 8000).toFixed(2).padStart(7),
        'self ms a key',
        ((total.get(n) ?? 0) / 8000).toFixed(2).padStart(7),
        'total',
        n,
      )
  },
  dir,
  port,
)
