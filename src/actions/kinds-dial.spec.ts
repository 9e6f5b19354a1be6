import { describe, expect, it } from 'vitest'
import { callersOf } from '~/cache/roster/caller-store.ts'
import { rosterOf } from '~/cache/roster/store.ts'
import { hasProof, type Action } from '~/domain/action.ts'
import { fateOf, kindRig, LOST, refusal, room, ROOM, roomAction } from '~/testing/kinds.fixture.ts'
import { participantOf } from '~/testing/participant.fixture.ts'
import type { RawRecord } from '~/domain/record.ts'
import { jobOf } from '~/testing/work.fixture.ts'
import { parseCall } from '~/wire/calls.ts'
import { lookAt, settle } from './jobs.ts'
import { stepsOf } from './kinds.ts'

const rig = kindRig()

const CALL = '8f1e0f52-7c3b-4a39-9d5e-0b6f3f8e2a11'
const POST = 'POST calls'

const input = { number: '+15551230099', source: '+15559870002' }

const call = (status: string, wish: RawRecord = {}): RawRecord => ({
  id: CALL,
  status,
  direction: 'outgoing',
  ...wish,
})

const dial = (): Promise<Action> => rig.run({ kind: 'dial', input })

/** As a frame tells of it. */
function hear(record: RawRecord): void {
  const parsed = parseCall(record)
  if (parsed) callersOf(rig.client).applyCalls([parsed])
}

describe('calling a number into a conference', () => {
  it('places one call, and follows it from ringing until it has joined', async () => {
    rig.on(`GET conferences/${ROOM}`, room())
    rig.on(POST, { calls: [call('dialing')], groupcalls: [] })
    const action = await dial()
    expect(rig.bodies).toEqual([
      {
        source: { type: 'tel', target: input.source },
        destinations: [{ type: 'tel', target: input.number }],
        actions: [{ type: 'conference_join', option: { conference_id: ROOM } }],
      },
    ])
    expect(action).toMatchObject({ state: 'accepted', madeId: CALL, goneAt: null })
    hear(call('ringing'))
    expect(stepsOf('dial').noted(rig.client, action)).toEqual({ text: 'Ringing.' })
    const facts = [participantOf({ conferenceId: ROOM, referenceId: CALL, status: 'joined' })]
    rosterOf(rig.client).apply({ facts })
    expect(stepsOf('dial').noted(rig.client, action)).toMatchObject({ goneAt: expect.any(Number) })
  })

  it('says for which reason the call ended', async () => {
    rig.on(`GET conferences/${ROOM}`, room())
    rig.on(POST, { calls: [call('dialing')], groupcalls: [] })
    const action = await dial()
    rig.on(`GET calls/${CALL}`, call('hangup', { hangup_reason: 'noanswer' }))
    // The look reads the call; what the call says is noted like what a frame says.
    expect(await lookAt(rig.client, action)).toEqual({})
    const found = stepsOf('dial').noted(rig.client, action)
    expect(found).toEqual({ state: 'failed', text: 'The call ended: nobody answered.' })
    expect(fateOf({ ...action, state: 'failed' })).toBe('failed')
  })

  it('takes back that nobody joined once a record shows the join', async () => {
    rig.on(`GET conferences/${ROOM}`, room())
    rig.on(POST, { calls: [call('dialing')], groupcalls: [] })
    const failed: Action = { ...(await dial()), state: 'failed' }
    const left = participantOf({ conferenceId: ROOM, referenceId: CALL, status: 'leaving' })
    rosterOf(rig.client).apply({ facts: [left] })
    // A call that ends in the pre-flow gets there without having joined.
    expect(stepsOf('dial').noted(rig.client, failed)).toBeUndefined()
    rosterOf(rig.client).apply({ facts: [{ ...left, status: 'leaved' }] })
    expect(stepsOf('dial').noted(rig.client, failed)).toMatchObject({ state: 'accepted' })
  })

  it('waits longer than anything else takes, for it rings', async () => {
    rig.on(`GET conferences/${ROOM}`, room())
    rig.on(POST, { calls: [call('dialing')], groupcalls: [] })
    const action = await dial()
    expect([fateOf(action, 60_000), fateOf(action, 120_000)]).toEqual(['leaving', 'unconfirmed'])
  })

  it.each([
    ['no answer', LOST],
    ['503', refusal(503, 'REQUEST_TIMEOUT')],
    ['an answer that names no call', { calls: [], groupcalls: [] }],
  ] as const)('is not confirmed and not repeated after %s', async (_name, answer) => {
    rig.on(`GET conferences/${ROOM}`, room())
    rig.on(POST, answer)
    const action = await dial()
    expect(action).toMatchObject({ state: 'unsure', goneAt: null })
    expect([hasProof(action), fateOf(action)]).toEqual([false, 'unconfirmed'])
    expect(rig.sent()).toEqual([POST])
  })

  it.each([
    [403, 'IDENTITY_VERIFICATION_REQUIRED'],
    [403, 'PERMISSION_DENIED'],
    [400, 'INVALID_ARGUMENT'],
  ])('fails with the server’s reason: %i %s', async (status, reason) => {
    rig.on(`GET conferences/${ROOM}`, room())
    rig.on(POST, refusal(status, reason))
    expect(await dial()).toMatchObject({
      state: 'failed',
      trace: `HTTP ${status} · ${reason} · request req_1`,
    })
  })

  it('sends nothing into a conference that has ended', async () => {
    rig.on(`GET conferences/${ROOM}`, room({ status: 'terminated' }))
    expect(await dial()).toMatchObject({ state: 'failed', text: 'The conference has ended.' })
    expect(rig.sent()).toEqual([])
  })

  it('is not sent again when its page was closed before the answer', async () => {
    const left = roomAction({ kind: 'dial', input, state: 'sending', sentAt: null })
    const { job, action } = jobOf(rig.client, left, 'sam')
    await settle(job, { isLeft: true })
    expect(action().state).toBe('unsure')
    expect(rig.sent()).toEqual([])
  })
})
