import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codePoint } from '~/testing/code-point.fixture.ts'
import { compareValues, searchWords, sortRows, type SortValue } from './order.ts'

interface Row {
  readonly id: string
  readonly value: SortValue
}

/** Rows of one column: all text or all numbers, some unknown, many equal. */
const rowsOf = (value: fc.Arbitrary<SortValue>) =>
  fc.uniqueArray(fc.record({ id: fc.string(), value: fc.option(value) }), {
    selector: ({ id }) => id,
    maxLength: 20,
  })

const rows: fc.Arbitrary<Row[]> = fc.oneof(
  rowsOf(fc.oneof(fc.constantFrom('a', 'A', 'ä', 'b10', 'b9', ''), fc.string({ unit: codePoint }))),
  rowsOf(fc.integer({ min: -2, max: 2 })),
)

const valueOf = ({ value }: Row): SortValue => value
const idOf = ({ id }: Row): string => id

const twice = rows.chain((list) =>
  fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
)

describe('sortRows', () => {
  it('gives the same order, however the rows arrive', () => {
    fc.assert(
      fc.property(twice, fc.boolean(), ([list, shuffled], descending) => {
        expect(sortRows(shuffled, valueOf, descending)).toEqual(sortRows(list, valueOf, descending))
      }),
      { numRuns: 2000 },
    )
  })

  it('sorts by value, unknown values last and equal values by id, in both directions', () => {
    fc.assert(
      fc.property(rows, fc.boolean(), (list, descending) => {
        const sorted = sortRows(list, valueOf, descending)
        for (const [index, row] of sorted.slice(1).entries()) {
          const above = sorted[index]
          if (!above) throw new Error('there is a row above every row but the first')
          expect(above.value !== null || row.value === null).toBe(true)
          const order = compareValues(above.value, row.value)
          const isUnknown = row.value === null
          expect(descending && !isUnknown ? -order : order).toBeLessThanOrEqual(0)
          expect(order !== 0 || above.id < row.id).toBe(true)
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('keeps every row, and does not change the given list', () => {
    fc.assert(
      fc.property(rows, fc.boolean(), (list, descending) => {
        const before = [...list]
        expect(sortRows(list, valueOf, descending).map(idOf).toSorted()).toEqual(
          list.map(idOf).toSorted(),
        )
        expect(list).toEqual(before)
      }),
    )
  })
})

describe('compareValues', () => {
  it.each([
    [1, 2],
    [9, 10],
    ['a', 'b'],
    ['B', 'c'],
    ['room 9', 'room 10'],
    ['zoe', null],
    [1e9, null],
  ])('puts %j before %j', (a, b) => {
    expect(compareValues(a, b)).toBeLessThan(0)
    expect(compareValues(b, a)).toBeGreaterThan(0)
  })

  it('ignores case', () => {
    expect(compareValues('ann', 'ANN')).toBe(0)
    expect(compareValues(null, null)).toBe(0)
  })
})

describe('searchWords', () => {
  it.each([
    ['', []],
    ['  ', []],
    [' Ann\t+1555 ', ['ann', '+1555']],
    ['ann\u00a0lee', ['ann', 'lee']],
  ])('splits %j into %j', (text, words) => {
    expect(searchWords(text)).toEqual(words)
  })
})
