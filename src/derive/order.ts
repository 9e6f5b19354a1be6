/** Compares two values for sorting: numbers by size, text as people sort it, null after all else. */
export function compareValues(a: SortValue, b: SortValue): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return collator.compare(String(a), String(b))
}

/** What a column sorts by. */
export type SortValue = string | number | null

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

/** Sorts rows by a value, equal ones by id, so that no order is left to chance and nothing jumps. */
export function sortRows<R extends { readonly id: string }>(
  rows: readonly R[],
  value: (row: R) => SortValue,
  descending: boolean,
): readonly R[] {
  const sign = descending ? -1 : 1
  return rows.toSorted((a, b) => {
    const [left, right] = [value(a), value(b)]
    // Unknown stays last in both directions: it is not the largest, it is not known.
    if (left === null || right === null) return compareValues(left, right) || byId(a, b)
    return sign * compareValues(left, right) || byId(a, b)
  })
}

const byId = (a: { readonly id: string }, b: { readonly id: string }): number =>
  a.id < b.id ? -1 : Number(a.id > b.id)

/** The words one is looking for; all must be found, in any order, whatever the case. */
export const searchWords = (text: string): readonly string[] =>
  text.toLowerCase().split(/\s+/).filter(Boolean)
