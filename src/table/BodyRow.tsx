import { flexRender, type Column, type Row } from '@tanstack/react-table'
import { memo } from 'react'
import type { features, TableRow } from './features.ts'

interface BodyRowProps<R extends TableRow> {
  readonly row: Row<typeof features, R>
  /** The columns that are visible, in their order: the cells are those of the row. */
  readonly columns: ReadonlyArray<Column<typeof features, R>>
  /** The row has several lines. */
  readonly isFolded: boolean
  /** Classes for its height and lines. */
  readonly shape: string
  /** The widths of columns that have one of their own, in pixels. */
  readonly sizes: Readonly<Record<string, number>>
  /** The place of the row among all rows, counted from 1. */
  readonly index: number
  readonly isCurrent: boolean
}

/** On a wide screen every other row is shaded, so that the eye stays in its row. */
const STRIPE = 'min-[120rem]:not-hover:not-has-checked:bg-raised'

/** A column with a width of its own keeps it. */
const SIZED = 'shrink-0'

function PlainBodyRow<R extends TableRow>(props: BodyRowProps<R>) {
  const { row, isFolded, shape, sizes, index, isCurrent } = props
  return (
    <tr
      role="row"
      aria-rowindex={index}
      {...(isCurrent && { 'aria-current': true })}
      className={`border-b border-line contain-strict has-checked:bg-selected ${shape} ${isCurrent ? 'bg-hover' : 'hover:bg-hover'} ${index % 2 === 0 ? STRIPE : ''}`}
    >
      {row.getVisibleCells().map((cell) => {
        const { isRowHeader, className = '', folded: place = '' } = cell.column.columnDef.meta ?? {}
        const Cell = isRowHeader ? 'th' : 'td'
        const width = isFolded ? undefined : sizes[cell.column.id]
        return (
          <Cell
            key={cell.id}
            role={isRowHeader ? 'rowheader' : 'cell'}
            className={`flex items-center gap-2 overflow-hidden px-2 font-normal whitespace-nowrap ${isFolded ? place : width === undefined ? className : SIZED}`}
            {...(width !== undefined && { style: { width } })}
          >
            {flexRender(cell.column.columnDef.cell, cell.getContext())}
          </Cell>
        )
      })}
    </tr>
  )
}

/** TanStack makes new Row objects for new data; what a row shows is in `original`, which keeps its identity. */
const isSameRow = (before: BodyRowProps<TableRow>, after: BodyRowProps<TableRow>): boolean =>
  before.row.original === after.row.original &&
  before.columns === after.columns &&
  before.isFolded === after.isFolded &&
  before.shape === after.shape &&
  before.sizes === after.sizes &&
  before.index === after.index &&
  before.isCurrent === after.isCurrent

/** A row of the table, drawn anew when what it shows is another object. Its checkbox follows the selection itself. */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- memo() forgets that the component is generic
export const BodyRow = memo(PlainBodyRow, isSameRow) as typeof PlainBodyRow
