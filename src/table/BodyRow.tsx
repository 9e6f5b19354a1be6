import { flexRender, type Column, type Row } from '@tanstack/react-table'
import { memo } from 'react'
import type { features, TableRow } from './features.ts'

interface BodyRowProps<R extends TableRow> {
  readonly row: Row<typeof features, R>
  /** The columns that are visible, in their order: the cells are those of the row. */
  readonly columns: ReadonlyArray<Column<typeof features, R>>
  /** The place of the row among all rows, counted from 1. */
  readonly index: number
  readonly isCurrent: boolean
}

function PlainBodyRow<R extends TableRow>({ row, index, isCurrent }: BodyRowProps<R>) {
  return (
    <tr
      aria-rowindex={index}
      {...(isCurrent && { 'aria-current': true })}
      className={`group h-9 has-checked:bg-selected ${isCurrent ? 'bg-hover' : 'bg-page hover:bg-hover'}`}
    >
      {row.getVisibleCells().map((cell) => {
        const { isRowHeader, className = '' } = cell.column.columnDef.meta ?? {}
        const Cell = isRowHeader ? 'th' : 'td'
        return (
          <Cell
            key={cell.id}
            {...(isRowHeader && { scope: 'row' })}
            className={`h-9 border-b border-line px-2 font-normal whitespace-nowrap first:pl-4 last:pr-4 @md:px-3 ${className}`}
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
  before.index === after.index &&
  before.isCurrent === after.isCurrent

/** A row of the table, drawn anew when what it shows is another object. Its checkbox follows the selection itself. */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- memo() forgets that the component is generic
export const BodyRow = memo(PlainBodyRow, isSameRow) as typeof PlainBodyRow
