import { flexRender, type Column, type Row } from '@tanstack/react-table'
import { memo, type ReactNode } from 'react'
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

/** A row of the table. Its checkbox follows the selection itself. */
export function BodyRow<R extends TableRow>(props: BodyRowProps<R>) {
  const { row, columns, isFolded, shape, sizes, index, isCurrent } = props
  return (
    <tr
      role="row"
      aria-rowindex={index}
      {...(isCurrent && { 'aria-current': true })}
      className={`border-b border-line contain-strict has-checked:bg-selected ${shape} ${isCurrent ? 'bg-hover' : 'hover:bg-hover'} ${index % 2 === 0 ? STRIPE : ''}`}
    >
      <Cells row={row} columns={columns} isFolded={isFolded} sizes={sizes} />
    </tr>
  )
}

type CellsProps<R extends TableRow> = Pick<
  BodyRowProps<R>,
  'row' | 'columns' | 'isFolded' | 'sizes'
>

function PlainCells<R extends TableRow>({ row, isFolded, sizes }: CellsProps<R>): ReactNode {
  return row.getVisibleCells().map((cell) => {
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
  })
}

/** TanStack makes new Row objects for new data; what a row shows is in `original`, which keeps its identity. */
const isSameRow = (before: CellsProps<TableRow>, after: CellsProps<TableRow>): boolean =>
  before.row.original === after.row.original &&
  before.columns === after.columns &&
  before.isFolded === after.isFolded &&
  before.sizes === after.sizes

/** The cells of a row, drawn anew when what they show is another object, not when the row only moves. */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- memo() forgets that the component is generic
const Cells = memo(PlainCells, isSameRow) as typeof PlainCells
