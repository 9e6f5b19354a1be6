import {
  useQuery,
  useQueryClient,
  type QueryKey,
  type UseQueryOptions,
} from '@tanstack/react-query'
import { useState } from 'react'
import { askNow } from './query-client.ts'

/** A query as the screen needs it. */
export interface Watched<T> {
  readonly data: T | undefined
  /** Why there is nothing newer; null while all is well. */
  readonly failure: Error | null
  /** Asks again at once, whatever the query is waiting for. */
  readonly askNow: () => void
}

/**
 * Watches a query. A query that never had data forgets its failure as soon as it is asked again; here it
 * stays until there is something better to say, for the screen must not flicker with each try.
 */
export function useWatched<T, K extends QueryKey>(
  options: UseQueryOptions<T, Error, T, K>,
): Watched<T> {
  const client = useQueryClient()
  const query = useQuery(options)
  const [last, setLast] = useState<Error | null>(null)
  const failure = query.failureReason ?? query.error ?? (query.isPending ? last : null)
  if (failure !== last) setLast(failure)
  return {
    data: query.data,
    failure,
    askNow: () => void askNow(client, options.queryKey),
  }
}
