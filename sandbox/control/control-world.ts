import { BadInput, Input, required } from './input.ts'
import { ok, type Exchange, type Reply } from '../http/reply.ts'
import type { Tenant } from '../http/tenants.ts'
import type { Controls } from './control.ts'
import type { JsonObject } from '../world/json.ts'
import { fixedTime, parseToken } from '../http/wire-time.ts'
import { fromSeconds, HOUR } from '../world/time.ts'
import { FrameWeather, RequestWeather } from './weather.ts'
import { nullableTime } from '../http/wire.ts'

/** The log of requests, from `?since=` on (README.md, Switches and the log). */
export function getRequests(tenant: Tenant, request: Exchange): Reply {
  const since = request.query.get('since') ?? ''
  const from = since === '' ? 0 : parseToken(since)
  if (from === undefined) {
    throw new BadInput('"since" must be a time like 2026-01-15T09:30:00.123456Z.')
  }
  const first = fixedTime(from)
  const requests = tenant.log.filter(({ time }) => time >= first).map(loggedJson)
  return ok({ requests })
}

function loggedJson({ time, method, path, status, body }: Tenant['log'][number]): JsonObject {
  const entry = { time, method, path, status }
  return body === undefined ? entry : { ...entry, body }
}

/** Plays a tenant's world forward at once (README.md, Time). */
export function advance(tenant: Tenant, request: Exchange, { platform }: Controls): Reply {
  const input = Input.parse(request.body)
  const seconds = required(input.number('seconds'), 'seconds')
  input.done()
  tenant.pace.skip(fromSeconds(seconds))
  platform.advance()
  return ok({ now: fixedTime(tenant.world.now) })
}

/** Starts random faults; level 0 ends them (README.md, Weather). */
export function postWeather(tenant: Tenant, request: Exchange, { hub, faults }: Controls): Reply {
  const input = Input.parse(request.body)
  const level = required(input.share('level'), 'level')
  const seed = input.integer('seed') ?? 1
  input.done()
  const { speed } = tenant.pace
  faults.of(tenant).weather = level === 0 ? undefined : new RequestWeather(level, seed, speed)
  hub.stateOf(tenant.id).weather = level === 0 ? undefined : new FrameWeather(level, seed, speed)
  return ok({ level, seed })
}

/** The participants as the server has them: all not yet `leaved`, and what changed in the last hour. */
export function getTruth({ world, timeFormat }: Tenant): Reply {
  const recent = world.now - HOUR
  const rows = world.participants
    .all()
    .filter(({ status, created, updated }) => status !== 'leaved' || (updated ?? created) >= recent)
  const participants = rows.toReversed().map((row) => ({
    id: row.id,
    conference_id: row.conferenceId,
    status: row.status,
    tm_update: nullableTime(row.updated, timeFormat),
  }))
  return ok({ now: fixedTime(world.now), participants })
}
