import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type * as ServerClock from './server-clock.ts'

/** The moment of HEADER. */
const NOON = Date.parse('2026-01-15T12:00:00Z')
const HEADER = 'Thu, 15 Jan 2026 12:00:00 GMT'

let clock: typeof ServerClock

beforeEach(async () => {
  vi.resetModules()
  vi.useFakeTimers({ now: NOON })
  clock = await import('./server-clock.ts')
})

afterEach(() => {
  vi.useRealTimers()
})

it('is unknown at first, and serverNow is the local clock', () => {
  expect(clock.serverClock.get()).toBeNull()
  expect(clock.serverNow()).toBe(NOON)
})

it('is unknown when the header cannot be read', () => {
  clock.noteServerDate(null, NOON, NOON)
  clock.noteServerDate('soon', NOON, NOON)
  expect(clock.serverClock.get()).toBeNull()
})

it('is known after one answer, to half a second and half the round trip', () => {
  clock.noteServerDate(HEADER, NOON - 60_000, NOON - 59_900)
  expect(clock.serverClock.get()).toEqual({ offset: 60_450, error: 550 })
  expect(clock.serverNow()).toBe(NOON + 60_450)
})

it('notifies listeners of noticeable changes only, and keeps its object otherwise', () => {
  const listener = vi.fn<() => void>()
  const leave = clock.serverClock.subscribe(listener)
  clock.noteServerDate(HEADER, NOON, NOON)
  const first = clock.serverClock.get()
  expect(first).toEqual({ offset: 500, error: 500 })
  expect(listener).toHaveBeenCalledTimes(1)

  clock.noteServerDate(HEADER, NOON + 90, NOON + 90)
  expect(clock.serverClock.get()).toBe(first)
  expect(listener).toHaveBeenCalledTimes(1)

  clock.noteServerDate(HEADER, NOON + 900, NOON + 900)
  expect(clock.serverClock.get()).toEqual({ offset: 50, error: 50 })
  expect(listener).toHaveBeenCalledTimes(2)

  leave()
  clock.noteServerDate(HEADER, 0, 0)
  expect(clock.serverClock.get()?.offset).toBe(NOON + 500)
  expect(listener).toHaveBeenCalledTimes(2)
})

it('ignores a request during which the computer slept', () => {
  clock.noteServerDate(HEADER, NOON, NOON)
  const before = clock.serverClock.get()
  clock.noteServerDate(HEADER, NOON - 1000, NOON + 8 * 3_600_000)
  expect(clock.serverClock.get()).toBe(before)
})
