import { searchable } from '~/util/fold-text.ts'

/** Compares two values for sorting: numbers by size, text by locale, null last. */
export function compareValues(a: SortValue, b: SortValue): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return collator.compare(String(a), String(b))
}

/** A value to sort by. */
export type SortValue = string | number | null

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

/**
 * Compares two rows by a value each, and by id when equal, so that the order is fixed and no row
 * jumps. An unknown value is last in both directions.
 */
export function orderBy(
  descending: boolean,
): (left: SortValue, leftId: string, right: SortValue, rightId: string) => number {
  const sign = descending ? -1 : 1
  return (left, leftId, right, rightId) => {
    const isKnown = left !== null && right !== null
    return (isKnown ? sign : 1) * compareValues(left, right) || compareIds(leftId, rightId)
  }
}

/** Sorts rows by a value: see `orderBy`. */
export function sortRows<R extends { readonly id: string }>(
  rows: readonly R[],
  value: (row: R) => SortValue,
  descending: boolean,
): readonly R[] {
  const compare = orderBy(descending)
  return rows.toSorted((a, b) => compare(value(a), a.id, value(b), b.id))
}

const compareIds = (a: string, b: string): number => (a < b ? -1 : Number(a > b))

/** The words of a search; a match contains all of them, in any order, case, accents and width. */
export const searchWords = (text: string): readonly string[] =>
  searchable(text).split(' ').filter(Boolean)
