import { describe, expect, test } from 'vitest'
import { tryParse } from '../world/json.ts'
import { dig, startRig, text } from '../testing/spec-support.ts'
import { connect, handshake, listening } from '../testing/socket-support.ts'

/** A tenant whose socket gets every event of conferences once. */
async function subscribed() {
  const one = await listening(await startRig())
  await one.socket.subscribe(one.topic(':conference:conference_'))
  return one
}

function names(frames: readonly string[]): unknown[] {
  return frames.map((frame) => dig(tryParse(frame), 'name'))
}

describe('push switches', () => {
  test('the state has sockets, topics and frames sent; setting some switches leaves the others', async () => {
    const { tenant, socket, topic, push, state } = await subscribed()
    await push({ delayMs: 1 })
    await push({ duplicate: 1 })
    await tenant.act('create-conference', { name: 'One' })
    await socket.take(2)
    expect(await state()).toEqual({
      refuse: false,
      delayMs: 1,
      duplicate: 1,
      reorder: false,
      halfOpen: false,
      wrapped: false,
      conferencecallEvents: false,
      callFrames: true,
      sockets: [{ topics: [topic(':conference:conference_')], sent: 2, halfOpen: false }],
      sent: 2,
    })
  })

  test('refuse answers handshakes with this status, and open sockets stay', async () => {
    const { rig, tenant, socket, push } = await subscribed()
    await push({ refuse: 503 })
    const path = `/v1.0/ws?token=${tenant.token}`
    const refused = await handshake(rig, path)
    expect([refused.status, dig(refused.body, 'error', 'reason')]).toEqual([503, 'REQUEST_TIMEOUT'])
    await tenant.act('create-conference', { name: 'Still' })
    expect(await socket.next()).toMatchObject({ name: 'Still' })
    await push({ refuse: false })
    expect((await handshake(rig, path)).status).toBe(101)
  })

  test('delayMs and reorder let a later event overtake', async () => {
    const { tenant, socket, push } = await subscribed()
    await push({ delayMs: 300 })
    await tenant.act('create-conference', { name: 'First' })
    await push({ delayMs: 0 })
    await tenant.act('create-conference', { name: 'Second' })
    expect(names(await socket.take(2))).toEqual(['Second', 'First'])
    // The third event from the start: every other one is held back.
    await push({ reorder: true })
    await tenant.act('create-conference', { name: 'Third' })
    await tenant.act('create-conference', { name: 'Fourth' })
    expect(names(await socket.take(2))).toEqual(['Fourth', 'Third'])
  })

  test('halfOpen stops frames, pings and pongs of open and of new sockets', async () => {
    const { rig, tenant, socket, topic, push, state } = await subscribed()
    await push({ halfOpen: true })
    const later = await connect(rig, `token=${tenant.token}`)
    const root = await connect(rig, `token=${await rig.login('root@voipbin.example')}`)
    root.say({ type: 'subscribe', topics: [topic()] })
    await expect.poll(async () => dig(await state(), 'sockets', 2, 'halfOpen')).toBe(true)
    const pongs: unknown[] = []
    for (const { ws } of [socket, later]) ws.on('pong', (data) => pongs.push(data))
    socket.ws.ping()
    later.ws.ping()
    for (let n = 0; n < 12; n++) rig.advance(10_000_000)
    await tenant.act('create-conference', { name: 'Lost' })
    expect(dig(await state(), 'sockets', 0)).toMatchObject({ halfOpen: true, sent: 0 })
    expect([socket.heard, socket.pings, later.pings, root.heard, pongs]).toEqual([
      [],
      [],
      [],
      [],
      [],
    ])
    await push({ halfOpen: false })
    await expect.poll(() => pongs.length).toBe(2)
    await tenant.act('create-conference', { name: 'Back' })
    expect(await socket.next()).toMatchObject({ name: 'Back' })
  })

  test('wrapped frames have their type, and conferencecallEvents adds those of participants', async () => {
    const { rig, tenant, socket, topic, push, dialIn, record, rest } = await subscribed()
    await push({ wrapped: true, conferencecallEvents: true })
    const participant = text(await dialIn({ hold: true }), 'participant')
    await socket.subscribe(topic(':conferencecall:conferencecall_'))
    await tenant.act('join', { participant })
    const row = tryParse(await record('conferencecalls', participant))
    expect(await socket.next()).toEqual({ type: 'conferencecall_joined', data: row })
    rig.advance(1_000_000)
    const [updated = ''] = await rest()
    expect(tryParse(updated)).toMatchObject({
      type: 'conference_updated',
      data: { conferencecall_ids: [participant] },
    })
  })

  test('drop ends all sockets with 1006, and a new one can connect', async () => {
    const { rig, tenant, socket, topic, control } = await subscribed()
    const root = await connect(rig, `token=${await rig.login('root@voipbin.example')}`)
    await root.subscribe(topic())
    expect((await control('/push/drop', {})).body).toEqual({ dropped: 2 })
    expect([await socket.closed(), await root.closed()]).toEqual([1006, 1006])
    await connect(rig, `token=${tenant.token}`)
  })

  test('removing a tenant drops its sockets', async () => {
    const { rig, tenant, socket } = await subscribed()
    await rig.control(`/tenants/${tenant.id}`, undefined, 'DELETE')
    expect(await socket.closed()).toBe(1006)
  })

  test('send passes on garbage as it is, large frames, and many a second', async () => {
    const { socket, control } = await subscribed()
    const sent = async (body: Parameters<typeof control>[1]) =>
      (await control('/push/send', body)).body
    expect(await sent({ frame: '{"id":' })).toEqual({ sockets: 1, frames: 1 })
    expect(await socket.take(1)).toEqual(['{"id":'])
    await sent({ frame: { id: 7, type: ['x'] } })
    expect(await socket.next()).toEqual({ id: 7, type: ['x'] })
    await sent({ frame: 'x'.repeat(1_000_000) })
    expect((await socket.take(1))[0]?.length).toBe(1_000_000)
    expect(await sent({ frame: '{}', repeat: 500, perSecond: 1000 })).toEqual({
      sockets: 1,
      frames: 500,
    })
    expect(new Set(await socket.take(500))).toEqual(new Set(['{}']))
  })

  test.each([
    ['/push', { refuse: true }, '"refuse" must be false or an HTTP status from 200 to 599.'],
    ['/push', { refuse: 101 }, '"refuse" must be false or an HTTP status from 200 to 599.'],
    ['/push', { halfopen: true }, '"halfopen" is not known here.'],
    ['/push/send', {}, '"frame" must be a string or an object.'],
    ['/weather', { level: 2 }, '"level" must be a number from 0 to 1.'],
    ['/advance', {}, '"seconds" is missing.'],
  ])('refuses %s %j', async (path, body, error) => {
    const { control } = await listening(await startRig())
    const answer = await control(path, body)
    expect([answer.status, answer.body]).toEqual([400, { error }])
  })
})
