import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { holdLock, type Locks } from './locks.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

/** Locks that grant nothing until they are let, then all of it. */
function heldUp() {
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

/** Asks for a lock; what came of it so far. */
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

/** The clock goes on, and no timer and no answer comes meanwhile: the computer sleeps, or the page is frozen. */
const stall = () => vi.setSystemTime(Date.now() + 60_000)

describe('holdLock', () => {
  it('gives up locks that answer neither of two probes', async () => {
    const { locks, state } = heldUp()
    const found = hold(locks)
    await vi.advanceTimersByTimeAsync(3000)
    expect(found).toEqual({ isServed: false, outcome: false })
    expect(state.probes).toBe(2)
  })

  it('does not give up locks when the deadlines have passed while the computer slept', async () => {
    const { locks, free } = heldUp()
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

  it('probes no more once it is not wanted', async () => {
    const { locks, state } = heldUp()
    const stay = new AbortController()
    hold(locks, stay.signal)
    await vi.advanceTimersByTimeAsync(1500)
    stay.abort()
    stall()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(state.probes).toBe(1)
  })
})
