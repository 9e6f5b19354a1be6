import { describe, expect, test } from 'vitest'
import { caller } from '../testing/caller-support.ts'
import { dig, freshTenant, rows, startRig, text, verdict } from '../testing/spec-support.ts'

const SECOND = 1_000_000

/** What became of those who were kicked: of twenty while half of all kicks fail, then of the others. */
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
  test('silent: 200 and leaving, but he never leaves until he hangs up', async () => {
    const he = await caller()
    await he.act('kick-fails', { how: 'silent' })
    const answer = await he.kick()
    expect([answer.status, dig(answer.body, 'status')]).toEqual([200, 'leaving'])
    he.rig.advance(3600 * SECOND)
    expect([await he.row(), await he.callStatus()]).toEqual([answer.body, 'progressing'])
    expect(await he.listed()).toEqual([he.participant])
    await he.act('hang-up')
    expect(await he.status()).toBe('leaved')
  })

  test('returns: 200 and leaving, and after some time joined again, for another kick', async () => {
    const he = await caller()
    await he.tenant.act('kick-delay', { ms: 1000 })
    await he.act('kick-fails', { how: 'returns', ms: 1500 })
    const answer = await he.kick()
    expect([answer.status, dig(answer.body, 'status')]).toEqual([200, 'leaving'])
    he.rig.advance(1.4 * SECOND)
    expect(await he.status()).toBe('leaving')
    he.rig.advance(0.2 * SECOND)
    expect([await he.status(), await he.callStatus()]).toEqual(['joined', 'progressing'])
    he.rig.advance(60 * SECOND)
    expect(await he.status()).toBe('joined')
    await he.kick()
    he.rig.advance(2 * SECOND)
    expect(await he.status()).toBe('leaved')
  })

  test('returns, without a time: within 3 s', async () => {
    const he = await caller()
    await he.act('kick-fails', { how: 'returns' })
    await he.kick()
    he.rig.advance(0.9 * SECOND)
    expect(await he.status()).toBe('leaving')
    he.rig.advance(2.2 * SECOND)
    expect(await he.status()).toBe('joined')
  })

  test('late: 503, but the kick works on', async () => {
    const he = await caller()
    await he.act('kick-fails', { how: 'late' })
    expect(verdict(await he.kick())).toEqual([503, 'REQUEST_TIMEOUT'])
    expect(await he.status()).toBe('leaving')
    he.rig.advance(3 * SECOND)
    expect([await he.status(), await he.callStatus()]).toEqual(['leaved', 'hangup'])
  })

  test('a share of all kicks, the same by the same seed; off again with share 0', async () => {
    const [one, again, other] = [await fates(1), await fates(1), await fates(2)]
    expect(one).toEqual(again)
    expect(one).not.toEqual(other)
    expect(new Set(one.slice(0, 20))).toEqual(new Set(['leaving', 'leaved']))
    expect(new Set(one.slice(20))).toEqual(new Set(['leaved']))
  })

  test('any: all the ways', async () => {
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

  test('whoever is only joining meets the usual 400, and share is not for one', async () => {
    const he = await caller({ hold: true })
    await he.tenant.act('kick-fails', { how: 'late' })
    expect(verdict(await he.kick())).toEqual([400, 'INVALID_ARGUMENT'])
    const { participant } = he
    await expect(he.act('kick-fails', { participant, how: '400', share: 1 })).rejects.toThrow(
      'is for all kicks, without',
    )
    await expect(he.tenant.act('kick-fails', { how: '400', share: 2 })).rejects.toThrow(
      'must be a number from 0 to 1.',
    )
  })

  test("an answer with another record's id, though he was kicked", async () => {
    const he = await caller()
    const { rig, tenant, participant } = he
    const other = 'b8aa51f6-5cc1-40ba-9737-45ca24dab153'
    const fault = { path: `/v1.0/conferencecalls/${participant}`, kind: 'other-record' }
    const faults = `/tenants/${tenant.id}/faults`
    await rig.control(faults, { ...fault, method: 'DELETE', id: other })
    const answer = await he.kick()
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({ id: other, status: 'leaving' })
    expect(await he.row()).toMatchObject({ id: participant, status: 'leaving' })
    await rig.control(faults, fault)
    expect(await he.row()).toMatchObject({ id: '00000000-0000-0000-0000-000000000000' })
  })
})
