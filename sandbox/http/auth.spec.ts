import { describe, expect, test } from 'vitest'
import { signToken } from './jwt.ts'
import { dig, freshTenant, startRig, text, verdict, type Rig } from '../testing/spec-support.ts'

const ADMIN = 'support@rollcall.example'
const DAY = 24 * 3600 * 1_000_000

describe('login (voipbin-api.md 2.1)', () => {
  test('answers with the username and a token, and sets the cookie', async () => {
    const rig = await startRig()
    const body = { username: ADMIN, password: 'rollcall' }
    const answer = await rig.ask('/auth/login', { method: 'POST', body })
    expect(answer.status).toBe(200)
    const token = text(answer.body, 'token')
    expect(answer.body).toEqual({ username: ADMIN, token })
    // `Secure` is left out on plain HTTP only.
    expect(answer.headers.get('set-cookie')).toBe(
      `token=${token}; Path=/; Max-Age=604800; HttpOnly; SameSite=Strict`,
    )
  })

  test.each([
    ['a wrong password', `{"username":"${ADMIN}","password":"x"}`],
    ['an unknown user', '{"username":"nobody","password":"rollcall"}'],
    ['a missing field', `{"username":"${ADMIN}"}`],
    ['malformed JSON', '{"username":'],
    ['no body', ''],
  ])('%s gives 400 with an empty body', async (_, body) => {
    const rig = await startRig()
    const answer = await rig.ask('/auth/login', { method: 'POST', body })
    expect([answer.status, answer.text]).toEqual([400, ''])
  })

  test('password-forgot answers 200 {} to any username', async () => {
    const rig = await startRig()
    const answer = await rig.ask('/auth/password-forgot', {
      method: 'POST',
      body: { username: 'nobody' },
    })
    expect([answer.status, answer.text]).toEqual([200, '{}'])
  })
})

describe('tokens (voipbin-api.md 2.2)', () => {
  test("expire after seven days by `expire`, or after the tenant's own span", async () => {
    const rig = await startRig()
    const token = await rig.login(ADMIN)
    const brief = await freshTenant(rig, { expireSeconds: 60 })
    rig.advance(60 * 1_000_000 + 1)
    expect(verdict(await rig.ask('/v1.0/me', { token: brief.token }))).toEqual([
      401,
      'INVALID_CREDENTIALS',
    ])
    expect((await rig.ask('/v1.0/me', { token })).status).toBe(200)
    rig.advance(7 * DAY)
    expect(verdict(await rig.ask('/v1.0/me', { token }))).toEqual([401, 'INVALID_CREDENTIALS'])
  })

  test('a forged signature is refused, and the permission in a genuine token is trusted', async () => {
    const rig = await startRig()
    const { id } = rig.sandbox.home
    const agent = { id: '00000000-0000-4000-8000-000000000001', customer_id: id, permission: 32 }
    const claims = { expire: '2026-02-01T00:00:00.000000Z', agent }
    const forged = signToken(claims, 'guess')
    expect(verdict(await rig.ask('/v1.0/customer', { token: forged }))).toEqual([
      401,
      'INVALID_CREDENTIALS',
    ])
    // A token without `type` counts as an agent's.
    const genuine = signToken(claims, rig.sandbox.platform.secret)
    expect((await rig.ask('/v1.0/customer', { token: genuine })).status).toBe(200)
  })
})

describe('which credential counts (voipbin-api.md 2.3)', () => {
  const bad = { token: 'token=bad', accesskey: 'accesskey=bad' }

  test.each([
    ['none', {}, '', 401, 'AUTHENTICATION_REQUIRED'],
    [
      'cookie before header',
      { Cookie: bad.token, Authorization: 'GOOD' },
      '',
      401,
      'INVALID_CREDENTIALS',
    ],
    ['query token before header', { Authorization: 'GOOD' }, bad.token, 401, 'INVALID_CREDENTIALS'],
    ['header before accesskey', { Authorization: 'GOOD' }, bad.accesskey, 200, undefined],
    [
      'accesskey cookie before query',
      { Cookie: bad.accesskey },
      'accesskey=KEY',
      401,
      'INVALID_CREDENTIALS',
    ],
    ['accesskey in the query', {}, 'accesskey=KEY', 200, undefined],
    ['accesskey cookie', { Cookie: 'accesskey=KEY' }, '', 200, undefined],
    [
      'accesskey in the header is no token',
      { Authorization: 'Bearer KEY' },
      '',
      401,
      'INVALID_CREDENTIALS',
    ],
    [
      'the prefix is case-sensitive',
      { Authorization: 'bearer x' },
      '',
      401,
      'AUTHENTICATION_REQUIRED',
    ],
    [
      'other cookies do not matter',
      { Cookie: 'theme=dark', Authorization: 'GOOD' },
      '',
      200,
      undefined,
    ],
  ])('%s', async (_, headers, query, status, reason) => {
    const rig = await startRig()
    const token = await rig.login(ADMIN)
    const fill = (value: string): string =>
      value.replace('GOOD', `Bearer ${token}`).replace('KEY', rig.sandbox.home.accesskey)
    const filled = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, fill(value)]),
    )
    const answer = await rig.ask(`/v1.0/customer?${fill(query)}`, { headers: filled })
    expect(verdict(answer)).toEqual([status, reason])
  })
})

describe('permissions (voipbin-api.md 2.4)', () => {
  const PATHS = ['/me', '/customer', '/conferences', '/conferencecalls', '/calls', '/customers']
  const statuses = async (rig: Rig, query: string, token?: string): Promise<number[]> => {
    const ask = token === undefined ? {} : { token }
    const answers = await Promise.all(PATHS.map((path) => rig.ask(`/v1.0${path}${query}`, ask)))
    return answers.map(({ status }) => status)
  }

  test('depend on the role', async () => {
    const rig = await startRig()
    const of = async (user: string): Promise<number[]> => statuses(rig, '', await rig.login(user))
    expect(await of(ADMIN)).toEqual([200, 200, 200, 200, 200, 403])
    expect(await of('manager@rollcall.example')).toEqual([200, 200, 200, 200, 200, 403])
    expect(await of('agent@rollcall.example')).toEqual([200, 403, 403, 403, 403, 403])
    expect(await of('root@voipbin.example')).toEqual([200, 200, 200, 200, 200, 200])
    const key = `?accesskey=${rig.sandbox.home.accesskey}`
    expect(await statuses(rig, key)).toEqual([403, 200, 200, 200, 200, 403])
    expect(verdict(await rig.ask(`/v1.0/me${key}`))).toEqual([403, 'AGENT_AUTH_REQUIRED'])
  })

  test("another customer's id is 403, for a superadmin 200", async () => {
    const rig = await startRig()
    const [admin, root] = [await rig.login(ADMIN), await rig.login('root@voipbin.example')]
    const world = rig.sandbox.platform.tenants[1]?.world
    const ids = [
      `/conferences/${world?.conferences.all()[0]?.id ?? ''}`,
      `/conferencecalls/${world?.participants.all()[0]?.id ?? ''}`,
      `/calls/${world?.calls.all()[0]?.id ?? ''}`,
    ]
    for (const path of ids) {
      expect(verdict(await rig.ask(`/v1.0${path}`, { token: admin }))).toEqual([
        403,
        'PERMISSION_DENIED',
      ])
      expect((await rig.ask(`/v1.0${path}`, { token: root })).status).toBe(200)
    }
    const kick = await rig.ask(`/v1.0${ids[1] ?? ''}`, { method: 'DELETE', token: admin })
    expect(verdict(kick)).toEqual([403, 'PERMISSION_DENIED'])
  })
})

test('a frozen account gets 403 on every /v1.0 call, a superadmin that visits it does not (voipbin-api.md 2.7)', async () => {
  const rig = await startRig()
  const tenant = await freshTenant(rig, { frozen: true })
  const answer = await rig.ask('/v1.0/me', { token: tenant.token })
  expect(verdict(answer)).toEqual([403, 'ACCOUNT_FROZEN'])
  expect(dig(answer.body, 'error', 'details', 0)).toEqual({
    deletion_scheduled_at: null,
    deletion_effective_at: null,
    recovery_endpoint: 'DELETE /auth/unregister',
  })
  const root = await rig.login('root@voipbin.example')
  const conference = text(tenant.body, 'conferences', 0, 'id')
  expect((await rig.ask(`/v1.0/conferences/${conference}`, { token: root })).status).toBe(200)
  await rig.control(`/tenants/${tenant.id}/frozen`, { frozen: false })
  expect((await rig.ask('/v1.0/me', { token: tenant.token })).status).toBe(200)
})
