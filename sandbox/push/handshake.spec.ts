import { describe, expect, test } from 'vitest'
import { dig, freshTenant, startRig, text } from '../testing/spec-support.ts'
import { connect, handshake } from '../testing/socket-support.ts'

function reasonOf({ status, body }: { status: number; body: unknown }): [number, unknown] {
  return [status, dig(body, 'error', 'reason')]
}

describe('opening a socket (voipbin-api.md 9.1)', () => {
  test('works by token or access key, on both paths, with any Origin', async () => {
    const rig = await startRig()
    const { token, accesskey } = await freshTenant(rig)
    for (const path of ['/v1.0/ws', '/v1.0/service_agents/ws']) {
      for (const credential of [`token=${token}`, `accesskey=${accesskey}`]) {
        const { status } = await handshake(rig, `${path}?${credential}`, {
          Origin: 'https://evil.example',
        })
        expect(status).toBe(101)
      }
    }
    await connect(rig, `token=${token}`)
  })

  test('chooses no subprotocol', async () => {
    const rig = await startRig()
    const { token } = await freshTenant(rig)
    // The client refuses an answer without one of the subprotocols it offered.
    const { status } = await handshake(rig, `/v1.0/ws?token=${token}`, {
      'Sec-WebSocket-Protocol': 'chat',
    })
    expect(status).toBe(101)
    const { ws } = await connect(rig, `token=${token}`)
    expect(ws.protocol).toBe('')
  })

  test('cookies come first, and there is no fallback (voipbin-api.md 2.3)', async () => {
    const rig = await startRig()
    const { token, accesskey } = await freshTenant(rig)
    const of = async (query: string, headers: Record<string, string>) =>
      reasonOf(await handshake(rig, `/v1.0/ws${query}`, headers))
    expect(await of('', { Cookie: `token=${token}` })).toEqual([101, undefined])
    expect(await of(`?token=${token}`, { Cookie: 'token=stale' })).toEqual([
      401,
      'INVALID_CREDENTIALS',
    ])
    expect(await of('?token=stale', { Authorization: `Bearer ${token}` })).toEqual([
      401,
      'INVALID_CREDENTIALS',
    ])
    expect(await of('', { Authorization: `Bearer ${token}` })).toEqual([101, undefined])
    expect(await of(`?accesskey=${accesskey}`, { Cookie: 'accesskey=stale' })).toEqual([
      401,
      'INVALID_CREDENTIALS',
    ])
  })

  test('a handshake without a credential is 401 with an ordinary envelope', async () => {
    const rig = await startRig()
    const answer = await handshake(rig, '/v1.0/ws')
    expect(reasonOf(answer)).toEqual([401, 'AUTHENTICATION_REQUIRED'])
    expect(text(answer.body, 'error', 'request_id')).toMatch(/^req_[A-Z2-7]{26}$/)
  })

  test('a frozen customer is refused, a plain agent is not (voipbin-api.md 2.4, 2.7)', async () => {
    const rig = await startRig()
    const { id, body } = await freshTenant(rig)
    const token = await rig.login(text(body, 'plainAgent', 'username'))
    expect((await handshake(rig, `/v1.0/ws?token=${token}`)).status).toBe(101)
    await rig.control(`/tenants/${id}/frozen`, { frozen: true })
    expect(reasonOf(await handshake(rig, `/v1.0/ws?token=${token}`))).toEqual([
      403,
      'ACCOUNT_FROZEN',
    ])
  })

  test('a handshake costs a request of both buckets (voipbin-api.md 8)', async () => {
    const rig = await startRig()
    const limits = { customer: { rate: 1, burst: 2 } }
    const byCustomer = await freshTenant(rig, { limits })
    const byIp = await freshTenant(rig, { limits: { ip: { rate: 1, burst: 3 } } })
    for (const [tenant, allowed] of [
      [byCustomer, 2],
      // The login was the first request.
      [byIp, 2],
    ] as const) {
      const answers = []
      for (let n = 0; n < 3; n++)
        answers.push(await handshake(rig, `/v1.0/ws?token=${tenant.token}`))
      expect(answers.filter(({ status }) => status === 101).length).toBe(allowed)
      expect(answers.at(-1)?.status).toBe(429)
    }
  })

  test('a delegate gets 200 with an empty body', async () => {
    const rig = await startRig()
    const root = await rig.login('root@voipbin.example')
    const body = { customer_id: rig.sandbox.home.id, reason: 'Looking into it' }
    const delegated = await rig.ask('/auth/delegate', { method: 'POST', token: root, body })
    const answer = await handshake(rig, `/v1.0/ws?token=${text(delegated.body, 'token')}`)
    expect([answer.status, answer.text]).toEqual([200, ''])
    const offered = connect(rig, `token=${text(delegated.body, 'token')}`)
    await expect(offered).rejects.toThrow('Unexpected server response: 200')
  })

  test('an authenticated plain GET is a Bad Request', async () => {
    const rig = await startRig()
    const { token } = await freshTenant(rig)
    const answer = await rig.ask('/v1.0/ws', { token })
    expect([answer.status, answer.text]).toEqual([400, 'Bad Request\n'])
    expect((await rig.ask('/v1.0/ws')).status).toBe(401)
    const old = await handshake(rig, `/v1.0/ws?token=${token}`, { 'Sec-WebSocket-Version': '8' })
    expect(old.status).toBe(400)
  })

  test('an upgrade on another path is answered as an ordinary request', async () => {
    const rig = await startRig()
    const { token } = await freshTenant(rig)
    expect((await handshake(rig, `/v1.0/me?token=${token}`)).status).toBe(200)
    expect((await handshake(rig, '/elsewhere')).status).toBe(404)
  })

  test('expiry is checked once: an open socket outlives its token', async () => {
    const rig = await startRig()
    const tenant = await freshTenant(rig, { limits: false, expireSeconds: 5 })
    const socket = await connect(rig, `token=${tenant.token}`)
    rig.advance(9_000_000)
    const late = await handshake(rig, `/v1.0/ws?token=${tenant.token}`)
    expect(reasonOf(late)).toEqual([401, 'INVALID_CREDENTIALS'])
    await socket.subscribe(`customer_id:${tenant.id}:conference:conference_`)
    await tenant.act('create-conference', { name: 'Late' })
    expect(await socket.next()).toMatchObject({ name: 'Late' })
  })

  test('the log has handshakes, without their credential', async () => {
    const rig = await startRig()
    const tenant = await freshTenant(rig)
    await connect(rig, `token=${tenant.token}&tab=1`)
    await handshake(rig, `/v1.0/ws?accesskey=${tenant.accesskey}`, { Cookie: 'token=stale' })
    await rig.control(`/tenants/${tenant.id}/frozen`, { frozen: true })
    await handshake(rig, `/v1.0/ws?accesskey=${tenant.accesskey}`)
    const log = await rig.control(`/tenants/${tenant.id}/requests`, undefined, 'GET')
    expect(dig(log.body, 'requests', 1)).toMatchObject({
      method: 'GET',
      path: '/v1.0/ws?tab=1',
      status: 101,
    })
    expect(dig(log.body, 'requests', 2)).toMatchObject({ path: '/v1.0/ws', status: 403 })
  })
})
