import { describe, expect, it } from 'vitest'
import { FRESH_FOR, idsOf, rowAt, WHOLE } from '~/testing/plan.fixture.ts'
import { plan, type Candidate, type Kind, type Situation } from './plan.ts'

const MINUTE = 60_000

/** A history of this many rows, one every 10 microseconds. */
const history = (count: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => (index + 1) * 10)

const planFor = (candidates: readonly Candidate[], wish: Partial<Situation> = {}) =>
  plan({ candidates, times: history(1000), coverage: WHOLE, freshFor: FRESH_FOR, ...wish })

describe('a plan', () => {
  it('is empty while no row can change, or all are fresh', () => {
    expect(planFor([])).toEqual([])
    expect(planFor([rowAt(10, { unread: FRESH_FOR - 1 })])).toEqual([])
    expect(planFor([rowAt(10, { unread: FRESH_FOR })])).toHaveLength(1)
  })

  it('reads a lone row by its id, and two rows of one page by a page that starts at the newer', () => {
    expect(planFor([rowAt(500)])).toEqual([{ kind: 'record', id: 'at500' }])
    expect(planFor([rowAt(10), rowAt(500)])).toEqual([
      { kind: 'window', before: 501, ids: ['at500', 'at10'] },
    ])
  })

  it.each([
    [100, ['window']],
    [101, ['window', 'record']],
    [500, ['window', 'window', 'window', 'window', 'window']],
  ])('reads %i consecutive rows by pages', (count, kinds) => {
    const rows = history(1000).slice(300, 300 + count)
    const readings = planFor(rows.map((at) => rowAt(at)))
    expect(readings.map(({ kind }) => kind)).toEqual(kinds)
    expect(readings.flatMap(idsOf)).toHaveLength(count)
  })

  it('relies on a page only for rows that must be on it', () => {
    // The first row is the newest of 100, down to the row at 10; the row at 0 is the 101st.
    const times = [0, ...history(100)]
    expect(planFor([rowAt(1000), rowAt(10)], { times })[0]?.kind).toBe('window')
    expect(planFor([rowAt(1000), rowAt(0)], { times })[0]?.kind).toBe('record')
    // A row that shares the microsecond of the 101st row may be the 101st row itself.
    const tied = [10, ...history(100)]
    expect(planFor([rowAt(1000), rowAt(10)], { times: tied })[0]?.kind).toBe('record')
    // More than a page shares one microsecond: no page is sure to hold any given row.
    const heap = Array<number>(150).fill(7)
    const both = [rowAt(7, { id: 'a' }), rowAt(7, { id: 'b' })]
    const readings = planFor(both, { times: heap, budget: 2 })
    expect(readings.map(({ kind }) => kind)).toEqual(['record', 'record'])
  })

  it('relies on no page outside the coverage', () => {
    const rows = [rowAt(500), rowAt(10)]
    expect(planFor(rows, { coverage: [{ from: 10, to: 500 }] })[0]?.kind).toBe('window')
    const alone = [{ kind: 'record', id: 'at500' }]
    expect(planFor(rows, { coverage: [{ from: 11, to: 500 }] })).toEqual(alone)
    expect(planFor(rows, { coverage: [{ from: 10, to: 499 }] })).toEqual(alone)
    const withGap = [
      { from: 400, to: 600 },
      { from: 0, to: 300 },
    ]
    expect(planFor(rows, { coverage: withGap })).toEqual(alone)
  })

  it('reads a row without a creation time by id', () => {
    const both = [rowAt(null, { id: 'a' }), rowAt(null, { id: 'b' }), rowAt(10)]
    const readings = planFor(both, { times: history(3), budget: 9 })
    expect(readings.map(({ kind }) => kind)).toEqual(['record', 'record', 'record'])
  })

  it('reads the row that has waited longest first, and rows in transit before others', () => {
    const [a, b] = [rowAt(10, { unread: 4000 }), rowAt(9000)]
    expect(planFor([a, b])).toEqual([{ kind: 'record', id: 'at10' }])
    expect(planFor([a, { ...b, kind: 'moving' }])).toEqual([{ kind: 'record', id: 'at9000' }])
    expect(
      planFor([
        { ...a, unread: Infinity },
        { ...b, kind: 'moving' },
      ]),
    ).toEqual([{ kind: 'record', id: 'at10' }])
  })

  it('reads the newest of equally weighted rows first, and rows that were never read before others', () => {
    expect(planFor([rowAt(10), rowAt(9000)])).toEqual([{ kind: 'record', id: 'at9000' }])
    const crowd = history(10).map((at) => rowAt(at, { unread: Infinity }))
    const readings = planFor([...crowd, rowAt(9000, { unread: Infinity })])
    expect(readings).toMatchObject([{ kind: 'window', before: 101 }])
  })

  it.each<[Kind, readonly number[]]>([
    ['moving', [2, 2, 2, 2, 2]],
    ['staying', [2, 2, 2, 2, 2]],
    // No event announces when a pre-flow is given up: a minute at most.
    ['waiting', [8, 20, 62, 62, 62]],
    ['stuck', [14, 38, 122, 722, 7202]],
  ])('reads a row that is %s more and more rarely, or always', (kind, waits) => {
    const isRead = (age: number, unread: number, wish: Partial<Situation> = {}) =>
      planFor([rowAt(10, { kind, age, unread })], wish).length > 0
    /** The shortest wait in seconds after which the row is read. */
    const wait = (age: number) => {
      let seconds = 0
      while (!isRead(age, seconds * 1000)) seconds += 1
      return seconds
    }
    expect([1, 3, 10, 60, 600].map((minutes) => wait(minutes * MINUTE))).toEqual(waits)
    // Patience does not count when all rows are requested.
    expect(isRead(600 * MINUTE, 0, { freshFor: 0 })).toBe(true)
  })

  it('lets a stuck row wait four times as long as others, but not for ever', () => {
    const stuck = rowAt(10, { kind: 'stuck', age: 10 * MINUTE, unread: 2 * MINUTE + 36_000 })
    expect(planFor([stuck, rowAt(9000, { unread: 8999 })])[0]).toMatchObject({ id: 'at10' })
    expect(planFor([stuck, rowAt(9000, { unread: 9001 })])[0]).toMatchObject({ id: 'at9000' })
  })
})
