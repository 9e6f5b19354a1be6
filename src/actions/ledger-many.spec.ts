import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { activityOf } from '~/cache/activity/activity.ts'
import type { Action } from '~/domain/action.ts'
import { leaveDesk, openDesk, type Desk } from '~/testing/ledger.fixture.ts'
import type { Row } from '~/testing/server.fixture.ts'

let desk: Desk

beforeEach(async () => {
  desk = openDesk()
  await desk.open()
})
afterEach(() => leaveDesk(desk))

describe('a removal of many', () => {
  it('can be undone until its time is over, or sent before that', async () => {
    const rows = desk.join(3)
    const undone = desk.submit(rows, 5000)
    await desk.pass(4500)
    desk.acts.withdraw(undone)
    await desk.pass(10_000)
    expect(desk.deletes).toEqual([])
    const now = desk.submit(rows, 5000)
    desk.acts.sendNow(now)
    await desk.pass(2500)
    expect(desk.deletes).toEqual(rows.map(({ id }) => id))
  })

  it('is paused, resumed and stopped in the middle', async () => {
    const rows = desk.join(20)
    const batch = desk.submit(rows)
    await desk.pass(3000)
    desk.acts.pause(batch)
    await desk.pass(1000)
    const sent = desk.deletes.length
    expect(sent).toBeGreaterThan(2)
    expect(sent).toBeLessThan(15)
    await desk.pass(20_000)
    expect(desk.deletes).toHaveLength(sent)
    desk.acts.resume(batch)
    await desk.pass(2000)
    expect(desk.deletes.length).toBeGreaterThan(sent)
    desk.acts.withdraw(batch)
    const last = desk.deletes.length
    await desk.pass(30_000)
    expect(desk.deletes).toHaveLength(last)
    expect(desk.actions.filter(({ state }) => state === 'withdrawn').length).toBeGreaterThan(0)
  })

  it.each([
    ['is still there', () => {}],
    ['has left by itself', (row: Row) => desk.world.change(row, 'leaved')],
  ])(
    'sends nothing for a participant that is withdrawn while its record is checked, also when it %s',
    async (_name, happen) => {
      const rows = desk.join(5)
      const batch = desk.submit(rows)
      const checked = (): Action | undefined =>
        desk.actions.find(({ state, sentAt }) => state === 'sending' && sentAt === null)
      const stop = activityOf(desk.client).subscribe(() => {
        const row = desk.world.rows.get(checked()?.target.id ?? '')
        if (!row) return
        stop()
        happen(row)
        desk.acts.withdraw(batch)
      })
      await desk.pass(30_000)
      expect(desk.deletes).toEqual([])
      expect(new Set(desk.actions.map(({ state }) => state))).toEqual(new Set(['withdrawn']))
    },
  )

  it.each([1200, 1300, 1400, 1500, 1600, 1700])(
    'sends nothing more once it is withdrawn after %i ms, not even what waits for its slot',
    async (milliseconds) => {
      const batch = desk.submit(desk.join(20))
      await desk.pass(milliseconds)
      desk.acts.withdraw(batch)
      const last = desk.deletes.length
      await desk.pass(30_000)
      expect(desk.deletes).toHaveLength(last)
    },
  )

  it('can be undone when it is submitted again', async () => {
    desk.mood = 'broken'
    desk.submit(desk.join(2))
    await desk.pass(10_000)
    expect(desk.states).toEqual(['failed', 'failed'])
    const again = desk.acts.retry(desk.actions, 5000)
    await desk.pass(4000)
    expect(desk.deletes).toHaveLength(2)
    desk.acts.withdraw(again)
    await desk.pass(20_000)
    expect(desk.deletes).toHaveLength(2)
  })
})
