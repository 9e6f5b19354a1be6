import { rmSync, writeFileSync } from 'node:fs'
import { quantile, type Bench, type Measurement, type Tenant } from './harness.ts'

const RUNS = 9
/** Why not the 2x of the design: docs/performance.md, "The bars". */
const BAR = 3

/** Where the bare page lies: the server that serves the app serves it alike, headers included. */
const BARE = { page: 'dist/bare.html', script: 'dist/bare.js' }

/** Cold load to the first rows painted, against a page without any framework that asks for the same. */
export async function firstRows(bench: Bench): Promise<Measurement> {
  const tenant = await bench.createTenant({ conferences: 1, live: 60, history: 600 })
  const ours: number[] = []
  const bare: number[] = []
  writeBarePage(tenant.conferences[0]?.id ?? '')
  try {
    // Alternates, so that other load of the machine falls on both alike.
    for (let run = 0; run < RUNS; run += 1) {
      ours.push(await coldLoad(bench, tenant, `/conferences/${tenant.conferences[0]?.id}`))
      bare.push(await coldLoad(bench, tenant, '/bare.html'))
    }
  } finally {
    for (const file of Object.values(BARE)) rmSync(file, { force: true })
  }
  const ratio = quantile(ours) / quantile(bare)
  return {
    what: 'first rows, cold, against a bare page',
    measured: `${ratio.toFixed(2)}x (${quantile(ours).toFixed(0)} ms, bare ${quantile(bare).toFixed(0)} ms)`,
    bar: `${BAR}x`,
    isMet: ratio <= BAR,
  }
}

async function coldLoad(bench: Bench, tenant: Tenant, path: string): Promise<number> {
  const context = await bench.freshContext(tenant)
  await context.addInitScript(recordFirstRow)
  const page = await context.newPage()
  await page.goto(`${bench.origin}${path}`)
  await page.waitForFunction(() => 'firstRowAt' in globalThis)
  const at = await page.evaluate(() => Number(Reflect.get(globalThis, 'firstRowAt')))
  await context.close()
  return at
}

/** Notes when the frame with the first row is on the screen, in milliseconds since the navigation began. */
function recordFirstRow(): void {
  new MutationObserver((_changes, observer) => {
    if (!document.querySelector('tbody tr td')) return
    observer.disconnect()
    requestAnimationFrame(() =>
      setTimeout(() => Reflect.set(globalThis, 'firstRowAt', performance.now())),
    )
  }).observe(document, { childList: true, subtree: true })
}

/** A page without a framework that sends the requests the app needs for its first rows, and draws them. */
function writeBarePage(conferenceId: string): void {
  const script = `
    const get = async (path, token) =>
      (await fetch(path, { headers: token ? { Authorization: 'Bearer ' + token } : {} })).json()
    const { credential } = JSON.parse(sessionStorage.getItem('rollcall.session'))
    await get('/config.json')
    get('/v1.0/conferences/${conferenceId}', credential.token)
    const { result } = await get('/v1.0/conferencecalls?page_size=100', credential.token)
    for (const row of result) {
      if (row.conference_id !== '${conferenceId}' || row.status === 'leaved') continue
      const cells = [row.reference_id, row.status, row.tm_create, row.id].map((text) => {
        const cell = document.createElement('td')
        cell.textContent = text
        return cell
      })
      const line = document.createElement('tr')
      line.append(...cells)
      document.querySelector('tbody').append(line)
    }`
  writeFileSync(
    BARE.page,
    '<!doctype html><title>bare</title><table><tbody></tbody></table><script type="module" src="/bare.js"></script>',
  )
  writeFileSync(BARE.script, script)
}
