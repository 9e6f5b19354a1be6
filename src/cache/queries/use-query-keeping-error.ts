import {
  useQuery,
  useQueryClient,
  type QueryKey,
  type UseQueryOptions,
} from '@tanstack/react-query'
import { useState } from 'react'
import { askNow } from './query-client.ts'

/** A query as the screen reads it. */
export interface Watched<T> {
  readonly data: T | undefined
  /** Why the data is not newer; null while nothing fails. */
  readonly failure: Error | null
  /** Fetches at once, even between two retries. */
  readonly askNow: () => void
}

/**
 * Reads a query and keeps its failure. A query that never had data drops its failure at each retry;
 * here the failure stays until the next result, so that the screen does not flicker.
 */
export function useQueryKeepingError<T, K extends QueryKey>(
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
