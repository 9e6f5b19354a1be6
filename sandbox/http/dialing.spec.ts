import { describe, expect, test } from 'vitest'
import type { Json } from '../world/json.ts'
import { controlledCaller } from '../testing/control-support.ts'
import { dig, rows, text, verdict, type Ask } from '../testing/spec-support.ts'

const SECOND = 1_000_000
const SOURCE = { type: 'tel', target: '+15559870002' }
const PHONE = { type: 'tel', target: '+15551239999', target_name: 'Zoë' }

async function dialler() {
  const caller = await controlledCaller()
  const { conference, send, rig } = caller
  const actions = [{ type: 'conference_join', option: { conference_id: conference } }]
  const dial = async (fields: Record<string, Json> = {}) =>
    send('POST', '/calls', { source: SOURCE, destinations: [PHONE], actions, ...fields })
  return {
    ...caller,
    dial,
    /** Dials one call. @returns its id */
    dialled: async (fields?: Record<string, Json>) =>
      text((await dial(fields)).body, 'calls', 0, 'id'),
    of: async (id: string) => (await send('GET', `/calls/${id}`)).body,
    /** The participants of a call, newest first. */
    participants: async (id: string) => {
      rig.advance(1)
      const all = rows(await send('GET', '/conferencecalls'))
      return all.filter((row) => dig(row, 'reference_id') === id)
    },
    count: async () => rows(await send('GET', '/calls')).length,
  }
}

describe('POST /v1.0/calls (voipbin-api.md 16)', () => {
  test.each([PHONE, { type: 'sip', target: 'zoe@pbx.example.com' }])(
    'dials %j, which rings, is answered and joins',
    async (destination) => {
      const one = await dialler()
      await one.tenant.act('next-dial', { how: 'answered', ms: 2000 })
      const answer = await one.dial({ destinations: [destination] })
      expect(answer.status).toBe(200)
      expect(Object.keys(Object(answer.body))).toEqual(['calls', 'groupcalls'])
      expect(dig(answer.body, 'groupcalls')).toEqual([])
      expect(dig(answer.body, 'calls', 0)).toMatchObject({
        status: 'dialing',
        direction: 'outgoing',
        source: SOURCE,
        destination,
        action: { type: '' },
      })
      const id = text(answer.body, 'calls', 0, 'id')
      expect(await one.participants(id)).toEqual([])
      one.rig.advance(SECOND)
      expect(dig(await one.of(id), 'status')).toBe('ringing')
      expect(await one.participants(id)).toEqual([])
      one.rig.advance(SECOND)
      expect(await one.of(id)).toMatchObject({
        status: 'progressing',
        action: { type: 'confbridge_join' },
      })
      expect(await one.participants(id)).toMatchObject([
        { status: 'joining', conference_id: one.conference },
      ])
      one.rig.advance(SECOND)
      expect(await one.participants(id)).toMatchObject([{ status: 'joined' }])
      expect(await one.listed()).toHaveLength(2)
    },
  )

  test.each([
    ['busy', 'busy', 'dialing'],
    ['no-answer', 'noanswer', 'ringing'],
    ['failed', 'failed', 'dialing'],
  ])('that is %s ends with the reason %s, and nothing joins', async (how, reason, midway) => {
    const one = await dialler()
    await one.tenant.act('next-dial', { how, ms: 2000 })
    const id = await one.dialled()
    one.rig.advance(1.5 * SECOND)
    expect(dig(await one.of(id), 'status')).toBe(midway)
    one.rig.advance(SECOND)
    expect(await one.of(id)).toMatchObject({
      status: 'hangup',
      hangup_by: 'remote',
      hangup_reason: reason,
    })
    one.rig.advance(60 * SECOND)
    expect(await one.participants(id)).toEqual([])
    // An order is for one request.
    const next = await one.dialled()
    one.rig.advance(5 * SECOND)
    expect(await one.participants(next)).toMatchObject([{ status: 'joined' }])
  })

  test('makes a call to each destination', async () => {
    const one = await dialler()
    const answer = await one.dial({ destinations: [PHONE, { ...PHONE, target: '+15551239998' }] })
    const [first, second] = [
      text(answer.body, 'calls', 0, 'id'),
      text(answer.body, 'calls', 1, 'id'),
    ]
    expect(first).not.toBe(second)
    one.rig.advance(5 * SECOND)
    expect(await one.participants(second)).toHaveLength(1)
  })

  test('a call that is hung up while it rings is canceling, and never joins', async () => {
    const one = await dialler()
    const id = await one.dialled()
    const answer = await one.send('POST', `/calls/${id}/hangup`)
    expect(dig(answer.body, 'status')).toBe('canceling')
    one.rig.advance(10 * SECOND)
    expect(await one.of(id)).toMatchObject({
      status: 'hangup',
      hangup_by: 'local',
      hangup_reason: 'cancel',
    })
    expect(await one.participants(id)).toEqual([])
  })

  test('the flow takes its other actions before and after, and ends without a conference', async () => {
    const one = await dialler()
    const join = { type: 'conference_join', option: { conference_id: one.conference } }
    const id = await one.dialled({ actions: [{ type: 'talk' }, join, { type: 'talk' }] })
    one.rig.advance(5 * SECOND)
    const [participant] = await one.participants(id)
    await one.send('DELETE', `/conferencecalls/${text(participant, 'id')}`)
    one.rig.advance(3 * SECOND)
    expect(await one.of(id)).toMatchObject({ status: 'progressing', action: { type: 'talk' } })
    const stray = await one.dialled({ actions: [] })
    one.rig.advance(5 * SECOND)
    expect(await one.of(stray)).toMatchObject({ status: 'hangup', hangup_by: 'local' })
  })
})

describe('what is not dialled', () => {
  test('a telephone number needs a verified account, a SIP address does not', async () => {
    const one = await dialler()
    await one.control('/verified', { verified: false })
    const before = await one.count()
    expect(verdict(await one.dial())).toEqual([403, 'IDENTITY_VERIFICATION_REQUIRED'])
    expect(await one.count()).toBe(before)
    const sip = { destinations: [{ type: 'sip', target: 'zoe@pbx.example.com' }] }
    expect((await one.dial(sip)).status).toBe(200)
    const customer = await one.send('GET', '/customer')
    expect(dig(customer.body, 'identity_verification_status')).toBe('none')
  })

  test('without balance, and from a number that is not its own, it is a 500', async () => {
    const one = await dialler()
    for (const source of [
      {},
      { type: 'tel', target: '+15550000000' },
      { type: 'sip', target: 'x' },
    ])
      expect(verdict(await one.dial({ source }))).toEqual([500, 'INTERNAL'])
    await one.control('/balance', { balance: false })
    expect(verdict(await one.dial())).toEqual([500, 'INTERNAL'])
  })

  test.each<[Ask['body'] | undefined, string]>([
    [undefined, 'INVALID_JSON_BODY'],
    [{ source: SOURCE, destinations: {} }, 'INVALID_JSON_BODY'],
    [{ source: SOURCE, destinations: ['+15551239999'] }, 'INVALID_JSON_BODY'],
    [{ source: SOURCE }, 'INVALID_ARGUMENT'],
    [{ source: SOURCE, destinations: [{ type: 'tel' }] }, 'INVALID_ARGUMENT'],
    [{ source: SOURCE, destinations: [{ type: 'fax', target: '1' }] }, 'INVALID_ARGUMENT'],
  ])('the body %j is a 400', async (body, reason) => {
    const one = await dialler()
    expect(verdict(await one.send('POST', '/calls', body))).toEqual([400, reason])
  })

  test('needs the permission', async () => {
    const one = await dialler()
    const token = await one.rig.login(text(one.tenant.body, 'plainAgent', 'username'))
    const ask = { method: 'POST', token, body: { source: SOURCE, destinations: [PHONE] } }
    expect(verdict(await one.rig.ask('/v1.0/calls', ask))).toEqual([403, 'PERMISSION_DENIED'])
  })
})

test('the log proves what was asked for, and an answer can be lost after a call was made', async () => {
  const one = await dialler()
  const fault = { path: '/v1.0/calls', method: 'POST', kind: 'status', status: 503, stage: 'after' }
  await one.control('/faults', fault)
  const before = await one.count()
  expect(verdict(await one.dial())).toEqual([503, 'REQUEST_TIMEOUT'])
  one.rig.advance(1)
  expect(await one.count()).toBe(before + 1)
  const log = await one.control('/requests', undefined, 'GET')
  const requests = dig(log.body, 'requests')
  const posts = (Array.isArray(requests) ? requests : []).filter(
    (entry) => dig(entry, 'path') === '/v1.0/calls' && dig(entry, 'method') === 'POST',
  )
  expect(posts).toMatchObject([{ status: 503, body: { source: SOURCE, destinations: [PHONE] } }])
})
