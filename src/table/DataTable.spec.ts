import { createColumnHelper, functionalUpdate, type SortingState } from '@tanstack/react-table'
import { createElement, use, type ComponentProps } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { MemoryRouter } from 'react-router'
import { describe, expect, it, vi } from 'vitest'
import { DataTable } from './DataTable.tsx'
import type { features, TableRow } from './features.ts'
import { TotalsContext } from './totals.ts'

interface Person extends TableRow {
  readonly name: string
}

const PEOPLE: readonly Person[] = [
  { id: '1', name: 'Ann' },
  { id: '2', name: 'Ben' },
]

const column = createColumnHelper<typeof features, Person>()

/** What a click on the header of a column does, and what its checkboxes show, told by the cells themselves. */
const told: { sort?: (() => void) | undefined; selected: boolean[] } = { selected: [] }

const columns = column.columns([
  column.display({
    id: 'select',
    header: Totals,
    cell: ({ row }) => {
      told.selected.push(row.getIsSelected())
      return null
    },
  }),
  column.accessor('name', {
    header: ({ header }) => {
      told.sort = () => header.column.getToggleSortingHandler()?.({})
      return 'Name'
    },
    meta: { isRowHeader: true },
  }),
  column.accessor('id', { header: 'Id' }),
])

function Totals() {
  const { count, share } = use(TotalsContext)
  return `${share} of ${count}`
}

type Props = ComponentProps<typeof DataTable<Person>>

function draw(props: Partial<Props> = {}): string {
  told.selected = []
  const table = createElement(DataTable<Person>, {
    label: 'People',
    columns,
    rows: PEOPLE,
    ...props,
  })
  return renderToStaticMarkup(createElement(MemoryRouter, null, table))
}

const headersOf = (html: string): readonly string[] =>
  [...html.matchAll(/<th role="columnheader".*?<\/th>/g)].map(([th]) =>
    th.replaceAll(/<[^>]*>/g, ''),
  )

describe('a table', () => {
  it('has a name, the number of all rows, and the index of each row', () => {
    const html = draw()
    expect(html).toContain('<table role="table" aria-label="People" aria-rowcount="2"')
    expect(html).toMatch(/aria-rowindex="1".*Ann.*aria-rowindex="2".*Ben/)
    expect(html).toMatch(/<th role="rowheader"[^>]*>Ann<\/th>/)
  })

  it('asks a long table for no more rows than a screen may hold', () => {
    const asked: number[] = []
    const rows = {
      length: 100_000,
      slice: (start: number, end: number) => {
        asked.push(end - start)
        return PEOPLE.slice(start, end)
      },
    }
    expect(draw({ rows })).toContain('aria-rowcount="100000"')
    expect(asked).toHaveLength(1)
    expect(asked[0]).toBeLessThan(50)
  })

  it('sorts a new column ascending, reverses the same one, and is never unsorted', () => {
    let sorting: SortingState = [{ id: 'id', desc: true }]
    const click = () => {
      draw({
        state: { sorting },
        onSortingChange: (updater) => (sorting = functionalUpdate(updater, sorting)),
      })
      told.sort?.()
      return sorting
    }
    expect(click()).toEqual([{ id: 'name', desc: false }])
    expect(click()).toEqual([{ id: 'name', desc: true }])
    expect(click()).toEqual([{ id: 'name', desc: false }])
  })

  it.each([
    [false, 'ascending'],
    [true, 'descending'],
  ])('marks the column it is sorted by, descending: %s', (desc, direction) => {
    const html = draw({ state: { sorting: [{ id: 'id', desc }] } })
    expect(html.match(/aria-sort="\w+"/g)).toEqual([`aria-sort="${direction}"`])
    expect(html).toMatch(new RegExp(`<th role="columnheader" aria-sort="${direction}".*Id`))
  })

  it('shows the selection that the page owns, and its share of all rows', () => {
    const html = draw({ state: { rowSelection: { 2: true } }, share: 'some' })
    expect(told.selected).toEqual([false, true])
    expect(headersOf(html)[0]).toBe('some of 2')
  })

  it('leaves out, orders and sizes columns as the page says', () => {
    expect(headersOf(draw()).slice(1)).toEqual(['Name', 'Id'])
    expect(headersOf(draw({ state: { columnVisibility: { name: false } } })).slice(1)).toEqual([
      'Id',
    ])
    const narrow = column.columns([
      column.accessor('name', { header: 'Name', meta: { isRowHeader: true } }),
      column.accessor('id', { id: 'id', header: 'Id', meta: { from: 768 } }),
    ])
    vi.stubGlobal('innerWidth', 767)
    expect(headersOf(draw({ columns: narrow }))).toEqual(['Name'])
    vi.stubGlobal('innerWidth', 768)
    expect(headersOf(draw({ columns: narrow }))).toEqual(['Name', 'Id'])
    vi.unstubAllGlobals()
    const ordered = draw({ state: { columnOrder: ['id', 'name', 'select'] } })
    expect(headersOf(ordered).slice(0, 2)).toEqual(['Id', 'Name'])
    expect(ordered).toMatch(/<td[^>]*>1<\/td><th role="rowheader"[^>]*>Ann/)
    expect(draw()).not.toContain('width:')
    expect(draw({ state: { columnSizing: { id: 222 } } })).toContain('style="width:222px"')
  })
})
