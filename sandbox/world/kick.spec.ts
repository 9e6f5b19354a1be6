import { describe, expect, test } from 'vitest'
import { caller } from '../testing/caller-support.ts'
import { dig, freshTenant, startRig, text, verdict } from '../testing/spec-support.ts'

const SECOND = 1_000_000

describe('DELETE /v1.0/conferencecalls/{id} (voipbin-api.md 4.3)', () => {
  test('joined: 200 leaving with a new tm_update, then leaved, then off the list', async () => {
    const he = await caller()
    expect(await he.listed()).toEqual([he.participant])
    const answer = await he.kick()
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({
      status: 'leaving',
      tm_update: '2026-01-15T09:30:01.123456Z',
      tm_delete: null,
    })
    expect(await he.row()).toEqual(answer.body)
    he.rig.advance(SECOND / 2)
    expect([await he.status(), await he.listed()]).toEqual(['leaving', [he.participant]])
    he.rig.advance(2 * SECOND)
    expect([await he.status(), await he.listed()]).toEqual(['leaved', undefined])
    expect(await he.callStatus()).toBe('hangup')
  })

  test('leaving: 200, unchanged, and not kicked a second time', async () => {
    const he = await caller()
    const first = await he.kick()
    he.rig.advance(1000)
    const second = await he.kick()
    expect([second.status, second.text]).toEqual([200, first.text])
  })

  test('leaved: 200, unchanged', async () => {
    const he = await caller()
    await he.act('hang-up')
    he.rig.advance(SECOND)
    const before = await he.row()
    const answer = await he.kick()
    expect([answer.status, answer.body]).toEqual([200, before])
  })

  test('joining: 400 although it is leaving now; he may still come in and be joined', async () => {
    const he = await caller({ hold: true })
    expect(verdict(await he.kick())).toEqual([400, 'INVALID_ARGUMENT'])
    expect(await he.status()).toBe('leaving')
    expect((await he.kick()).status).toBe(200)
    he.rig.advance(60 * SECOND)
    expect(await he.status()).toBe('leaving')
    await he.act('bring-back')
    expect(await he.status()).toBe('joined')
    he.rig.advance(SECOND)
    expect(await he.listed()).toEqual([he.participant])
  })

  test.each([
    ['400', 400, 'INVALID_ARGUMENT'],
    ['503', 503, 'REQUEST_TIMEOUT'],
  ])(
    'a kick that fails with %s has set leaving, and a retry does nothing',
    async (how, status, reason) => {
      const he = await caller()
      await he.act('kick-fails', { how })
      expect(verdict(await he.kick())).toEqual([status, reason])
      expect(await he.status()).toBe('leaving')
      expect((await he.kick()).status).toBe(200)
      he.rig.advance(3600 * SECOND)
      expect(await he.status()).toBe('leaving')
      await he.act('hang-up')
      expect(await he.status()).toBe('leaved')
    },
  )

  test('who comes back while leaving is not thrown out by the old kick', async () => {
    const he = await caller()
    await he.kick()
    await he.act('bring-back')
    he.rig.advance(10 * SECOND)
    expect(await he.status()).toBe('joined')
    // Appended again without a check for duplicates (voipbin-api.md 5.3).
    expect(await he.listed()).toEqual([he.participant, he.participant])
  })
})

describe('other transitions (voipbin-api.md 4.4, 5.3)', () => {
  test('a hang-up goes from joined to leaved directly, and the conference follows a moment later', async () => {
    const he = await caller()
    await he.act('hang-up')
    expect([await he.status(), await he.listed()]).toEqual(['leaved', [he.participant]])
    he.rig.advance(SECOND / 10)
    expect(await he.listed()).toBeUndefined()
  })

  test('joining is not listed; joined is, a moment later', async () => {
    const he = await caller({ hold: true })
    expect(await he.listed()).toBeUndefined()
    await he.act('join')
    expect([await he.status(), await he.listed()]).toEqual(['joined', undefined])
    he.rig.advance(SECOND / 10)
    expect(await he.listed()).toEqual([he.participant])
  })

  test.each([true, false])('a stuck caller stays leaving for good (joining: %s)', async (hold) => {
    const he = await caller({ hold })
    await he.act('stick')
    he.rig.advance(24 * 3600 * SECOND)
    expect([await he.status(), await he.callStatus()]).toEqual(['leaving', 'hangup'])
  })

  test('rejoining makes a new row with the same reference_id', async () => {
    const he = await caller()
    await he.act('hang-up')
    const again = await he.act('rejoin')
    expect(text(again, 'participant')).not.toBe(he.participant)
    expect(again).toMatchObject({ call: he.call, status: 'joined' })
  })

  test('the last one of a connect bridge leaves with the other (voipbin-api.md 4.3)', async () => {
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
