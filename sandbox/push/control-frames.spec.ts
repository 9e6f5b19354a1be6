import { expect, test } from 'vitest'
import { tryParse } from '../world/json.ts'
import { dig, startRig, text } from '../testing/spec-support.ts'
import { listening } from '../testing/socket-support.ts'

const SECOND = 1_000_000

/** A tenant with a caller, whose socket gets frames of calls, conferences and recordings. */
async function hearing() {
  const one = await listening(await startRig())
  const dialled = await one.dialIn()
  one.rig.advance(SECOND)
  const { token } = one.tenant
  return {
    ...one,
    call: text(dialled, 'call'),
    send: async (method: string, path: string, body?: Record<string, unknown>) =>
      one.rig.ask(`/v1.0${path}`, {
        method,
        token,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    statuses: async () => (await one.rest()).map((frame) => dig(tryParse(frame), 'status')),
  }
}

test('mute and unmute publish call_updated, the other controls nothing (voipbin-api.md 15)', async () => {
  const one = await hearing()
  await one.socket.subscribe(one.topic(':call:call_'), one.topic(':conference:conference_'))
  await one.send('POST', `/calls/${one.call}/mute`, { direction: 'in' })
  const [frame = ''] = await one.rest()
  expect(tryParse(frame)).toMatchObject({ id: one.call, mute_direction: 'in' })
  expect(frame).toBe(await one.record('calls', one.call))
  await one.send('DELETE', `/calls/${one.call}/mute`, { direction: 'in' })
  const unmuted = await one.rest()
  expect(unmuted).toHaveLength(1)
  expect(unmuted[0]).not.toContain('mute_direction')
  for (const path of ['moh', 'hold', 'silence']) {
    await one.send('POST', `/calls/${one.call}/${path}`)
    await one.send('DELETE', `/calls/${one.call}/${path}`)
  }
  await one.send('POST', `/calls/${one.call}/talk`, { text: 'Hello.' })
  await one.send('POST', `/conferences/${one.conference}/direct-hash-regenerate`)
  expect(await one.rest()).toEqual([])
})

test('a mute by an act is published, too', async () => {
  const one = await hearing()
  await one.socket.subscribe(one.topic(':call:call_'))
  const { id } = one.tenant
  const participant = text(
    (await one.rig.control(`/tenants/${id}/truth`, undefined, 'GET')).body,
    ...(['participants', 0, 'id'] as const),
  )
  await one.tenant.act('mute', { participant, direction: 'in' })
  expect(dig(tryParse((await one.rest())[0] ?? ''), 'mute_direction')).toBe('in')
})

test('a recording publishes that it started and finished, the conference nothing (voipbin-api.md 5.2, 17)', async () => {
  const one = await hearing()
  await one.socket.subscribe(one.topic(':recording:recording_'), one.topic(':conference:'))
  await one.send('POST', `/conferences/${one.conference}/recording_start`, { format: 'wav' })
  expect(await one.rest()).toEqual([])
  one.rig.advance(SECOND)
  const [started = '', ...more] = await one.rest()
  expect([dig(tryParse(started), 'status'), more]).toEqual(['recording', []])
  expect(started).toBe(await one.record('recordings', text(tryParse(started), 'id')))
  await one.send('POST', `/conferences/${one.conference}/recording_stop`)
  expect(await one.statuses()).toEqual([])
  one.rig.advance(SECOND)
  expect(await one.statuses()).toEqual(['ended'])
})

test('a recording that ends by itself is published as finished', async () => {
  const one = await hearing()
  await one.socket.subscribe(one.topic(':recording:recording_finished'))
  await one.send('POST', `/conferences/${one.conference}/recording_start`, { duration: 5 })
  one.rig.advance(6 * SECOND)
  expect(await one.statuses()).toEqual(['ended'])
})

test('POST and PUT of a conference publish it as it is (voipbin-api.md 9.4)', async () => {
  const one = await hearing()
  await one.socket.subscribe(one.topic(':conference:conference_'))
  const { body } = await one.send('POST', '/conferences', { type: 'conference', name: 'New' })
  const id = text(body, 'id')
  expect(await one.rest()).toEqual([await one.record('conferences', id)])
  await one.send('PUT', `/conferences/${id}`, { name: 'Newer' })
  const frames = await one.rest()
  expect(frames).toEqual([await one.record('conferences', id)])
  expect(dig(tryParse(frames[0] ?? ''), 'name')).toBe('Newer')
})

test('a call that is dialled out publishes each of its steps (voipbin-api.md 17)', async () => {
  const one = await hearing()
  await one.socket.subscribe(one.topic(':call:call_'))
  const order = {
    source: { type: 'tel', target: '+15559870002' },
    destinations: [{ type: 'tel', target: '+15551239999' }],
    actions: [{ type: 'conference_join', option: { conference_id: one.conference } }],
  }
  await one.send('POST', '/calls', order)
  expect(await one.statuses()).toEqual(['dialing'])
  one.rig.advance(2 * SECOND)
  expect(await one.statuses()).toEqual(['ringing'])
  one.rig.advance(4 * SECOND)
  // Answered, about to enter the bridge, in the bridge.
  expect(await one.statuses()).toEqual(['progressing', 'progressing', 'progressing'])
})
