import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { chromium, type Browser, type BrowserContext, type Page } from '@playwright/test'
import { findBrowser } from '../browser.ts'

/** One line of the table: what was measured, what it may be at most, and whether it is. */
export interface Measurement {
  readonly what: string
  readonly measured: string
  readonly bar: string
  readonly isMet: boolean
}

/** A fresh customer of the sandbox. */
export interface Tenant {
  readonly id: string
  readonly username: string
  readonly password: string
  readonly conferences: ReadonlyArray<{ readonly id: string }>
}

/** The app on its sandbox, and a browser to look at it with. */
export interface Bench {
  readonly origin: string
  readonly browser: Browser
  readonly createTenant: (options: Readonly<Record<string, unknown>>) => Promise<Tenant>
  /** A new browser context, signed in. */
  readonly freshContext: (tenant: Tenant) => Promise<BrowserContext>
  /** Reads from the sandbox's control path of a tenant, or with `data` writes to it (sandbox/README.md). */
  readonly control: <T>(tenant: Tenant, part: string, data?: unknown) => Promise<T>
}

/** A participant as the server has it (sandbox/README.md, "Weather and truth"). */
export interface TrueRow {
  readonly id: string
  readonly conference_id: string
  readonly status: string
  /** Of the last change of status; null before the first. */
  readonly tm_update: string | null
}

/** The true state, and its time by the clock of the tenant's world. */
export interface Truth {
  readonly now: string
  readonly participants: readonly TrueRow[]
}

/** Starts the built app on a port of its own, runs the measurements, and ends everything. */
export async function withBench<T>(run: (bench: Bench) => Promise<T>): Promise<T> {
  const server = spawn('npx', ['tsx', 'sandbox/start.ts', '--no-build', '--port', '4380'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  })
  const browser = await chromium.launch({
    ...findBrowser(),
    args: ['--no-sandbox', '--disable-background-networking', '--enable-precise-memory-info'],
  })
  try {
    const origin = await printedOrigin(server)
    return await run({
      origin,
      browser,
      createTenant: (options) => createTenant(origin, options),
      freshContext: (tenant) => freshContext(browser, origin, tenant),
      control: ({ id }, part, data) => control(origin, `/${id}/${part}`, data),
    })
  } finally {
    await browser.close()
    if (server.pid) process.kill(-server.pid, 'SIGTERM')
    await once(server, 'exit')
  }
}

async function printedOrigin({ stdout }: ChildProcess): Promise<string> {
  if (!stdout) throw new Error('The server prints nothing.')
  for await (const line of createInterface(stdout)) {
    const origin = /http:\/\/localhost:\d+/.exec(line)?.[0]
    if (origin) return origin
  }
  throw new Error('The server ended before it printed its address.')
}

const createTenant = (
  origin: string,
  options: Readonly<Record<string, unknown>>,
): Promise<Tenant> => control(origin, '', { limits: false, ...options })

async function control<T>(origin: string, part: string, data?: unknown): Promise<T> {
  const response = await fetch(`${origin}/sandbox/tenants${part}`, {
    ...(data !== undefined && { method: 'POST', body: JSON.stringify(data) }),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`/sandbox/tenants${part}: ${text}`)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the sandbox is ours: sandbox/README.md
  return JSON.parse(text) as T
}

async function freshContext(
  browser: Browser,
  origin: string,
  tenant: Tenant,
): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  // tsx gives functions their names with a helper that pages do not have.
  await context.addInitScript('globalThis.__name = (named) => named')
  const { username, password } = tenant
  const response = await context.request.post(`${origin}/auth/login`, {
    data: { username, password },
  })
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- voipbin-api.md 2.1
  const { token } = (await response.json()) as { token: string }
  const session = {
    credential: { kind: 'token', token },
    name: username,
    // Without it no page could subscribe to what the server pushes.
    customerId: tenant.id,
    permission: null,
    expiresAt: null,
  }
  await context.addInitScript((text) => {
    // A page without an address has no storage.
    if (location.origin !== 'null') sessionStorage.setItem('rollcall.session', text)
  }, JSON.stringify(session))
  return context
}

/** A measurement whose value may be at most the bar. */
export const atMost = (
  what: string,
  value: number,
  bar: number,
  unit: string,
  more = '',
): Measurement => ({
  what,
  measured: `${value.toFixed(bar < 2 ? 3 : bar < 100 ? 1 : 0)} ${unit}${more}`.trim(),
  bar: `${bar} ${unit}`.trim(),
  isMet: value <= bar,
})

/** Prints measurements as one table. */
export const printTable = (measurements: readonly Measurement[]): void =>
  console.table(
    measurements.map(({ what, measured, bar, isMet }) => ({
      what,
      measured,
      bar,
      met: isMet ? 'yes' : 'NO',
    })),
  )

/** The middle of the values, or the one at another share of them (0 to 1). */
export function quantile(values: readonly number[], share = 0.5): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/** Returns a function that reads how many milliseconds the page's main thread has worked so far. */
export async function mainThreadMeter(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000
  }
}

/** Bytes of JavaScript heap in use after a collection. */
export async function heapBytes(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await session.detach()
  return usedSize
}
