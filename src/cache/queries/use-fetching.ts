import { useQuery, type QueryKey, type UseQueryOptions } from '@tanstack/react-query'

/** Keeps a query fetching. The component reads nothing of it, so no step of the fetch renders the component. */
export function useFetching<T, K extends QueryKey>(options: UseQueryOptions<T, Error, T, K>): void {
  useQuery({ ...options, notifyOnChangeProps: [] })
}
