import { describe, expect, test } from 'vitest'
import { newCaller } from '../testing/caller-support.ts'
import { dig, freshTenant, rows, startRig, text, verdict } from '../testing/spec-support.ts'

const SECOND = 1_000_000

/** The statuses after twenty kicks of which half fail, then after the others. */
async function fates(seed: number): Promise<unknown[]> {
  const rig = await startRig()
  const { act, token } = await freshTenant(rig, { seed, live: 24, limits: false })
  expect(await act('kick-fails', { how: 'silent', share: 0.5 })).toEqual({
    how: 'silent',
    share: 0.5,
  })
  rig.advance(SECOND)
  const path = '/v1.0/conferencecalls'
  const joined = rows(await rig.ask(path, { token })).filter(
    (row) => dig(row, 'status') === 'joined',
  )
  const kick = async (row: unknown) =>
    rig.ask(`${path}/${text(row, 'id')}`, { method: 'DELETE', token })
  for (const row of joined.slice(0, 20)) await kick(row)
  rig.advance(60 * SECOND)
  await act('kick-fails', { how: 'silent', share: 0 })
  for (const row of joined.slice(20)) await kick(row)
  rig.advance(60 * SECOND)
  const now = rows(await rig.ask(path, { token }))
  const statuses = new Map(now.map((row) => [dig(row, 'id'), dig(row, 'status')]))
  return joined.map((row) => statuses.get(dig(row, 'id')))
}

describe('kicks that fail (voipbin-api.md 4.3, 4.4)', () => {
  test('silent answers 200 and sets leaving, but the participant stays until it hangs up', async () => {
    const caller = await newCaller()
    await caller.act('kick-fails', { how: 'silent' })
    const answer = await caller.kick()
    expect([answer.status, dig(answer.body, 'status')]).toEqual([200, 'leaving'])
    caller.rig.advance(3600 * SECOND)
    expect([await caller.row(), await caller.callStatus()]).toEqual([answer.body, 'progressing'])
    expect(await caller.listed()).toEqual([caller.participant])
    await caller.act('hang-up')
    expect(await caller.status()).toBe('leaved')
  })

  test('returns answers 200 and sets leaving, and after some time joined, ready for another kick', async () => {
    const caller = await newCaller()
    await caller.tenant.act('kick-delay', { ms: 1000 })
    await caller.act('kick-fails', { how: 'returns', ms: 1500 })
    const answer = await caller.kick()
    expect([answer.status, dig(answer.body, 'status')]).toEqual([200, 'leaving'])
    caller.rig.advance(1.4 * SECOND)
    expect(await caller.status()).toBe('leaving')
    caller.rig.advance(0.2 * SECOND)
    expect([await caller.status(), await caller.callStatus()]).toEqual(['joined', 'progressing'])
    caller.rig.advance(60 * SECOND)
    expect(await caller.status()).toBe('joined')
    await caller.kick()
    caller.rig.advance(2 * SECOND)
    expect(await caller.status()).toBe('leaved')
  })

  test('returns within 3 s when no time is given', async () => {
    const caller = await newCaller()
    await caller.act('kick-fails', { how: 'returns' })
    await caller.kick()
    caller.rig.advance(0.9 * SECOND)
    expect(await caller.status()).toBe('leaving')
    caller.rig.advance(2.2 * SECOND)
    expect(await caller.status()).toBe('joined')
  })

  test('late answers 503, but the kick works', async () => {
    const caller = await newCaller()
    await caller.act('kick-fails', { how: 'late' })
    expect(verdict(await caller.kick())).toEqual([503, 'REQUEST_TIMEOUT'])
    expect(await caller.status()).toBe('leaving')
    caller.rig.advance(3 * SECOND)
    expect([await caller.status(), await caller.callStatus()]).toEqual(['leaved', 'hangup'])
  })

  test('a share of all kicks fails, the same by the same seed; share 0 ends it', async () => {
    const [one, again, other] = [await fates(1), await fates(1), await fates(2)]
    expect(one).toEqual(again)
    expect(one).not.toEqual(other)
    expect(new Set(one.slice(0, 20))).toEqual(new Set(['leaving', 'leaved']))
    expect(new Set(one.slice(20))).toEqual(new Set(['leaved']))
  })

  test('any fails in all the ways', async () => {
    const rig = await startRig()
    const { act, token } = await freshTenant(rig, { live: 40, limits: false })
    await act('kick-fails', { how: 'any' })
    rig.advance(SECOND)
    const answers: unknown[] = []
    for (const row of rows(await rig.ask('/v1.0/conferencecalls', { token }))) {
      if (dig(row, 'status') !== 'joined') continue
      const path = `/v1.0/conferencecalls/${text(row, 'id')}`
      answers.push((await rig.ask(path, { method: 'DELETE', token })).status)
    }
    expect(new Set(answers)).toEqual(new Set([200, 400, 503]))
    rig.advance(60 * SECOND)
    const kicked = rows(await rig.ask('/v1.0/conferencecalls', { token })).map((row) =>
      dig(row, 'status'),
    )
    expect(new Set(kicked)).toEqual(new Set(['joining', 'joined', 'leaving', 'leaved']))
  })

  test('a joining participant gets the usual 400, and share is refused for one participant', async () => {
    const caller = await newCaller({ hold: true })
    await caller.tenant.act('kick-fails', { how: 'late' })
    expect(verdict(await caller.kick())).toEqual([400, 'INVALID_ARGUMENT'])
    const { participant } = caller
    await expect(caller.act('kick-fails', { participant, how: '400', share: 1 })).rejects.toThrow(
      'is for all kicks, without',
    )
    await expect(caller.tenant.act('kick-fails', { how: '400', share: 2 })).rejects.toThrow(
      'must be a number from 0 to 1.',
    )
  })

  test("a fault answers with another record's id, though the kick works", async () => {
    const caller = await newCaller()
    const { rig, tenant, participant } = caller
    const other = 'b8aa51f6-5cc1-40ba-9737-45ca24dab153'
    const fault = { path: `/v1.0/conferencecalls/${participant}`, kind: 'other-record' }
    const faults = `/tenants/${tenant.id}/faults`
    await rig.control(faults, { ...fault, method: 'DELETE', id: other })
    const answer = await caller.kick()
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({ id: other, status: 'leaving' })
    expect(await caller.row()).toMatchObject({ id: participant, status: 'leaving' })
    await rig.control(faults, fault)
    expect(await caller.row()).toMatchObject({ id: '00000000-0000-0000-0000-000000000000' })
  })
})
