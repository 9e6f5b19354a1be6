import { describe, expect, test } from 'vitest'
import { BadOption, DEFAULTS, parseFlags } from '../options.ts'
import {
  dig,
  freshTenant,
  rows,
  startRig,
  text,
  verdict,
  type Answer,
} from '../testing/spec-support.ts'

async function tenantWithFaults() {
  const rig = await startRig()
  const tenant = await freshTenant(rig, { limits: false, live: 4 })
  const { id, token } = tenant
  return {
    rig,
    tenant,
    fault: async (fields: Record<string, string | number>): Promise<Answer> =>
      rig.control(`/tenants/${id}/faults`, { path: '/v1.0/conferencecalls', ...fields }),
    list: async (): Promise<Answer> => rig.ask('/v1.0/conferencecalls', { token }),
  }
}

/** One field of every row. */
function tell(told: unknown[], key: string): unknown[] {
  return told.map((row) => dig(row, key))
}

describe('faults', () => {
  test("a status fault answers once, with the platform's own words or the words given", async () => {
    const { fault, list } = await tenantWithFaults()
    await fault({ kind: 'status', status: 503 })
    expect(verdict(await list())).toEqual([503, 'REQUEST_TIMEOUT'])
    expect((await list()).status).toBe(200)
    await fault({ kind: 'status', status: 418, reason: 'TEAPOT', message: 'short and stout' })
    expect(dig((await list()).body, 'error')).toMatchObject({
      reason: 'TEAPOT',
      message: 'short and stout',
    })
  })

  test('a fault counts and skips, goes by method and prefix, and can be cleared', async () => {
    const { rig, tenant, fault, list } = await tenantWithFaults()
    await fault({ path: '/v1.0/*', kind: 'empty', count: -1, skip: 1, method: 'GET' })
    const statuses = [await list(), await list(), await list()].map(({ status }) => status)
    expect(statuses).toEqual([200, 500, 500])
    const faults = await rig.control(`/tenants/${tenant.id}/faults`, undefined, 'GET')
    expect(dig(faults.body, 'faults', 0)).toMatchObject({ kind: 'empty', count: -1, skip: 0 })
    await rig.control(`/tenants/${tenant.id}/faults`, undefined, 'DELETE')
    expect((await list()).status).toBe(200)
  })

  test('html, malformed and empty faults answer with HTML, broken JSON and an empty body', async () => {
    const { fault, list } = await tenantWithFaults()
    await fault({ kind: 'html' })
    const html = await list()
    expect([html.status, html.headers.get('content-type')]).toEqual([502, 'text/html'])
    await fault({ kind: 'malformed' })
    const malformed = await list()
    expect([malformed.status, malformed.body]).toEqual([200, undefined])
    await fault({ kind: 'empty', status: 500 })
    const bare = await list()
    expect([bare.status, bare.text]).toEqual([500, ''])
  })

  test('a redirect leads to the location given', async () => {
    const { fault, list } = await tenantWithFaults()
    const location = 'https://elsewhere.example/auth/login'
    await fault({ kind: 'redirect', location })
    const answer = await list()
    expect([answer.status, answer.headers.get('location')]).toEqual([307, location])
    await fault({ kind: 'redirect', status: 301 })
    const other = await list()
    expect([other.status, other.headers.get('location')]).toEqual([301, '/'])
  })

  test('truncated and dropped answers are network errors, and a hanging one can be aborted', async () => {
    const { rig, tenant, fault, list } = await tenantWithFaults()
    await fault({ kind: 'truncated' })
    await expect(list()).rejects.toThrow(TypeError)
    await fault({ kind: 'drop' })
    await expect(list()).rejects.toThrow(TypeError)
    await fault({ kind: 'hang' })
    const giveUp = new AbortController()
    const headers = { Authorization: `Bearer ${tenant.token}` }
    const hanging = fetch(`${rig.origin}/v1.0/conferencecalls`, { headers, signal: giveUp.signal })
    await expect.poll(async () => dig((await requests()).body, 'requests', 2, 'status')).toBe(0)
    giveUp.abort()
    await expect(hanging).rejects.toThrow('aborted')

    function requests(): Promise<Answer> {
      return rig.control(`/tenants/${tenant.id}/requests`, undefined, 'GET')
    }
  })

  test('data faults spoil one row of a list, or the record', async () => {
    const { fault, list } = await tenantWithFaults()
    const first = async (kind: string, more = {}): Promise<unknown> => {
      await fault({ kind, ...more })
      return rows(await list())[0]
    }
    const whole = rows(await list())[0]
    expect(await first('unknown-status')).toMatchObject({ status: 'holding' })
    expect(await first('unknown-type')).toMatchObject({ reference_type: 'hologram' })
    expect(await first('missing-field', { field: 'conference_id' })).not.toHaveProperty(
      'conference_id',
    )
    expect(await first('null-field', { field: 'tm_create' })).toMatchObject({ tm_create: null })
    expect(await first('non-object-row')).toBe('not an object')
    expect(await first('non-object-row', { row: 1 })).toEqual(whole)
  })

  test('a fault after the effect answers 503 to a DELETE that did kick', async () => {
    const { rig, tenant, fault, list } = await tenantWithFaults()
    const path = `/v1.0/conferencecalls/${text(rows(await list())[0], 'id')}`
    await fault({
      path: '/v1.0/conferencecalls/*',
      method: 'DELETE',
      kind: 'status',
      status: 503,
      stage: 'after',
    })
    const { token } = tenant
    expect((await rig.ask(path, { method: 'DELETE', token })).status).toBe(503)
    expect(dig((await rig.ask(path, { token })).body, 'status')).toBe('leaving')
  })

  test('a fault on login goes by the username in the body', async () => {
    const { rig, tenant, fault } = await tenantWithFaults()
    await fault({ path: '/auth/login', kind: 'status', status: 429 })
    const ask = { method: 'POST', body: { username: tenant.username, password: 'rollcall' } }
    expect((await rig.ask('/auth/login', ask)).status).toBe(429)
    expect((await rig.ask('/auth/login', ask)).status).toBe(200)
  })
})

describe('tenants', () => {
  test('a new tenant has its own accounts, key and conferences', async () => {
    const rig = await startRig()
    const { body, token, accesskey } = await freshTenant(rig, {
      seed: 3,
      conferences: 2,
      live: 5,
      history: 7,
    })
    expect(body).toMatchObject({
      plainAgent: { password: 'rollcall' },
      manager: { password: 'rollcall' },
    })
    expect(dig(body, 'conferences', 0)).toMatchObject({
      name: 'Support standup',
      type: 'conference',
    })
    rig.advance(1)
    expect(rows(await rig.ask('/v1.0/conferencecalls', { token })).length).toBe(12)
    expect(rows(await rig.ask(`/v1.0/conferences?accesskey=${accesskey}`)).length).toBe(2)
  })

  test('two tenants with the same seed have the same history under different ids', async () => {
    const rig = await startRig()
    const story = async (): Promise<unknown[]> => {
      const { token } = await freshTenant(rig, { seed: 3, live: 5, history: 7 })
      return [...rows(await rig.ask('/v1.0/conferencecalls', { token }))]
    }
    const [one, two] = [await story(), await story()]
    expect(tell(one, 'tm_update')).toEqual(tell(two, 'tm_update'))
    expect(new Set([...tell(one, 'id'), ...tell(two, 'id')]).size).toBe(24)
  })

  test('the log has method, path without credentials and status, and can be cleared', async () => {
    const rig = await startRig()
    const { id, token, accesskey } = await freshTenant(rig)
    await rig.ask('/v1.0/me', { token })
    await rig.ask(`/v1.0/calls?page_size=1&accesskey=${accesskey}`)
    const log = async () => (await rig.control(`/tenants/${id}/requests`, undefined, 'GET')).body
    const time = '2026-01-15T09:30:00.123456Z'
    expect(await log()).toEqual({
      requests: [
        { time, method: 'POST', path: '/auth/login', status: 200 },
        { time, method: 'GET', path: '/v1.0/me', status: 200 },
        { time, method: 'GET', path: '/v1.0/calls?page_size=1', status: 200 },
      ],
    })
    await rig.control(`/tenants/${id}/requests`, undefined, 'DELETE')
    expect(await log()).toEqual({ requests: [] })
  })

  test('raw fields replace those that are sent, and {} takes them back', async () => {
    const rig = await startRig()
    const { act, body, token } = await freshTenant(rig)
    const dialled = await act('dial-in', { conference: text(body, 'conferences', 0, 'id') })
    const participant = text(dialled, 'participant')
    const status = async () =>
      dig((await rig.ask(`/v1.0/conferencecalls/${participant}`, { token })).body, 'status')
    await act('set', { participant, fields: { status: 'ghost' } })
    expect(await status()).toBe('ghost')
    await act('set', { participant, fields: {} })
    expect(await status()).toBe('joined')
  })

  test('the overview has options, tenants and counts', async () => {
    const rig = await startRig()
    const overview = await rig.control('', undefined, 'GET')
    expect(dig(overview.body, 'now')).toBe('2026-01-15T09:30:00.123456Z')
    expect(dig(overview.body, 'tenants', 0)).toMatchObject({
      name: 'Rollcall Support',
      counts: { conferences: 14, participants: 695 },
    })
  })
})

describe('bad input', () => {
  test.each([
    ['/tenants', { live: -1 }, '"live" must be a number of at least 0.'],
    ['/tenants', { lives: 1 }, '"lives" is not known here.'],
    ['/tenants', { conferences: 0, live: 1 }, 'Participants need at least one conference.'],
    ['/tenants', { limits: true }, '"limits" must be an object.'],
    ['/tenants', [1], 'The body must be a JSON object.'],
    ['/tenants/ID/faults', { path: '/ping' }, '"kind" is missing.'],
    [
      '/tenants/ID/faults',
      { path: '/ping', kind: 'drop', count: 0 },
      '"count" must be at least 1, or -1 for "until cleared".',
    ],
    ['/tenants/ID/time-format', { format: 'unix' }, '"format" must be one of: rfc3339, legacy.'],
    ['/tenants/ID/act', { act: 'join' }, '"participant" is missing.'],
    [
      '/tenants/ID/act',
      { act: 'join', participant: 'x' },
      '"participant" must be the id of a participant of this tenant.',
    ],
    ['/tenants/ID/act', { act: 'kick-delay', ms: 5, s: 1 }, '"s" is not known here.'],
  ])('refuses %s %j', async (path, body, error) => {
    const rig = await startRig()
    const answer = await rig.control(path.replace('ID', rig.sandbox.home.id), body)
    expect([answer.status, answer.body]).toEqual([400, { error }])
  })

  test('answers 404 with a sentence for an unknown tenant or path', async () => {
    const rig = await startRig()
    expect((await rig.control('/tenants/x/act', {})).status).toBe(404)
    expect((await rig.control('/nothing', {})).text).toContain('sandbox/README.md')
  })
})

describe('flags', () => {
  test('have defaults, and are read as numbers', () => {
    expect(parseFlags([]).world).toEqual(DEFAULTS)
    expect(parseFlags(['--live', '500', '--rate', '0.5', '--port', '9000'])).toMatchObject({
      world: { live: 500, rate: 0.5 },
      port: 9000,
    })
  })

  test.each([
    [['--live', 'many']],
    [['--live', '1.5']],
    [['--port', '70000']],
    [['--speed', '2']],
    [['extra']],
  ])('%j is refused', (args) => {
    expect(() => parseFlags(args)).toThrow(BadOption)
  })
})
