import { describe, expect, test } from 'vitest'
import { controlledCaller } from '../testing/control-support.ts'
import { dig, freshTenant, text, verdict } from '../testing/spec-support.ts'

const BOTH_HEARD = { heard: true, hears: true }

describe('mute (voipbin-api.md 15)', () => {
  test.each([
    [{ direction: 'in' }, 'in', { heard: false, hears: true }],
    [{ direction: 'out' }, 'out', { heard: true, hears: false }],
    [{ direction: 'both' }, 'both', { heard: false, hears: false }],
    [{}, 'both', { heard: false, hears: false }],
  ])('%j answers with an empty body and is read back as %s', async (body, recorded, audible) => {
    const caller = await controlledCaller()
    const answer = await caller.mute(body)
    expect([answer.status, answer.text]).toEqual([200, ''])
    expect(await caller.recorded()).toBe(recorded)
    expect(await caller.audio()).toMatchObject(audible)
    expect((await caller.unmute(body)).status).toBe(200)
    expect(await caller.callRow()).not.toHaveProperty('mute_direction')
    expect(await caller.audio()).toMatchObject(BOTH_HEARD)
  })

  test('stands between direction and hangup_by on the wire, and only when set', async () => {
    const caller = await controlledCaller()
    await caller.mute({ direction: 'in' })
    await caller.act('hang-up')
    const keys = Object.keys(Object(await caller.callRow()))
    const at = keys.indexOf('mute_direction')
    expect([keys[at - 1], keys[at + 1]]).toEqual(['direction', 'hangup_by'])
  })

  test('a later mute overwrites the record, so that undoing it leaves the first one unrecorded', async () => {
    const caller = await controlledCaller()
    await caller.mute({ direction: 'in' })
    await caller.mute({ direction: 'out' })
    expect(await caller.recorded()).toBe('out')
    expect(await caller.audio()).toMatchObject({ heard: false, hears: false })
    await caller.unmute({ direction: 'out' })
    expect(await caller.recorded()).toBeUndefined()
    expect(await caller.audio()).toMatchObject({ heard: false, hears: true })
  })

  test('unmuting another direction than the stored one ends the audio and leaves the record', async () => {
    const caller = await controlledCaller()
    await caller.mute({ direction: 'in' })
    await caller.unmute({})
    expect(await caller.recorded()).toBe('in')
    expect(await caller.audio()).toMatchObject(BOTH_HEARD)
    await caller.unmute({ direction: 'in' })
    expect(await caller.recorded()).toBeUndefined()
  })

  test.each([
    ['in', 'out', { heard: true, hears: false }],
    ['out', 'in', { heard: false, hears: true }],
  ])('unmuting %s of both leaves %s', async (ended, left, audible) => {
    const caller = await controlledCaller()
    await caller.mute({ direction: 'both' })
    await caller.unmute({ direction: ended })
    expect(await caller.recorded()).toBe(left)
    expect(await caller.audio()).toMatchObject(audible)
  })

  test.each([undefined, '', 'mute', '[]', { direction: 1 }])(
    'the body %j is a 400 of either method, with an envelope as plain text',
    async (body) => {
      const caller = await controlledCaller()
      for (const answer of [await caller.mute(body), await caller.unmute(body)]) {
        expect(verdict(answer)).toEqual([400, 'INVALID_JSON_BODY'])
        expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8')
      }
      expect(await caller.audio()).toMatchObject(BOTH_HEARD)
    },
  )

  test('refuses an unknown direction, and any once the call has ended', async () => {
    const caller = await controlledCaller()
    expect(verdict(await caller.mute({ direction: 'up' }))).toEqual([400, 'INVALID_ARGUMENT'])
    expect(verdict(await caller.unmute({ direction: 'IN' }))).toEqual([400, 'INVALID_ARGUMENT'])
    await caller.act('hang-up')
    expect(verdict(await caller.mute({ direction: 'in' }))).toEqual([400, 'INVALID_ARGUMENT'])
    expect(await caller.recorded()).toBeUndefined()
  })

  test('works while joining, and stays with the call from conference to conference', async () => {
    const caller = await controlledCaller({ hold: true })
    await caller.mute({ direction: 'in' })
    await caller.act('join')
    expect(await caller.recorded()).toBe('in')
    await caller.act('hang-up')
    expect(dig(await caller.act('rejoin'), 'call')).toBe(caller.call)
    expect(await caller.recorded()).toBe('in')
    expect(await caller.audio()).toMatchObject({ heard: false })
  })
})

describe('moh, hold and silence (voipbin-api.md 15)', () => {
  test.each([
    ['moh', 'music', { heard: true, hears: false }],
    ['hold', 'held', BOTH_HEARD],
    ['silence', 'silence', { heard: true, hears: false }],
  ])(
    '%s cannot be read back, and the room still hears the caller',
    async (path, field, audible) => {
      const caller = await controlledCaller()
      const before = await caller.callRow()
      const on = await caller.send('POST', `/calls/${caller.call}/${path}`)
      expect([on.status, on.text]).toEqual([200, ''])
      expect(await caller.audio()).toMatchObject({ [field]: true, ...audible })
      expect(await caller.callRow()).toEqual(before)
      await caller.send('DELETE', `/calls/${caller.call}/${path}`)
      expect(await caller.audio()).toMatchObject({ [field]: false, ...BOTH_HEARD })
      await caller.act('hang-up')
      const late = await caller.send('POST', `/calls/${caller.call}/${path}`)
      expect(verdict(late)).toEqual([400, 'INVALID_ARGUMENT'])
    },
  )
})

describe('talk (voipbin-api.md 15)', () => {
  const words = { text: 'Please hold.', language: 'en-US', provider: '', voice_id: '' }

  test('is heard by the caller, and changes no record', async () => {
    const caller = await controlledCaller()
    const before = await caller.callRow()
    const answer = await caller.send('POST', `/calls/${caller.call}/talk`, words)
    await caller.send('POST', `/calls/${caller.call}/talk`, { text: 'Bye.' })
    expect([answer.status, answer.text]).toEqual([200, ''])
    expect(await caller.audio()).toMatchObject({ said: ['Please hold.', 'Bye.'] })
    expect(await caller.callRow()).toEqual(before)
  })

  test('answers a call that was not answered yet', async () => {
    const caller = await controlledCaller({ hold: true, unanswered: true })
    expect(await caller.callStatus()).toBe('ringing')
    await caller.send('POST', `/calls/${caller.call}/talk`, words)
    expect(await caller.callStatus()).toBe('progressing')
  })

  test('is not the only way to answer it: entering the conference does, too', async () => {
    const caller = await controlledCaller({ hold: true, unanswered: true })
    await caller.act('join')
    expect(await caller.callStatus()).toBe('progressing')
    expect(dig(await caller.callRow(), 'tm_progressing')).toBeDefined()
  })

  test('without a body is a 400, to a call that has ended a 500', async () => {
    const caller = await controlledCaller()
    const path = `/calls/${caller.call}/talk`
    expect(verdict(await caller.send('POST', path))).toEqual([400, 'INVALID_JSON_BODY'])
    await caller.act('hang-up')
    expect(verdict(await caller.send('POST', path, words))).toEqual([500, 'INTERNAL'])
  })
})

describe('all of them (voipbin-api.md 14)', () => {
  const CONTROLS = [
    ['POST', 'mute'],
    ['DELETE', 'mute'],
    ['POST', 'moh'],
    ['DELETE', 'moh'],
    ['POST', 'hold'],
    ['DELETE', 'hold'],
    ['POST', 'silence'],
    ['DELETE', 'silence'],
    ['POST', 'talk'],
  ] as const
  const BODY = {}

  test.each(CONTROLS)('%s %s refuses what is no call of the customer', async (method, path) => {
    const caller = await controlledCaller()
    const of = async (id: string) =>
      verdict(await caller.send(method, `/calls/${id}/${path}`, BODY))
    expect(await of('x')).toEqual([400, 'INVALID_ID'])
    expect(await of('b8aa51f6-5cc1-40ba-9737-45ca24dab153')).toEqual([404, 'CALL_NOT_FOUND'])
    const other = await freshTenant(caller.rig)
    const conference = text(other.body, 'conferences', 0, 'id')
    const foreign = text(await other.act('dial-in', { conference }), 'call')
    expect(await of(foreign)).toEqual([403, 'PERMISSION_DENIED'])
    await caller.act('delete-call')
    expect(await of(caller.call)).toEqual([409, 'STATE_INVALID'])
  })

  test('are refused to an account without the permission', async () => {
    const caller = await controlledCaller()
    const token = await caller.rig.login(text(caller.tenant.body, 'plainAgent', 'username'))
    for (const [method, path] of CONTROLS) {
      const ask = { method, token, body: BODY }
      const answer = await caller.rig.ask(`/v1.0/calls/${caller.call}/${path}`, ask)
      expect(verdict(answer)).toEqual([403, 'PERMISSION_DENIED'])
    }
    expect(await caller.audio()).toMatchObject({ ...BOTH_HEARD, said: [] })
  })
})

describe('what goes wrong on the way', () => {
  test('a proxy that strips the body of a DELETE makes it a 400, and nothing happens', async () => {
    const caller = await controlledCaller()
    await caller.mute({ direction: 'in' })
    await caller.control('/faults', { path: '/v1.0/calls/*', method: 'DELETE', kind: 'strip-body' })
    const answer = await caller.unmute({ direction: 'in' })
    expect(verdict(answer)).toEqual([400, 'INVALID_JSON_BODY'])
    expect(await caller.audio()).toMatchObject({ heard: false })
    expect((await caller.unmute({ direction: 'in' })).status).toBe(200)
  })

  test('an answer can be lost after the effect, as when the 3 s of the backend are over', async () => {
    const caller = await controlledCaller()
    const fault = { path: '/v1.0/calls/*', kind: 'status', status: 503, stage: 'after' }
    await caller.control('/faults', fault)
    const lost = await caller.send('POST', `/calls/${caller.call}/talk`, { text: 'Hello.' })
    expect(verdict(lost)).toEqual([503, 'REQUEST_TIMEOUT'])
    expect(await caller.audio()).toMatchObject({ said: ['Hello.'] })
    await caller.control('/faults', { ...fault, stage: 'before' })
    await caller.send('POST', `/calls/${caller.call}/talk`, { text: 'Again.' })
    expect(await caller.audio()).toMatchObject({ said: ['Hello.'] })
  })

  test('a preflight allows the methods, and the answer to another origin is readable', async () => {
    const caller = await controlledCaller()
    const headers = { Origin: 'https://rollcall.example', 'Access-Control-Request-Method': 'PUT' }
    const path = `/v1.0/conferences/${caller.conference}`
    const preflight = await caller.rig.ask(path, { method: 'OPTIONS', headers })
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-methods')).toContain('PUT')
    const { token } = caller.tenant
    const body = { direction: 'in' }
    const ask = { method: 'DELETE', token, headers, body }
    const answer = await caller.rig.ask(`/v1.0/calls/${caller.call}/mute`, ask)
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, '*'])
  })
})
