import { useVirtualizer } from '@tanstack/react-virtual'
import type { RefObject } from 'react'
import type { RowSource, TableRow } from './features.ts'
import { ROW_HEIGHT, TableView, type TableViewProps } from './TableView.tsx'

export interface WindowedTableProps<R extends TableRow> extends Omit<TableViewProps<R>, 'rows'> {
  readonly rows: RowSource<R>
  readonly scroller: RefObject<HTMLDivElement | null>
}

/** A table of any length that draws only the rows in sight. Rows are of one height, so nothing is measured. */
export function WindowedTable<R extends TableRow>({ scroller, ...props }: WindowedTableProps<R>) {
  const { rows } = props
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: rowHeight,
    overscan: 12,
  })
  const items = virtualizer.getVirtualItems()
  const first = items[0]?.index ?? 0
  const end = (items.at(-1)?.index ?? -1) + 1
  return (
    <TableView
      {...props}
      rows={rows.slice(first, end)}
      first={first}
      before={first * ROW_HEIGHT}
      after={(rows.length - end) * ROW_HEIGHT}
    />
  )
}

const rowHeight = (): number => ROW_HEIGHT
