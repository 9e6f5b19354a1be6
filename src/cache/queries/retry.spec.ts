import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ApiError } from '~/domain/api-error.ts'
import { askAgainAfter, Failures } from './retry.ts'

const refused = (status: number, retryAfter?: number) =>
  new ApiError({
    kind: 'refused',
    message: 'No.',
    status,
    ...(retryAfter !== undefined && { retryAfter }),
  })

const denied = new ApiError({
  kind: 'refused',
  message: 'No.',
  status: 403,
  reason: 'PERMISSION_DENIED',
})

const chance = fc.double({ min: 0, max: 1, noNaN: true })
const failures = fc.nat({ max: 10_000 })
/** The longest delay that a timer accepts without firing at once. */
const LONGEST_TIMER = 2 ** 31 - 1

describe('askAgainAfter', () => {
  it.each([
    ['no answer', new ApiError({ kind: 'timeout', message: 'x' }), 1000, 30_000],
    ['an error of our own', new Error('x'), 1000, 30_000],
    ['HTTP 503', refused(503), 1000, 30_000],
    ['HTTP 400', refused(400), 3000, 3600_000],
    ['HTTP 404', refused(404), 3000, 3600_000],
    ['HTTP 409', refused(409), 3000, 3600_000],
  ])('doubles after %s, 25 % more or less', (_name, error, shortest, longest) => {
    fc.assert(
      fc.property(failures, chance, (count, random) => {
        const middle = Math.min(shortest * 2 ** count, longest)
        const pause = askAgainAfter(error, count, random)
        expect(pause).toBeGreaterThanOrEqual(0.75 * middle)
        expect(pause).toBeLessThanOrEqual(1.25 * middle)
      }),
    )
  })

  it('never retries a denied request', () => {
    expect(askAgainAfter(denied, 0)).toBe(Infinity)
  })

  it('is at least the pause that the server requests, up to ten minutes', () => {
    fc.assert(
      fc.property(failures, fc.nat({ max: 600_000 }), chance, (count, asked, random) => {
        expect(askAgainAfter(refused(429, asked), count, random)).toBeGreaterThanOrEqual(asked)
      }),
    )
  })

  it('is a delay that a timer accepts, whatever the server requests', () => {
    const asked = fc.oneof(fc.nat(), fc.double({ min: 0, noNaN: true }))
    fc.assert(
      fc.property(failures, asked, chance, (count, retryAfter, random) => {
        expect(askAgainAfter(refused(429, retryAfter), count, random)).toBeLessThan(LONGEST_TIMER)
      }),
    )
  })

  it('spreads the retries of many tabs', () => {
    const pauses = new Set(
      [0, 0.25, 0.5, 0.75, 1].map((random) => askAgainAfter(refused(503), 3, random)),
    )
    expect(pauses.size).toBe(5)
  })
})

describe('Failures', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance'] })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('gives each key a wait by its own failures', () => {
    const failed = new Failures()
    for (let count = 0; count < 4; count++) failed.record('ann', refused(503))
    failed.record('bob', refused(503))
    failed.record('cyd', denied)
    expect(failed.wait('ann')).toBeGreaterThan(failed.wait('bob'))
    expect(failed.wait('bob')).toBeGreaterThan(0)
    expect(failed.wait('cyd')).toBe(Infinity)
    expect(failed.wait('dan')).toBe(0)
    vi.advanceTimersByTime(1300)
    expect(failed.wait('bob')).toBe(0)
    expect(failed.wait('ann')).toBeGreaterThan(0)
  })

  it('starts over after an answer and after a key is forgotten', () => {
    const failed = new Failures()
    for (const name of ['ann', 'bob', 'cyd']) {
      for (let count = 0; count < 5; count++) failed.record(name, refused(503))
    }
    failed.clear('ann')
    failed.clear('bob')
    expect(failed.wait('ann')).toBe(0)
    expect(failed.wait('bob')).toBe(0)
    expect(failed.wait('cyd')).toBeGreaterThan(0)
    failed.record('ann', refused(503))
    expect(failed.wait('ann')).toBeLessThanOrEqual(1250)
  })
})
