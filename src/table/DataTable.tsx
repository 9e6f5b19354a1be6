import { useTable, type TableOptions } from '@tanstack/react-table'
import { useMemo, useRef, type ComponentType, type ReactNode } from 'react'
import type { Share } from '~/derive/selection.ts'
import { BodyRow } from './BodyRow.tsx'
import {
  features,
  isHeading,
  type Columns,
  type Folding,
  type RowSource,
  type TableRow,
  type Width,
} from './features.ts'
import { TableHead } from './TableHead.tsx'
import { TotalsContext } from './totals.ts'
import { useRovingFocus } from './use-roving-focus.ts'
import { isFolded, useRowWindow, type Density } from './use-row-window.ts'
import { useScrollMemory } from './use-scroll-memory.ts'

/** The state of the table that a page owns, as TanStack Table takes it. */
type TableControl<R extends TableRow> = Pick<
  TableOptions<typeof features, R>,
  'state' | 'onSortingChange' | 'onRowSelectionChange'
>

interface DataTableProps<R extends TableRow> extends TableControl<R> {
  /** The name of the table, also to assistive technology. */
  readonly label: string
  readonly columns: Columns<R>
  readonly rows: RowSource<R>
  /** How many rows there are, when some of the lines are headings. */
  readonly matching?: number
  /** How rows are folded in a narrow table; without, they lose columns only. */
  readonly folding?: Folding
  /** How many of all rows are selected: the table itself knows only those on the screen. */
  readonly share?: Share
  /** The row whose details are open. */
  readonly currentId?: string | null
  /** Old data look old. */
  readonly isOld?: boolean
  readonly density?: Density
  /** Is given the rows that are drawn, and draws nothing itself: what it reads is for them alone. */
  readonly companion?: ComponentType<{ readonly rows: readonly R[] }>
}

/**
 * The one table of the app. Of a long one only the rows on the screen are made, drawn and handed to TanStack Table.
 * Each row is laid out by itself (`contain-strict`): a change in one costs nothing in the others, and no column moves.
 * Roles are told outright, because a browser may take them from a table that is not laid out as one.
 */
export function DataTable<R extends TableRow>(props: DataTableProps<R>) {
  const { label, columns, rows, folding, share = 'none', currentId, isOld, ...rest } = props
  const { matching = rows.length, density = 'normal', companion: Companion, ...control } = rest
  const scroller = useRef<HTMLDivElement>(null)
  const count = rows.length
  const shown = useRowWindow(count, scroller, { folding, density })
  const { start, end, width, rowHeight } = shown
  useScrollMemory(scroller)
  const focus = useRovingFocus(scroller, { count, ...shown })
  const lines = useMemo(() => rows.slice(start, end), [rows, start, end])
  const data = useMemo(() => lines.filter((line): line is R => !isHeading(line)), [lines])
  const totals = useMemo(() => ({ count: matching, share }), [matching, share])
  const columnVisibility = useMemo(
    () => ({ ...tooWide(columns, width), ...control.state?.columnVisibility }),
    [columns, width, control.state?.columnVisibility],
  )
  const state = { ...control.state, columnVisibility }
  const table = useTable({ ...OPTIONS, ...control, columns, data, state })
  const visible = table.getVisibleLeafColumns()
  const folded = isFolded(width, folding) ? folding.className : ''
  const shape = folded || (density === 'compact' ? 'flex h-7' : 'flex h-9')
  return (
    <section
      ref={scroller}
      aria-label={`${label} table`}
      tabIndex={-1}
      className="min-h-72 min-w-0 grow scroll-pt-9 overflow-auto [scrollbar-gutter:stable]"
    >
      <table
        role="table"
        aria-label={label}
        aria-rowcount={count}
        className={`block text-left ${isOld ? 'text-muted italic' : ''}`}
      >
        <TotalsContext value={totals}>
          <TableHead
            groups={table.getHeaderGroups()}
            state={table.state}
            isFolded={folded !== ''}
          />
        </TotalsContext>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- it hears the keys of the controls inside */}
        <tbody role="rowgroup" className="block" {...focus}>
          {start > 0 && <Spacer height={start * rowHeight} />}
          {lines.map((line, index) =>
            isHeading(line) ? (
              <HeadingRow
                key={line.id}
                index={start + index + 1}
                height={rowHeight}
                columns={visible.length}
              >
                {line.heading}
              </HeadingRow>
            ) : (
              <BodyRow
                key={line.id}
                row={table.getRow(line.id)}
                columns={visible}
                isFolded={folded !== ''}
                shape={shape}
                sizes={table.state.columnSizing}
                index={start + index + 1}
                isCurrent={line.id === currentId}
              />
            ),
          )}
          {end < count && <Spacer height={(count - end) * rowHeight} />}
        </tbody>
      </table>
      {Companion && <Companion rows={data} />}
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

/** Columns that a table of this width has no room for are not visible. */
const tooWide = <R extends TableRow>(columns: Columns<R>, width: Width) =>
  Object.fromEntries(
    columns.flatMap(({ id, meta }) => (id && (meta?.from ?? 0) > width ? [[id, false]] : [])),
  )

interface HeadingRowProps {
  readonly index: number
  /** That of every line, in pixels. */
  readonly height: number
  readonly columns: number
  readonly children: ReactNode
}

/** The heading of a group: a row of one cell over all columns. */
const HeadingRow = ({ index, height, columns, children }: HeadingRowProps) => (
  <tr
    role="row"
    aria-rowindex={index}
    className="flex items-center border-b border-line bg-raised px-4 font-semibold contain-strict"
    style={{ height }}
  >
    <th role="rowheader" colSpan={columns} aria-colspan={columns} className="flex min-w-0 grow">
      {children}
    </th>
  </tr>
)

const Spacer = ({ height }: { height: number }) => (
  <tr aria-hidden className="block" style={{ height }}>
    <td aria-label="rows out of sight" />
  </tr>
)
