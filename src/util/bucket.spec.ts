import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Bucket } from './bucket.ts'

const rate = fc.double({ min: 0.1, max: 1000, noNaN: true })
const burst = fc.integer({ min: 1, max: 50 })
/** Pauses between two requests, in milliseconds: mostly none, sometimes long. */
const pauses = fc.array(fc.oneof(fc.constant(0), fc.double({ min: 0, max: 5000, noNaN: true })), {
  maxLength: 200,
})

/** When tokens are spent if each request waits as long as `wait` says. */
function spendings(bucket: Bucket, wishes: readonly number[]): readonly number[] {
  let now = 0
  return wishes.map((pause) => {
    now += pause
    now += bucket.wait(now)
    bucket.spend(now)
    return now
  })
}

describe('Bucket', () => {
  it('gives at most the burst and the refill, over any span of time', () => {
    fc.assert(
      fc.property(rate, burst, pauses, (perSecond, most, wishes) => {
        const times = spendings(new Bucket(perSecond, most), wishes)
        for (const [first, from] of times.entries()) {
          for (const [last, to] of times.entries()) {
            if (last < first) continue
            const allowed = most + (perSecond * (to - from)) / 1000
            expect(last - first + 1).toBeLessThanOrEqual(allowed + 0.01)
          }
        }
      }),
      { numRuns: 30 },
    )
  })

  it('gives the burst at once and then one token per interval', () => {
    fc.assert(
      fc.property(rate, burst, fc.nat(), (perSecond, most, now) => {
        const bucket = new Bucket(perSecond, most)
        for (let spent = 0; spent < most; spent += 1) {
          expect(bucket.wait(now)).toBe(0)
          bucket.spend(now)
        }
        const wait = bucket.wait(now)
        expect(wait).toBeGreaterThan(0)
        expect(Math.abs(wait - 1000 / perSecond)).toBeLessThan(1.01)
      }),
    )
  })

  it('has a token after the wait for any debt, and not much sooner', () => {
    fc.assert(
      fc.property(rate, burst, fc.nat({ max: 300 }), (perSecond, most, debt) => {
        const bucket = new Bucket(perSecond, most)
        for (let spent = 0; spent < most + debt; spent += 1) bucket.spend(0)
        const wait = bucket.wait(0)
        expect(wait).toBeGreaterThanOrEqual((1000 * (debt + 1)) / perSecond - 0.01)
        expect(bucket.wait(wait)).toBe(0)
        expect(bucket.wait(wait - 1.01)).toBeGreaterThan(0)
      }),
    )
  })

  it('never holds more than the burst', () => {
    const bucket = new Bucket(2, 3)
    bucket.spend(0)
    for (let spent = 0; spent < 3; spent += 1) bucket.spend(3_600_000)
    expect(bucket.wait(3_600_000)).toBe(500)
  })
})
