import { describe, expect, test } from 'vitest'
import { newCaller } from '../testing/caller-support.ts'
import { dig, freshTenant, startRig, text, verdict } from '../testing/spec-support.ts'

const SECOND = 1_000_000

describe('DELETE /v1.0/conferencecalls/{id} (voipbin-api.md 4.3)', () => {
  test('a joined participant is 200 leaving with a new tm_update, then leaved, then off the list', async () => {
    const caller = await newCaller()
    expect(await caller.listed()).toEqual([caller.participant])
    const answer = await caller.kick()
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({
      status: 'leaving',
      tm_update: '2026-01-15T09:30:01.123456Z',
      tm_delete: null,
    })
    expect(await caller.row()).toEqual(answer.body)
    caller.rig.advance(SECOND / 2)
    expect([await caller.status(), await caller.listed()]).toEqual([
      'leaving',
      [caller.participant],
    ])
    caller.rig.advance(2 * SECOND)
    expect([await caller.status(), await caller.listed()]).toEqual(['leaved', undefined])
    expect(await caller.callStatus()).toBe('hangup')
  })

  test('a leaving one is 200, unchanged, and not kicked a second time', async () => {
    const caller = await newCaller()
    const first = await caller.kick()
    caller.rig.advance(1000)
    const second = await caller.kick()
    expect([second.status, second.text]).toEqual([200, first.text])
  })

  test('a leaved one is 200, unchanged', async () => {
    const caller = await newCaller()
    await caller.act('hang-up')
    caller.rig.advance(SECOND)
    const before = await caller.row()
    const answer = await caller.kick()
    expect([answer.status, answer.body]).toEqual([200, before])
  })

  test('a joining one is 400 although it is leaving now, and it may still join', async () => {
    const caller = await newCaller({ hold: true })
    expect(verdict(await caller.kick())).toEqual([400, 'INVALID_ARGUMENT'])
    expect(await caller.status()).toBe('leaving')
    expect((await caller.kick()).status).toBe(200)
    caller.rig.advance(60 * SECOND)
    expect(await caller.status()).toBe('leaving')
    await caller.act('bring-back')
    expect(await caller.status()).toBe('joined')
    caller.rig.advance(SECOND)
    expect(await caller.listed()).toEqual([caller.participant])
  })

  test.each([
    ['400', 400, 'INVALID_ARGUMENT'],
    ['503', 503, 'REQUEST_TIMEOUT'],
  ])(
    'a kick that fails with %s has set leaving, and a retry does nothing',
    async (how, status, reason) => {
      const caller = await newCaller()
      await caller.act('kick-fails', { how })
      expect(verdict(await caller.kick())).toEqual([status, reason])
      expect(await caller.status()).toBe('leaving')
      expect((await caller.kick()).status).toBe(200)
      caller.rig.advance(3600 * SECOND)
      expect(await caller.status()).toBe('leaving')
      await caller.act('hang-up')
      expect(await caller.status()).toBe('leaved')
    },
  )

  test('a participant that rejoins while leaving is not removed by the old kick', async () => {
    const caller = await newCaller()
    await caller.kick()
    await caller.act('bring-back')
    caller.rig.advance(10 * SECOND)
    expect(await caller.status()).toBe('joined')
    // The id is appended again without a check for duplicates (voipbin-api.md 5.3).
    expect(await caller.listed()).toEqual([caller.participant, caller.participant])
  })
})

describe('other transitions (voipbin-api.md 4.4, 5.3)', () => {
  test('a hang-up goes from joined to leaved directly, and the conference follows a moment later', async () => {
    const caller = await newCaller()
    await caller.act('hang-up')
    expect([await caller.status(), await caller.listed()]).toEqual(['leaved', [caller.participant]])
    caller.rig.advance(SECOND / 10)
    expect(await caller.listed()).toBeUndefined()
  })

  test('a joining participant is not listed by its conference, a joined one is, a moment later', async () => {
    const caller = await newCaller({ hold: true })
    expect(await caller.listed()).toBeUndefined()
    await caller.act('join')
    expect([await caller.status(), await caller.listed()]).toEqual(['joined', undefined])
    caller.rig.advance(SECOND / 10)
    expect(await caller.listed()).toEqual([caller.participant])
  })

  test.each([true, false])('a stuck caller stays leaving for good (joining: %s)', async (hold) => {
    const caller = await newCaller({ hold })
    await caller.act('stick')
    caller.rig.advance(24 * 3600 * SECOND)
    expect([await caller.status(), await caller.callStatus()]).toEqual(['leaving', 'hangup'])
  })

  test('rejoining makes a new row with the same reference_id', async () => {
    const caller = await newCaller()
    await caller.act('hang-up')
    const again = await caller.act('rejoin')
    expect(text(again, 'participant')).not.toBe(caller.participant)
    expect(again).toMatchObject({ call: caller.call, status: 'joined' })
  })

  test('the last party of a connect bridge leaves with the other (voipbin-api.md 4.3)', async () => {
    const rig = await startRig()
    const tenant = await freshTenant(rig)
    const conference = text(
      await tenant.act('create-conference', { name: '', type: 'connect' }),
      'conference',
    )
    const [a, b] = [
      await tenant.act('dial-in', { conference }),
      await tenant.act('dial-in', { conference }),
    ]
    rig.advance(SECOND)
    await tenant.act('hang-up', { participant: text(a, 'participant') })
    rig.advance(SECOND)
    const { token } = tenant
    const other = await rig.ask(`/v1.0/conferencecalls/${text(b, 'participant')}`, { token })
    expect(dig(other.body, 'status')).toBe('leaved')
  })
})
