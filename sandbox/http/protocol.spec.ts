import { describe, expect, test } from 'vitest'
import {
  dig,
  freshTenant,
  startRig,
  text,
  verdict,
  type Answer,
  type Rig,
} from '../testing/spec-support.ts'

const ADMIN = 'support@rollcall.example'
const FOREIGN = { Origin: 'https://desk.example' }

function corsOf(answer: Answer): Record<string, string> {
  return Object.fromEntries(
    [...answer.headers].filter(([name]) => name.startsWith('access-control-')),
  )
}

/** The request id of the answer to an unauthenticated request. */
async function idOf(rig: Rig, inbound?: string): Promise<string | null> {
  const headers = inbound === undefined ? {} : { 'X-Request-Id': inbound }
  const answer = await rig.ask('/v1.0/me', { headers })
  expect(dig(answer.body, 'error', 'request_id')).toBe(answer.headers.get('x-request-id'))
  return answer.headers.get('x-request-id')
}

/** Repeats a request so many times. @returns how many answers were not a 429 */
async function spend(rig: Rig, path: string, times: number, ask: Parameters<Rig['ask']>[1]) {
  const answers: Answer[] = []
  for (let n = 0; n < times; n++) answers.push(await rig.ask(path, ask))
  return { allowed: answers.filter(({ status }) => status !== 429).length, last: answers.at(-1) }
}

describe('CORS (voipbin-api.md 1)', () => {
  test('a page of another origin may read the body and Content-Length, and nothing else', async () => {
    const rig = await startRig()
    const expected = {
      'access-control-allow-origin': '*',
      'access-control-expose-headers': 'Content-Length',
    }
    for (const path of ['/ping', '/v1.0/me', '/nowhere']) {
      expect(corsOf(await rig.ask(path, { headers: FOREIGN }))).toEqual(expected)
    }
  })

  test('there is no CORS header without an Origin, or with the own one', async () => {
    const rig = await startRig()
    expect(corsOf(await rig.ask('/ping'))).toEqual({})
    expect(corsOf(await rig.ask('/ping', { headers: { Origin: rig.origin } }))).toEqual({})
  })

  test('a preflight is 204 before authentication and costs nothing', async () => {
    const rig = await startRig()
    for (let n = 0; n < 40; n++) {
      const answer = await rig.ask('/v1.0/conferencecalls?page_token=x', {
        method: 'OPTIONS',
        headers: FOREIGN,
      })
      expect([answer.status, answer.text]).toEqual([204, ''])
      expect(corsOf(answer)).toEqual({
        'access-control-allow-origin': '*',
        'access-control-allow-methods': 'POST,GET,PUT,DELETE,PATCH,HEAD,OPTIONS',
        'access-control-allow-headers': 'Origin,X-Requested-With,Content-Type,Accept,Authorization',
        'access-control-max-age': '43200',
      })
    }
    const token = await rig.login(ADMIN)
    expect((await rig.ask('/v1.0/me', { token })).status).toBe(200)
  })

  test('an OPTIONS without Origin is an unknown route', async () => {
    const rig = await startRig()
    expect(verdict(await rig.ask('/v1.0/me', { method: 'OPTIONS' }))).toEqual([
      404,
      'ROUTE_NOT_FOUND',
    ])
  })
})

describe('request ids (voipbin-api.md 1)', () => {
  test('an id of a sane shape is echoed, any other replaced; the envelope has the same', async () => {
    const rig = await startRig()
    expect(await idOf(rig, 'tab-7_42')).toBe('tab-7_42')
    expect(await idOf(rig)).toMatch(/^req_[A-Z2-7]{26}$/)
    expect(await idOf(rig, 'no spaces')).toMatch(/^req_[A-Z2-7]{26}$/)
    expect(await idOf(rig, 'x'.repeat(65))).toMatch(/^req_[A-Z2-7]{26}$/)
  })
})

describe('routes (voipbin-api.md 1, 11)', () => {
  test('ping answers without authentication', async () => {
    const rig = await startRig()
    const answer = await rig.ask('/ping')
    expect([answer.status, answer.text]).toEqual([200, '{"message":"pong"}'])
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8')
  })

  test.each([
    ['GET', '/'],
    ['GET', '/v1.0'],
    ['GET', '/v1.0/nothing'],
    ['POST', '/v1.0/me'],
    ['GET', '/auth/login'],
    ['POST', '/v1.0/auth/login'],
    ['DELETE', '/v1.0/conferencecalls'],
    ['DELETE', '/v1.0/conferencecalls/'],
    ['GET', '/v1.0/conferencecalls/a/b'],
    ['POST', '/v1.0/ws'],
    ['GET', '/ws'],
  ])('%s %s is 404 ROUTE_NOT_FOUND, before authentication', async (method, path) => {
    const rig = await startRig()
    expect(verdict(await rig.ask(path, { method }))).toEqual([404, 'ROUTE_NOT_FOUND'])
  })

  test('a trailing slash is redirected without CORS headers', async () => {
    const rig = await startRig()
    const list = await rig.ask('/v1.0/conferences/?page_size=1', { headers: FOREIGN })
    expect([list.status, list.headers.get('location')]).toEqual([
      301,
      '/v1.0/conferences?page_size=1',
    ])
    expect(corsOf(list)).toEqual({})
    const kick = await rig.ask('/v1.0/conferencecalls/abc/', { method: 'DELETE' })
    expect([kick.status, kick.headers.get('location')]).toEqual([307, '/v1.0/conferencecalls/abc'])
  })
})

describe('ids (voipbin-api.md 4.2, 6)', () => {
  const GONE = 'b8aa51f6-5cc1-40ba-9737-45ca24dab153'

  test.each(['conferences', 'conferencecalls', 'calls'])(
    '%s: anything but an id is 400 INVALID_ID',
    async (noun) => {
      const rig = await startRig()
      const token = await rig.login(ADMIN)
      for (const id of ['42', `${GONE}0`, '00000000-0000-0000-0000-000000000000']) {
        expect(verdict(await rig.ask(`/v1.0/${noun}/${id}`, { token }))).toEqual([
          400,
          'INVALID_ID',
        ])
      }
    },
  )

  test('a missing record is 400 for conferences and conferencecalls, 404 for calls, or as documented', async () => {
    const rig = await startRig()
    const { token, id } = await freshTenant(rig)
    const of = async (path: string, method = 'GET') =>
      verdict(await rig.ask(`/v1.0${path}/${GONE}`, { token, method }))
    expect(await of('/conferences')).toEqual([400, 'INVALID_ARGUMENT'])
    expect(await of('/conferencecalls')).toEqual([400, 'INVALID_ARGUMENT'])
    expect(await of('/conferencecalls', 'DELETE')).toEqual([400, 'INVALID_ARGUMENT'])
    expect(await of('/calls')).toEqual([404, 'CALL_NOT_FOUND'])
    await rig.control(`/tenants/${id}/not-found`, { reasons: '404' })
    expect(await of('/conferences')).toEqual([404, 'CONFERENCE_NOT_FOUND'])
    expect(await of('/conferencecalls', 'DELETE')).toEqual([404, 'CONFERENCECALL_NOT_FOUND'])
  })

  test('a deleted call is 409, a deleted conference 200 by id but not listed', async () => {
    const rig = await startRig()
    const { token, act, body } = await freshTenant(rig)
    const conference = text(body, 'conferences', 0, 'id')
    const dialled = await act('dial-in', { conference })
    await act('delete-call', { participant: text(dialled, 'participant') })
    const call = await rig.ask(`/v1.0/calls/${text(dialled, 'call')}`, { token })
    expect(verdict(call)).toEqual([409, 'STATE_INVALID'])
    const hidden = [
      await act('create-conference', { name: 'gone', deleted: true }),
      await act('create-conference', { name: 'queue', type: 'queue' }),
      await act('create-conference', { name: 'pair', type: 'connect' }),
    ].map((made) => text(made, 'conference'))
    rig.advance(1)
    const list = await rig.ask('/v1.0/conferences', { token })
    for (const id of hidden) {
      expect(list.text).not.toContain(id)
      expect((await rig.ask(`/v1.0/conferences/${id}`, { token })).status).toBe(200)
    }
  })
})

describe('rate limits (voipbin-api.md 8)', () => {
  test('a customer has 33 at once and 17 a second; agents and access keys share them, failures count', async () => {
    const rig = await startRig()
    const token = await rig.login(ADMIN)
    const { allowed, last } = await spend(rig, '/v1.0/calls/42', 34, { token })
    expect(allowed).toBe(33)
    expect(dig(last?.body, 'error', 'details')).toEqual([{ limited_by: 'customer' }])
    expect(last?.headers.get('retry-after')).toBe('1')
    const key = `/v1.0/customer?accesskey=${rig.sandbox.home.accesskey}`
    expect((await rig.ask(key)).status).toBe(429)
    rig.advance(1_000_000)
    expect((await spend(rig, '/v1.0/me', 20, { token })).allowed).toBe(17)
  })

  test('a delegate has its own, smaller bucket', async () => {
    const rig = await startRig()
    const root = await rig.login('root@voipbin.example')
    const body = { customer_id: rig.sandbox.home.id, reason: 'Looking into it' }
    const delegated = await rig.ask('/auth/delegate', { method: 'POST', token: root, body })
    const token = text(delegated.body, 'token')
    expect((await spend(rig, '/v1.0/customer', 20, { token })).allowed).toBe(16)
  })

  test('an IP has 20 logins at once, limited by ip', async () => {
    const rig = await startRig()
    const body = { username: 'nobody', password: 'x' }
    const { allowed, last } = await spend(rig, '/auth/login', 21, { method: 'POST', body })
    expect(allowed).toBe(20)
    expect(verdict(last ?? (await rig.ask('/ping')))).toEqual([429, 'RATE_LIMIT_EXCEEDED'])
    expect(dig(last?.body, 'error', 'details')).toEqual([{ limited_by: 'ip' }])
  })

  test('the IP tier comes before authentication; ping and unknown routes are free', async () => {
    const rig = await startRig()
    expect((await spend(rig, '/ping', 410, {})).allowed).toBe(410)
    const { allowed, last } = await spend(rig, '/v1.0/me', 401, {})
    expect(allowed).toBe(400)
    expect(dig(last?.body, 'error', 'details')).toEqual([{ limited_by: 'ip' }])
    expect((await rig.ask('/v1.0/nothing')).status).toBe(404)
  })

  test('a tenant can have other limits, or none', async () => {
    const rig = await startRig()
    const tight = await freshTenant(rig, { limits: { customer: { rate: 1, burst: 2 } } })
    expect((await spend(rig, '/v1.0/me', 4, { token: tight.token })).allowed).toBe(2)
    const byIp = await freshTenant(rig, { limits: { ip: { rate: 1, burst: 3 } } })
    const { allowed, last } = await spend(rig, '/v1.0/me', 4, { token: byIp.token })
    expect([allowed, dig(last?.body, 'error', 'details', 0, 'limited_by')]).toEqual([2, 'ip'])
    const free = await freshTenant(rig)
    expect((await spend(rig, '/v1.0/me', 500, { token: free.token })).allowed).toBe(500)
  })

  test('the customer limit comes before frozen, frozen before binding', async () => {
    const rig = await startRig()
    const { token } = await freshTenant(rig, {
      frozen: true,
      limits: { customer: { rate: 1, burst: 1 } },
    })
    const path = '/v1.0/calls?page_size=x'
    expect(verdict(await rig.ask(path, { token }))).toEqual([403, 'ACCOUNT_FROZEN'])
    expect(verdict(await rig.ask(path, { token }))).toEqual([429, 'RATE_LIMIT_EXCEEDED'])
  })
})
