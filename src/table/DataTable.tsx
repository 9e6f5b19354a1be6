import { Suspense, useRef, useState } from 'react'
import type { RowSource, TableRow } from './features.ts'
import { TableView, type TableLook } from './TableView.tsx'
import type { WindowedTableProps } from './WindowedTable.tsx'
import { lazyCode } from '~/ui/lazy.ts'

/** Up to so many rows are simply drawn; more are windowed. */
const PLAIN_ROWS = 100

const windowing = lazyCode(() => import('./WindowedTable.tsx'))

function LazyWindowedTable<R extends TableRow>(props: WindowedTableProps<R>) {
  const { WindowedTable } = windowing.useCode()
  return <WindowedTable {...props} />
}

interface DataTableProps<R extends TableRow> extends TableLook<R> {
  readonly rows: RowSource<R>
}

/** The one table of the app. Long ones load the windowing code, and keep it while they live. */
export function DataTable<R extends TableRow>(props: DataTableProps<R>) {
  const scroller = useRef<HTMLDivElement>(null)
  const [isWindowed, setWindowed] = useState(false)
  if (!isWindowed && props.rows.length > PLAIN_ROWS) setWindowed(true)
  const count = props.rows.length
  const plain = <TableView {...props} count={count} rows={props.rows.slice(0, PLAIN_ROWS)} />
  return (
    <section
      ref={scroller}
      aria-label={`${props.label} table`}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
      tabIndex={0}
      className="@container min-h-72 min-w-0 grow overflow-auto [scrollbar-gutter:stable]"
    >
      {isWindowed ? (
        <Suspense fallback={plain}>
          <LazyWindowedTable {...props} count={count} scroller={scroller} />
        </Suspense>
      ) : (
        plain
      )}
      {/* So that the last rows can be scrolled out from under what floats over the corner. */}
      <div aria-hidden className="h-[min(var(--room-below,0px),70vh)]" />
    </section>
  )
}
