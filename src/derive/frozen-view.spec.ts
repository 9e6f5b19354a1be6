import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countChanges, freezeRows } from './frozen-view.ts'

// So few ids that most lists share some.
const ids = fc.uniqueArray(fc.constantFrom(...'abcdefgh'.split('')))

/** The longest list of ids in the same order in both lists, by trying all. */
function mostUnmoved(before: readonly string[], after: readonly string[]): number {
  const [first, ...rest] = before
  if (first === undefined) return 0
  const at = after.indexOf(first)
  const without = mostUnmoved(rest, after)
  return at === -1 ? without : Math.max(without, 1 + mostUnmoved(rest, after.slice(at + 1)))
}

describe('freezeRows', () => {
  it('keeps the drawn rows in their places, whatever changes', () => {
    fc.assert(
      fc.property(ids, ids, (drawn, next) => {
        expect(freezeRows(drawn, next).ids).toEqual(drawn)
      }),
    )
  })

  it('counts no change exactly when the same rows have the same order', () => {
    fc.assert(
      fc.property(ids, ids, (drawn, next) => {
        const isSame = drawn.join('') === next.join('')
        expect(freezeRows(drawn, next).waiting === 0).toBe(isSame)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('countChanges', () => {
  it.each([
    ['nothing changes', 'abc', 'abc', 0],
    ['one comes', 'abc', 'dabc', 1],
    ['one goes', 'abc', 'ac', 1],
    ['one moves to the top', 'abcd', 'dabc', 1],
    ['one moves to the end', 'abcd', 'bcda', 1],
    ['two change places', 'abcd', 'adcb', 2],
    ['one comes for one that goes', 'abc', 'abd', 2],
    ['all go', 'abc', '', 3],
    ['all come', '', 'abc', 3],
    ['all turn round', 'abcd', 'dcba', 3],
  ])('counts the changes when %s', (_what, before, after, count) => {
    expect(countChanges(before.split(''), after.split(''))).toBe(count)
  })

  it('counts rows that arrive, rows that leave, and the fewest moves that explain the rest', () => {
    fc.assert(
      fc.property(ids, ids, (old, now) => {
        const gone = old.filter((id) => !now.includes(id)).length
        const come = now.filter((id) => !old.includes(id)).length
        const moved = old.length - gone - mostUnmoved(old, now)
        expect(countChanges(old, now)).toBe(gone + come + moved)
      }),
      { numRuns: 2000 },
    )
  })

  it('counts the same in both directions', () => {
    fc.assert(
      fc.property(ids, ids, (before, after) => {
        expect(countChanges(before, after)).toBe(countChanges(after, before))
      }),
    )
  })
})
