import { describe, expect, it, vi } from 'vitest'
import { participantOf } from '~/testing/participant.fixture.ts'
import { ApiError } from '~/domain/api-error.ts'
import { NOT_POLLED } from '~/domain/poll-status.ts'
import { settled } from '~/testing/channel.fixture.ts'
import {
  INTERVAL,
  kindsOf,
  liveRig,
  overhear,
  sendToAll,
  statusIn,
} from '~/testing/live.fixture.ts'
import { dropHeld } from '~/actions/drop-held.ts'
import { statusOf } from './status.ts'

const { world, answered, openTab } = liveRig()

const ann = participantOf({ id: 'ann' })

describe('the status of the poll', () => {
  it('goes from the leader to all that follow', async () => {
    const [leader, ...followers] = [openTab(), openTab(), openTab()]
    await answered()
    const at = statusIn(leader)
    expect(at).toMatchObject({ failure: null, failures: 0 })
    expect(at.updatedAt).toBeGreaterThan(0)
    expect(followers.map(statusIn)).toEqual([at, at])
    await vi.advanceTimersByTimeAsync(INTERVAL + 10)
    expect(statusIn(leader).updatedAt).toBeGreaterThan(at.updatedAt)
    expect(followers.map(statusIn)).toEqual([statusIn(leader), statusIn(leader)])
  })

  it('tells of failures, and of their end', async () => {
    const [leader, follower] = [openTab(), openTab()]
    await answered()
    world.instead = () => new Response('', { status: 503 })
    leader.live.refresh()
    await answered()
    expect(statusIn(follower)).toMatchObject({
      failure: { kind: 'refused', status: 503 },
      failures: 1,
    })
    expect(statusIn(follower).failure).toBeInstanceOf(ApiError)
    expect(statusIn(follower)).toEqual(statusIn(leader))
    world.instead = null
    await vi.advanceTimersByTimeAsync(2000)
    expect(statusIn(follower)).toMatchObject({ failure: null, failures: 0 })
  })

  it('keeps a failure until there is an answer, and counts the tries in a row', async () => {
    const [leader, follower] = [openTab(), openTab()]
    await answered()
    world.instead = () => new Response('', { status: 503 })
    leader.live.refresh()
    await answered()
    world.instead = () => new Promise(() => {})
    leader.live.refresh()
    await answered()
    expect(statusIn(follower)).toMatchObject({ failure: { status: 503 }, failures: 1 })
    world.instead = () => new Response('', { status: 503 })
    leader.live.refresh()
    await answered()
    expect(statusIn(follower)).toMatchObject({ failure: { status: 503 }, failures: 2 })
  })

  it('is not taken by the leader from any other tab', async () => {
    const [leader, follower] = [openTab(), openTab()]
    await answered()
    const before = statusIn(leader)
    const status = { ...NOT_POLLED, failures: 7 }
    sendToAll({ kind: 'status', status })
    await settled()
    expect(statusIn(follower)).toEqual(status)
    expect(statusIn(leader)).toBe(before)
  })

  it('is not told by a tab that follows', async () => {
    const [leader, follower] = [openTab(), openTab()]
    await answered()
    const [before, messages] = [statusIn(leader), overhear()]
    statusOf(follower.client).apply({ missing: 3 })
    await settled()
    expect(kindsOf(messages)).toEqual([])
    expect(statusIn(leader)).toBe(before)
  })
})

describe('a tab that drops what it holds', () => {
  it.each([
    ['leads', 0],
    ['follows', 1],
  ])('changes nothing in another when it %s', async (_name, index) => {
    const tabs = [openTab(), openTab()]
    const [dropping, other] = index === 0 ? tabs : tabs.toReversed()
    await answered()
    dropping?.roster.apply({ facts: [ann] })
    dropping?.callers.apply([['call', 'gone']])
    await settled()
    const before = other && statusIn(other)
    const messages = overhear()
    if (dropping) dropHeld(dropping.client)
    await settled()
    expect(messages).toEqual([])
    expect(dropping?.known).toEqual({})
    expect(other?.known).toEqual({ ann: 'joined' })
    expect(other?.callers.size).toBe(1)
    expect(other && statusIn(other)).toBe(before)
  })
})
