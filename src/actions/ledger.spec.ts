import { onlineManager } from '@tanstack/react-query'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { currentActivity, takeActivity } from '~/cache/activity.ts'
import { takeFacts } from '~/cache/roster.ts'
import { revised, type Action } from '~/domain/action.ts'
import { participantOf } from '~/domain/participant.build.ts'
import { accountOf } from '~/domain/session.ts'
import type { Locks } from '~/util/locks.ts'
import { KIM, leaveDesk, LIMIT, openDesk, SAM, type Desk, type Mood } from './ledger.build.ts'
import { Presence } from './presence.ts'

let desk: Desk

beforeEach(async () => {
  desk = openDesk()
  await desk.open()
})
afterEach(() => leaveDesk(desk))

const join = (count: number) =>
  Array.from({ length: count }, (_, n) =>
    desk.world.join({ callId: `8f1e0f52-7c3b-4a39-9d5e-${String(n).padStart(12, '0')}` }),
  )

const askFor = (rows: ReturnType<typeof join>, grace = 0) =>
  desk.acts.ask({ kind: 'remove', targets: rows.map((row) => desk.target(row)), grace })

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
    ['broken', 'failed', /The platform failed\. The record still says joined\./],
    ['busy', 'failed', /Too many requests\. The record still says joined\./],
    ['unreachable', 'failed', /cannot be reached\. The record still says joined\./],
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
    takeActivity(desk.client, {
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
    desk.acts.goOn(batch)
    await desk.pass(2000)
    expect(desk.deletes.length).toBeGreaterThan(sent)
    desk.acts.withdraw(batch)
    const last = desk.deletes.length
    await desk.pass(30_000)
    expect(desk.deletes).toHaveLength(last)
    expect(desk.actions.filter(({ state }) => state === 'withdrawn').length).toBeGreaterThan(0)
  })

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
    desk.acts.goOn(batch)
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
        takeFacts(desk.client, [participantOf({ id: sent.target.id, status: 'leaved' })])
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

  it('gives up on one that keeps failing, and does the others', async () => {
    const rows = join(3)
    const gone = rows[1]
    if (!gone) throw new Error('three have joined')
    Object.assign(gone, { id: 'nobody has this id' })
    desk.acts.ask({
      kind: 'remove',
      targets: rows.map((row) => desk.target(row)),
    })
    await desk.pass(30_000)
    expect(desk.actions.map(({ state }) => state)).toEqual(['accepted', 'skipped', 'accepted'])
  })
})

describe('an account', () => {
  it('does not send what another account of the customer has confirmed', async () => {
    askFor(join(12))
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
    askFor(join(2))
    await desk.pass(5000)
    await desk.changeTo(KIM)
    await desk.pass(1000)
    expect(desk.actions).toEqual([])
    await desk.changeTo(SAM)
    expect(desk.actions).toHaveLength(2)
  })

  it('takes over by an explicit act what another has left, and sends it in its own name', async () => {
    const rows = join(12)
    askFor(rows)
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

  it('takes over nothing while the other is at work in another tab, and nothing twice', async () => {
    askFor(join(3), 5000)
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

  it('does not see work of others without the permission to do it', async () => {
    askFor(join(3), 5000)
    await desk.pass(1000)
    await desk.changeTo({ ...KIM, permission: 16 })
    expect(await desk.othersWork()).toEqual([])
  })
})

describe('a browser without Web Locks', () => {
  beforeEach(async () => {
    leaveDesk(desk)
    desk = openDesk({ hasLocks: false })
    await desk.open()
  })

  /** Confirmed in another tab of this browser. */
  const askElsewhere = (count: number) => {
    const batch = askFor(join(count), 5000)
    const held = currentActivity(desk.client).batches.get(batch)
    if (!held) throw new Error('it was just asked for')
    takeActivity(desk.client, { batches: [revised(held, { tab: 'other' })] })
    return batch
  }
  const pausedOf = (batch: string) => currentActivity(desk.client).batches.get(batch)?.paused

  it('works off the batches of its own tab', async () => {
    const rows = join(4)
    askFor(rows)
    await desk.pass(20_000)
    expect(desk.deletes).toEqual(rows.map(({ id }) => id))
  })

  it('leaves the batch of a tab that is there to that tab', async () => {
    const presence = new Presence(accountOf(SAM), 'other')
    const batch = askElsewhere(3)
    await desk.pass(30_000)
    expect(desk.deletes).toEqual([])
    expect(pausedOf(batch)).toBeNull()
    presence.stop()
  })

  it('pauses the batch of a tab that is gone, and works it off when told to', async () => {
    const batch = askElsewhere(3)
    await desk.pass(10_000)
    expect(pausedOf(batch)).toBe('tab-gone')
    await desk.pass(30_000)
    expect(desk.deletes).toEqual([])
    desk.acts.goOn(batch)
    await desk.pass(20_000)
    expect(desk.deletes).toHaveLength(3)
  })

  it('stops in the middle when another tab goes on with its batch', async () => {
    const batch = askFor(join(12))
    await desk.pass(2000)
    const held = currentActivity(desk.client).batches.get(batch)
    if (!held) throw new Error('it was just asked for')
    const presence = new Presence(accountOf(SAM), 'other')
    takeActivity(desk.client, { batches: [revised(held, { tab: 'other' })] })
    const before = desk.deletes.length
    await desk.pass(10_000)
    expect(desk.deletes).toHaveLength(before)
    presence.stop()
  })
})

describe('a browser that forbids IndexedDB', () => {
  it('works off all the same, and says that nothing is kept', async () => {
    leaveDesk(desk)
    desk = openDesk()
    Object.assign(globalThis, {
      indexedDB: {
        open: () => {
          throw new DOMException('forbidden', 'SecurityError')
        },
      },
    })
    await desk.open()
    expect(currentActivity(desk.client).isKept).toBe(false)
    askFor(join(2))
    await desk.pass(10_000)
    expect(statesOf()).toEqual(['gone', 'gone'])
  })
})

describe('a browser whose IndexedDB never answers', () => {
  it.each([true, false])('works off all the same, with Web Locks: %s', async (hasLocks) => {
    leaveDesk(desk)
    desk = openDesk({ hasLocks })
    Object.assign(globalThis, { indexedDB: { open: () => new EventTarget() } })
    await desk.open(undefined, 3500)
    expect(currentActivity(desk.client).isKept).toBe(false)
    askFor(join(2))
    await desk.pass(20_000)
    expect(statesOf()).toEqual(['gone', 'gone'])
  })
})

describe('a browser whose Web Locks', () => {
  it.each<[string, Locks['request']]>([
    ['are refused', () => Promise.reject(new DOMException('No.', 'SecurityError'))],
    ['never answer', () => new Promise(() => {})],
  ])('%s works off all the same', async (_name, request) => {
    leaveDesk(desk)
    desk = openDesk()
    Object.assign(navigator, { locks: { request } })
    await desk.open()
    askFor(join(2))
    await desk.pass(20_000)
    expect(statesOf()).toEqual(['gone', 'gone'])
  })
})
