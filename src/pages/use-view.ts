import { functionalUpdate, type OnChangeFn, type SortingState } from '@tanstack/react-table'
import { useMemo } from 'react'
import { useSearchParams } from 'react-router'
import type { Sort } from '~/derive/view.ts'

/** Changes the view, with a new history entry or without. */
export type ChangeView<V> = (change: Partial<V>, step?: 'push' | 'replace') => void

/** A view that lives in the query string and nowhere else: a reload, a link and the back button keep it. */
export function useView<V>(
  read: (query: URLSearchParams) => V,
  write: (view: V) => URLSearchParams,
): readonly [V, ChangeView<V>] {
  const [query, setQuery] = useSearchParams()
  // The same object while the query string is the same: filters and sorts are memoized by it.
  const view = useMemo(() => read(query), [read, query])
  const change: ChangeView<V> = (part, step = 'push') =>
    setQuery(write({ ...view, ...part }), { replace: step === 'replace' })
  return [view, change]
}

/**
 * The sort of a view as the table's own sorting state, and the change of it. The id of a column is its name in the
 * URL. The change is not made in the page: a closure of the page would keep all that the page knows.
 */
export function useSorting<C extends string>(
  columns: readonly C[],
  { column, descending }: Sort<C>,
  changeView: ChangeView<{ readonly sort: Sort<C> }>,
) {
  const sorting = useMemo<SortingState>(
    () => [{ id: column, desc: descending }],
    [column, descending],
  )
  const onSortingChange: OnChangeFn<SortingState> = (updater) => {
    const [next] = functionalUpdate(updater, sorting)
    const name = columns.find((one) => one === next?.id)
    if (next && name) changeView({ sort: { column: name, descending: next.desc } })
  }
  return { sorting, onSortingChange }
}
