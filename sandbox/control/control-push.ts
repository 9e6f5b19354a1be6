import { BadInput, Input } from './input.ts'
import { goJson } from '../http/go-json.ts'
import { isObject, type JsonObject } from '../world/json.ts'
import type { Hub } from '../push/hub.ts'
import type { PushSwitches } from '../push/push.ts'
import { ok, type Exchange, type Reply } from '../http/reply.ts'
import type { Tenant } from '../http/tenants.ts'
import type { Controls } from './control.ts'

/** Switches, open sockets and what they were sent (README.md, Push). */
export function getPush(tenant: Tenant, _request: Exchange, { hub }: Controls): Reply {
  return ok(describe(tenant, hub))
}

/** Sets the switches that are named and leaves the others (README.md, Push). */
export function postPush(tenant: Tenant, request: Exchange, { hub }: Controls): Reply {
  const input = Input.parse(request.body)
  const wanted: { [K in keyof PushSwitches]: PushSwitches[K] | undefined } = {
    refuse: refuseFrom(input),
    delayMs: input.number('delayMs'),
    duplicate: input.integer('duplicate'),
    reorder: input.boolean('reorder'),
    halfOpen: input.boolean('halfOpen'),
    wrapped: input.boolean('wrapped'),
    conferencecallEvents: input.boolean('conferencecallEvents'),
    callFrames: input.boolean('callFrames'),
  }
  input.done()
  const given = Object.entries(wanted).filter(([, value]) => value !== undefined)
  Object.assign(hub.stateOf(tenant.id).switches, Object.fromEntries(given))
  hub.refresh()
  return ok(describe(tenant, hub))
}

/** Drops the tenant's sockets without a close frame. */
export function dropPush(tenant: Tenant, _request: Exchange, { hub }: Controls): Reply {
  return ok({ dropped: hub.drop(tenant.id) })
}

/** Sends any text to the tenant's sockets, whatever they subscribed to. */
export function sendPush(tenant: Tenant, request: Exchange, { hub }: Controls): Reply {
  const input = Input.parse(request.body)
  const frame = input.optional('frame')
  const repeat = input.integer('repeat', 1) ?? 1
  const perSecond = input.number('perSecond', 0.1) ?? Infinity
  input.done()
  if (typeof frame !== 'string' && !isObject(frame)) {
    throw new BadInput('"frame" must be a string or an object.')
  }
  const text = typeof frame === 'string' ? frame : goJson(frame)
  const sockets = hub.of(tenant.id)
  const push = hub.stateOf(tenant.id)
  inTurn(repeat, perSecond, () => {
    for (const socket of sockets) if (socket.send(text)) push.sent += 1
  })
  return ok({ sockets: sockets.length, frames: repeat })
}

/** Calls `send` `count` times, `perSecond` of them a second. */
function inTurn(count: number, perSecond: number, send: () => void): void {
  const start = performance.now()
  let done = 0
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - start) / 1000) * perSecond) + 1
    for (; done < Math.min(count, due); done++) send()
    if (done >= count) clearInterval(timer)
  }, 2)
  timer.unref()
}

function refuseFrom(input: Input): false | number | undefined {
  const value = input.optional('refuse')
  if (value === undefined || value === false) return value
  if (typeof value === 'number' && Number.isInteger(value) && value >= 200 && value <= 599) {
    return value
  }
  throw new BadInput('"refuse" must be false or an HTTP status from 200 to 599.')
}

function describe({ id }: Tenant, hub: Hub): JsonObject {
  const sockets = hub.of(id).map((socket) => {
    return { topics: [...socket.topics], sent: socket.sent, halfOpen: socket.halfOpen }
  })
  const { switches, sent } = hub.stateOf(id)
  return { ...switches, sockets, sent }
}
