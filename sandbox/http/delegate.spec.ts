import { describe, expect, test } from 'vitest'
import { dig, freshTenant, startRig, text, verdict } from '../testing/spec-support.ts'

const ADMIN = 'support@rollcall.example'

describe('a delegate (voipbin-api.md 2.6)', () => {
  const reason = 'Looking into ticket 4821'

  test('acts as the customer, but is no agent', async () => {
    const rig = await startRig()
    const root = await rig.login('root@voipbin.example')
    const { id } = rig.sandbox.home
    const body = { customer_id: id, reason }
    const answer = await rig.ask('/auth/delegate', { method: 'POST', token: root, body })
    expect(answer.body).toEqual({
      token: text(answer.body, 'token'),
      customer_id: id,
      expire: '2026-01-15T17:30:00.123456Z',
    })
    expect(answer.headers.get('set-cookie')).toBeNull()
    const token = text(answer.body, 'token')
    expect(dig((await rig.ask('/v1.0/customer', { token })).body, 'id')).toBe(id)
    expect(verdict(await rig.ask('/v1.0/me', { token }))).toEqual([403, 'AGENT_AUTH_REQUIRED'])
    const again = await rig.ask('/auth/delegate', { method: 'POST', token, body })
    expect([again.status, again.text]).toEqual([403, ''])
  })

  test('is refused with an empty body', async () => {
    const rig = await startRig()
    const root = await rig.login('root@voipbin.example')
    const admin = await rig.login(ADMIN)
    const ask = async (token: string, body: Record<string, string>): Promise<unknown> => {
      const answer = await rig.ask('/auth/delegate', { method: 'POST', token, body })
      return [answer.status, answer.text]
    }
    const stranger = 'b8aa51f6-5cc1-40ba-9737-45ca24dab153'
    expect(await ask(root, { reason })).toEqual([400, ''])
    expect(await ask(admin, { customer_id: rig.sandbox.home.id, reason })).toEqual([403, ''])
    expect(await ask(root, { customer_id: stranger, reason })).toEqual([404, ''])
    expect(await ask(root, { customer_id: 'x', reason })).toEqual([422, ''])
    expect(await ask(root, { customer_id: stranger, reason: 'short' })).toEqual([422, ''])
    // A bad UUID is noticed before the permission, a bad reason after it.
    expect(await ask(admin, { customer_id: 'x', reason })).toEqual([422, ''])
    expect(await ask(admin, { customer_id: stranger, reason: 'short' })).toEqual([403, ''])
  })
})

test('a frozen account is refused a delegate token; for a frozen customer one is issued (voipbin-api.md 2.6)', async () => {
  const rig = await startRig()
  const tenant = await freshTenant(rig, { frozen: true })
  const ask = async (token: string) => {
    const body = { customer_id: tenant.id, reason: 'Looking into ticket 4821' }
    return rig.ask('/auth/delegate', { method: 'POST', token, body })
  }
  expect(verdict(await ask(tenant.token))).toEqual([403, 'ACCOUNT_FROZEN'])
  const issued = await ask(await rig.login('root@voipbin.example'))
  expect(issued.status).toBe(200)
  const refused = await rig.ask('/v1.0/customer', { token: text(issued.body, 'token') })
  expect(verdict(refused)).toEqual([403, 'ACCOUNT_FROZEN'])
})

test('a missing customer is a 400, as a missing conference is', async () => {
  const rig = await startRig()
  const token = await rig.login('root@voipbin.example')
  const path = '/v1.0/customers/b8aa51f6-5cc1-40ba-9737-45ca24dab153'
  expect(verdict(await rig.ask(path, { token }))).toEqual([400, 'INVALID_ARGUMENT'])
})
