import { flexRender, useTable, type Row } from '@tanstack/react-table'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { memo } from 'react'
import { features, type Columns, type TableRow, type TableSort } from './features.ts'

/** Every row is so high, in pixels: the class h-9. */
export const ROW_HEIGHT = 36

/** What a table looks like, apart from its rows. */
export interface TableLook<R extends TableRow> {
  /** The name of the table, also to assistive technology. */
  readonly label: string
  readonly columns: Columns<R>
  readonly sort: TableSort
  readonly onSort: (column: string) => void
  /** The row whose details are open. */
  readonly currentId?: string | null
  /** Old data look old. */
  readonly isOld?: boolean
}

export interface TableViewProps<R extends TableRow> extends TableLook<R> {
  /** The rows to draw: all, or those in sight. */
  readonly rows: readonly R[]
  /** How many rows there are in all. */
  readonly count: number
  /** Index of the first row drawn, and the height of those left out before and after, in pixels. */
  readonly first?: number
  readonly before?: number
  readonly after?: number
}

/** A table element with the rows it is given. */
export function TableView<R extends TableRow>(props: TableViewProps<R>) {
  const { label, count, first = 0, before = 0, after = 0, currentId, isOld } = props
  const table = useTable({ features, columns: props.columns, data: props.rows, getRowId })
  return (
    <table
      aria-label={label}
      aria-rowcount={count}
      className={`w-full border-separate border-spacing-0 text-left ${isOld ? 'text-muted opacity-70' : ''}`}
    >
      <TableHead columns={props.columns} sort={props.sort} onSort={props.onSort} />
      <tbody>
        {before > 0 && <Spacer height={before} />}
        {table.getRowModel().rows.map((row, index) => (
          <BodyRow
            key={row.id}
            row={row}
            index={first + index + 1}
            isCurrent={row.id === currentId}
          />
        ))}
        {after > 0 && <Spacer height={after} />}
      </tbody>
    </table>
  )
}

const getRowId = (row: TableRow): string => row.id

const Spacer = ({ height }: { height: number }) => (
  <tr aria-hidden style={{ height }}>
    <td aria-label="rows out of sight" />
  </tr>
)

interface TableHeadProps<R extends TableRow> {
  readonly columns: Columns<R>
  readonly sort: TableSort
  readonly onSort: (column: string) => void
}

function TableHead<R extends TableRow>({ columns, sort, onSort }: TableHeadProps<R>) {
  return (
    <thead>
      <tr>
        {columns.map(({ id, header, meta }) => {
          const direction = sort.descending ? 'descending' : 'ascending'
          const isSorted = meta?.sort !== undefined && meta.sort === sort.column
          const title = String(header)
          const Head = meta?.Head
          return (
            <th
              key={id}
              scope="col"
              {...(isSorted && { 'aria-sort': direction })}
              className={`sticky top-0 z-10 h-9 border-b border-line bg-raised px-2 font-medium text-muted first:pl-4 last:pr-4 @md:px-3 ${meta?.className ?? ''}`}
            >
              {Head ? (
                <Head />
              ) : meta?.sort ? (
                <SortButton
                  title={title}
                  isNumber={meta.isNumber ?? false}
                  direction={isSorted ? direction : null}
                  onClick={() => onSort(meta.sort ?? '')}
                />
              ) : (
                <span className={meta?.isHeadHidden ? 'sr-only' : ''}>{title}</span>
              )}
            </th>
          )
        })}
      </tr>
    </thead>
  )
}

interface SortButtonProps {
  readonly title: string
  readonly isNumber: boolean
  readonly direction: 'ascending' | 'descending' | null
  readonly onClick: () => void
}

function SortButton({ title, isNumber, direction, onClick }: SortButtonProps) {
  const Arrow = direction === 'descending' ? ArrowDown : ArrowUp
  return (
    <button
      type="button"
      onClick={onClick}
      className={`inline-flex items-center gap-1 whitespace-nowrap hover:text-ink ${isNumber ? 'flex-row-reverse' : ''}`}
    >
      {title}
      <Arrow className={`size-3.5 ${direction ? '' : 'invisible'}`} />
    </button>
  )
}

interface BodyRowProps<R extends TableRow> {
  readonly row: Row<typeof features, R>
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
      {row.getAllCells().map((cell) => {
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
  before.index === after.index &&
  before.isCurrent === after.isCurrent

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- memo() forgets that the component is generic
const BodyRow = memo(PlainBodyRow, isSameRow) as typeof PlainBodyRow
