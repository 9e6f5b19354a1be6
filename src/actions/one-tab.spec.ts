import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createLocks } from '~/testing/locks.fixture.ts'
import type { Locks } from '~/util/locks.ts'
import { workAlone, workLock, type Turn } from './one-tab.ts'

let accounts = 0
/** Each spec has an account of its own: what a tab has begun for one outlives a spec. */
const newAccount = (): string => `account ${++accounts}`

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const withLocks = (given: Locks | null) => vi.stubGlobal('navigator', given ? { locks: given } : {})

/** Work that goes on until the signal is aborted. */
const until = (signal: AbortSignal) =>
  new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))

/** Begins work; returns the turns it was given, and what ends it. */
function begin(account: string) {
  const stay = new AbortController()
  const turns: Turn[] = []
  const end = workAlone(account, stay.signal, async (turn) => {
    turns.push(turn)
    await until(stay.signal)
  })
  return {
    turns,
    stop: async () => {
      stay.abort()
      await end
    },
  }
}

describe('workAlone', () => {
  it('works alone once the lock is held', async () => {
    withLocks(createLocks())
    const { turns, stop } = begin(newAccount())
    await vi.advanceTimersByTimeAsync(10_000)
    expect(turns).toMatchObject([{ isAlone: true }])
    await stop()
  })

  it('waits for as long as another tab holds the lock', async () => {
    const held = createLocks()
    withLocks(held)
    const account = newAccount()
    const other = new AbortController()
    const { signal } = other
    const ended = held.request(workLock(account), { signal }, () => until(signal))
    const { turns, stop } = begin(account)
    await vi.advanceTimersByTimeAsync(600_000)
    expect(turns).toEqual([])
    other.abort()
    await ended
    await vi.advanceTimersByTimeAsync(0)
    expect(turns).toMatchObject([{ isAlone: true }])
    await stop()
  })

  it.each<[string, Locks | null]>([
    ['are no Web Locks', null],
    ['are Web Locks that are refused', { request: () => Promise.reject(new Error('No.')) }],
    ['are Web Locks that never answer', { request: () => new Promise(() => {}) }],
  ])('works beside other tabs, and says so, where there %s', async (_name, given) => {
    withLocks(given)
    const { turns, stop } = begin(newAccount())
    await vi.advanceTimersByTimeAsync(3000)
    expect(turns).toMatchObject([{ isAlone: false }])
    await stop()
  })

  it('begins anew in the same tab only after what it began before has ended', async () => {
    withLocks(null)
    const account = newAccount()
    const first = new AbortController()
    const work = new AbortController()
    const ended = workAlone(account, first.signal, () => until(work.signal))
    await vi.advanceTimersByTimeAsync(0)
    first.abort()
    const { turns, stop } = begin(account)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(turns).toEqual([])
    work.abort()
    await ended
    await vi.advanceTimersByTimeAsync(0)
    expect(turns).toHaveLength(1)
    await stop()
  })

  it('makes no way when the browser does not tell which tabs wait', async () => {
    const given = Object.assign(createLocks(), { query: () => new Promise(() => {}) })
    withLocks(given)
    const { turns, stop } = begin(newAccount())
    await vi.advanceTimersByTimeAsync(0)
    const isWanted = turns[0]?.isWanted()
    await vi.advanceTimersByTimeAsync(1000)
    expect(await isWanted).toBe(false)
    await stop()
  })
})
