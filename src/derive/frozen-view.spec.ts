import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countChanges, holdStill } from './hold.ts'

interface Row {
  readonly id: string
  readonly status: string
}

const rowsOf = (...ids: readonly string[]): readonly Row[] =>
  ids.map((id) => ({ id, status: 'joined' }))

const row = fc.record({
  // So few that the same people are in most lists.
  id: fc.constantFrom(...'abcdefgh'.split('')),
  status: fc.constantFrom('joined', 'leaving'),
})
const rows = fc.uniqueArray(row, { selector: ({ id }) => id })
const idsOf = (list: readonly Row[]): readonly string[] => list.map(({ id }) => id)

/** The longest list of ids that both have in the same order, tried out one by one. */
function mostUnmoved(before: readonly string[], after: readonly string[]): number {
  const [first, ...rest] = before
  if (first === undefined) return 0
  const at = after.indexOf(first)
  const without = mostUnmoved(rest, after)
  return at === -1 ? without : Math.max(without, 1 + mostUnmoved(rest, after.slice(at + 1)))
}

describe('holdStill', () => {
  it('draws those who were drawn, where they were, whatever happens', () => {
    fc.assert(
      fc.property(rows, rows, rows, (drawn, all, next) => {
        expect(idsOf(holdStill(drawn, all, next).rows)).toEqual(idsOf(drawn))
      }),
    )
  })

  it('draws everyone as he is now, and who is forgotten as he was', () => {
    fc.assert(
      fc.property(rows, rows, (drawn, all) => {
        const now = new Map(all.map((one) => [one.id, one]))
        const held = holdStill(drawn, all, all).rows
        for (const [index, one] of held.entries()) expect(one).toBe(now.get(one.id) ?? drawn[index])
      }),
    )
  })

  it('keeps nothing back if and only if the same people would stand in the same order', () => {
    fc.assert(
      fc.property(rows, rows, (drawn, next) => {
        const isSame = idsOf(drawn).join('') === idsOf(next).join('')
        expect(holdStill(drawn, next, next).waiting === 0).toBe(isSame)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('countChanges', () => {
  it.each([
    ['nothing', 'abc', 'abc', 0],
    ['one comes', 'abc', 'dabc', 1],
    ['one goes', 'abc', 'ac', 1],
    ['one moves to the top', 'abcd', 'dabc', 1],
    ['one moves to the end', 'abcd', 'bcda', 1],
    ['two change places', 'abcd', 'adcb', 2],
    ['one comes for one who goes', 'abc', 'abd', 2],
    ['all go', 'abc', '', 3],
    ['all come', '', 'abc', 3],
    ['all turn round', 'abcd', 'dcba', 3],
  ])('%s', (_what, before, after, count) => {
    expect(countChanges(rowsOf(...before.split('')), rowsOf(...after.split('')))).toBe(count)
  })

  it('counts who comes, who goes, and as few moves as explain the rest', () => {
    fc.assert(
      fc.property(rows, rows, (before, after) => {
        const [old, now] = [idsOf(before), idsOf(after)]
        const gone = old.filter((id) => !now.includes(id)).length
        const come = now.filter((id) => !old.includes(id)).length
        const moved = old.length - gone - mostUnmoved(old, now)
        expect(countChanges(before, after)).toBe(gone + come + moved)
      }),
      { numRuns: 2000 },
    )
  })

  it('is the same there and back', () => {
    fc.assert(
      fc.property(rows, rows, (before, after) => {
        expect(countChanges(before, after)).toBe(countChanges(after, before))
      }),
    )
  })
})
