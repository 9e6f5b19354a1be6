import { describe, expect, test } from 'vitest'
import { controlledCaller } from '../testing/control-support.ts'
import { dig, freshTenant, startRig, text } from '../testing/spec-support.ts'

const SECOND = 1_000_000
const ZERO = '00000000-0000-0000-0000-000000000000'

describe('acts on audio', () => {
  test('mute and unmute are what a colleague elsewhere does', async () => {
    const caller = await controlledCaller()
    expect(await caller.act('mute', { direction: 'in' })).toMatchObject({
      participant: caller.participant,
      call: caller.call,
      mute_direction: 'in',
    })
    expect(await caller.recorded()).toBe('in')
    expect(await caller.audio()).toMatchObject({ heard: false, hears: true })
    expect(await caller.act('unmute', { direction: 'in' })).toMatchObject({ mute_direction: null })
    expect(await caller.act('mute')).toMatchObject({ mute_direction: 'both' })
  })

  test('mute works before the caller joins', async () => {
    const caller = await controlledCaller({ hold: true })
    await caller.act('mute', { direction: 'in' })
    expect(await caller.act('join')).toMatchObject({ status: 'joined' })
    expect(await caller.recorded()).toBe('in')
  })

  test.each([['in'], ['out']])(
    'break-mute-record says %s although all is audible',
    async (direction) => {
      const caller = await controlledCaller()
      await caller.act('break-mute-record', { direction })
      expect(await caller.recorded()).toBe(direction)
      expect(await caller.audio()).toEqual({
        heard: true,
        hears: true,
        music: false,
        held: false,
        silence: false,
        said: [],
      })
    },
  )

  test('refuse a call that has ended and an unknown direction', async () => {
    const caller = await controlledCaller()
    await expect(caller.act('break-mute-record', { direction: 'both' })).rejects.toThrow('in, out')
    await expect(caller.act('mute', { direction: 'up' })).rejects.toThrow('in, out, both')
    await caller.act('hang-up')
    await expect(caller.act('mute')).rejects.toThrow('That call is gone.')
  })

  test('a call that is not there has no audio', async () => {
    const caller = await controlledCaller()
    expect((await caller.control(`/calls/${ZERO}/audio`, undefined, 'GET')).status).toBe(404)
    expect((await caller.control(`/calls/${caller.call}/audio`, {})).status).toBe(404)
  })
})

describe('acts on conferences', () => {
  test('end-recording ends it as by its duration, which leaves the id stale', async () => {
    const caller = await controlledCaller()
    const { conference } = caller
    await expect(caller.tenant.act('end-recording', { conference })).rejects.toThrow('not being')
    const recording = text((await caller.start()).body, 'recording_id')
    caller.rig.advance(SECOND)
    expect(await caller.tenant.act('end-recording', { conference })).toEqual({
      conference,
      recording,
      status: 'ended',
    })
    expect(dig(await caller.conferenceRow(), 'recording_id')).toBe(recording)
    expect(dig((await caller.send('GET', `/recordings/${recording}`)).body, 'status')).toBe('ended')
    await expect(caller.tenant.act('end-recording', { conference })).rejects.toThrow('not being')
  })

  test('a conference of a script ends by its timeout, and by that of an update', async () => {
    const { tenant, rig, send } = await controlledCaller()
    const made = async (timeout: number) =>
      text(await tenant.act('create-conference', { name: 'Brief', timeout }), 'conference')
    const [first, second] = [await made(60), await made(0)]
    const deleted = async (id: string) =>
      dig((await send('GET', `/conferences/${id}`)).body, 'tm_delete') !== null
    await tenant.act('update-conference', { conference: second, timeout: 120 })
    await tenant.act('update-conference', { conference: second, name: 'Renamed' })
    rig.advance(61 * SECOND)
    expect([await deleted(first), await deleted(second)]).toEqual([true, false])
    rig.advance(60 * SECOND)
    expect(await deleted(second)).toBe(true)
  })
})

describe('switches', () => {
  test('a tenant can be made without verification and balance, and says so', async () => {
    const rig = await startRig()
    const tenant = await freshTenant(rig, { verified: false, balance: false })
    const overview = async () => (await rig.control(`/tenants/${tenant.id}`, undefined, 'GET')).body
    expect(await overview()).toMatchObject({ verified: false, balance: false })
    await rig.control(`/tenants/${tenant.id}/verified`, { verified: true })
    await rig.control(`/tenants/${tenant.id}/balance`, { balance: true })
    expect(await overview()).toMatchObject({ verified: true, balance: true })
    const usual = await freshTenant(rig)
    const { body } = await rig.control(`/tenants/${usual.id}`, undefined, 'GET')
    expect(body).toMatchObject({ verified: true, balance: true })
  })

  test.each([
    ['verified', { verified: 'yes' }],
    ['balance', {}],
    ['quota', { conferences: -1 }],
    ['quota', { rooms: 1 }],
  ])('%s refuses %j', async (path, body) => {
    const { control } = await controlledCaller()
    expect((await control(`/${path}`, body)).status).toBe(400)
  })
})
