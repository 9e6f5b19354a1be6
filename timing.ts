import { setTimeout as pause } from 'node:timers/promises'
import { withBench, quantile, type Bench } from './e2e/bench/harness.ts'
import { feedWhenJoined, isFed, recordKeys, pollWork } from './e2e/bench/many-rows.ts'
const KEYS = ['TaskDuration', 'ScriptDuration', 'RecalcStyleDuration', 'LayoutDuration'] as const
async function open(bench: Bench, size: number) {
  const tenant = await bench.createTenant({ conferences: 1, live: 0, history: 0 })
  await bench.control(tenant, 'push', { refuse: 503 })
  const context = await bench.freshContext(tenant)
  // The same ids in each variant.
  await context.addInitScript(() => {
    let s = 12345
    const r = () => {
      s = (s + 0x6d2b79f5) | 0
      let t = Math.imul(s ^ (s >>> 15), 1 | s)
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
      return ((t ^ (t >>> 14)) >>> 0) / 4294967296
    }
    crypto.randomUUID = () => {
      const h = Array.from({ length: 32 }, () => Math.floor(r() * 16).toString(16)).join('')
      return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-a${h.slice(17, 20)}-${h.slice(20)}`
    }
  })
  await context.addInitScript(feedWhenJoined, { conference: tenant.conferences[0]?.id ?? '', size })
  await context.addInitScript(recordKeys)
  const page = await context.newPage()
  await page.goto(`${bench.origin}/conferences/${tenant.conferences[0]?.id}?hide=`)
  await page.waitForFunction(isFed, size, { timeout: 120_000 })
  await pause(3000)
  return page
}
async function measure(bench: Bench, size: number, poll: boolean) {
  const page = await open(bench, size)
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Performance.enable')
  const read = async () => {
    const { metrics } = await cdp.send('Performance.getMetrics')
    return KEYS.map((k) => (metrics.find((m) => m.name === k)?.value ?? NaN) * 1000)
  }
  await page.getByRole('searchbox').click()
  await pause(1500)
  await page.evaluate('keyDurations.length = 0')
  const idle: number[][] = []
  for (let i = 0; i < 8; i++) {
    const b = await read()
    await pause(600)
    idle.push((await read()).map((v, j) => v - b[j]!))
  }
  const mean = (rows: number[][]) =>
    KEYS.map((_, j) => rows.reduce((s, r) => s + r[j]!, 0) / rows.length)
  const idleMean = mean(idle)
  const costs: number[][] = []
  for (const at of [0.5, 0.25]) {
    const text = await page.evaluate<string>(
      `bench.ids[Math.floor(bench.ids.length * ${at})].slice(0, 8)`,
    )
    for (const key of text) {
      const b = await read()
      await page.keyboard.press(key)
      await pause(600)
      costs.push((await read()).map((v, j) => v - b[j]! - idleMean[j]!))
    }
    await page.getByRole('searchbox').fill('')
    await pause(1000)
  }
  const slow = await page.evaluate<number[]>('keyDurations')
  const all = [...Array.from({ length: Math.max(16 - slow.length, 0) }, () => 16), ...slow]
  const p = poll ? await pollWork(page) : NaN
  await page.context().close()
  return {
    costs: mean(costs),
    median: quantile(costs.map((c) => c[0]!)),
    event50: quantile(all),
    event95: quantile(all, 0.95),
    poll: p,
    each: costs.map((c) => c[0]!),
  }
}
const [
  roundsText = '2',
  sizesText = '10000',
  poll = '',
  dirsText = '/tmp/wt-key-base,/tmp/wt-key',
] = process.argv.slice(2)
const dirs = dirsText.split(',')
const runs: any = {}
const nest = async (i: number, benches: Bench[]): Promise<void> =>
  i < dirs.length
    ? withBench((b) => nest(i + 1, [...benches, b]), dirs[i], String(4391 + i))
    : (async () => {
        for (const size of sizesText.split(',').map(Number))
          for (let round = 0; round < Number(roundsText); round++)
            for (const [k, bench] of benches.entries()) {
              const m = await measure(bench, size, Boolean(poll))
              ;(runs[`${size} ${dirs[k]}`] ??= []).push(m)
              console.log(
                size,
                dirs[k],
                KEYS.map((n, j) => `${n.replace('Duration', '')} ${m.costs[j]!.toFixed(1)}`).join(
                  ' ',
                ),
                'median',
                m.median.toFixed(1),
                'event',
                m.event50,
                m.event95,
                'poll',
                m.poll.toFixed(1),
                '|',
                m.each.map((v) => v.toFixed(0)).join(' '),
              )
            }
        for (const [n, ms] of Object.entries<any>(runs))
          console.log(
            'MEDIAN',
            n,
            'task',
            quantile(ms.map((m: any) => m.costs[0])).toFixed(1),
            'script',
            quantile(ms.map((m: any) => m.costs[1])).toFixed(1),
            'event',
            quantile(ms.map((m: any) => m.event50)),
            quantile(ms.map((m: any) => m.event95)),
            'poll',
            quantile(ms.map((m: any) => m.poll)).toFixed(1),
          )
      })()
await nest(0, [])
