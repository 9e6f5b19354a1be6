import { describe, expect, it } from 'vitest'
import { FRESH_FOR, idsOf, rowAt, WHOLE } from '~/testing/plan.fixture.ts'
import { plan, type Candidate, type Kind, type Situation } from './plan.ts'

const MINUTE = 60_000

/** A history of so many rows, one every 10 microseconds. */
const history = (count: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => (index + 1) * 10)

const planFor = (candidates: readonly Candidate[], wish: Partial<Situation> = {}) =>
  plan({ candidates, times: history(1000), coverage: WHOLE, freshFor: FRESH_FOR, ...wish })

describe('a plan', () => {
  it('is empty while nobody can change, or all are fresh', () => {
    expect(planFor([])).toEqual([])
    expect(planFor([rowAt(10, { unread: FRESH_FOR - 1 })])).toEqual([])
    expect(planFor([rowAt(10, { unread: FRESH_FOR })])).toHaveLength(1)
  })

  it('reads one alone by his id, and two of one page by a page that starts with the newer', () => {
    expect(planFor([rowAt(500)])).toEqual([{ kind: 'record', id: 'at500' }])
    expect(planFor([rowAt(10), rowAt(500)])).toEqual([
      { kind: 'window', before: 501, ids: ['at500', 'at10'] },
    ])
  })

  it.each([
    [100, ['window']],
    [101, ['window', 'record']],
    [500, ['window', 'window', 'window', 'window', 'window']],
  ])('reads %i rows in a row by pages', (count, kinds) => {
    const rows = history(1000).slice(300, 300 + count)
    const readings = planFor(rows.map((at) => rowAt(at)))
    expect(readings.map(({ kind }) => kind)).toEqual(kinds)
    expect(readings.flatMap(idsOf)).toHaveLength(count)
  })

  it('relies on a page for those only who must be on it', () => {
    // The first is the newest of 100 rows, down to 10; the row at 0 is the 101st.
    const times = [0, ...history(100)]
    expect(planFor([rowAt(1000), rowAt(10)], { times })[0]?.kind).toBe('window')
    expect(planFor([rowAt(1000), rowAt(0)], { times })[0]?.kind).toBe('record')
    // Who shares the microsecond of the 101st row may be that row himself.
    const tied = [10, ...history(100)]
    expect(planFor([rowAt(1000), rowAt(10)], { times: tied })[0]?.kind).toBe('record')
    // More than a page of one microsecond: no page is sure to hold anybody.
    const heap = Array<number>(150).fill(7)
    const both = [rowAt(7, { id: 'a' }), rowAt(7, { id: 'b' })]
    const readings = planFor(both, { times: heap, budget: 2 })
    expect(readings.map(({ kind }) => kind)).toEqual(['record', 'record'])
  })

  it('relies on no page where not everyone is known', () => {
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

  it('reads by id who has no time', () => {
    const both = [rowAt(null, { id: 'a' }), rowAt(null, { id: 'b' }), rowAt(10)]
    const readings = planFor(both, { times: history(3), budget: 9 })
    expect(readings.map(({ kind }) => kind)).toEqual(['record', 'record', 'record'])
  })

  it('takes first who has waited longest, and who is on the way in or out', () => {
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

  it('takes the newest first of those who weigh the same, and most who were never read', () => {
    expect(planFor([rowAt(10), rowAt(9000)])).toEqual([{ kind: 'record', id: 'at9000' }])
    const crowd = history(10).map((at) => rowAt(at, { unread: Infinity }))
    const readings = planFor([...crowd, rowAt(9000, { unread: Infinity })])
    expect(readings).toMatchObject([{ kind: 'window', before: 101 }])
  })

  it.each<[Kind, readonly number[]]>([
    ['moving', [2, 2, 2, 2, 2]],
    ['staying', [2, 2, 2, 2, 2]],
    // Nothing tells when they give up: a minute at most.
    ['waiting', [8, 20, 62, 62, 62]],
    ['stuck', [14, 38, 122, 722, 7202]],
  ])('reads who is %s ever more rarely, or not', (kind, waits) => {
    const isRead = (age: number, unread: number, wish: Partial<Situation> = {}) =>
      planFor([rowAt(10, { kind, age, unread })], wish).length > 0
    /** The shortest wait after which he is read, in seconds. */
    const wait = (age: number) => {
      let seconds = 0
      while (!isRead(age, seconds * 1000)) seconds += 1
      return seconds
    }
    expect([1, 3, 10, 60, 600].map((minutes) => wait(minutes * MINUTE))).toEqual(waits)
    // Not when all are asked for.
    expect(isRead(600 * MINUTE, 0, { freshFor: 0 })).toBe(true)
  })

  it('lets who is stuck wait four times as long as others for his turn, but not for ever', () => {
    const stuck = rowAt(10, { kind: 'stuck', age: 10 * MINUTE, unread: 2 * MINUTE + 36_000 })
    expect(planFor([stuck, rowAt(9000, { unread: 8999 })])[0]).toMatchObject({ id: 'at10' })
    expect(planFor([stuck, rowAt(9000, { unread: 9001 })])[0]).toMatchObject({ id: 'at9000' })
  })
})
