import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { currentActivity, applyActivity } from '~/cache/activity/activity.ts'
import { revised } from '~/domain/action.ts'
import { accountOf } from '~/domain/session.ts'
import type { Locks } from '~/util/locks.ts'
import { leaveDesk, openDesk, SAM, type Desk } from '~/testing/ledger.fixture.ts'
import { Presence } from './presence.ts'

let desk: Desk

beforeEach(async () => {
  desk = openDesk()
  await desk.open()
})
afterEach(() => leaveDesk(desk))

const statesOf = () => desk.actions.map((action) => desk.stateOf(action) ?? action.state)

/** Confirms a removal in another tab of this browser. */
const askElsewhere = (count: number) => {
  const batch = desk.submit(desk.join(count), 5000)
  const held = currentActivity(desk.client).batches.get(batch)
  if (!held) throw new Error('it was just asked for')
  applyActivity(desk.client, { batches: [revised(held, { tab: 'other' })] })
  return batch
}
const pausedOf = (batch: string) => currentActivity(desk.client).batches.get(batch)?.paused

describe('a browser without Web Locks', () => {
  beforeEach(async () => {
    leaveDesk(desk)
    desk = openDesk({ hasLocks: false })
    await desk.open()
  })

  it('works off the batches of its own tab', async () => {
    const rows = desk.join(4)
    desk.submit(rows)
    await desk.pass(20_000)
    expect(desk.deletes).toEqual(rows.map(({ id }) => id))
  })

  it('leaves the batch of another open tab to that tab', async () => {
    const presence = new Presence(accountOf(SAM), 'other')
    const batch = askElsewhere(3)
    await desk.pass(30_000)
    expect(desk.deletes).toEqual([])
    expect(pausedOf(batch)).toBeNull()
    presence.stop()
  })

  it('pauses the batch of a tab that is gone, and works it off once it is resumed', async () => {
    const batch = askElsewhere(3)
    await desk.pass(10_000)
    expect(pausedOf(batch)).toBe('tab-gone')
    await desk.pass(30_000)
    expect(desk.deletes).toEqual([])
    desk.acts.resume(batch)
    await desk.pass(20_000)
    expect(desk.deletes).toHaveLength(3)
  })

  it('stops in the middle when another tab resumes its batch', async () => {
    const batch = desk.submit(desk.join(12))
    await desk.pass(2000)
    const held = currentActivity(desk.client).batches.get(batch)
    if (!held) throw new Error('it was just asked for')
    const presence = new Presence(accountOf(SAM), 'other')
    applyActivity(desk.client, { batches: [revised(held, { tab: 'other' })] })
    const before = desk.deletes.length
    await desk.pass(10_000)
    expect(desk.deletes).toHaveLength(before)
    presence.stop()
  })
})

describe('a browser that forbids IndexedDB', () => {
  it('works off its batches, and says that nothing is kept', async () => {
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
    desk.submit(desk.join(2))
    await desk.pass(10_000)
    expect(statesOf()).toEqual(['gone', 'gone'])
  })
})

describe('a browser whose IndexedDB never answers', () => {
  it.each([true, false])('works off its batches, with Web Locks: %s', async (hasLocks) => {
    leaveDesk(desk)
    desk = openDesk({ hasLocks })
    Object.assign(globalThis, { indexedDB: { open: () => new EventTarget() } })
    await desk.open(undefined, 3500)
    expect(currentActivity(desk.client).isKept).toBe(false)
    desk.submit(desk.join(2))
    await desk.pass(20_000)
    expect(statesOf()).toEqual(['gone', 'gone'])
  })
})

describe('a browser whose Web Locks', () => {
  it.each<[string, Locks['request']]>([
    ['are refused', () => Promise.reject(new DOMException('No.', 'SecurityError'))],
    ['never answer', () => new Promise(() => {})],
  ])('%s works off its batches', async (_name, request) => {
    leaveDesk(desk)
    desk = openDesk()
    Object.assign(navigator, { locks: { request } })
    await desk.open()
    desk.submit(desk.join(2))
    await desk.pass(20_000)
    expect(statesOf()).toEqual(['gone', 'gone'])
  })
})
