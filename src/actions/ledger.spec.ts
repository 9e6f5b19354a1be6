import { onlineManager } from '@tanstack/react-query'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { activityOf, applyActivity, currentActivity } from '~/cache/activity/activity.ts'
import { rosterOf } from '~/cache/roster/store.ts'
import type { Row } from '~/testing/server.fixture.ts'
import type { Action } from '~/domain/action.ts'
import { participantOf } from '~/testing/participant.fixture.ts'
import { fromMillis } from '~/domain/time.ts'
import { leaveDesk, LIMIT, openDesk, type Desk, type Mood } from '~/testing/ledger.fixture.ts'

let desk: Desk

beforeEach(async () => {
  desk = openDesk()
  await desk.open()
})
afterEach(() => leaveDesk(desk))

const join = (count: number) => desk.join(count)
const askFor = (rows: ReturnType<typeof join>, grace = 0) => desk.submit(rows, grace)

const statesOf = () => desk.actions.map((action) => desk.stateOf(action) ?? action.state)
const only = (): Action => {
  const [action] = desk.actions
  if (!action) throw new Error('nothing was asked for')
  return action
}

describe('a removal of one', () => {
  it('is sent at once, is leaving, and gone when the record says so', async () => {
    const rows = join(1)
    askFor(rows)
    await desk.pass(0)
    expect(desk.deletes).toEqual([rows[0]?.id])
    expect(statesOf()).toEqual(['leaving'])
    await desk.pass(2000)
    expect(statesOf()).toEqual(['gone'])
    expect(only().goneAt).toBeGreaterThan(only().requestedAt)
  })

  it.each<[Mood, Action['state'], RegExp]>([
    ['refused', 'unsure', /refused/],
    ['timed out', 'unsure', /too long/],
    ['lost', 'unsure', /cannot be reached/],
    ['other', 'unsure', /cannot be read/],
    ['broken', 'failed', /The platform failed\. The record still said joined afterwards\./],
    ['busy', 'failed', /Too many requests\. The record still said joined afterwards\./],
    ['unreachable', 'unsure', /cannot be reached\. The record still said joined afterwards\./],
  ])('that is %s: %s, in the server’s words', async (mood, state, text) => {
    desk.mood = mood
    askFor(join(1))
    await desk.pass(0)
    expect(only()).toMatchObject({ state, text: expect.stringMatching(text) })
    expect(desk.deletes).toHaveLength(1)
  })

  it.each<Mood>(['silent', 'refused', 'timed out'])(
    'that is %s says still connected past the limit, once it was looked at',
    async (mood) => {
      desk.mood = mood
      askFor(join(1))
      await desk.pass(LIMIT - 1000)
      expect(statesOf()).toEqual(['leaving'])
      await desk.pass(2000)
      expect(statesOf()).toEqual(['still-connected'])
      expect(desk.deletes).toHaveLength(1)
    },
  )

  it('that is carried out after our timeout is not confirmed, then leaving, then gone', async () => {
    desk.mood = 'late'
    askFor(join(1))
    await desk.pass(0)
    expect(statesOf()).toEqual(['unconfirmed'])
    await desk.pass(12_000)
    expect(statesOf()).toEqual(['gone'])
    expect(only().state).toBe('unsure')
    expect(only().goneAt).toBeGreaterThan(only().requestedAt + 5000)
    expect(desk.deletes).toHaveLength(1)
  })

  it.each(['leaving', 'leaved'])(
    'that was refused is not confirmed once it is %s',
    async (status) => {
      desk.mood = 'broken'
      const [row] = join(1)
      if (!row) throw new Error('one has joined')
      askFor([row])
      await desk.pass(0)
      expect(statesOf()).toEqual(['failed'])
      const updatedAt = fromMillis(Date.now() + 3000)
      rosterOf(desk.client).apply({ facts: [participantOf({ id: row.id, status, updatedAt })] })
      await desk.pass(0)
      expect(only()).toMatchObject({ state: 'unsure', text: expect.stringContaining('afterwards') })
      expect(statesOf()).toEqual([status === 'leaved' ? 'gone' : 'leaving'])
    },
  )

  it('that was refused stays so when it leaves by itself much later', async () => {
    desk.mood = 'broken'
    const [row] = join(1)
    if (!row) throw new Error('one has joined')
    askFor([row])
    await desk.pass(0)
    const updatedAt = fromMillis(Date.now() + 300_000)
    rosterOf(desk.client).apply({
      facts: [participantOf({ id: row.id, status: 'leaved', updatedAt })],
    })
    await desk.pass(0)
    expect(only()).toMatchObject({ state: 'failed', goneAt: null })
  })

  it('says still connected as soon as he is back from leaving', async () => {
    desk.mood = 'returns'
    askFor(join(1))
    await desk.pass(5000)
    expect(statesOf()).toEqual(['still-connected'])
  })

  it('is not sent when he has left, moved or is being removed already: it says so', async () => {
    const [left, moved, leaving] = join(3)
    for (const row of [left, moved, leaving]) if (row) askFor([row])
    if (left) desk.world.change(left, 'leaved')
    if (moved) Object.assign(moved, { conferenceId: 'elsewhere' })
    if (leaving) desk.world.change(leaving, 'leaving')
    await desk.pass(5000)
    expect(desk.deletes).toEqual([])
    expect(desk.actions.map(({ state }) => state)).toEqual(['skipped', 'changed', 'skipped'])
  })

  it('is not sent later when it was asked for offline', async () => {
    onlineManager.setOnline(false)
    askFor(join(1))
    await desk.pass(1000)
    onlineManager.setOnline(true)
    await desk.pass(60_000)
    expect(desk.deletes).toEqual([])
    expect(only()).toMatchObject({ state: 'failed', text: expect.stringContaining('offline') })
  })
})

describe('a removal asked for offline before the ledger is there', () => {
  it('is not sent by it later', async () => {
    onlineManager.setOnline(false)
    desk.close()
    const rows = join(1)
    askFor(rows)
    expect(only()).toMatchObject({ state: 'failed', text: expect.stringContaining('offline') })
    const left = currentActivity(desk.client)
    onlineManager.setOnline(true)
    await desk.open()
    applyActivity(desk.client, {
      actions: [...left.actions.values()],
      batches: [...left.batches.values()],
    })
    await desk.pass(5000)
    expect(desk.deletes).toEqual([])
  })
})

describe('a removal of many', () => {
  it('can be undone until the grace is over, or sent before that', async () => {
    const rows = join(3)
    const undone = askFor(rows, 5000)
    await desk.pass(4500)
    desk.acts.withdraw(undone)
    await desk.pass(10_000)
    expect(desk.deletes).toEqual([])
    const now = askFor(rows, 5000)
    desk.acts.sendNow(now)
    await desk.pass(2500)
    expect(desk.deletes).toEqual(rows.map(({ id }) => id))
  })

  it('is paused, gone on with and stopped in the middle', async () => {
    const rows = join(20)
    const batch = askFor(rows)
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
    'keeps a participant that is taken back while its record is checked, also when it %s',
    async (_name, happen) => {
      const rows = join(5)
      const batch = askFor(rows)
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
    'sends nobody any more who is taken back after %i ms, not even who waits for his turn',
    async (milliseconds) => {
      const batch = askFor(join(20))
      await desk.pass(milliseconds)
      desk.acts.withdraw(batch)
      const last = desk.deletes.length
      await desk.pass(30_000)
      expect(desk.deletes).toHaveLength(last)
    },
  )

  it('goes on after a reload, in the same order, and sends nothing twice', async () => {
    const rows = join(12)
    askFor(rows)
    await desk.pass(2000)
    const before = desk.deletes.length
    expect(before).toBeLessThan(12)
    desk.close()
    await desk.open()
    await desk.pass(30_000)
    expect(desk.deletes).toEqual(rows.map(({ id }) => id))
    expect(new Set(statesOf())).toEqual(new Set(['gone']))
  })

  it('is not gone on with after a minute in which nobody was there, unless told to', async () => {
    const batch = askFor(join(12))
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
    'asks before it goes on when the page %s for a minute, also when one is gone meanwhile',
    async (_name, stop, goOn) => {
      askFor(join(12))
      await desk.pass(2000)
      const sent = desk.actions.find(({ state, goneAt }) => state === 'accepted' && goneAt === null)
      if (!sent) throw new Error('one is accepted and not gone')
      // The poll sees it first.
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

  it('asks before it goes on when the computer has slept', async () => {
    askFor(join(12))
    await desk.pass(2000)
    const before = desk.deletes.length
    vi.setSystemTime(Date.now() + 600_000)
    await desk.pass(20_000)
    expect(desk.deletes.length).toBeLessThanOrEqual(before + 1)
    expect([...currentActivity(desk.client).batches.values()]).toMatchObject([
      { paused: 'interrupted' },
    ])
  })

  it('can be undone when it is asked for again', async () => {
    desk.mood = 'broken'
    askFor(join(2))
    await desk.pass(10_000)
    expect(statesOf()).toEqual(['failed', 'failed'])
    const again = desk.acts.retry(desk.actions, 5000)
    await desk.pass(4000)
    expect(desk.deletes).toHaveLength(2)
    desk.acts.withdraw(again)
    await desk.pass(20_000)
    expect(desk.deletes).toHaveLength(2)
  })

  it('waits while the server has too much to do, and goes on by itself', async () => {
    const rows = join(4)
    desk.mood = 'busy'
    askFor(rows)
    await desk.pass(1500)
    expect(only()).toMatchObject({ text: 'Too many requests.', state: 'waiting' })
    desk.mood = 'works'
    await desk.pass(20_000)
    expect(statesOf()).toEqual(['gone', 'gone', 'gone', 'gone'])
  })

  it('goes on in another tab with what only waited for the server, or for its turn', async () => {
    desk.mood = 'busy for long'
    const rows = join(4)
    askFor(rows.slice(0, 2))
    askFor(rows.slice(2))
    await desk.pass(70_000)
    desk.close()
    desk.mood = 'works'
    await desk.open()
    await desk.pass(30_000)
    expect(statesOf()).toEqual(['gone', 'gone', 'gone', 'gone'])
  })

  it.each([
    ['signed out', () => desk.signOut(), () => desk.signIn()],
    ['offline', () => onlineManager.setOnline(false), () => onlineManager.setOnline(true)],
  ])('pauses in place while %s', async (_name, stop, goOn) => {
    askFor(join(12))
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

  it('asks before it goes on when that has lasted for long', async () => {
    askFor(join(12))
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

  it('looks for proof also of one whose record could not be read when its request got no answer', async () => {
    desk.mood = 'unreachable'
    const rows = join(2)
    askFor(rows)
    const answer = vi.spyOn(desk.world, 'answer')
    const stop = activityOf(desk.client).subscribe(() => {
      if (only().sentAt === null) return
      stop()
      answer.mockImplementation(() => {
        throw new TypeError('Failed to fetch')
      })
    })
    await desk.pass(50_000)
    expect(only()).toMatchObject({ state: 'unsure', text: expect.stringMatching(/^Tried 5 times/) })
    answer.mockRestore()
    await desk.pass(100_000)
    expect(statesOf()[0]).toBe('failed')
    expect(desk.deletes[0]).toBe(rows[0]?.id)
  })

  it('gives up on one that keeps failing, and does the others', async () => {
    const rows = join(3)
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
