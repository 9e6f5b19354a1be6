import { onlineManager } from '@tanstack/react-query'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { activityOf, currentActivity } from '~/cache/activity/activity.ts'
import { rosterOf } from '~/cache/roster/store.ts'
import { leaveDesk, openDesk, type Desk } from '~/testing/ledger.fixture.ts'
import { participantOf } from '~/testing/participant.fixture.ts'

let desk: Desk

beforeEach(async () => {
  desk = openDesk()
  await desk.open()
})
afterEach(() => leaveDesk(desk))

describe('a removal of many that is interrupted', () => {
  it('continues after a reload, in the same order, and sends nothing twice', async () => {
    const rows = desk.join(12)
    desk.submit(rows)
    await desk.pass(2000)
    const before = desk.deletes.length
    expect(before).toBeLessThan(12)
    desk.close()
    await desk.open()
    await desk.pass(30_000)
    expect(desk.deletes).toEqual(rows.map(({ id }) => id))
    expect(new Set(desk.states)).toEqual(new Set(['gone']))
  })

  it('does not continue after a minute without a tab, until it is resumed', async () => {
    const batch = desk.submit(desk.join(12))
    await desk.pass(2000)
    desk.close()
    await desk.pass(61_000)
    await desk.open()
    const before = desk.deletes.length
    await desk.pass(20_000)
    expect(desk.deletes).toHaveLength(before)
    expect(currentActivity(desk.client).batches.get(batch)?.paused).toBe('interrupted')
    desk.acts.resume(batch)
    await desk.pass(30_000)
    expect(new Set(desk.deletes).size).toBe(12)
  })

  it.each<[string, () => void, (learn: () => void) => Promise<void> | void]>([
    ['was closed', () => desk.close(), (learn) => desk.open(learn)],
    ['was signed out', () => desk.signOut(), () => desk.signIn()],
    ['was offline', () => onlineManager.setOnline(false), () => onlineManager.setOnline(true)],
  ])(
    'is paused when the page %s for a minute, also when a participant has left meanwhile',
    async (_name, stop, goOn) => {
      desk.submit(desk.join(12))
      await desk.pass(2000)
      const sent = desk.actions.find(({ state, goneAt }) => state === 'accepted' && goneAt === null)
      if (!sent) throw new Error('one is accepted and not gone')
      // The poll reads it first.
      const learn = () =>
        rosterOf(desk.client).apply({
          facts: [participantOf({ id: sent.target.id, status: 'leaved' })],
        })
      stop()
      await desk.pass(69_000)
      const before = desk.deletes.length
      learn()
      await desk.pass(1000)
      await goOn(learn)
      await desk.pass(10_000)
      expect(desk.deletes).toHaveLength(before)
      expect([...currentActivity(desk.client).batches.values()]).toMatchObject([
        { paused: 'interrupted' },
      ])
    },
  )

  it('is paused when the computer has slept', async () => {
    desk.submit(desk.join(12))
    await desk.pass(2000)
    const before = desk.deletes.length
    vi.setSystemTime(Date.now() + 600_000)
    await desk.pass(20_000)
    expect(desk.deletes.length).toBeLessThanOrEqual(before + 1)
    expect([...currentActivity(desk.client).batches.values()]).toMatchObject([
      { paused: 'interrupted' },
    ])
  })

  it('waits while the server is busy, and continues by itself', async () => {
    const rows = desk.join(4)
    desk.mood = 'busy'
    desk.submit(rows)
    await desk.pass(1500)
    expect(desk.only).toMatchObject({ text: 'Too many requests.', state: 'waiting' })
    desk.mood = 'works'
    await desk.pass(20_000)
    expect(desk.states).toEqual(['gone', 'gone', 'gone', 'gone'])
  })

  it('continues in another tab with what only waited for the server or for its turn', async () => {
    desk.mood = 'busy for long'
    const rows = desk.join(4)
    desk.submit(rows.slice(0, 2))
    desk.submit(rows.slice(2))
    await desk.pass(70_000)
    desk.close()
    desk.mood = 'works'
    await desk.open()
    await desk.pass(30_000)
    expect(desk.states).toEqual(['gone', 'gone', 'gone', 'gone'])
  })

  it.each([
    ['signed out', () => desk.signOut(), () => desk.signIn()],
    ['offline', () => onlineManager.setOnline(false), () => onlineManager.setOnline(true)],
  ])('waits in place while %s', async (_name, stop, goOn) => {
    desk.submit(desk.join(12))
    await desk.pass(2000)
    stop()
    await desk.pass(500)
    const before = desk.deletes.length
    await desk.pass(10_000)
    expect(desk.deletes).toHaveLength(before)
    goOn()
    await desk.pass(30_000)
    expect(desk.deletes).toHaveLength(12)
  })

  it('is paused when the account was signed out for a minute', async () => {
    desk.submit(desk.join(12))
    await desk.pass(2000)
    desk.signOut()
    await desk.pass(61_000)
    const before = desk.deletes.length
    desk.signIn()
    await desk.pass(10_000)
    expect(desk.deletes).toHaveLength(before)
    expect([...currentActivity(desk.client).batches.values()]).toMatchObject([
      { paused: 'interrupted' },
    ])
  })

  it('reads for proof also the record that could not be read when its request got no answer', async () => {
    desk.mood = 'unreachable'
    const rows = desk.join(2)
    desk.submit(rows)
    const answer = vi.spyOn(desk.world, 'answer')
    const stop = activityOf(desk.client).subscribe(() => {
      if (desk.only.sentAt === null) return
      stop()
      answer.mockImplementation(() => {
        throw new TypeError('Failed to fetch')
      })
    })
    await desk.pass(50_000)
    expect(desk.only).toMatchObject({
      state: 'unsure',
      text: expect.stringMatching(/^Tried 5 times/),
    })
    answer.mockRestore()
    await desk.pass(100_000)
    expect(desk.states[0]).toBe('failed')
    expect(desk.deletes[0]).toBe(rows[0]?.id)
  })

  it('gives up on an action that keeps failing, and sends the others', async () => {
    const rows = desk.join(3)
    const gone = rows[1]
    if (!gone) throw new Error('three have joined')
    Object.assign(gone, { id: 'nobody has this id' })
    desk.acts.submit({
      kind: 'remove',
      targets: rows.map((row) => desk.target(row)),
    })
    await desk.pass(30_000)
    expect(desk.actions.map(({ state }) => state)).toEqual(['accepted', 'skipped', 'accepted'])
  })
})
