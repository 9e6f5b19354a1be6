import { metaHelper, tableFeatures, type ColumnDef } from '@tanstack/react-table'
import type { ComponentType } from 'react'

/** What a column says of itself beyond TanStack's own. */
interface ColumnLook {
  /** Names the row to assistive technology; one per table. */
  readonly isRowHeader?: true
  /** Name of the sort in the URL; without it the column cannot be sorted by. */
  readonly sort?: string
  /** Classes for head and body cells: width, alignment, from which screen width on it is shown. */
  readonly className?: string
  /** Right-aligned, so the arrow of the sort stands before the title. */
  readonly isNumber?: true
  /** Read out, not shown: for a column whose cells speak for themselves. */
  readonly isHeadHidden?: true
  /** Stands in the head in place of the title. */
  readonly Head?: ComponentType
}

/**
 * TanStack Table without its row models: filtering and sorting over plain arrays in derive/ is several times
 * cheaper, and the table is given only the window on screen.
 */
export const features = tableFeatures({ columnMeta: metaHelper<ColumnLook>() })

/** Rows by their places: an array is one, and so is what makes rows only when they are drawn. */
export interface RowSource<R> {
  readonly length: number
  readonly slice: (start: number, end: number) => readonly R[]
}

/** What the table needs of a row. */
export interface TableRow {
  readonly id: string
}

/** Columns of rows of one kind, defined once at module level. */
export type Columns<R extends TableRow> = ReadonlyArray<ColumnDef<typeof features, R>>

/** How a table is sorted: the `sort` of a column, and whether the largest comes first. */
export interface TableSort {
  readonly column: string
  readonly descending: boolean
}
