import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { listOf, pageBefore, steps, type Row } from '~/testing/coverage.fixture.ts'
import type { RecordList } from '~/testing/list.fixture.ts'
import {
  cover,
  gaps,
  isWhole,
  spanOf,
  type Coverage,
  type PageReach,
  type Span,
} from './coverage.ts'

/** Small times, so that spans often touch, overlap and coincide. */
const LAST = 40
const small = fc.integer({ min: 0, max: LAST })
const span = fc.tuple(small, small).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }))
const spans = fc.array(span, { maxLength: 8 })

const coverAll = (all: readonly Span[]): Coverage => all.reduce<Coverage>(cover, [])

const timesIn = ({ from, to }: Span): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index)

/** The times inside these spans, computed the simple way. */
const timesOf = (all: readonly Span[]): ReadonlySet<number> => new Set(all.flatMap(timesIn))

const MANY = { numRuns: 1000 }

describe('cover', () => {
  it('equals the union of all spans, newest first, and no two spans touch', () => {
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

  it('returns the same list for a span that is covered, and only then', () => {
    fc.assert(
      fc.property(spans, span, (all, one) => {
        const coverage = coverAll(all)
        const covered = timesOf(coverage)
        expect(cover(coverage, one) === coverage).toBe(timesIn(one).every((at) => covered.has(at)))
      }),
      MANY,
    )
  })
})

describe('gaps', () => {
  it('are all uncovered times from the horizon to the newest, newest first', () => {
    fc.assert(
      fc.property(spans, small, (all, horizon) => {
        const coverage = coverAll(all)
        const covered = timesOf(coverage)
        const asked = timesIn({ from: horizon, to: coverage[0]?.to ?? -1 })
        const missing = gaps(coverage, horizon)
        expect(missing.flatMap(timesIn).toSorted((a, b) => a - b)).toEqual(
          asked.filter((at) => !covered.has(at)),
        )
        expect(missing).toEqual(missing.toSorted((a, b) => b.to - a.to))
        expect(isWhole(coverage, horizon)).toBe(all.length > 0 && missing.length === 0)
      }),
      MANY,
    )
  })
})

/** What a page says of itself when it is valid. */
const reachOf = (page: readonly Row[], before: number | null): PageReach => ({
  before,
  times: page.map(({ created }) => created),
  next: page.at(-1)?.created ?? null,
  isLast: page.length < 100,
})

/** Reads one gap after another, as the sweep does. */
function walk(
  table: RecordList<Row>,
  tell: typeof reachOf = reachOf,
): { ids: ReadonlySet<string>; pages: number } {
  const ids = new Set<string>()
  let coverage: Coverage = []
  for (let pages = 0; ; pages++) {
    const [gap] = gaps(coverage, 0)
    if (coverage.length > 0 && !gap) return { ids, pages }
    const before = gap ? gap.to + 1 : null
    const page = pageBefore(table, before)
    for (const { id } of page) ids.add(id)
    const one = spanOf(tell(page, before))
    if (!one || pages > 100) throw new Error('the walk does not go on')
    coverage = cover(coverage, one)
  }
}

/** All rows that the API can return, with every possible cursor. */
function yieldable(table: RecordList<Row>): ReadonlySet<string> {
  const cursors = [null, ...new Set(table.all().map(({ created }) => created + 1))]
  return new Set(cursors.flatMap((before) => pageBefore(table, before).map(({ id }) => id)))
}

describe('a walk by spans through a strict cursor', () => {
  it('finds all rows that the API can return, in at most two pages for every hundred rows', () => {
    fc.assert(
      fc.property(steps, (some) => {
        const table = listOf(some)
        const { ids, pages } = walk(table)
        expect(ids).toEqual(yieldable(table))
        expect(pages).toBeLessThanOrEqual(2 * Math.ceil(table.size / 100) + 1)
      }),
      { numRuns: 300 },
    )
  })

  it.each([100, 101, 250])(
    'finds a hundred of %i rows that share a microsecond, and all rows around',
    (n) => {
      const table = listOf([...Array<number>(60).fill(1), ...Array<number>(n).fill(0), 1, 1, 1])
      // The last of the 60 rows shares that microsecond too, so it holds n + 1 rows.
      expect(walk(table).ids.size).toBe(59 + 100 + 3)
    },
  )
})

/** What can happen to a page on its way. */
const spoilings = fc.record({
  order: fc.option(fc.array(fc.nat(), { minLength: 100, maxLength: 100 })),
  repeats: fc.array(fc.nat({ max: 99 }), { maxLength: 20 }),
  /** Rows that lose their time, and rows that arrive with an older time. */
  lost: fc.uniqueArray(fc.nat({ max: 99 }), { maxLength: 100 }),
  wrong: fc.uniqueArray(fc.nat({ max: 99 }), { maxLength: 100 }),
})

/** A token that is missing, repeats or points anywhere. */
const oddToken = fc.option(fc.nat({ max: 3000 }))

type Spoiling = typeof spoilings extends fc.Arbitrary<infer T> ? T : never

function spoilt(
  page: readonly Row[],
  { order, repeats, lost, wrong }: Spoiling,
): readonly number[] {
  const times = page.map(({ created }, index) => (wrong.includes(index) ? created % 977 : created))
  const kept = [...times.keys(), ...repeats].filter((index) => !lost.includes(index))
  const sorted = order ? kept.toSorted((a, b) => (order[a] ?? 0) - (order[b] ?? 0)) : kept
  return sorted.flatMap((index) => times[index] ?? [])
}

/**
 * Rows inside the span that the page lacks; rows that share one microsecond beyond a page are
 * allowed.
 */
const missed = (table: RecordList<Row>, page: readonly Row[], { from, to }: Span): readonly Row[] =>
  table
    .all()
    .filter(({ created }) => from <= created && created <= to)
    .filter((row) => !page.includes(row) && !(row.created === to && to === page.at(-1)?.created))

describe('spanOf', () => {
  const page = [90, 80, 70, 60, 50]

  it.each([
    ['the newest page, back to its last row', null, page, 50, [51, 90]],
    ['a page further back, up to where it was asked for', 99, page, 50, [51, 98]],
    ['a page of one microsecond, by stepping over it', 51, [50, 50], 50, [50, 50]],
    ['rows as new as asked for, as if they had not come', 80, page, 50, [51, 79]],
    ['rows in any order', 99, [60, 90, 50, 80, 70], 70, [71, 98]],
    ['a time that is not its own, by the token', 99, [...page, 3], 50, [51, 98]],
    ['a token that stands still, by the rows', 99, page, 99, [51, 98]],
    ['a token that stands nearly still, by half of the rows', 99, page, 95, [71, 98]],
    ['a token that goes too far, by the rows', 99, page, 3, [51, 98]],
    ['no token, by the rows', 99, page, null, [51, 98]],
    ['rows without any time, by the token', 99, [], 50, [51, 98]],
  ])('covers %s', (_name, before, times, next, [from, to]) => {
    expect(spanOf({ before, times, next, isLast: false })).toEqual({ from, to })
  })

  it('covers the last page back to the beginning', () => {
    const last = { times: page, next: 50, isLast: true }
    expect(spanOf({ ...last, before: 99 })).toEqual({ from: 0, to: 98 })
    expect(spanOf({ ...last, before: null })).toEqual({ from: 0, to: 90 })
    expect(spanOf({ before: 99, times: [], isLast: true })).toEqual({ from: 0, to: 98 })
    expect(spanOf({ before: null, times: [], isLast: true })).toEqual({ from: 0, to: 0 })
  })

  it('covers nothing when the page ignores the token', () => {
    expect(spanOf({ before: 50, times: page, next: 50, isLast: false })).toBeNull()
    expect(spanOf({ before: null, times: [], isLast: false })).toBeNull()
  })

  it('never covers a row that the page lacks: times lost or wrong, token right', () => {
    fc.assert(
      fc.property(steps, fc.nat({ max: 400 }), spoilings, (some, at, { wrong, ...spoiling }) => {
        const table = listOf(some)
        const before = table.all()[at]?.created ?? null
        const rows = pageBefore(table, before)
        const few = { ...spoiling, wrong: wrong.slice(0, (rows.length - spoiling.lost.length) / 3) }
        const times = spoilt(rows, { ...few, repeats: [] })
        const one = spanOf({ ...reachOf(rows, before), times })
        fc.pre(one !== null)
        expect(missed(table, rows, one)).toEqual([])
      }),
      MANY,
    )
  })

  it('never covers a row that the page lacks: any token, no time wrong', () => {
    fc.assert(
      fc.property(steps, fc.nat({ max: 400 }), spoilings, oddToken, (some, at, spoiling, next) => {
        const table = listOf(some)
        const before = table.all()[at]?.created ?? null
        const rows = pageBefore(table, before)
        const times = spoilt(rows, { ...spoiling, wrong: [] })
        fc.pre(times.length > 0)
        const one = spanOf({ ...reachOf(rows, before), times, next })
        expect(one).not.toBeNull()
        expect(one && missed(table, rows, one)).toEqual([])
      }),
      MANY,
    )
  })

  it('reads on and loses no row, whatever the token and the order of the rows', () => {
    fc.assert(
      fc.property(steps, spoilings, oddToken, (some, spoiling, next) => {
        const table = listOf(some)
        const { ids, pages } = walk(table, (rows, before) => ({
          ...reachOf(rows, before),
          times: spoilt(rows, { ...spoiling, lost: [], wrong: [] }),
          next,
        }))
        expect(ids).toEqual(yieldable(table))
        expect(pages).toBeLessThanOrEqual(4 * Math.ceil(table.size / 100) + 2)
      }),
      { numRuns: 300 },
    )
  })
})
