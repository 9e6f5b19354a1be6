import { setTimeout as pause } from 'node:timers/promises'
import { withBench, mainThreadMeter, quantile } from './e2e/bench/harness.ts'
import { feedWhenJoined, isFed } from './e2e/bench/many-rows.ts'

function hook() {
  const log = { commits: [] as any[], mutations: 0, added: 0, on: false }
  Reflect.set(globalThis, 'probe', log)
  const nameOf = (f: any) => {
    const t = f.type?.render ?? f.type?.type ?? f.type
    return t?.displayName ?? t?.name ?? (f.tag === 10 ? 'Context.Provider' : String(f.tag))
  }
  const walk = (f: any, counts: any) => {
    for (let c = f.child; c; c = c.sibling) {
      const isMount = c.alternate === null
      const isComp = c.tag === 0 || c.tag === 11 || c.tag === 14 || c.tag === 15 || c.tag === 1
      if (
        isComp &&
        (isMount ||
          (c.flags & 1 &&
            (c.memoizedProps !== c.alternate.memoizedProps ||
              c.memoizedState !== c.alternate.memoizedState ||
              true)))
      ) {
        const k = (isMount ? '+' : '') + nameOf(c)
        counts[k] = (counts[k] ?? 0) + 1
      } else if (c.tag === 5) {
        const k = isMount ? '+host' : c.memoizedProps !== c.alternate.memoizedProps ? 'host~' : ''
        if (k) counts[k] = (counts[k] ?? 0) + 1
      }
      if (isMount || c.child !== c.alternate.child) walk(c, counts)
    }
  }
  ;(globalThis as any).__REACT_DEVTOOLS_GLOBAL_HOOK__ = {
    supportsFiber: true,
    inject: () => 1,
    onCommitFiberUnmount() {},
    onPostCommitFiberRoot() {},
    checkDCE() {},
    onCommitFiberRoot(_id: any, root: any) {
      if (!log.on) return
      const counts = {}
      walk(root.current, counts)
      log.commits.push(counts)
    },
  }
  addEventListener('DOMContentLoaded', () =>
    new MutationObserver((l) => {
      if (log.on) {
        log.mutations += l.length
        for (const m of l)
          for (const n of m.addedNodes)
            log.added += 1 + ((n as any).querySelectorAll?.('*').length ?? 0)
      }
    }).observe(document, { childList: true, subtree: true, attributes: true, characterData: true }),
  )
}
const [dir, port = '4391', sizeText = '10000', text0 = ''] = process.argv.slice(2)
const size = Number(sizeText)
await withBench(
  async (bench) => {
    const tenant = await bench.createTenant({ conferences: 1, live: 0, history: 0 })
    await bench.control(tenant, 'push', { refuse: 503 })
    const context = await bench.freshContext(tenant)
    await context.addInitScript(feedWhenJoined, {
      conference: tenant.conferences[0]?.id ?? '',
      size,
    })
    await context.addInitScript(hook)
    const page = await context.newPage()
    await page.goto(`${bench.origin}/conferences/${tenant.conferences[0]?.id}?hide=`)
    await page.waitForFunction(isFed, size, { timeout: 120_000 })
    await pause(3000)
    const text =
      text0 || (await page.evaluate<string>(`bench.ids[bench.ids.length >> 1].slice(0, 6)`))
    await page.getByRole('searchbox').click()
    await pause(1500)
    const report = async (what: string, run: () => Promise<void>, wait = 550) => {
      await page.evaluate(
        'probe.commits.length = 0; probe.mutations = 0; probe.added = 0; probe.on = true',
      )
      await run()
      await pause(wait)
      const log = await page.evaluate<any>('probe.on = false, probe')
      console.log(
        `== ${what}: ${log.commits.length} commits, ${log.mutations} mutations, ${log.added} nodes added, rows ${await page.evaluate('document.querySelector("table")?.getAttribute("aria-rowcount")')}`,
      )
      for (const c of log.commits) {
        const e = Object.entries<number>(c).sort((a, b) => b[1] - a[1])
        console.log(
          '   ',
          e.reduce((s, [k, n]) => s + (k.includes('host') ? 0 : n), 0),
          'components:',
          e.map(([k, n]) => `${k} ${n}`).join(', '),
        )
      }
    }
    await report('idle', async () => {}, 1100)
    for (const key of text) await report(`key ${key}`, () => page.keyboard.press(key))
    await page.getByRole('searchbox').fill('')
    await pause(500)
    await report('poll', () => page.evaluate('bench.poll(1)'), 500)
    await page.getByRole('region', { name: 'Participants table' }).evaluate((t: any) => {
      t.scrollTop = 36 * 500
    })
    await pause(500)
    await report(
      'scroll 3 rows',
      () =>
        page.getByRole('region', { name: 'Participants table' }).evaluate((t: any) => {
          t.scrollTop += 108
        }),
      300,
    )
  },
  dir,
  port,
)
