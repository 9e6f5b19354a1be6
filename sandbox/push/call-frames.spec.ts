import { describe, expect, test } from 'vitest'
import { isObject, tryParse, type Json } from '../world/json.ts'
import { dig, startRig, text } from '../testing/spec-support.ts'
import { listening } from '../testing/socket-support.ts'

const SECOND = 1_000_000

/** A tenant whose socket gets frames of calls, and of participants, which today's platform does not publish. */
async function hearing() {
  const one = await listening(await startRig())
  await one.push({ conferencecallEvents: true })
  await one.socket.subscribe(one.topic(':call:call_'), one.topic(':conferencecall:conferencecall_'))
  return one
}

/** Short forms of frames in the order of publication; frames carry no ordinal, but their content tells (voipbin-api.md 9.6). */
function shortly(frames: readonly string[]): readonly string[] {
  return frames.map(tryParse).map((frame) => {
    const status = text(frame, 'status')
    if (!isObject(frame) || !('action' in frame)) return `participant ${status}`
    const taken = dig(frame, 'action', 'tm_execute') === null ? ' not taken' : ''
    return `${status} ${text(frame, 'action', 'type')}${taken}`
  })
}

const sorted = (texts: readonly string[]): readonly string[] => texts.toSorted()

async function hold(one: Awaited<ReturnType<typeof hearing>>, fields: Record<string, Json> = {}) {
  const dialled = await one.dialIn({ hold: true, ...fields })
  return { participant: text(dialled, 'participant'), call: text(dialled, 'call') }
}

describe('frames of a call that joins (voipbin-api.md 17)', () => {
  test('a call is created without an action, answered, then takes the first step of the pre-flow', async () => {
    const one = await hearing()
    await hold(one, { preFlow: ['talk', 'digits_receive'] })
    expect(sorted(shortly(await one.rest()))).toEqual(
      sorted([
        'ringing  not taken',
        'ringing answer',
        'progressing answer',
        'participant joining',
        'progressing talk',
      ]),
    )
  })

  test('an outgoing call is dialing, ringing, progressing, before any action', async () => {
    const one = await hearing()
    await hold(one, { direction: 'outgoing', preFlow: [] })
    expect(sorted(shortly(await one.rest()))).toEqual(
      sorted([
        'dialing  not taken',
        'ringing  not taken',
        'progressing  not taken',
        'participant joining',
        'progressing confbridge_join',
      ]),
    )
  })

  test('each step of the pre-flow has a frame, then confbridge_join, then entering the bridge', async () => {
    const one = await hearing()
    const { participant } = await hold(one, { preFlow: ['talk', 'digits_receive'] })
    await one.rest()
    await one.tenant.act('step', { participant })
    expect(shortly(await one.rest())).toEqual(['progressing digits_receive'])
    await one.tenant.act('step', { participant })
    expect(shortly(await one.rest())).toEqual(['progressing confbridge_join'])
    await one.tenant.act('step', { participant })
    expect(shortly(await one.rest())).toEqual([])
    await one.tenant.act('join', { participant })
    expect(sorted(shortly(await one.rest()))).toEqual([
      'participant joined',
      'progressing confbridge_join',
    ])
  })

  test('entering the bridge publishes the rest of the pre-flow first', async () => {
    const one = await hearing()
    const { participant } = await hold(one, { preFlow: ['talk', 'digits_receive'] })
    await one.rest()
    await one.tenant.act('join', { participant })
    expect(sorted(shortly(await one.rest()))).toEqual([
      'participant joined',
      'progressing confbridge_join',
      'progressing confbridge_join',
      'progressing digits_receive',
    ])
  })

  test('conference_join is never an action, and each action has an id of its own', async () => {
    const one = await hearing()
    const { participant } = await hold(one, { preFlow: ['talk', 'talk'] })
    await one.tenant.act('join', { participant })
    const frames = (await one.rest()).map(tryParse).filter((frame) => dig(frame, 'action'))
    expect(JSON.stringify(frames)).not.toContain('conference_join')
    const talks = frames.filter((frame) => dig(frame, 'action', 'type') === 'talk')
    expect(new Set(talks.map((frame) => dig(frame, 'action', 'id'))).size).toBe(2)
  })
})

describe('frames of a call that ends', () => {
  test('a hang-up in the pre-flow is a call_hangup, and the record follows 15 to 20 s later', async () => {
    const one = await hearing()
    const { participant } = await hold(one)
    await one.rest()
    await one.tenant.act('hang-up', { participant })
    expect(shortly(await one.rest())).toEqual(['hangup talk'])
    one.rig.advance(14 * SECOND)
    expect(await one.rest()).toEqual([])
    one.rig.advance(7 * SECOND)
    expect(shortly(await one.rest())).toEqual(['participant leaving'])
  })

  test('leaving the bridge has two frames, and the end of the call one more', async () => {
    const one = await hearing()
    const participant = text(await one.dialIn(), 'participant')
    await one.rest()
    await one.tenant.act('hang-up', { participant })
    expect(sorted(shortly(await one.rest()))).toEqual([
      'hangup confbridge_join',
      'participant leaved',
      'progressing confbridge_join',
      'progressing confbridge_join',
    ])
  })

  test('after a kick the flow takes its next action; with none left the call is hung up', async () => {
    const one = await hearing()
    const dialled = await one.dialIn({ afterwards: ['talk'] })
    const path = `/v1.0/conferencecalls/${text(dialled, 'participant')}`
    await one.rest()
    await one.rig.ask(path, { method: 'DELETE', token: one.tenant.token })
    one.rig.advance(2 * SECOND)
    expect(sorted(shortly(await one.rest()))).toEqual([
      'participant leaved',
      'participant leaving',
      'progressing confbridge_join',
      'progressing confbridge_join',
      'progressing talk',
    ])
    one.rig.advance(3 * SECOND)
    expect(shortly(await one.rest())).toEqual(['hangup talk'])
  })
})

describe('other calls', () => {
  test('frames about calls in no conference come at the given rate, until it is 0', async () => {
    const one = await hearing()
    await one.tenant.act('other-calls', { framesPerSecond: 50 })
    await one.rest()
    one.rig.advance(4 * SECOND)
    const frames = await one.rest()
    expect(frames).toHaveLength(200)
    expect(new Set(shortly(frames))).toEqual(
      new Set([
        'ringing  not taken',
        'ringing answer',
        'progressing answer',
        'progressing talk',
        'progressing digits_receive',
        'hangup talk',
      ]),
    )
    await one.tenant.act('other-calls', { framesPerSecond: 0 })
    one.rig.advance(SECOND)
    expect(await one.rest()).toEqual([])
  })

  test('with callFrames off there are frames of conferences, and none of calls', async () => {
    const one = await hearing()
    await one.push({ callFrames: false })
    await one.dialIn()
    expect(sorted(shortly(await one.rest()))).toEqual(['participant joined', 'participant joining'])
  })

  test('a call of an agent names its owner (voipbin-api.md 6)', async () => {
    const one = await hearing()
    const agent = '8f1e0f52-7c3b-4a39-9d5e-0b6f3f8e2a11'
    const { call } = await hold(one, { address: { type: 'agent', target: agent } })
    expect(tryParse(await one.record('calls', call))).toMatchObject({
      owner_type: 'agent',
      owner_id: agent,
    })
  })
})
