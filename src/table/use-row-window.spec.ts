import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { windowOf } from './use-row-window.ts'

describe('the window of rows', () => {
  it('holds no row of an empty table, and all of one that fits on the screen', () => {
    expect(windowOf(0, { top: 0, onScreen: 20 })).toEqual({ start: 0, end: 0 })
    expect(windowOf(20, { top: 3, onScreen: 20 })).toEqual({ start: 0, end: 20 })
  })

  it('holds the rows on the screen and some around them of a long table', () => {
    expect(windowOf(101, { top: 0, onScreen: 20 })).toEqual({ start: 0, end: 26 })
    expect(windowOf(100_000, { top: 5000, onScreen: 20 })).toEqual({ start: 4994, end: 5026 })
    expect(windowOf(100_000, { top: 99_980, onScreen: 20 })).toEqual({
      start: 99_974,
      end: 100_000,
    })
  })

  it('holds the last rows of a table that has become shorter than it was scrolled', () => {
    expect(windowOf(120, { top: 5000, onScreen: 20 })).toEqual({ start: 94, end: 120 })
  })

  it('holds every row on the screen, no row twice, and never many more', () => {
    const view = fc.record({ top: fc.nat(200_000), onScreen: fc.integer({ min: 1, max: 60 }) })
    fc.assert(
      fc.property(fc.nat(200_000), view, (count, { top, onScreen }) => {
        const { start, end } = windowOf(count, { top, onScreen })
        expect(start).toBeGreaterThanOrEqual(0)
        expect(end).toBeLessThanOrEqual(count)
        expect(end - start).toBeLessThanOrEqual(onScreen + 12)
        const last = Math.max(0, count - onScreen)
        expect(start).toBeLessThanOrEqual(Math.min(top, last))
        expect(end).toBeGreaterThanOrEqual(Math.min(count, Math.min(top, last) + onScreen))
      }),
    )
  })
})
