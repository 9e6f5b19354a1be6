import { useTable, type TableOptions } from '@tanstack/react-table'
import { useMemo, useRef } from 'react'
import type { Share } from '~/derive/selection.ts'
import { BodyRow } from './BodyRow.tsx'
import { features, type Columns, type RowSource, type TableRow } from './features.ts'
import { TableHead } from './TableHead.tsx'
import { ROW_HEIGHT, useRowWindow } from './use-row-window.ts'

/** The state of the table that a page owns, as TanStack Table takes it. */
type TableControl<R extends TableRow> = Pick<
  TableOptions<typeof features, R>,
  | 'state'
  | 'onSortingChange'
  | 'onRowSelectionChange'
  | 'onColumnVisibilityChange'
  | 'onColumnOrderChange'
  | 'onColumnSizingChange'
>

interface DataTableProps<R extends TableRow> extends TableControl<R> {
  /** The name of the table, also to assistive technology. */
  readonly label: string
  readonly columns: Columns<R>
  readonly rows: RowSource<R>
  /** How many of all rows are selected: the table itself knows only those on the screen. */
  readonly share?: Share
  /** The row whose details are open. */
  readonly currentId?: string | null
  /** Old data look old. */
  readonly isOld?: boolean
}

/** The one table of the app. Of a long one only the rows on the screen are made, drawn and handed to TanStack Table. */
export function DataTable<R extends TableRow>(props: DataTableProps<R>) {
  const { label, columns, rows, share = 'none', currentId, isOld, ...control } = props
  const scroller = useRef<HTMLDivElement>(null)
  const count = rows.length
  const { start, end } = useRowWindow(count, scroller)
  const data = useMemo(() => rows.slice(start, end), [rows, start, end])
  const meta = useMemo(() => ({ count, share }), [count, share])
  const table = useTable({ ...OPTIONS, ...control, columns, data, meta })
  const visible = table.getVisibleLeafColumns()
  return (
    <section
      ref={scroller}
      aria-label={`${label} table`}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
      tabIndex={0}
      className="@container min-h-72 min-w-0 grow overflow-auto [scrollbar-gutter:stable]"
    >
      <table
        aria-label={label}
        aria-rowcount={count}
        className={`w-full border-separate border-spacing-0 text-left ${isOld ? 'text-muted opacity-70' : ''}`}
      >
        <TableHead groups={table.getHeaderGroups()} state={table.state} meta={meta} />
        <tbody>
          {start > 0 && <Spacer height={start * ROW_HEIGHT} />}
          {table.getRowModel().rows.map((row, index) => (
            <BodyRow
              key={row.id}
              row={row}
              columns={visible}
              index={start + index + 1}
              isCurrent={row.id === currentId}
            />
          ))}
          {end < count && <Spacer height={(count - end) * ROW_HEIGHT} />}
        </tbody>
      </table>
      {/* So that the last rows can be scrolled out from under what floats over the corner. */}
      <div aria-hidden className="h-[min(var(--room-below,0px),70vh)]" />
    </section>
  )
}

const OPTIONS = {
  features,
  getRowId: (row: TableRow): string => row.id,
  // derive/ sorts; the page owns by what, and there is always one column that is sorted by.
  manualSorting: true,
  sortDescFirst: false,
  enableSortingRemoval: false,
  enableMultiSort: false,
  // A range may begin at a row that is not on the screen: derive/selection.ts.
  enableRowRangeSelection: false,
}

const Spacer = ({ height }: { height: number }) => (
  <tr aria-hidden style={{ height }}>
    <td aria-label="rows out of sight" />
  </tr>
)
