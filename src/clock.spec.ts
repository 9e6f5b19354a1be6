import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type * as Clock from './clock.ts'
import { narrow, offsetOf, type ClockSample, type OffsetBounds } from './clock.ts'

/** The sample of a server that is `offset` ahead, with the travel times there and back. Milliseconds. */
const sampleOf = (offset: number, sentAt: number, [there, back]: readonly [number, number]) => ({
  date: Math.floor((sentAt + there + offset) / 1000) * 1000,
  sentAt,
  receivedAt: sentAt + there + back,
})

const UNBOUNDED: OffsetBounds = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY }

const learn = (held: OffsetBounds | null, ...samples: readonly ClockSample[]): OffsetBounds =>
  samples.reduce(narrow, held) ?? UNBOUNDED

const offset = fc.integer({ min: -86_400_000, max: 86_400_000 })
const moment = fc.integer({ min: 1_700_000_000_000, max: 1_900_000_000_000 })
const travel = fc.tuple(fc.nat({ max: 20_000 }), fc.nat({ max: 20_000 }))
const requests = fc.array(fc.tuple(moment, travel), { minLength: 1, maxLength: 30 })

describe('narrow', () => {
  it('keeps the true offset within bounds that never widen, however slow the requests', () => {
    fc.assert(
      fc.property(offset, requests, (truth, all) => {
        let held: OffsetBounds | null = null
        let width = Number.POSITIVE_INFINITY
        for (const [sentAt, times] of all) {
          const { low, high } = (held = learn(held, sampleOf(truth, sentAt, times)))
          expect(low).toBeLessThanOrEqual(truth)
          expect(high).toBeGreaterThanOrEqual(truth)
          expect(high - low).toBeLessThanOrEqual(width)
          width = high - low
        }
      }),
    )
  })

  it('gets narrower bounds from several samples than from one', () => {
    const all = [0, 137, 290, 411, 555, 678, 820, 999].map((at) => sampleOf(-4321, at, [5, 5]))
    const { low, high } = learn(null, ...all)
    expect(high - low).toBeLessThan(200)
  })

  it('starts again when a clock was set', () => {
    fc.assert(
      fc.property(offset, requests, travel, (truth, all, times) => {
        const samples = all.map(([sentAt, taken]) => sampleOf(truth, sentAt, taken))
        const after = sampleOf(truth + 100_000, 1_800_000_000_000, times)
        expect(learn(null, ...samples, after)).toEqual(learn(null, after))
      }),
    )
  })

  it('ignores a sample that cannot be true', () => {
    const held = { low: -5, high: 5 }
    expect(narrow(held, { date: 0, sentAt: 5000, receivedAt: 0 })).toBe(held)
    expect(narrow(held, { date: Number.NaN, sentAt: 0, receivedAt: 0 })).toBe(held)
    expect(narrow(null, { date: Number.NaN, sentAt: 0, receivedAt: 0 })).toBeNull()
  })
})

describe('offsetOf', () => {
  it('is the middle and half the width', () => {
    expect(offsetOf({ low: -200, high: 1000 })).toEqual({ offset: 400, error: 600 })
  })
})

describe("the server's clock", () => {
  /** The moment of HEADER. */
  const NOON = Date.parse('2026-01-15T12:00:00Z')
  const HEADER = 'Thu, 15 Jan 2026 12:00:00 GMT'

  let clock: typeof Clock

  beforeEach(async () => {
    vi.resetModules()
    vi.useFakeTimers({ now: NOON })
    clock = await import('~/clock.ts')
  })

  afterEach(() => {
    vi.useRealTimers()
  })

  it('is unknown at first, and serverNow is the local clock', () => {
    expect(clock.serverClockError()).toBe(0)
    expect(clock.serverNow()).toBe(NOON)
  })

  it('is unknown when the header cannot be read', () => {
    clock.noteServerDate(null, NOON, NOON)
    clock.noteServerDate('soon', NOON, NOON)
    expect(clock.serverClockError()).toBe(0)
    expect(clock.serverOffset()).toBe(0)
  })

  it('is known after one answer, to half a second and half the round trip', () => {
    clock.noteServerDate(HEADER, NOON - 60_000, NOON - 59_900)
    expect([clock.serverOffset(), clock.serverClockError()]).toEqual([60_450, 550])
    expect(clock.serverNow()).toBe(NOON + 60_450)
  })

  it('counts as none within its own error', () => {
    clock.noteServerDate(HEADER, NOON, NOON)
    expect(clock.serverClockError()).toBe(500)
    expect(clock.serverNow()).toBe(NOON)
  })

  it('notifies listeners of noticeable changes only', () => {
    const listener = vi.fn<() => void>()
    const leave = clock.subscribeClock(listener)
    clock.noteServerDate(HEADER, NOON - 60_000, NOON - 60_000)
    expect(clock.serverOffset()).toBe(60_500)
    expect(listener).toHaveBeenCalledTimes(1)

    clock.noteServerDate(HEADER, NOON - 60_000 + 90, NOON - 60_000 + 90)
    expect(clock.serverOffset()).toBe(60_500)
    expect(listener).toHaveBeenCalledTimes(1)

    clock.noteServerDate(HEADER, NOON - 60_000 + 900, NOON - 60_000 + 900)
    expect(clock.serverOffset()).toBe(60_050)
    expect(listener).toHaveBeenCalledTimes(2)

    leave()
    clock.noteServerDate(HEADER, 0, 0)
    expect(clock.serverOffset()).toBe(NOON + 500)
    expect(listener).toHaveBeenCalledTimes(2)
  })

  it('shows one moment, which moves once a second while something listens', () => {
    vi.setSystemTime(NOON + 300)
    const leave = clock.subscribeClock(() => {})
    expect(clock.shownNow()).toBe(NOON + 300)
    vi.advanceTimersByTime(999)
    expect(clock.shownNow()).toBe(NOON + 300)
    vi.advanceTimersByTime(1)
    expect(clock.shownNow()).toBe(NOON + 1300)
    leave()
    vi.advanceTimersByTime(5000)
    expect(clock.shownNow()).toBe(NOON + 1300)
  })

  it('ignores a request during which the computer slept', () => {
    clock.noteServerDate(HEADER, NOON - 60_000, NOON - 60_000)
    clock.noteServerDate(HEADER, NOON - 61_000, NOON + 8 * 3_600_000)
    expect([clock.serverOffset(), clock.serverClockError()]).toEqual([60_500, 500])
  })
})
