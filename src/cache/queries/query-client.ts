import { QueryClient, type QueryKey, type QueryState } from '@tanstack/react-query'
import { askAgainAfter, shouldRetry } from './retry.ts'

/** Data on the screen is requested again within the hour, whatever the last answer. Milliseconds. */
const LONGEST_POLL = 3600_000

/** The part of a query that `refetchInterval` reads. */
interface Asked {
  readonly state: Pick<QueryState, 'error' | 'errorUpdateCount' | 'dataUpdatedAt'>
}

/** How many failures a query had counted at its last answer: the query never resets the count itself. */
const failuresBefore = new WeakMap<Asked, { readonly answeredAt: number; readonly count: number }>()

/**
 * A `refetchInterval` for polled queries: longer after failures that retries did not mend, by the
 * schedule in retry.ts; false once the query is denied. Milliseconds.
 */
export const pollUnlessForbidden =
  (interval: number) =>
  (query: Asked): number | false => {
    const { error, errorUpdateCount, dataUpdatedAt: answeredAt } = query.state
    if (!error) return interval
    const known = failuresBefore.get(query)
    const before =
      known?.answeredAt === answeredAt ? known : { answeredAt, count: errorUpdateCount - 1 }
    failuresBefore.set(query, before)
    // No jitter: an interval that differs at each render restarts at each render.
    const wait = askAgainAfter(error, errorUpdateCount - 1 - before.count, 0.5)
    return wait === Infinity ? false : Math.min(Math.max(interval, wait), LONGEST_POLL)
  }

/**
 * The cache of everything the server said. Retries never end: between tries a query keeps its data
 * and tells how often and why it failed, which freshness shows.
 */
export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        retry: (_failures, error) => shouldRetry(error),
        retryDelay: (failures, error) => askAgainAfter(error, failures),
        refetchOnWindowFocus: 'always',
        refetchIntervalInBackground: false,
        // merge() keeps the identity of unchanged rows; a second comparison would cost time for nothing.
        structuralSharing: false,
      },
      // A removal requested while offline must fail now, not be sent later when no operator expects it.
      mutations: { networkMode: 'always', retry: false },
    },
  })

/** Fetches a query at once, even between two retries; a disabled query is fetched once it is enabled. */
export async function askNow(client: QueryClient, queryKey: QueryKey): Promise<void> {
  await client.cancelQueries({ queryKey, exact: true })
  await client.invalidateQueries({ queryKey, exact: true })
}
