import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  choose,
  NOBODY_SELECTED,
  selectedOf,
  withoutIds,
  type Choice,
  type Selection,
} from './selection.ts'

const rowsOf = (ids: Iterable<string>) => [...ids].map((id) => ({ id }))
const ROWS = rowsOf('abcdef')
const idsOf = ({ ids }: Selection): string => [...ids].toSorted().join('')
const of = (ids: string, anchor: string | null = null): Selection => ({ ids: new Set(ids), anchor })

const on = (id: string, isRange = false): Choice => ({ id, isOn: true, isRange })
const off = (id: string, isRange = false): Choice => ({ id, isOn: false, isRange })

describe('choose', () => {
  it.each<[string, readonly Choice[], string]>([
    ['one row', [on('b')], 'b'],
    ['two rows', [on('b'), on('e')], 'be'],
    ['a row that is deselected again', [on('b'), off('b')], ''],
    ['a range downwards', [on('b'), on('e', true)], 'bcde'],
    ['a range upwards', [on('e'), on('b', true)], 'bcde'],
    ['a range taken out of a range', [on('a'), on('f', true), off('c'), off('d', true)], 'abef'],
    ['a range that begins where the last ended', [on('a'), on('c', true), on('e', true)], 'abcde'],
    ['a range without an anchor', [on('d', true)], 'd'],
    ['a range of one row', [on('d'), on('d', true)], 'd'],
  ])('handles %s', (_what, choices, selected) => {
    const end = choices.reduce((now, choice) => choose(now, ROWS, choice), NOBODY_SELECTED)
    expect(idsOf(end)).toBe(selected)
  })

  it('selects only the end of a range when its anchor is no longer drawn', () => {
    expect(idsOf(choose(of('x', 'x'), ROWS, on('c', true)))).toBe('cx')
  })

  it('adds all drawn rows to those elsewhere, and removes only them', () => {
    const all = choose(of('xb'), ROWS, { id: null, isOn: true, isRange: false })
    expect(idsOf(all)).toBe('abcdefx')
    expect(idsOf(choose(all, ROWS, { id: null, isOn: false, isRange: true }))).toBe('x')
  })

  it('changes no row outside the range, whatever the order', () => {
    const world = fc.record({
      rows: fc.shuffledSubarray('abcdef'.split('')),
      ids: fc.subarray('abcdefgh'.split('')),
      anchor: fc.option(fc.constantFrom(...'abcdefgh'.split(''))),
      choice: fc.record({
        id: fc.constantFrom(...'abcdef'.split('')),
        isOn: fc.boolean(),
        isRange: fc.boolean(),
      }),
    })
    fc.assert(
      fc.property(world, ({ rows, ids, anchor, choice }) => {
        const before = { ids: new Set(ids), anchor }
        const after = choose(before, rowsOf(rows), choice)
        const ends = [rows.indexOf(anchor ?? ''), rows.indexOf(choice.id)]
        const isWhole = choice.isRange && !ends.includes(-1)
        const meant = isWhole ? rows.slice(Math.min(...ends), Math.max(...ends) + 1) : [choice.id]
        for (const id of 'abcdefgh') {
          expect(after.ids.has(id)).toBe(meant.includes(id) ? choice.isOn : before.ids.has(id))
        }
        expect(after.anchor).toBe(choice.id)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('withoutIds', () => {
  it('removes ids and keeps the others', () => {
    expect(idsOf(withoutIds(of('abc', 'b'), rowsOf('bx')))).toBe('ac')
  })
})

describe('selectedOf', () => {
  it.each<[string, string, ReturnType<typeof selectedOf>]>([
    ['', 'abc', { share: 'none', elsewhere: 0 }],
    ['a', 'abc', { share: 'some', elsewhere: 0 }],
    ['abc', 'abc', { share: 'all', elsewhere: 0 }],
    ['abcx', 'abc', { share: 'all', elsewhere: 1 }],
    ['xy', 'abc', { share: 'none', elsewhere: 2 }],
    ['xy', '', { share: 'none', elsewhere: 2 }],
  ])('reports %s of %s', (ids, rows, selected) => {
    expect(selectedOf(of(ids), rowsOf(rows))).toEqual(selected)
  })
})
