import {
  columnOrderingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  metaHelper,
  rowSelectionFeature,
  rowSortingFeature,
  tableFeatures,
  type TableOptions,
} from '@tanstack/react-table'
import type { ReactNode } from 'react'

/** What a column says of itself beyond TanStack's own. */
interface ColumnLook {
  /** Names the row to assistive technology; one per table. */
  readonly isRowHeader?: true
  /** Classes for head and body cells: width and alignment. */
  readonly className?: string
  /** The width of the table from which the column is shown, in pixels. */
  readonly from?: Width
  /** Classes for the body cell of a folded row: its place among the lines. */
  readonly folded?: string
  /** Right-aligned, so the arrow of the sort stands before the title. */
  readonly isNumber?: true
  /** Read out, not shown: for a column whose cells speak for themselves. */
  readonly isHeadHidden?: true
}

/** Narrow tables fold each row to several lines. */
export interface Folding {
  /** The width of the table in pixels below which rows are folded. */
  readonly below: Width
  /** The height of a folded row in pixels, as in `className`. */
  readonly height: number
  /** Classes for a folded row: its height and its grid. */
  readonly className: string
}

/** The widths at which a table may look different, in pixels. */
export const WIDTHS = [0, 384, 512, 576, 672, 720, 768, 864, 1024, 1120, 1248, 1440] as const

/** A width of a table in pixels, rounded down to one of WIDTHS. */
export type Width = (typeof WIDTHS)[number]

/**
 * The features of TanStack Table in use. There are no row models: derive/ filters and sorts, and the table is given
 * only the rows on the screen.
 */
export const features = tableFeatures({
  rowSortingFeature,
  rowSelectionFeature,
  columnVisibilityFeature,
  columnOrderingFeature,
  columnSizingFeature,
  columnMeta: metaHelper<ColumnLook>(),
})

/** A line of its own above the rows of a group. */
export interface Heading {
  readonly id: string
  readonly heading: ReactNode
}

export const isHeading = (line: object): line is Heading => 'heading' in line

/** Lines by their places: an array is one, and so is what makes rows only when they are drawn. */
export interface RowSource<R> {
  readonly length: number
  readonly slice: (start: number, end: number) => ReadonlyArray<R | Heading>
}

/** What the table needs of a row. */
export interface TableRow {
  readonly id: string
}

/** Columns of rows of one kind, made once at module level. The id of a column with an accessor names its sort. */
export type Columns<R extends TableRow> = TableOptions<typeof features, R>['columns']
