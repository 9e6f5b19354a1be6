import { describe, expect, test } from 'vitest'
import { newCaller } from '../testing/caller-support.ts'
import { dig, rows, startRig, text } from '../testing/spec-support.ts'

const SECOND = 1_000_000
const ANN = { name: 'Ann', number: '+15551230077' }

type Caller = Awaited<ReturnType<typeof newCaller>>

/** The rows of all other participants, newest first. */
async function others({ rig, tenant, participant }: Caller): Promise<unknown[]> {
  rig.advance(1)
  const list = rows(await rig.ask('/v1.0/conferencecalls', { token: tenant.token }))
  return list.filter((row) => dig(row, 'id') !== participant)
}

/** The far end of a row's call. */
async function sourceOf({ rig, tenant }: Caller, row: unknown): Promise<unknown> {
  const path = `/v1.0/calls/${text(row, 'reference_id')}`
  return dig((await rig.ask(path, { token: tenant.token })).body, 'source')
}

describe('the act dial-back', () => {
  test('makes a new call from the same address, and a new row in the same conference', async () => {
    const ann = await newCaller(ANN)
    await ann.kick()
    ann.rig.advance(3 * SECOND)
    const back = await ann.act('dial-back')
    expect(back).toMatchObject({ conference: ann.conference, status: 'joined' })
    expect(text(back, 'call')).not.toBe(ann.call)
    const [row, ...more] = await others(ann)
    expect([dig(row, 'id'), more]).toEqual([text(back, 'participant'), []])
    expect(await sourceOf(ann, row)).toEqual({
      type: 'tel',
      target: '+15551230077',
      target_name: 'Ann',
    })
    expect([await ann.status(), await ann.callStatus()]).toEqual(['leaved', 'hangup'])
  })

  test('works while still leaving, into another conference, held in the pre-flow', async () => {
    const ann = await newCaller({ ...ANN, direction: 'outgoing' })
    await ann.act('kick-fails', { how: 'silent' })
    await ann.kick()
    const conference = text(ann.tenant.body, 'conferences', 1, 'id')
    const back = await ann.act('dial-back', { conference, hold: true })
    expect(back).toMatchObject({ conference, status: 'joining' })
    const [row] = await others(ann)
    // The first call was outgoing, the second is incoming.
    expect(await sourceOf(ann, row)).toMatchObject({ target: '+15551230077' })
    expect([await ann.status(), await ann.callStatus()]).toEqual(['leaving', 'progressing'])
  })

  test('is refused for a participant that is still joined', async () => {
    const ann = await newCaller(ANN)
    await expect(ann.act('dial-back')).rejects.toThrow('this act needs leaved or leaving')
  })
})

describe('the switch dialBack', () => {
  test.each([
    ['kicked', async (ann: Caller) => ann.kick()],
    ['hung up on', async (ann: Caller) => ann.hangUp()],
  ])('lets a participant that is %s call again 2 to 8 s later, once', async (_, throwOut) => {
    const ann = await newCaller(ANN)
    await ann.tenant.act('dial-back-share', { share: 1 })
    await throwOut(ann)
    ann.rig.advance(2 * SECOND)
    expect(await others(ann)).toEqual([])
    // The kick 1.5 s, the end of the call 0.4, the wait 8, the pre-flow 3.
    ann.rig.advance(11 * SECOND)
    const [row, ...more] = await others(ann)
    expect(row).toMatchObject({ status: 'joined', conference_id: ann.conference })
    expect(await sourceOf(ann, row)).toMatchObject({ target: '+15551230077' })
    expect(text(row, 'reference_id')).not.toBe(ann.call)
    ann.rig.advance(60 * SECOND)
    expect([more, (await others(ann)).length]).toEqual([[], 1])
  })

  test('is off by default, and does not apply to a caller that hangs up', async () => {
    const ann = await newCaller(ANN)
    await ann.kick()
    const bob = await newCaller(ANN)
    await bob.tenant.act('dial-back-share', { share: 1 })
    await bob.act('hang-up')
    for (const one of [ann, bob]) {
      one.rig.advance(60 * SECOND)
      expect(await others(one)).toEqual([])
    }
  })

  test('does not lead back into a conference that is over', async () => {
    const ann = await newCaller(ANN)
    const { rig, tenant, conference } = ann
    await tenant.act('dial-back-share', { share: 1 })
    await ann.kick()
    rig.advance(2 * SECOND)
    const ask = { method: 'DELETE', token: tenant.token }
    expect((await rig.ask(`/v1.0/conferences/${conference}`, ask)).status).toBe(200)
    rig.advance(60 * SECOND)
    expect(await others(ann)).toEqual([])
  })

  test('is set when the tenant is made, shown in the overview, and on for the demo', async () => {
    const rig = await startRig()
    const made = await rig.control('/tenants', { dialBack: 0.4 })
    const told = await rig.control(`/tenants/${text(made.body, 'id')}`, undefined, 'GET')
    expect(dig(told.body, 'dialBack')).toBe(0.4)
    const home = await rig.control(`/tenants/${rig.sandbox.home.id}`, undefined, 'GET')
    expect(dig(home.body, 'dialBack')).toBe(0.25)
    const bad = await rig.control('/tenants', { dialBack: 1.1 })
    expect(bad.body).toEqual({ error: '"dialBack" must be a number from 0 to 1.' })
  })
})
