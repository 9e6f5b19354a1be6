interface Identified {
  readonly id: string
}

/** The selected participants, by id. */
export interface Selection {
  readonly ids: ReadonlySet<string>
  /** Where a range begins: the row selected or deselected last. */
  readonly anchor: string | null
}

export const NOBODY_SELECTED: Selection = { ids: new Set(), anchor: null }

/** A change of one checkbox. */
export interface Choice {
  /** Id of the row; null for the checkbox of all rows. */
  readonly id: string | null
  readonly isOn: boolean
  /** Applies to all rows from the anchor to this one, both included. */
  readonly isRange: boolean
}

/**
 * Selects or deselects a row, a range from the anchor to it, or all rows. A range without a
 * drawn anchor is only its end.
 *
 * @param rows the rows as drawn
 */
export function choose(
  { ids, anchor }: Selection,
  rows: readonly Identified[],
  { id, isOn, isRange }: Choice,
): Selection {
  const these =
    id === null ? rows.map((row) => row.id) : isRange ? idsBetween(rows, anchor, id) : [id]
  const next = new Set(ids)
  for (const one of these) {
    if (isOn) next.add(one)
    else next.delete(one)
  }
  return { ids: next, anchor: id }
}

function idsBetween(
  rows: readonly Identified[],
  one: string | null,
  other: string,
): readonly string[] {
  const places = [one, other].map((wanted) => rows.findIndex(({ id }) => id === wanted))
  if (places.includes(-1)) return [other]
  return rows.slice(Math.min(...places), Math.max(...places) + 1).map(({ id }) => id)
}

/** The selection without these rows. */
export function withoutIds({ ids, anchor }: Selection, gone: readonly Identified[]): Selection {
  const next = new Set(ids)
  for (const { id } of gone) next.delete(id)
  return { ids: next, anchor }
}

/** How many of the drawn rows are selected. */
export type Share = 'none' | 'some' | 'all'

export interface Selected {
  readonly share: Share
  /** How many selected rows are not drawn: they have left, or the filter hides them. */
  readonly elsewhere: number
}

/** Compares the selection with the drawn rows. */
export function selectedOf({ ids }: Selection, rows: readonly Identified[]): Selected {
  if (ids.size === 0) return { share: 'none', elsewhere: 0 }
  const here = rows.reduce((count, { id }) => count + Number(ids.has(id)), 0)
  const share = here === 0 ? 'none' : here === rows.length ? 'all' : 'some'
  return { share, elsewhere: ids.size - here }
}
