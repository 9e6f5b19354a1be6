import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { holdLock, type Locks } from './locks.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

/** Locks that grant nothing until `free` is called, then all requests. */
function blockedLocks() {
  const waiting: (() => void)[] = []
  const state = { isFree: false, probes: 0 }
  const locks: Locks = {
    request: async (name, { signal }, serve) => {
      if (name.startsWith('rollcall.probe')) state.probes++
      if (!state.isFree) await new Promise<void>((resolve) => waiting.push(resolve))
      signal.throwIfAborted()
      await serve()
    },
  }
  const free = () => {
    state.isFree = true
    for (const go of waiting.splice(0)) go()
  }
  return { locks, state, free }
}

/** Requests a lock. The returned object shows the result so far. */
function hold(locks: Locks, signal = new AbortController().signal) {
  const found = { isServed: false, outcome: null as boolean | null }
  void holdLock(locks, 'lock', signal, async () => {
    found.isServed = true
  }).then(
    (outcome) => Object.assign(found, { outcome }),
    () => {},
  )
  return found
}

/** The clock advances without timers and answers, as when the computer sleeps or the page is frozen. */
const stall = () => vi.setSystemTime(Date.now() + 60_000)

describe('holdLock', () => {
  it('returns false when locks answer neither of two probes', async () => {
    const { locks, state } = blockedLocks()
    const found = hold(locks)
    await vi.advanceTimersByTimeAsync(3000)
    expect(found).toEqual({ isServed: false, outcome: false })
    expect(state.probes).toBe(2)
  })

  it('keeps waiting when the deadlines passed while the computer slept', async () => {
    const { locks, free } = blockedLocks()
    const found = hold(locks)
    await vi.advanceTimersByTimeAsync(900)
    for (let naps = 0; naps < 4; naps++) {
      stall()
      await vi.advanceTimersByTimeAsync(1000)
    }
    expect(found.outcome).toBeNull()
    free()
    await vi.advanceTimersByTimeAsync(0)
    expect(found).toEqual({ isServed: true, outcome: true })
  })

  it('stops probing when it is aborted', async () => {
    const { locks, state } = blockedLocks()
    const stay = new AbortController()
    hold(locks, stay.signal)
    await vi.advanceTimersByTimeAsync(1500)
    stay.abort()
    stall()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(state.probes).toBe(1)
  })
})
