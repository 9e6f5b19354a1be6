import { useMemo } from 'react'
import { useSearchParams } from 'react-router'
import { nextSort, type Sort } from '~/derive/view.ts'

/** A change of view, and whether it is worth a step of the back button. */
export type ChangeView<V> = (change: Partial<V>, step?: 'push' | 'replace') => void

/** A view that lives in the query string and nowhere else: a reload, a link and the back button keep it. */
export function useView<V>(
  read: (query: URLSearchParams) => V,
  write: (view: V) => URLSearchParams,
): readonly [V, ChangeView<V>] {
  const [query, setQuery] = useSearchParams()
  // The same object while the address is the same: filtering and sorting hang on it.
  const view = useMemo(() => read(query), [read, query])
  const change: ChangeView<V> = (part, step = 'push') =>
    setQuery(write({ ...view, ...part }), { replace: step === 'replace' })
  return [view, change]
}

/**
 * Sorts by the column of that name. Made apart from the page: what is made there keeps all the page knows for as long
 * as it is kept itself, and a table keeps this as long as one of its rows.
 */
export const sorting =
  <C extends string>(
    columns: readonly C[],
    sort: Sort<C>,
    changeView: ChangeView<{ readonly sort: Sort<C> }>,
  ) =>
  (name: string): void => {
    const column = columns.find((one) => one === name)
    if (column) changeView({ sort: nextSort(sort, column) })
  }
