import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aboutAll } from './sweep.ts'

describe('aboutAll', () => {
  it.each([
    [100, 0.5, 200],
    [1234, 0.25, 4900],
    [1250, 0.3, 4200],
    [7, 0.7, 10],
    // Rows are whole.
    [3, 0.7, 4],
    // Two digits would be fewer than were read.
    [1049, 1, 1049],
    [1251, 0.999, 1300],
    [0, 0.5, 0],
    // Nothing to go by.
    [5, 0.0199, null],
    [5, 0, null],
    [5, -1, null],
    // More than all of the time is all of it.
    [80, 1.5, 80],
  ])('%d in %d of the time are about %d', (read, part, all) => {
    expect(aboutAll(read, part)).toBe(all)
  })

  it('is whole, never fewer than were read, and off by less than a tenth and a half', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 1_000_000 })),
        fc.double({ min: 0.02, max: 1, noNaN: true }),
        (read, part) => {
          const all = aboutAll(read, part) ?? NaN
          expect(Number.isInteger(all)).toBe(true)
          expect(all).toBeGreaterThanOrEqual(read)
          expect(Math.abs(all - read / part)).toBeLessThan((0.1 * read) / part + 0.5)
        },
      ),
    )
  })
})
