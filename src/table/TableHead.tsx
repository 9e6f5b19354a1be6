import { flexRender, type Header, type HeaderGroup, type TableState } from '@tanstack/react-table'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { memo } from 'react'
import type { features, TableRow } from './features.ts'

interface TableHeadProps<R extends TableRow> {
  readonly groups: ReadonlyArray<HeaderGroup<typeof features, R>>
  /** What the headers read from the table by themselves: given so that a change of it draws them anew. */
  readonly state: TableState<typeof features>
  /** Rows have several lines: headers stand side by side, not above their cells. */
  readonly isFolded: boolean
}

function PlainTableHead<R extends TableRow>({ groups, state, isFolded }: TableHeadProps<R>) {
  return (
    <thead role="rowgroup" className="sticky top-0 z-10 block">
      {groups.map((group) => (
        <tr
          key={group.id}
          role="row"
          className={`flex h-9 border-b border-line bg-raised text-muted ${isFolded ? 'overflow-x-auto [scrollbar-width:none]' : ''}`}
        >
          {group.headers.map((header) => (
            <HeadCell
              key={header.id}
              header={header}
              isSized={header.column.id in state.columnSizing}
              isFolded={isFolded}
            />
          ))}
        </tr>
      ))}
    </thead>
  )
}

/** The headers of the table. They stay as they are while rows come and go. */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- memo() forgets that the component is generic
export const TableHead = memo(PlainTableHead) as typeof PlainTableHead

const ARIA_SORT = { asc: 'ascending', desc: 'descending' } as const

interface HeadCellProps<R extends TableRow> {
  readonly header: Header<typeof features, R>
  /** The column has a width of its own in the state of the table. */
  readonly isSized: boolean
  readonly isFolded: boolean
}

function HeadCell<R extends TableRow>({ header, isSized, isFolded }: HeadCellProps<R>) {
  const { column } = header
  const { meta } = column.columnDef
  const sorted = column.getIsSorted()
  const content = flexRender(column.columnDef.header, header.getContext())
  const Arrow = sorted === 'desc' ? ArrowDown : ArrowUp
  return (
    <th
      role="columnheader"
      {...(sorted && { 'aria-sort': ARIA_SORT[sorted] })}
      {...(isSized && { style: { width: header.getSize() } })}
      className={`flex items-center px-2 font-medium ${isFolded || isSized ? 'shrink-0' : (meta?.className ?? '')}`}
    >
      {column.getCanSort() ? (
        <button
          type="button"
          onClick={column.getToggleSortingHandler()}
          className={`inline-flex items-center gap-1 whitespace-nowrap hover:text-ink ${meta?.isNumber ? 'flex-row-reverse' : ''}`}
        >
          {content}
          <Arrow className={`size-3.5 shrink-0 ${sorted ? '' : 'invisible'}`} />
        </button>
      ) : meta?.isHeadHidden ? (
        <span className="sr-only">{content}</span>
      ) : (
        content
      )}
    </th>
  )
}
