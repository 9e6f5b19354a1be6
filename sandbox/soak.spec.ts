import { describe, expect, test } from 'vitest'
import { dig, freshTenant, rows, startRig, text, type Rig } from './testing/spec-support.ts'
import { listening } from './testing/socket-support.ts'
import { FrameWeather, RequestWeather } from './control/weather.ts'

const SECOND = 1_000_000

function fates(seed: number): unknown[] {
  const weather = new FrameWeather(0.2, seed)
  return Array.from({ length: 1000 }, () => weather.frame())
}

async function truthOf(rig: Rig, id: string): Promise<readonly unknown[]> {
  const { body } = await rig.control(`/tenants/${id}/truth`, undefined, 'GET')
  const participants = dig(body, 'participants')
  return Array.isArray(participants) ? participants : []
}

describe('a clock of the tenant', () => {
  test('clockSpeed makes this world and its times run fast, but not the others and the limits', async () => {
    const rig = await startRig()
    const fast = await freshTenant(rig, {
      limits: { customer: { rate: 1, burst: 3 } },
      clockSpeed: 60,
    })
    const slow = await freshTenant(rig)
    const conference = text(fast.body, 'conferences', 0, 'id')
    const participant = text(await fast.act('dial-in', { conference }), 'participant')
    rig.advance(SECOND)
    const ask = { token: fast.token }
    const kicked = await rig.ask(`/v1.0/conferencecalls/${participant}`, {
      ...ask,
      method: 'DELETE',
    })
    expect(dig(kicked.body, 'tm_update')).toBe('2026-01-15T09:31:00.123456Z')
    expect(kicked.headers.get('date')).toBe('Thu, 15 Jan 2026 09:31:00 GMT')
    // A kick takes 0.9 to 1.5 s of the tenant's time.
    rig.advance(SECOND / 20)
    expect(await truthOf(rig, fast.id)).toMatchObject([{ id: participant, status: 'leaved' }])
    // The list starts at the tenant's now, not at the platform's, or it would miss the row.
    expect(rows(await rig.ask('/v1.0/conferencecalls', ask)).length).toBe(1)
    await rig.ask('/v1.0/me', ask)
    expect((await rig.ask('/v1.0/me', ask)).status).toBe(429)
    await slow.act('create-conference', { name: 'Now' })
    const list = await rig.ask('/v1.0/conferences', { token: slow.token })
    expect(list.headers.get('date')).toBe('Thu, 15 Jan 2026 09:30:01 GMT')
  })

  test("advance moves the tenant's world forward at once", async () => {
    const rig = await startRig()
    const tenant = await freshTenant(rig, { limits: false, live: 20, rate: 1 })
    const { id } = tenant
    const answer = await rig.control(`/tenants/${id}/advance`, { seconds: 600 })
    expect(answer.body).toEqual({ now: '2026-01-15T09:40:00.123456Z' })
    const updates = (await truthOf(rig, id)).map((row) => dig(row, 'tm_update'))
    expect(updates.some((at) => typeof at === 'string' && at > '2026-01-15T09:39')).toBe(true)
    expect(rig.sandbox.home.world.now).toBe(rig.now())
  })
})

describe('the truth', () => {
  test('has the participants not leaved, and those changed within the hour, newest first', async () => {
    const rig = await startRig()
    const tenant = await freshTenant(rig, { limits: false })
    const conference = text(tenant.body, 'conferences', 0, 'id')
    const early = text(await tenant.act('dial-in', { conference }), 'participant')
    rig.advance(SECOND)
    const held = text(await tenant.act('dial-in', { conference, hold: true }), 'participant')
    await tenant.act('hang-up', { participant: early })
    expect(await truthOf(rig, tenant.id)).toEqual([
      { id: held, conference_id: conference, status: 'joining', tm_update: null },
      {
        id: early,
        conference_id: conference,
        status: 'leaved',
        tm_update: '2026-01-15T09:30:01.123456Z',
      },
    ])
    rig.advance(3601 * SECOND)
    expect((await truthOf(rig, tenant.id)).map((row) => dig(row, 'id'))).toEqual([held])
  })

  test('tie makes rows of one microsecond, of which a page boundary skips some (voipbin-api.md 3)', async () => {
    const rig = await startRig()
    const { act, body, token } = await freshTenant(rig)
    const conference = text(body, 'conferences', 0, 'id')
    const tied = await act('tie', { conference, count: 3, at: 60 })
    expect(dig(tied, 'tm_create')).toBe('2026-01-15T09:29:00.123456Z')
    const first = await rig.ask('/v1.0/conferencecalls?page_size=2', { token })
    expect(rows(first).length).toBe(2)
    const next = encodeURIComponent(text(first.body, 'next_page_token'))
    const second = await rig.ask(`/v1.0/conferencecalls?page_token=${next}`, { token })
    expect(rows(second)).toEqual([])
    expect(rows(await rig.ask('/v1.0/conferencecalls', { token })).length).toBe(3)
  })
})

describe('weather', () => {
  test('the same seed and requests meet the same faults, about as many as the level says', () => {
    const request = { method: 'GET', path: '/v1.0/conferencecalls', query: new URLSearchParams() }
    const exchange = { ...request, headers: {}, body: '', ip: '', requestId: '' }
    const faults = (seed: number): unknown[] => {
      const weather = new RequestWeather(0.2, seed)
      return Array.from({ length: 1000 }, () => weather.fault(exchange)?.kind)
    }
    expect(faults(5)).toEqual(faults(5))
    expect(fates(5)).toEqual(fates(5))
    expect(faults(5)).not.toEqual(faults(6))
    const hit = faults(5).filter((kind) => kind !== undefined)
    expect(hit.length).toBeGreaterThan(150)
    expect(hit.length).toBeLessThan(250)
    expect(new Set(hit)).toEqual(new Set(['status', 'empty', 'html', 'truncated', 'drop', 'slow']))
    const calm = new RequestWeather(1, 1)
    expect(calm.fault({ ...exchange, path: '/auth/login' })).toBeUndefined()
  })

  test('hits requests and frames until level 0', async () => {
    const { rig, tenant, socket, topic, control } = await listening(await startRig())
    await socket.subscribe(topic(':conference'))
    const path = `/v1.0/me?accesskey=${tenant.accesskey}`
    await control('/weather', { level: 1, seed: 3 })
    const outcomes: number[] = []
    for (let n = 0; n < 8; n++) {
      outcomes.push(
        await rig.ask(path).then(
          ({ status }) => status,
          () => 0,
        ),
      )
    }
    expect(outcomes.filter((status) => status === 0 || status >= 429).length).toBeGreaterThan(4)
    for (let n = 0; n < 40; n++) await tenant.act('create-conference', { name: `${n}` })
    // Among so many frames one drops the socket.
    expect(await socket.closed()).toBe(1006)
    await control('/weather', { level: 0 })
    expect((await rig.ask(path)).status).toBe(403)
  })
})

describe('the log', () => {
  test('can be read from a time on', async () => {
    const rig = await startRig()
    const { id, token } = await freshTenant(rig)
    rig.advance(SECOND)
    await rig.ask('/v1.0/me', { token })
    const since = async (at: string): Promise<unknown> =>
      (await rig.control(`/tenants/${id}/requests?since=${at}`, undefined, 'GET')).body
    expect(await since('2026-01-15T09:30:01Z')).toMatchObject({ requests: [{ path: '/v1.0/me' }] })
    expect(await since('2026-01-15T09:30:02Z')).toEqual({ requests: [] })
    expect(await since('yesterday')).toEqual({
      error: '"since" must be a time like 2026-01-15T09:30:00.123456Z.',
    })
  })
})
