interface Identified {
  readonly id: string
}

/** Who is selected, by id. */
export interface Selection {
  readonly ids: ReadonlySet<string>
  /** Where a range begins: who was selected or taken out last. */
  readonly anchor: string | null
}

export const NOBODY_SELECTED: Selection = { ids: new Set(), anchor: null }

/** What somebody did to a checkbox. */
export interface Choice {
  /** Whose it is; null for the one of all. */
  readonly id: string | null
  readonly isOn: boolean
  /** With all from the last choice to this one, both included. */
  readonly isRange: boolean
}

/**
 * Selects somebody or takes him out: alone, with all between the last choice and him, or all there are. A range
 * whose beginning is no longer drawn is only its end.
 *
 * @param rows the rows as they are drawn
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

/** The same without some. */
export function withoutIds({ ids, anchor }: Selection, gone: readonly Identified[]): Selection {
  const next = new Set(ids)
  for (const { id } of gone) next.delete(id)
  return { ids: next, anchor }
}

/** How many of these rows are selected. */
export type Share = 'none' | 'some' | 'all'

export interface Selected {
  readonly share: Share
  /** How many are selected but not among these rows: they have left, or the filter hides them. */
  readonly elsewhere: number
}

/** How the selection and the rows drawn go together. */
export function selectedOf({ ids }: Selection, rows: readonly Identified[]): Selected {
  if (ids.size === 0) return { share: 'none', elsewhere: 0 }
  const here = rows.reduce((count, { id }) => count + Number(ids.has(id)), 0)
  const share = here === 0 ? 'none' : here === rows.length ? 'all' : 'some'
  return { share, elsewhere: ids.size - here }
}
