import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backoff } from './backoff.ts'

const chance = fc.double({ min: 0, max: 1, noNaN: true })
const failures = fc.nat({ max: 10_000 })
const pauses = fc
  .tuple(fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 1, max: 1000 }))
  .map(([shortest, factor]) => ({ shortest, longest: shortest * factor }))

describe('backoff', () => {
  it('doubles up to the longest pause, plus or minus a quarter', () => {
    fc.assert(
      fc.property(failures, pauses, chance, (count, bounds, random) => {
        const middle = Math.min(bounds.shortest * 2 ** count, bounds.longest)
        const pause = backoff(count, bounds, random)
        expect(pause).toBeGreaterThanOrEqual(0.75 * middle)
        expect(pause).toBeLessThanOrEqual(1.25 * middle)
      }),
    )
  })

  it('stays within its bounds', () => {
    fc.assert(
      fc.property(failures, pauses, chance, (count, bounds, random) => {
        const pause = backoff(count, bounds, random)
        expect(pause).toBeGreaterThanOrEqual(bounds.shortest)
        expect(pause).toBeLessThanOrEqual(bounds.longest)
      }),
    )
  })

  it('is random by default', () => {
    const bounds = { shortest: 1000, longest: 60_000 }
    const rolled = Array.from({ length: 100 }, () => backoff(3, bounds))
    expect(new Set(rolled).size).toBeGreaterThan(1)
  })
})
