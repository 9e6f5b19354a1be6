import { QueryClient, type QueryKey, type QueryState } from '@tanstack/react-query'
import { ApiError } from '~/domain/api-error.ts'
import { askAgainAfter } from './retry.ts'

/** What is on the screen is asked for again within the hour, whatever it answered. Milliseconds. */
const LONGEST_POLL = 3600_000

/** True while asking again may help. A wrong id, a missing permission or a bad credential will not change. */
export const shouldRetry = (error: Error): boolean =>
  !(error instanceof ApiError) || error.isTransient

/** What `refetchInterval` is told of a query. */
interface Asked {
  readonly state: Pick<QueryState, 'error' | 'errorUpdateCount' | 'dataUpdatedAt'>
}

/** How many failures a query had counted when it was last answered: it never begins anew by itself. */
const failuresBefore = new WeakMap<Asked, { readonly answeredAt: number; readonly count: number }>()

/**
 * What polls, as `refetchInterval` takes it: slower while the answer is a failure that retrying has not mended, by the
 * law in retry.ts; no more once it is denied. Milliseconds.
 */
export const unlessDenied =
  (interval: number) =>
  (query: Asked): number | false => {
    const { error, errorUpdateCount, dataUpdatedAt: answeredAt } = query.state
    if (!error) return interval
    const known = failuresBefore.get(query)
    const before =
      known?.answeredAt === answeredAt ? known : { answeredAt, count: errorUpdateCount - 1 }
    failuresBefore.set(query, before)
    // No chance in it: an interval that is another at each drawing begins anew each time.
    const wait = askAgainAfter(error, errorUpdateCount - 1 - before.count, 0.5)
    return wait === Infinity ? false : Math.min(Math.max(interval, wait), LONGEST_POLL)
  }

/**
 * The cache of everything the server said. Retrying never gives up: between tries a query keeps its data and
 * tells how often and why it failed, which is what freshness shows.
 */
export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        retry: (_failures, error) => shouldRetry(error),
        retryDelay: (failures, error) => askAgainAfter(error, failures),
        refetchOnWindowFocus: 'always',
        refetchIntervalInBackground: false,
        // merge() keeps the identity of unchanged rows itself; comparing all of them again would be waste.
        structuralSharing: false,
      },
      // A removal asked for while offline must fail now, not fire later when nobody expects it.
      mutations: { networkMode: 'always', retry: false },
    },
  })

/** Asks again at once, also in the middle of the pause between two tries; what is not enabled yet, once it is. */
export async function askNow(client: QueryClient, queryKey: QueryKey): Promise<void> {
  await client.cancelQueries({ queryKey, exact: true })
  await client.invalidateQueries({ queryKey, exact: true })
}
