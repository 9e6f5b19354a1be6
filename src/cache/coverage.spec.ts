import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Table } from '../../sandbox/table.ts'
import { cover, gaps, isWhole, spanOf, type Coverage, type Span } from './coverage.ts'

/** Small times, so that spans often touch, overlap and fall together. */
const LAST = 40
const small = fc.integer({ min: 0, max: LAST })
const span = fc.tuple(small, small).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }))
const spans = fc.array(span, { maxLength: 8 })

const coverAll = (all: readonly Span[]): Coverage => all.reduce(cover, [] as Coverage)

const timesOf = (all: readonly Span[]): ReadonlySet<number> =>
  new Set(all.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, n) => from + n)))

const MANY = { numRuns: 2000 }

describe('cover', () => {
  it('adds up to the union, newest first, no two spans touching', () => {
    fc.assert(
      fc.property(spans, (all) => {
        const coverage = coverAll(all)
        expect(timesOf(coverage)).toEqual(timesOf(all))
        for (const [index, { from, to }] of coverage.entries()) {
          expect(from).toBeLessThanOrEqual(to)
          expect(from).toBeGreaterThan((coverage[index + 1]?.to ?? -2) + 1)
        }
      }),
      MANY,
    )
  })

  it('gives back the very same list for what is covered, and only then', () => {
    fc.assert(
      fc.property(spans, span, (all, one) => {
        const coverage = coverAll(all)
        const isOld = timesOf([one]).isSubsetOf(timesOf(coverage))
        expect(cover(coverage, one) === coverage).toBe(isOld)
      }),
      MANY,
    )
  })
})
