import { functionalUpdate, type OnChangeFn, type SortingState } from '@tanstack/react-table'
import { useMemo } from 'react'
import { useSearchParams, type NavigateOptions } from 'react-router'
import { mendedQuery, type Sort } from '~/derive/view.ts'
import { focusRows } from '~/table/use-roving-focus.ts'

/** Changes a part of the view, with a new history entry. */
export type ChangeView<V> = (change: Partial<V>) => void

/** A view that lives in the query string and nowhere else: a reload, a link and the back button keep it. */
export function useView<V>(
  read: (query: URLSearchParams) => V,
  write: (view: V) => URLSearchParams,
) {
  const [query, setQuery] = useSearchParams()
  // The same object while the query string is the same: filters and sorts are memoized by it.
  const view = useMemo(() => read(mendedQuery(query)), [read, query])
  const setView = (next: V, options?: NavigateOptions) => setQuery(write(next), options)
  const changeView: ChangeView<V> = (part) => setView({ ...view, ...part })
  return { view, setView, changeView }
}

interface ListView<C extends string> {
  readonly text: string
  readonly sort: Sort<C>
}

/** How the view of a page with a list is read from and written to the query string, and by which columns it is sorted. */
interface ListAddress<C extends string, V extends ListView<C>> {
  readonly read: (query: URLSearchParams) => V
  readonly write: (view: V) => URLSearchParams
  /** Ids of the columns; the id of a column is its name in the URL. */
  readonly columns: readonly C[]
}

/** By which column a list is sorted, as the table takes it. */
export interface ListSorting {
  readonly sorting: SortingState
  readonly onSortingChange: OnChangeFn<SortingState>
}

/** The view of a page with a list, with the props of its search field and its sorting as the table takes it. */
export function useListView<C extends string, V extends ListView<C>>(address: ListAddress<C, V>) {
  const { view, setView, changeView } = useView(address.read, address.write)
  const { column, descending } = view.sort
  const sorting = useMemo<SortingState>(
    () => [{ id: column, desc: descending }],
    [column, descending],
  )
  const search = {
    value: view.text,
    onChange: (text: string) => setView({ ...view, text }, { replace: true }),
    onDown: focusRows,
  }
  const onSortingChange = sortBy(address.columns, sorting, (sort) => setView({ ...view, sort }))
  return { view, changeView, search, sorting, onSortingChange }
}

/** Outside of the hook: a closure of the page would keep all that the page knows. */
function sortBy<C extends string>(
  columns: readonly C[],
  sorting: SortingState,
  setSort: (sort: Sort<C>) => void,
): OnChangeFn<SortingState> {
  return (updater) => {
    const [next] = functionalUpdate(updater, sorting)
    const name = columns.find((one) => one === next?.id)
    if (next && name) setSort({ column: name, descending: next.desc })
  }
}
