import type { BrowserContext } from '@playwright/test'
import { quantile, type Bench, type Measurement, type Tenant } from './harness.ts'

const RUNS = 9
const BAR = 1.5

/** Cold load to the first rows painted, against a page without any framework that asks for the same. */
export async function firstRows(bench: Bench): Promise<Measurement> {
  const tenant = await bench.createTenant({ conferences: 1, live: 60, history: 600 })
  const ours: number[] = []
  const bare: number[] = []
  // Turn about, so that whatever else the machine does falls on both alike.
  for (let run = 0; run < RUNS; run += 1) {
    ours.push(await coldLoad(bench, tenant, `/conferences/${tenant.conferences[0]?.id}`))
    bare.push(await coldLoad(bench, tenant, '/bare.html'))
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
  await serveBarePage(context, tenant)
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
    if (!document.querySelector('tbody tr')) return
    observer.disconnect()
    requestAnimationFrame(() =>
      setTimeout(() => Reflect.set(globalThis, 'firstRowAt', performance.now())),
    )
  }).observe(document, { childList: true, subtree: true })
}

/** The bare page is served by the browser's own hand; it talks to the real sandbox like the app does. */
async function serveBarePage(context: BrowserContext, tenant: Tenant): Promise<void> {
  const script = `
    const conferenceId = ${JSON.stringify(tenant.conferences[0]?.id)}
    const { credential } = JSON.parse(sessionStorage.getItem('rollcall.session'))
    const get = async (path) => (await fetch(path, { headers: { Authorization: 'Bearer ' + credential.token } })).json()
    await get('/config.json')
    get('/v1.0/conferences/' + conferenceId)
    const { result } = await get('/v1.0/conferencecalls?page_size=100')
    document.querySelector('tbody').innerHTML = result
      .filter((row) => row.conference_id === conferenceId && row.status !== 'leaved')
      .map((row) => '<tr><th>' + row.reference_id + '<td>' + row.status + '<td>' + row.tm_create + '<td>' + row.id).join('')`
  const body = `<!doctype html><title>bare</title><table><tbody></tbody></table><script type="module">${script}</script>`
  await context.route('**/bare.html', (route) => route.fulfill({ contentType: 'text/html', body }))
}
