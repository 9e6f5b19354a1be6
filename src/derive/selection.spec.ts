import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  choose,
  NOTHING_SELECTED,
  selectedOf,
  withoutIds,
  type Choice,
  type Selection,
} from './selection.ts'

const ROWS = 'abcdef'.split('')
const rowsOf = (ids: string) => ids.split('').map((id) => ({ id }))
const idsOf = ({ ids }: Selection): string => Object.keys(ids).toSorted().join('')
const of = (ids: Iterable<string>, anchor: string | null = null): Selection => ({
  ids: Object.fromEntries([...ids].map((id) => [id, true as const])),
  anchor,
})

const on = (id: string, isRange = false): Choice => ({ id, isOn: true, isRange })
const off = (id: string, isRange = false): Choice => ({ id, isOn: false, isRange })

describe('choose', () => {
  it.each<[string, readonly Choice[], string]>([
    ['selects one row', [on('b')], 'b'],
    ['selects a second row', [on('b'), on('e')], 'be'],
    ['deselects a row', [on('b'), off('b')], ''],
    ['selects a range downwards', [on('b'), on('e', true)], 'bcde'],
    ['selects a range upwards', [on('e'), on('b', true)], 'bcde'],
    ['deselects a range in a range', [on('a'), on('f', true), off('c'), off('d', true)], 'abef'],
    ['begins a range where the last one ended', [on('a'), on('c', true), on('e', true)], 'abcde'],
    ['selects only the end of a range without beginning', [on('d', true)], 'd'],
    ['selects a range from a row to itself', [on('d'), on('d', true)], 'd'],
    ['begins a range at a row that was deselected', [on('b'), off('b'), on('d', true)], 'bcd'],
  ])('%s', (_what, choices, selected) => {
    const end = choices.reduce((now, choice) => choose(now, ROWS, choice), NOTHING_SELECTED)
    expect(idsOf(end)).toBe(selected)
  })

  it('selects only the end of a range whose beginning is not among the rows', () => {
    expect(idsOf(choose(of('x', 'x'), ROWS, on('c', true)))).toBe('cx')
  })

  it('adds all rows to what is selected elsewhere, and takes out only them', () => {
    const all = choose(of('xb'), ROWS, { id: null, isOn: true, isRange: false })
    expect(idsOf(all)).toBe('abcdefx')
    expect(idsOf(choose(all, ROWS, { id: null, isOn: false, isRange: true }))).toBe('x')
  })

  it('keeps the ids and moves the anchor when the table has toggled the row already', () => {
    const toggled = of('b', 'a')
    const after = choose(toggled, ROWS, on('b'))
    expect(after.ids).toBe(toggled.ids)
    expect(after.anchor).toBe('b')
  })

  it('changes no row that is not between the two, in any order', () => {
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
        const before = of(ids, anchor)
        const after = choose(before, rows, choice)
        const ends = [rows.indexOf(anchor ?? ''), rows.indexOf(choice.id)]
        const isWhole = choice.isRange && !ends.includes(-1)
        const meant = isWhole ? rows.slice(Math.min(...ends), Math.max(...ends) + 1) : [choice.id]
        for (const id of 'abcdefgh') {
          const wanted = meant.includes(id) ? choice.isOn : ids.includes(id)
          expect(after.ids[id]).toBe(wanted ? true : undefined)
        }
        expect(after.anchor).toBe(choice.id)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('withoutIds', () => {
  it('keeps the other rows selected', () => {
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
  ])('tells how many rows are selected: %s of %s', (ids, rows, selected) => {
    expect(selectedOf(of(ids).ids, ids.length, rows.split(''))).toEqual(selected)
  })
})
