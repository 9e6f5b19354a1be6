import { describe, expect, test } from 'vitest'
import { newCaller } from '../testing/caller-support.ts'
import { listening } from '../testing/socket-support.ts'
import { dig, freshTenant, startRig, text, verdict } from '../testing/spec-support.ts'
import { isObject, tryParse } from './json.ts'

const SECOND = 1_000_000
const NOBODY = 'b8aa51f6-5cc1-40ba-9737-45ca24dab153'

describe('POST /v1.0/calls/{id}/hangup (voipbin-api.md 4.3, 6)', () => {
  test('answers 200 with the call terminating; it is hung up by this side, and its participant has left', async () => {
    const caller = await newCaller()
    const answer = await caller.hangUp()
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({
      id: caller.call,
      status: 'terminating',
      tm_update: '2026-01-15T09:30:01.123456Z',
    })
    expect(answer.body).not.toHaveProperty('hangup_by')
    expect(answer.body).not.toHaveProperty('tm_hangup')
    caller.rig.advance(0.19 * SECOND)
    expect([await caller.callStatus(), await caller.status()]).toEqual(['terminating', 'joined'])
    caller.rig.advance(0.42 * SECOND)
    const over = await caller.callRow()
    expect(over).toMatchObject({ status: 'hangup', hangup_by: 'local', hangup_reason: 'normal' })
    expect(text(over, 'tm_hangup')).toBe(text(over, 'tm_update'))
    expect(text(over, 'tm_hangup') > '2026-01-15T09:30:01.3').toBe(true)
    // Without `leaving`, as after any hang-up (voipbin-api.md 4.4).
    expect(await caller.row()).toMatchObject({
      status: 'leaved',
      tm_update: text(over, 'tm_hangup'),
    })
    caller.rig.advance(SECOND / 10)
    expect(await caller.listed()).toBeUndefined()
  })

  test('changes nothing when repeated, neither while terminating nor after', async () => {
    const caller = await newCaller()
    const first = await caller.hangUp()
    caller.rig.advance(1000)
    const again = await caller.hangUp()
    expect([again.status, again.text]).toEqual([200, first.text])
    caller.rig.advance(SECOND)
    const over = await caller.callRow()
    const late = await caller.hangUp()
    expect([late.status, late.body]).toEqual([200, over])
  })

  test('ends the call of a participant that a failed kick left leaving', async () => {
    const caller = await newCaller()
    await caller.act('kick-fails', { how: '503' })
    await caller.kick()
    caller.rig.advance(60 * SECOND)
    expect(await caller.status()).toBe('leaving')
    await caller.hangUp()
    caller.rig.advance(SECOND)
    expect(await caller.status()).toBe('leaved')
  })

  test('publishes no event of a joining participant; the health check sets leaving, for good', async () => {
    const caller = await newCaller({ hold: true })
    await caller.hangUp()
    caller.rig.advance(15 * SECOND)
    expect([await caller.callStatus(), await caller.status()]).toEqual(['hangup', 'joining'])
    caller.rig.advance(6 * SECOND)
    const stuck = await caller.row()
    expect(stuck).toMatchObject({ status: 'leaving' })
    expect((await caller.kick()).status).toBe(200)
    caller.rig.advance(24 * 3600 * SECOND)
    expect(await caller.row()).toEqual(stuck)
  })

  test('takes a delay that can be set; a caller that hangs up before then has ended the call itself', async () => {
    const caller = await newCaller()
    await caller.tenant.act('hangup-delay', { ms: 5000 })
    await caller.hangUp()
    caller.rig.advance(4.9 * SECOND)
    expect(await caller.callStatus()).toBe('terminating')
    await caller.act('hang-up')
    caller.rig.advance(SECOND)
    expect(await caller.callRow()).toMatchObject({ status: 'hangup', hangup_by: 'remote' })
  })

  test('publishes call_terminating, call_hangup, and the conference without the participant', async () => {
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

  test('answers 404 for a missing call, 409 for a deleted one, 400 for a bad id, 403 to another customer and to plain agents', async () => {
    const caller = await newCaller()
    const { rig, tenant } = caller
    const ask = async (id: string, token = tenant.token) =>
      verdict(await rig.ask(`/v1.0/calls/${id}/hangup`, { method: 'POST', token }))
    expect(await ask(NOBODY)).toEqual([404, 'CALL_NOT_FOUND'])
    expect(await ask('42')).toEqual([400, 'INVALID_ID'])
    expect(await ask('00000000-0000-0000-0000-000000000000')).toEqual([400, 'INVALID_ID'])
    expect(await ask('')).toEqual([404, 'ROUTE_NOT_FOUND'])
    const stranger = await freshTenant(rig)
    expect(await ask(caller.call, stranger.token)).toEqual([403, 'PERMISSION_DENIED'])
    const agent = await rig.login(text(tenant.body, 'plainAgent', 'username'))
    expect(await ask(caller.call, agent)).toEqual([403, 'PERMISSION_DENIED'])
    expect(await caller.callStatus()).toBe('progressing')
    await caller.act('delete-call')
    expect(await ask(caller.call)).toEqual([409, 'STATE_INVALID'])
  })

  test('exists as POST only', async () => {
    const { rig, call, tenant } = await newCaller()
    const { token } = tenant
    for (const [method, path] of [
      ['GET', `/v1.0/calls/${call}/hangup`],
      ['POST', `/v1.0/calls/${call}`],
      ['POST', `/v1.0/calls/${call}/park`],
      ['POST', `/v1.0/conferencecalls/${call}/hangup`],
    ] as const) {
      expect(verdict(await rig.ask(path, { method, token }))).toEqual([404, 'ROUTE_NOT_FOUND'])
    }
  })
})

describe('hangup_by (voipbin-api.md 6)', () => {
  test('is remote when the caller hangs up', async () => {
    const caller = await newCaller()
    await caller.act('hang-up')
    expect(await caller.callRow()).toMatchObject({ hangup_by: 'remote', hangup_reason: 'normal' })
  })

  test('is local after a kick, a moment after the call has left the bridge', async () => {
    const caller = await newCaller()
    await caller.tenant.act('kick-delay', { ms: 1000 })
    await caller.kick()
    caller.rig.advance(1.09 * SECOND)
    expect([await caller.status(), await caller.callStatus()]).toEqual(['leaved', 'progressing'])
    expect(await caller.callRow()).not.toHaveProperty('hangup_by')
    caller.rig.advance(0.4 * SECOND)
    expect(await caller.callRow()).toMatchObject({
      status: 'hangup',
      hangup_by: 'local',
      hangup_reason: 'normal',
    })
  })

  test('is absent while the flow leads back into a conference', async () => {
    const caller = await newCaller()
    await caller.tenant.act('kick-delay', { ms: 1000 })
    await caller.kick()
    caller.rig.advance(SECOND)
    const again = text(await caller.act('rejoin'), 'participant')
    caller.rig.advance(60 * SECOND)
    expect(await caller.callStatus()).toBe('progressing')
    const { token } = caller.tenant
    const row = await caller.rig.ask(`/v1.0/conferencecalls/${again}`, { token })
    expect(dig(row.body, 'status')).toBe('joined')
  })
})
