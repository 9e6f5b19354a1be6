import type { IdList } from './id-list.ts'

interface Identified {
  readonly id: string
}

/** The ids that are selected, in the form of TanStack Table's own `RowSelectionState`. */
export type SelectedIds = Readonly<Record<string, true>>

/** What a page has selected, on the screen or not. */
export interface Selection {
  readonly ids: SelectedIds
  /** Where a range begins: the row that was selected or deselected last. */
  readonly anchor: string | null
}

export const NOTHING_SELECTED: Selection = { ids: {}, anchor: null }

/** What was done to a checkbox. */
export interface Choice {
  /** The row of the checkbox; null for the one in the header. */
  readonly id: string | null
  readonly isOn: boolean
  /** With all rows from the last choice to this one, both included. */
  readonly isRange: boolean
}

/**
 * Selects or deselects one row, a range, or all rows. A range whose beginning is no longer among the rows is only its
 * end. The ids stay the same object when all rows meant are as wanted already.
 *
 * @param rows the ids of all rows in their order, on the screen or not
 */
export function choose(
  { ids, anchor }: Selection,
  rows: IdList,
  { id, isOn, isRange }: Choice,
): Selection {
  const meant = id === null ? rows.slice() : isRange ? idsBetween(rows.slice(), anchor, id) : [id]
  const changed = meant.filter((one) => isOn !== (ids[one] === true))
  if (changed.length === 0) return { ids, anchor: id }
  return { ids: isOn ? withIds(ids, changed) : omitIds(ids, changed), anchor: id }
}

function idsBetween(rows: readonly string[], one: string | null, other: string): readonly string[] {
  const places = [rows.indexOf(one ?? ''), rows.indexOf(other)]
  if (places.includes(-1)) return [other]
  return rows.slice(Math.min(...places), Math.max(...places) + 1)
}

function withIds(ids: SelectedIds, more: readonly string[]): SelectedIds {
  const next: Record<string, true> = { ...ids }
  for (const id of more) next[id] = true
  return next
}

function omitIds(ids: SelectedIds, less: readonly string[]): SelectedIds {
  const left = new Set(Object.keys(ids))
  for (const id of less) left.delete(id)
  return withIds({}, [...left])
}

/** The same selection without some rows. */
export const withoutIds = ({ ids, anchor }: Selection, rows: readonly Identified[]): Selection => ({
  ids: omitIds(
    ids,
    rows.map(({ id }) => id),
  ),
  anchor,
})

/** How many rows of a table are selected. */
export type Share = 'none' | 'some' | 'all'

export interface Selected {
  readonly share: Share
  /** How many of the selected are not among these rows: they have left, or the filter hides them. */
  readonly elsewhere: number
}

/**
 * How many of these rows are selected.
 *
 * @param count how many ids are selected
 * @param rows the ids of all rows, on the screen or not
 */
export function selectedOf(ids: SelectedIds, count: number, rows: IdList): Selected {
  if (count === 0) return { share: 'none', elsewhere: 0 }
  const here = rows.slice().reduce((sum, id) => sum + Number(ids[id] === true), 0)
  const share = here === 0 ? 'none' : here === rows.length ? 'all' : 'some'
  return { share, elsewhere: count - here }
}
