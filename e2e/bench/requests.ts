import type { Bench, Measurement } from './harness.ts'

const LIVE = 60
const TICKS = 5

/** Requests a poll while nothing happens, with little and with much history behind. */
export async function requestsPerPoll(bench: Bench): Promise<readonly Measurement[]> {
  const rows: Measurement[] = []
  for (const history of [1000, 100_000]) {
    const perTick = await measure(bench, history)
    const bar = 2 + Math.ceil(LIVE / 50)
    rows.push({
      what: `requests a poll, ${LIVE} live rows, history ${history.toLocaleString('en')}`,
      measured: perTick.toFixed(1),
      bar: String(bar),
      isMet: perTick <= bar,
    })
  }
  return rows
}

async function measure(bench: Bench, history: number): Promise<number> {
  const tenant = await bench.createTenant({ conferences: 1, live: LIVE, history })
  const context = await bench.freshContext(tenant)
  const page = await context.newPage()
  await page.goto(`${bench.origin}/conferences/${tenant.conferences[0]?.id}`)
  await page.getByText('Polling every').waitFor({ timeout: 300_000 })
  const log = `${bench.origin}/sandbox/tenants/${tenant.id}/requests`
  const polls = async (): Promise<readonly string[]> => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the sandbox is ours: sandbox/README.md
    const { requests } = (await (await fetch(log)).json()) as { requests: Array<{ path: string }> }
    return requests.map(({ path }) => path)
  }
  await fetch(log, { method: 'DELETE' })
  let seen = await polls()
  while (seen.filter(isHead).length <= TICKS) {
    await page.waitForResponse((response) => response.url().includes('/v1.0/conferencecalls'))
    seen = await polls()
  }
  await context.close()
  return seen.length / seen.filter(isHead).length
}

const isHead = (path: string): boolean =>
  path.startsWith('/v1.0/conferencecalls?') && !path.includes('page_token')
