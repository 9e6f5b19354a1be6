import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { accountOf } from '~/domain/session.ts'
import { KIM, leaveDesk, openDesk, SAM, type Desk } from '~/testing/ledger.fixture.ts'
import { Presence } from './presence.ts'

let desk: Desk

beforeEach(async () => {
  desk = openDesk()
  await desk.open()
})
afterEach(() => leaveDesk(desk))

describe('an account', () => {
  it('does not send what another account of the customer has confirmed', async () => {
    desk.submit(desk.join(12))
    await desk.pass(2000)
    await desk.changeTo(KIM)
    const before = desk.deletes.length
    await desk.pass(30_000)
    expect(before).toBeLessThan(12)
    expect(desk.deletes).toHaveLength(before)
    expect(new Set(desk.deletedBy)).toEqual(new Set(['Sam']))
    await desk.changeTo(SAM)
    await desk.pass(30_000)
    expect(desk.deletes).toHaveLength(12)
    expect(new Set(desk.deletedBy)).toEqual(new Set(['Sam']))
  })

  it('does not see the activity of another account', async () => {
    desk.submit(desk.join(2))
    await desk.pass(5000)
    await desk.changeTo(KIM)
    await desk.pass(1000)
    expect(desk.actions).toEqual([])
    await desk.changeTo(SAM)
    expect(desk.actions).toHaveLength(2)
  })

  it('takes over what another account has left when told to, and sends it in its own name', async () => {
    const rows = desk.join(12)
    desk.submit(rows)
    await desk.pass(2000)
    const bySam = desk.deletes.length
    await desk.changeTo(KIM)
    const [work] = await desk.othersWork()
    expect(work).toMatchObject({ by: 'Sam', kind: 'remove', count: 12 - bySam })
    expect(JSON.stringify(work)).not.toMatch(/p\d/)
    if (!work) throw new Error('Sam has left something')
    await desk.takeOver(work)
    await desk.pass(30_000)
    expect(desk.deletes.toSorted()).toEqual(rows.map(({ id }) => id).toSorted())
    expect(desk.deletedBy.filter((name) => name === 'Kim')).toHaveLength(12 - bySam)
    expect(new Set(desk.actions.map(({ by }) => by))).toEqual(new Set(['Kim']))
    await desk.changeTo(SAM)
    await desk.pass(30_000)
    expect(desk.deletes).toHaveLength(12)
    const taken = desk.actions.filter(({ state }) => state === 'withdrawn')
    expect(taken.map(({ text }) => text)).toEqual(
      Array.from({ length: 12 - bySam }, () => 'Taken over by Kim.'),
    )
  })

  it('takes over nothing while the other account is at work in another tab, and nothing twice', async () => {
    desk.submit(desk.join(3), 5000)
    await desk.pass(1000)
    const presence = new Presence(accountOf(SAM), 'the tab of Sam')
    await desk.changeTo(KIM)
    expect(await desk.othersWork()).toEqual([])
    presence.stop()
    const [work] = await desk.othersWork()
    if (!work) throw new Error('Sam has left something')
    await Promise.all([desk.takeOver(work), desk.takeOver(work)])
    await desk.pass(20_000)
    expect(desk.deletes).toHaveLength(3)
    expect(await desk.othersWork()).toEqual([])
  })

  it('does not see the work of other accounts without the permission to do it', async () => {
    desk.submit(desk.join(3), 5000)
    await desk.pass(1000)
    await desk.changeTo({ ...KIM, permission: 16 })
    expect(await desk.othersWork()).toEqual([])
  })
})
