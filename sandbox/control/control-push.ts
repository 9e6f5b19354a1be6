import { BadInput, Input } from './input.ts'
import { goJson, isObject, type JsonObject } from '../world/json.ts'
import type { PushSwitches } from '../push/push.ts'
import { ok, type Exchange, type Reply } from '../http/reply.ts'
import type { Platform, Tenant } from '../tenants.ts'

/** Switches, open sockets and what they were sent (README.md, Push). */
export function getPush(tenant: Tenant, _request: Exchange, platform: Platform): Reply {
  return ok(describe(tenant, platform))
}

/** Turns the switches that are named and leaves the others (README.md, Push). */
export function postPush(tenant: Tenant, request: Exchange, platform: Platform): Reply {
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
  Object.assign(tenant.push.switches, Object.fromEntries(given))
  platform.hub.refresh()
  return ok(describe(tenant, platform))
}

/** Drops the tenant's sockets without a close frame. */
export function dropPush(tenant: Tenant, _request: Exchange, platform: Platform): Reply {
  return ok({ dropped: platform.hub.drop(tenant.id) })
}

/** Sends any text to the tenant's sockets, whatever they subscribed to. */
export function sendPush(tenant: Tenant, request: Exchange, platform: Platform): Reply {
  const input = Input.parse(request.body)
  const frame = input.optional('frame')
  const repeat = input.integer('repeat', 1) ?? 1
  const perSecond = input.number('perSecond', 0.1) ?? Infinity
  input.done()
  if (typeof frame !== 'string' && !isObject(frame)) {
    throw new BadInput('"frame" must be a string or an object.')
  }
  const text = typeof frame === 'string' ? frame : goJson(frame)
  const sockets = platform.hub.of(tenant.id)
  inTurn(repeat, perSecond, () => {
    for (const socket of sockets) if (socket.send(text)) tenant.push.sent += 1
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

function describe({ id, push }: Tenant, platform: Platform): JsonObject {
  const sockets = platform.hub.of(id).map(({ topics, sent, halfOpen }) => {
    return { topics: [...topics], sent, halfOpen }
  })
  return { ...push.switches, sockets, sent: push.sent }
}
