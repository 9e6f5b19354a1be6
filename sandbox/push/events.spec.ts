import { describe, expect, test } from 'vitest'
import { isObject, tryParse } from '../world/json.ts'
import { startRig, text } from '../testing/spec-support.ts'
import { connect, listening } from '../testing/socket-support.ts'

const SECOND = 1_000_000
const STRANGER = 'b8aa51f6-5cc1-40ba-9737-45ca24dab153'

/** The list of participants (undefined = empty) and the status of the conferences in frames. */
function roomsIn(frames: readonly string[]): unknown[] {
  return frames
    .map(tryParse)
    .map((frame) => (isObject(frame) ? [frame['conferencecall_ids'], frame['status']] : frame))
}

describe('what a client may send (voipbin-api.md 9.2)', () => {
  test('subscribe and unsubscribe work without an acknowledgement', async () => {
    const { socket, topic, tenant, rest } = await listening(await startRig())
    await socket.subscribe(topic(':conference:conference_'), topic(':call:call_'))
    expect(socket.heard).toEqual([])
    await tenant.act('create-conference', { name: 'One' })
    expect(await socket.next()).toMatchObject({ name: 'One' })
    socket.say({ type: 'unsubscribe', topics: [topic(':conference:conference_')] })
    await socket.settled()
    await tenant.act('create-conference', { name: 'Two' })
    expect(await rest()).toEqual([])
  })

  test.each([
    ['another customer', `customer_id:${STRANGER}:conference`],
    ['no UUID', 'customer_id:42:conference'],
    ['the zero UUID', 'customer_id:00000000-0000-0000-0000-000000000000'],
    ['an unknown scope', `tenant_id:${STRANGER}`],
    ['another agent', `agent_id:${STRANGER}`],
    ['nothing', ''],
  ])('%s in a list drops the socket with 1006', async (_, bad) => {
    for (const type of ['subscribe', 'unsubscribe']) {
      const { socket, topic } = await listening(await startRig())
      socket.say({ type, topics: [topic(), bad] })
      expect(await socket.closed()).toBe(1006)
    }
  })

  test('nothing of a batch with a bad topic takes effect', async () => {
    const { socket, topic, rig, tenant, state } = await listening(await startRig())
    await socket.subscribe(topic(':call:call_'))
    socket.say({ type: 'subscribe', topics: [topic(), `customer_id:${STRANGER}`] })
    const room = rig.sandbox.hub.of(tenant.id)[0]
    await socket.closed()
    expect([...(room?.topics ?? [])]).toEqual([topic(':call:call_')])
    await expect.poll(state).toMatchObject({ sockets: [] })
  })

  test.each([
    ['not JSON', '{"type":"subscribe"'],
    ['a JSON string', '"subscribe"'],
    ['an unknown type', { type: 'hello', topics: [`customer_id:${STRANGER}`] }],
    ['empty topics', { type: 'subscribe', topics: [] }],
    ['no topics', { type: 'subscribe' }],
    ['topics that are no strings', { type: 'subscribe', topics: [1] }],
  ])('%s is ignored', async (_, said) => {
    const { socket, topic, tenant } = await listening(await startRig())
    socket.say(said)
    await socket.subscribe(topic(':conference:conference_'))
    await tenant.act('create-conference', { name: 'Still here' })
    expect(await socket.next()).toMatchObject({ name: 'Still here' })
  })

  test('a binary frame drops the socket', async () => {
    const { socket, topic } = await listening(await startRig())
    socket.ws.send(Buffer.from(JSON.stringify({ type: 'subscribe', topics: [topic()] })))
    expect(await socket.closed()).toBe(1006)
  })

  test('a plain agent may name its own id, but not its customer', async () => {
    const { rig, tenant, topic } = await listening(await startRig())
    const token = await rig.login(text(tenant.body, 'plainAgent', 'username'))
    const claims = tryParse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
    const agent = await connect(rig, `token=${token}`)
    await agent.subscribe(`agent_id:${text(claims, 'agent', 'id')}`)
    agent.say({ type: 'subscribe', topics: [topic()] })
    expect(await agent.closed()).toBe(1006)
  })

  test('a superadmin may name anything; an access key acts as admin', async () => {
    const { rig, tenant, topic } = await listening(await startRig())
    const root = await connect(rig, `token=${await rig.login('root@voipbin.example')}`)
    const key = await connect(rig, `accesskey=${tenant.accesskey}`)
    await root.subscribe('anything', topic(':conference:conference_'))
    await key.subscribe(topic(':conference:conference_'))
    await tenant.act('create-conference', { name: 'Both' })
    expect(await root.next()).toMatchObject({ name: 'Both' })
    expect(await key.next()).toMatchObject({ name: 'Both' })
    key.say({ type: 'subscribe', topics: [`agent_id:${STRANGER}`] })
    expect(await key.closed()).toBe(1006)
  })
})

describe('topics (voipbin-api.md 9.3)', () => {
  test.each([
    ['', 2],
    [':', 2],
    [':conference', 2],
    [':conference:', 2],
    [':conference:conference_', 1],
    [':conference:conference_created', 1],
    [':conference:conference_deleted', 0],
    [':conference:Conference_', 0],
    [':call', 0],
    [':conference:*', 0],
  ])('a subscription to customer_id:<id>%s gets a new conference %i times', async (tail, times) => {
    const { socket, topic, tenant, rest } = await listening(await startRig())
    await socket.subscribe(topic(tail))
    await socket.subscribe(topic(tail))
    await tenant.act('create-conference', { name: 'One' })
    expect((await rest()).length).toBe(times)
  })

  test('a conference by its id comes once; two subscriptions to the same thing do not add up', async () => {
    const { socket, topic, tenant, rest, conference } = await listening(await startRig())
    await socket.subscribe(topic(`:conference:${conference}`))
    await tenant.act('update-conference', { conference, name: 'Mine' })
    await tenant.act('create-conference', { name: 'Other' })
    expect((await rest()).length).toBe(1)
    await socket.subscribe(topic(':conference:'), topic(':conference'))
    await tenant.act('update-conference', { conference, name: 'Mine too' })
    expect((await rest()).length).toBe(2)
  })

  test('a topic delivers only while some socket names the exact customer (voipbin-api.md quirk 23)', async () => {
    const { rig, socket, topic, tenant, rest } = await listening(await startRig())
    const root = await connect(rig, `token=${await rig.login('root@voipbin.example')}`)
    await root.subscribe(topic().slice(0, -1))
    await tenant.act('create-conference', { name: 'Unheard' })
    await rest()
    expect(root.heard).toEqual([])
    await socket.subscribe(topic(':call'))
    await tenant.act('create-conference', { name: 'Heard' })
    expect((await root.take(2)).map(tryParse)).toMatchObject([{ name: 'Heard' }, { name: 'Heard' }])
  })

  test('a socket gets no events of another customer', async () => {
    const rig = await startRig()
    const [one, other] = [await listening(rig), await listening(rig)]
    await one.socket.subscribe(one.topic())
    await other.socket.subscribe(other.topic())
    await other.dialIn()
    expect((await other.rest()).length).toBeGreaterThan(0)
    expect(await one.rest()).toEqual([])
  })
})

describe('events and payloads (voipbin-api.md 9.4, 9.5)', () => {
  test('joining and leaving publish one conference_updated each, after the write, and no event of the participant', async () => {
    const { rig, socket, topic, tenant, rest, record, conference, dialIn } = await listening(
      await startRig(),
    )
    await socket.subscribe(topic(':conference'))
    const held = text(await dialIn({ hold: true }), 'participant')
    rig.advance(SECOND)
    expect(await rest()).toEqual([])
    await tenant.act('join', { participant: held })
    expect(await rest()).toEqual([])
    rig.advance(SECOND)
    const joined = await rest()
    expect(roomsIn(joined)).toEqual(Array.from({ length: 2 }, () => [[held], 'progressing']))
    expect(joined[0]).toBe(await record('conferences', conference))
    const path = `/v1.0/conferencecalls/${held}`
    await rig.ask(path, { method: 'DELETE', token: tenant.token })
    expect(await rest()).toEqual([])
    rig.advance(3 * SECOND)
    expect(roomsIn(await rest())).toEqual(
      Array.from({ length: 2 }, () => [undefined, 'progressing']),
    )
  })

  test('a call is published when created, answered, in the bridge, hung up, deleted, each as REST sends it then', async () => {
    const { socket, topic, tenant, rest, record, dialIn } = await listening(await startRig())
    await socket.subscribe(topic(':call:call_'))
    const dialled = await dialIn({ name: '<Ann> & Bo' })
    const call = await record('calls', text(dialled, 'call'))
    // confbridge_join, then entering the bridge; call-frames.spec.ts has all the steps.
    expect((await rest()).filter((frame) => frame === call)).toHaveLength(2)
    expect(call).toContain('\\u003cAnn\\u003e')
    await tenant.act('hang-up', { participant: text(dialled, 'participant') })
    expect(await rest()).toContain(await record('calls', text(dialled, 'call')))
    await tenant.act('delete-call', { participant: text(dialled, 'participant') })
    expect(await rest()).toEqual([expect.stringContaining('"tm_delete"')])
  })

  test('each frame is the bare record: no topic, no event type', async () => {
    const { socket, topic, tenant, rest, record, conference } = await listening(await startRig())
    await socket.subscribe(topic(':conference:conference_'))
    await tenant.act('update-conference', { conference, detail: 'New', data: { floor: 3 } })
    expect(await rest()).toEqual([await record('conferences', conference)])
  })
})

describe('liveness (voipbin-api.md 9.6)', () => {
  test('the server pings every 10 s, and an answer keeps the socket', async () => {
    const { rig, socket } = await listening(await startRig())
    for (let n = 1; n <= 12; n++) {
      rig.advance(10 * SECOND)
      await socket.until(`ping ${n}`, () => socket.pings.length === n)
      await socket.settled()
    }
    rig.advance(9 * SECOND)
    await socket.settled()
    expect(socket.pings.length).toBe(12)
  })

  test('the server drops a socket after 60 s without a pong', async () => {
    const { rig, tenant } = await listening(await startRig())
    const mute = await connect(rig, `token=${tenant.token}`, { autoPong: false })
    for (let n = 0; n < 6; n++) rig.advance(10 * SECOND)
    await mute.settled()
    rig.advance(SECOND)
    expect(await mute.closed()).toBe(1006)
  })
})
