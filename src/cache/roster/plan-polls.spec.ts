import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RecordList } from '~/testing/list.fixture.ts'
import { FRESH_FOR, idsOf, INTERVAL, rowAt, WHOLE } from '~/testing/plan.fixture.ts'
import { plan, type Reading } from './plan.ts'

type Kind = 'gone' | 'here' | 'in transit'

/** A row of a list: gone, in the conference, or in transit. */
interface Row {
  readonly id: string
  readonly created: number
  readonly kind: Kind
}

const run = (kinds: readonly Kind[], ...lengths: readonly fc.Arbitrary<number>[]) =>
  fc
    .tuple(fc.constantFrom(...kinds), fc.oneof(...lengths), fc.constantFrom(0, 1, 10))
    .map(([kind, length, step]) => Array.from({ length }, () => ({ kind, step })))

/**
 * Clusters, lone rows, ties and long stretches of rows that are gone: kind and distance of each
 * row.
 */
const layoutOf = (...kinds: readonly Kind[]) =>
  fc
    .array(
      fc.oneof(
        run(kinds, fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 150 })),
        run(['gone'], fc.integer({ min: 1, max: 20 }), fc.integer({ min: 90, max: 300 })),
      ),
      { minLength: 1, maxLength: 40 },
    )
    .map((runs) => runs.flat())

const layout = layoutOf('here', 'in transit')

/** A list behind a strict cursor, with this many gone rows before all others. */
function listOf(
  rows: ReadonlyArray<{ readonly kind: Kind; readonly step: number }>,
  behind = 0,
): RecordList<Row> {
  const table = new RecordList<Row>()
  for (let index = 0; index < behind; index++) {
    table.insert({ id: `b${index}`, created: index, kind: 'gone' })
  }
  let created = 1_000_000
  for (const [index, { kind, step }] of rows.entries()) {
    created += step
    table.insert({ id: `r${index}`, created, kind })
  }
  return table
}

const idsRead = (table: RecordList<Row>, reading: Reading): readonly string[] =>
  reading.kind === 'record' ? [reading.id] : table.page(reading.before).map(({ id }) => id)

/**
 * Plans this many polls of a list that does not change: each plan, and the longest wait of any row,
 * in polls.
 */
function poll(table: RecordList<Row>, polls: number) {
  const times = table.all().map(({ created }) => created)
  const live = table.all().filter(({ kind }) => kind !== 'gone')
  const readAt = new Map(live.map(({ id }) => [id, 0]))
  const waitOf = (id: string, now: number) => now - (readAt.get(id) ?? 0)
  let longest = 0
  const plans = Array.from({ length: polls }, (_, index) => {
    const now = index + 1
    const candidates = live.map(({ id, created, kind }) =>
      rowAt(created, {
        id,
        kind: kind === 'in transit' ? 'moving' : 'staying',
        unread: waitOf(id, now) * INTERVAL,
      }),
    )
    longest = Math.max(longest, ...live.map(({ id }) => waitOf(id, now)))
    const readings = plan({ candidates, times, coverage: WHOLE, freshFor: FRESH_FOR })
    for (const id of readings.flatMap((one) => idsRead(table, one))) readAt.set(id, now)
    return readings
  })
  return { plans, longest, most: Math.ceil(live.length / 50) }
}

/** Every tenth row is staying, the others are stuck. */
const isHere = (id: string) => id.endsWith('0')

describe('plans of one poll after another', () => {
  it('keep to the budget, and spend all of it while any row waits', () => {
    fc.assert(
      fc.property(layout, (rows) => {
        const { plans, most } = poll(listOf(rows), 5)
        const live = rows.filter(({ kind }) => kind !== 'gone').length
        for (const readings of plans) {
          expect(readings.length).toBeLessThanOrEqual(most)
          const ids = readings.flatMap(idsOf)
          expect(new Set(ids).size).toBe(ids.length)
          expect(readings.length === most || ids.length === live).toBe(true)
        }
      }),
      { numRuns: 200 },
    )
  })

  it('rely on a page only for rows that a strict cursor yields, and for at least two', () => {
    fc.assert(
      fc.property(layout, (rows) => {
        const table = listOf(rows)
        for (const reading of poll(table, 5).plans.flat()) {
          expect(idsRead(table, reading)).toEqual(expect.arrayContaining([...idsOf(reading)]))
          expect(idsOf(reading).length > 1).toBe(reading.kind === 'window')
        }
      }),
      { numRuns: 200 },
    )
  })

  // A lone row waits at most 50 polls: ceil(L/50) requests for L such rows. The wait doubles if all
  // others weigh four times as much, because the weight grows with the square of the wait.
  it.each([
    ['55 polls while no row is in transit', layoutOf('here'), 55],
    ['110 polls, whichever rows are in transit', layout, 110],
  ])('leave no row unread for more than %s', (_name, some, most) => {
    fc.assert(
      fc.property(some, (rows) => {
        expect(poll(listOf(rows), most + 10).longest).toBeLessThanOrEqual(most)
      }),
      { numRuns: 60 },
    )
  })

  it('do not let a crowd delay a lone row for long', () => {
    const crowd = Array.from({ length: 49 }, () => ({ kind: 'in transit', step: 1 }) as const)
    const desert = Array.from({ length: 200 }, () => ({ kind: 'gone', step: 1 }) as const)
    const lone = { kind: 'here', step: 1 } as const
    expect(poll(listOf([lone, ...desert, ...crowd]), 200).longest).toBeLessThanOrEqual(15)
  })

  it('do not let stuck rows delay staying rows, however many are stuck', () => {
    const all = Array.from({ length: 500 }, (_, index) => index)
    // So far apart that a page holds one of them, and stuck for so short a time that half of them
    // are due at each poll.
    const rows = all.map((index) => ({ id: `r${index}`, at: index * 200, readAt: 0 }))
    const times = Array.from({ length: 500 * 200 }, (_, at) => at)
    let longest = 0
    for (let now = 1; now <= 400; now++) {
      const candidates = rows.map(({ id, at, readAt }) => {
        if (isHere(id)) longest = Math.max(longest, now - readAt)
        const unread = (now - readAt) * INTERVAL
        return rowAt(at, { id, unread, kind: isHere(id) ? 'staying' : 'stuck', age: 130_000 })
      })
      const readings = plan({ candidates, times, coverage: WHOLE, freshFor: FRESH_FOR, budget: 8 })
      const ids = new Set(readings.flatMap(idsOf))
      for (const row of rows) if (ids.has(row.id)) row.readAt = now
    }
    // It is 28; it would be 55 if all rows weighed the same, and 7 if there were no others.
    expect(longest).toBeLessThanOrEqual(30)
  })

  it('are the same for a history of 1,000 and of 100,000 rows', () => {
    fc.assert(
      fc.property(layout, (rows) => {
        const [short, long] = [1000, 100_000].map((behind) => poll(listOf(rows, behind), 10).plans)
        expect(long).toEqual(short)
      }),
      { numRuns: 10 },
    )
  })
})
