import { ServerResponse, type IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { control, type Controls } from './control/control.ts'
import { FaultInjection } from './control/fault-injection.ts'
import { withoutToken } from './control/fault-pages.ts'
import { spoil, type FaultPlan } from './control/faults.ts'
import { preflightOf, withCors } from './http/cors.ts'
import { redirectOf, respond, tenantOf } from './http/exchange.ts'
import { empty, type Exchange, type Reply, type Upgrade } from './http/reply.ts'
import { Platform, type Tenant } from './http/tenants.ts'
import { exchangeOf, readBody, send } from './http/transport.ts'
import { fixedTime } from './http/wire-time.ts'
import type { SandboxOptions } from './options.ts'
import { Hub } from './push/hub.ts'
import { isObject, tryParse, type JsonObject } from './world/json.ts'
import { addControlsToPast } from './world/past-controls.ts'
import { systemClock, type Clock } from './world/time.ts'

/** The paths that belong to the sandbox when it shares a server with an app. */
export const PREFIXES = ['/ping', '/auth', '/v1.0', '/sandbox'] as const

/** The share of removed callers of a standing customer that dial back soon. */
const DIAL_BACK = 0.25

const LOG_LIMIT = 10_000

/** A running platform and the handler that puts it on HTTP. */
export interface Sandbox {
  readonly platform: Platform
  readonly hub: Hub
  /** The customer that the command line describes. */
  readonly home: Tenant
  /** Answers one request; never rejects. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>
  /** Answers a request to change protocols: with a WebSocket, or as any other; never throws. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** Stops the timer that lets time pass between requests, and drops all sockets. */
  close(): void
}

/** A platform with its standing customers. */
export function createSandbox(options: SandboxOptions, clock: Clock = systemClock()): Sandbox {
  const hub = new Hub(clock, options.seed)
  const platform = new Platform(clock, options.seed, hub)
  const home = addStandingCustomers(platform, options)
  const controls = { platform, hub, faults: new FaultInjection(), options }
  // Requests advance the worlds too; the timer moves a world that gets no requests.
  const timer = setInterval(() => platform.advance(), 250)
  timer.unref()
  return {
    platform,
    hub,
    home,
    handle: async (request, response) => serve({ controls, request, response }),
    upgrade: (request, socket, head) => {
      // Node has handed the connection over and no longer listens for its errors.
      socket.on('error', () => socket.destroy())
      const response = responseOn(socket, request)
      void serve({ controls, request, response, upgrade: { request, socket, head } })
    },
    close: () => {
      clearInterval(timer)
      hub.close()
    },
  }
}

/** Adds the default customer, a stranger, and VoIPBIN itself. @returns the first of them */
function addStandingCustomers(platform: Platform, options: SandboxOptions): Tenant {
  const home = platform.addTenant({
    ...options,
    dialBack: DIAL_BACK,
    name: 'Rollcall Support',
    usernames: {
      admin: 'support@rollcall.example',
      manager: 'manager@rollcall.example',
      agent: 'agent@rollcall.example',
    },
  })
  const northwind = platform.addTenant({
    name: 'Northwind Travel',
    usernames: { admin: 'support@northwind.example' },
    seed: options.seed + 1,
    conferences: 3,
    live: 6,
    history: 20,
    rate: 0,
    dialBack: DIAL_BACK,
  })
  platform.addTenant({
    name: 'VoIPBIN',
    usernames: { superadmin: 'root@voipbin.example' },
    seed: options.seed + 2,
    conferences: 0,
    live: 0,
    history: 0,
    rate: 0,
  })
  for (const { world } of [home, northwind]) addControlsToPast(world)
  return home
}

/** One request and how it can be answered. */
interface Line {
  readonly controls: Controls
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly upgrade?: Upgrade
}

async function serve(line: Line): Promise<void> {
  const { response } = line
  try {
    await answer(line)
  } catch (error) {
    console.error(error)
    // The platform's panics give an empty 500 too (voipbin-api.md 7).
    if (response.headersSent) response.destroy()
    else send(response, empty(500))
  }
}

/** An ordinary response on a connection that asked for an upgrade; the connection ends with it. */
function responseOn(socket: Duplex, request: IncomingMessage): ServerResponse {
  const response = new ServerResponse(request)
  response.shouldKeepAlive = false
  response.assignSocket(request.socket)
  response.once('finish', () => socket.end())
  return response
}

async function answer(line: Line): Promise<void> {
  const { controls, response } = line
  const { platform } = controls
  // A handshake has no body, and its connection is no longer read as HTTP.
  const body = line.upgrade === undefined ? await readBody(line.request) : ''
  const request = exchangeOf(line.request, body, platform.requestIds)
  if (request.path === '/sandbox' || request.path.startsWith('/sandbox/')) {
    platform.advance()
    send(response, control(controls, request))
    return
  }
  const redirect = redirectOf(request)
  if (redirect !== undefined) {
    send(response, redirect)
    return
  }
  const preflight = preflightOf(request)
  if (preflight === undefined) await answerPlatform(line, request)
  else send(response, withRequestId(request, preflight))
}

async function answerPlatform(line: Line, request: Exchange): Promise<void> {
  const { response, upgrade } = line
  const { platform, faults } = line.controls
  const tenant = tenantOf(platform, request)
  const fault = tenant === undefined ? undefined : faults.take(tenant, request)
  if (fault?.kind === 'slow' && fault.stage === 'before') await pause(fault)
  const seen = asReceived(fault, request)
  const handle = async (): Promise<Reply> => respond(platform, seen, platform.advance())
  const reply = await (fault === undefined ? handle() : spoil(fault, request, handle))
  if (fault?.kind === 'slow' && fault.stage === 'after') await pause(fault)
  const unanswered = fault?.kind === 'hang' || fault?.kind === 'drop'
  if (tenant !== undefined) record(platform, tenant, request, unanswered ? 0 : reply.status)
  if (fault?.kind === 'drop') response.destroy()
  if (unanswered) return
  if (reply.takeOver !== undefined && upgrade !== undefined) {
    response.detachSocket(line.request.socket)
    reply.takeOver(upgrade)
    return
  }
  if (tenant !== undefined) response.setHeader('Date', dateOf(tenant))
  send(response, withRequestId(request, withCors(request, reply)), fault?.kind === 'truncated')
}

/** The request as the platform gets it, after what a proxy or a fault has made of it. */
function asReceived(fault: FaultPlan | undefined, request: Exchange): Exchange {
  if (fault?.kind === 'same-page') return withoutToken(request)
  return fault?.kind === 'strip-body' ? { ...request, body: '' } : request
}

function withRequestId(request: Exchange, reply: Reply): Reply {
  return { ...reply, headers: { ...reply.headers, 'X-Request-Id': request.requestId } }
}

/** A world ahead of the machine's clock says so in `Date`, as a server whose clock is fast would. */
function dateOf(tenant: Tenant): string {
  return new Date(tenant.world.now / 1000).toUTCString()
}

async function pause(fault: FaultPlan): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, fault.ms))
}

/** What was asked for, so that a test can prove that nothing was asked for twice; never a password. */
function loggedBody({ path, body }: Exchange): { readonly body?: JsonObject | string } {
  if (body === '' || !path.startsWith('/v1.0/')) return {}
  const parsed = tryParse(body)
  return { body: isObject(parsed) ? parsed : body }
}

function record(platform: Platform, tenant: Tenant, request: Exchange, status: number): void {
  const query = new URLSearchParams(request.query)
  query.delete('token')
  query.delete('accesskey')
  const path = query.size === 0 ? request.path : `${request.path}?${query.toString()}`
  const { method } = request
  const time = fixedTime(platform.clock())
  tenant.log.push({ time, method, path, status, ...loggedBody(request) })
  if (tenant.log.length > LOG_LIMIT) tenant.log.shift()
}
