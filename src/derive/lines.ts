import { groupBy } from '~/util/group-by.ts'
import type { IdList } from './id-list.ts'

/** A line of a grouped table: the heading of a group, or one of its rows. */
export type Line =
  | { readonly kind: 'heading'; readonly group: string; readonly count: number }
  | { readonly kind: 'row'; readonly id: string }

/** Lines by their places, made when they are drawn. */
export interface Lines {
  readonly length: number
  readonly slice: (start: number, end: number) => readonly Line[]
}

/** Rows without headings. */
export const plainLines = (ids: IdList): Lines => ({
  length: ids.length,
  slice: (start, end) => ids.slice(start, end).map((id) => ({ kind: 'row', id })),
})

/**
 * Rows under the headings of their groups. Groups come in the order of their names, the rows of each as they were.
 *
 * @param groupOf the group of a row
 * @param compare the order of groups
 */
export function groupedLines(
  ids: IdList,
  groupOf: (id: string) => string,
  compare: (a: string, b: string) => number,
): Lines {
  const groups = groupBy(ids.slice(), groupOf)
  const lines: Line[] = []
  for (const group of [...groups.keys()].toSorted(compare)) {
    const rows = groups.get(group) ?? []
    lines.push({ kind: 'heading', group, count: rows.length })
    for (const id of rows) lines.push({ kind: 'row', id })
  }
  return { length: lines.length, slice: (start, end) => lines.slice(start, end) }
}
