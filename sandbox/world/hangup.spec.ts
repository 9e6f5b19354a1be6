import { describe, expect, test } from 'vitest'
import { caller } from '../testing/caller-support.ts'
import { listening } from '../testing/socket-support.ts'
import { dig, freshTenant, startRig, text, verdict } from '../testing/spec-support.ts'
import { isObject, tryParse } from './json.ts'

const SECOND = 1_000_000
const NOBODY = 'b8aa51f6-5cc1-40ba-9737-45ca24dab153'

describe('POST /v1.0/calls/{id}/hangup (voipbin-api.md 4.3, 6)', () => {
  test('200 with the call terminating, then hung up by this side, and he has left', async () => {
    const he = await caller()
    const answer = await he.hangUp()
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({
      id: he.call,
      status: 'terminating',
      tm_update: '2026-01-15T09:30:01.123456Z',
    })
    expect(answer.body).not.toHaveProperty('hangup_by')
    expect(answer.body).not.toHaveProperty('tm_hangup')
    he.rig.advance(0.19 * SECOND)
    expect([await he.callStatus(), await he.status()]).toEqual(['terminating', 'joined'])
    he.rig.advance(0.42 * SECOND)
    const over = await he.callRow()
    expect(over).toMatchObject({ status: 'hangup', hangup_by: 'local', hangup_reason: 'normal' })
    expect(text(over, 'tm_hangup')).toBe(text(over, 'tm_update'))
    expect(text(over, 'tm_hangup') > '2026-01-15T09:30:01.3').toBe(true)
    // Without `leaving`, as after any hang-up (voipbin-api.md 4.4).
    expect(await he.row()).toMatchObject({ status: 'leaved', tm_update: text(over, 'tm_hangup') })
    he.rig.advance(SECOND / 10)
    expect(await he.listed()).toBeUndefined()
  })

  test('repeated, it changes nothing, neither while terminating nor after', async () => {
    const he = await caller()
    const first = await he.hangUp()
    he.rig.advance(1000)
    const again = await he.hangUp()
    expect([again.status, again.text]).toEqual([200, first.text])
    he.rig.advance(SECOND)
    const over = await he.callRow()
    const late = await he.hangUp()
    expect([late.status, late.body]).toEqual([200, over])
  })

  test('it ends what a failed kick left leaving', async () => {
    const he = await caller()
    await he.act('kick-fails', { how: '503' })
    await he.kick()
    he.rig.advance(60 * SECOND)
    expect(await he.status()).toBe('leaving')
    await he.hangUp()
    he.rig.advance(SECOND)
    expect(await he.status()).toBe('leaved')
  })

  test('of one still joining no event tells; the health check sets leaving, for good', async () => {
    const he = await caller({ hold: true })
    await he.hangUp()
    he.rig.advance(15 * SECOND)
    expect([await he.callStatus(), await he.status()]).toEqual(['hangup', 'joining'])
    he.rig.advance(6 * SECOND)
    const stuck = await he.row()
    expect(stuck).toMatchObject({ status: 'leaving' })
    expect((await he.kick()).status).toBe(200)
    he.rig.advance(24 * 3600 * SECOND)
    expect(await he.row()).toEqual(stuck)
  })

  test('the delay can be set; who hangs up himself before is gone by his own doing', async () => {
    const he = await caller()
    await he.tenant.act('hangup-delay', { ms: 5000 })
    await he.hangUp()
    he.rig.advance(4.9 * SECOND)
    expect(await he.callStatus()).toBe('terminating')
    await he.act('hang-up')
    he.rig.advance(SECOND)
    expect(await he.callRow()).toMatchObject({ status: 'hangup', hangup_by: 'remote' })
  })

  test('events: call_terminating, call_hangup, and the conference without him', async () => {
    const { rig, tenant, socket, topic, rest, dialIn, conference } = await listening(
      await startRig(),
    )
    const call = text(await dialIn(), 'call')
    rig.advance(SECOND)
    await socket.subscribe(topic(':call:call_terminating'), topic(':call:call_hangup'))
    await socket.subscribe(topic(':conference:conference_updated'))
    await rig.ask(`/v1.0/calls/${call}/hangup`, { method: 'POST', token: tenant.token })
    expect((await rest()).map(tryParse)).toMatchObject([{ id: call, status: 'terminating' }])
    rig.advance(SECOND)
    const frames = (await rest()).map(tryParse).filter(isObject)
    const [ended, updated] = [call, conference].map((id) => frames.find((one) => one['id'] === id))
    expect(ended).toMatchObject({ status: 'hangup', hangup_by: 'local' })
    expect(updated).not.toHaveProperty('conferencecall_ids')
    expect(frames.length).toBe(2)
  })

  test('missing 404, deleted 409, bad id 400, another customer and plain agents 403', async () => {
    const he = await caller()
    const { rig, tenant } = he
    const ask = async (id: string, token = tenant.token) =>
      verdict(await rig.ask(`/v1.0/calls/${id}/hangup`, { method: 'POST', token }))
    expect(await ask(NOBODY)).toEqual([404, 'CALL_NOT_FOUND'])
    expect(await ask('42')).toEqual([400, 'INVALID_ID'])
    expect(await ask('00000000-0000-0000-0000-000000000000')).toEqual([400, 'INVALID_ID'])
    expect(await ask('')).toEqual([404, 'ROUTE_NOT_FOUND'])
    const stranger = await freshTenant(rig)
    expect(await ask(he.call, stranger.token)).toEqual([403, 'PERMISSION_DENIED'])
    const agent = await rig.login(text(tenant.body, 'plainAgent', 'username'))
    expect(await ask(he.call, agent)).toEqual([403, 'PERMISSION_DENIED'])
    expect(await he.callStatus()).toBe('progressing')
    await he.act('delete-call')
    expect(await ask(he.call)).toEqual([409, 'STATE_INVALID'])
  })

  test('only POST, and only this verb', async () => {
    const { rig, call, tenant } = await caller()
    const { token } = tenant
    for (const [method, path] of [
      ['GET', `/v1.0/calls/${call}/hangup`],
      ['POST', `/v1.0/calls/${call}`],
      ['POST', `/v1.0/calls/${call}/hold`],
      ['POST', `/v1.0/conferencecalls/${call}/hangup`],
    ] as const) {
      expect(verdict(await rig.ask(path, { method, token }))).toEqual([404, 'ROUTE_NOT_FOUND'])
    }
  })
})

describe('who ended a call (voipbin-api.md 6)', () => {
  test('the caller: remote', async () => {
    const he = await caller()
    await he.act('hang-up')
    expect(await he.callRow()).toMatchObject({ hangup_by: 'remote', hangup_reason: 'normal' })
  })

  test('a kick: local, and only a moment after he has left the bridge', async () => {
    const he = await caller()
    await he.tenant.act('kick-delay', { ms: 1000 })
    await he.kick()
    he.rig.advance(1.09 * SECOND)
    expect([await he.status(), await he.callStatus()]).toEqual(['leaved', 'progressing'])
    expect(await he.callRow()).not.toHaveProperty('hangup_by')
    he.rig.advance(0.4 * SECOND)
    expect(await he.callRow()).toMatchObject({
      status: 'hangup',
      hangup_by: 'local',
      hangup_reason: 'normal',
    })
  })

  test('a call whose flow leads back into a conference goes on', async () => {
    const he = await caller()
    await he.tenant.act('kick-delay', { ms: 1000 })
    await he.kick()
    he.rig.advance(SECOND)
    const again = text(await he.act('rejoin'), 'participant')
    he.rig.advance(60 * SECOND)
    expect(await he.callStatus()).toBe('progressing')
    const { token } = he.tenant
    const row = await he.rig.ask(`/v1.0/conferencecalls/${again}`, { token })
    expect(dig(row.body, 'status')).toBe('joined')
  })
})
