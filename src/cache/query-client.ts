import { QueryClient, type QueryKey } from '@tanstack/react-query'
import { ApiError } from '~/domain/api-error.ts'
import { backoff, type Pauses } from '~/util/backoff.ts'

/**
 * Pauses between tries of a request that keeps failing. The server's own Retry-After is always a second and
 * unreadable cross-origin (voipbin-api.md 8).
 */
const PAUSES: Pauses = { shortest: 1000, longest: 30_000 }

/** True while asking again may help. A wrong id, a missing permission or a bad credential will not change. */
export const shouldRetry = (error: Error): boolean =>
  !(error instanceof ApiError) || error.isTransient

/** What asks again and again, as refetchInterval takes it: no more once it is denied for good. Milliseconds. */
export const unlessDenied =
  (interval: number) =>
  ({ state: { error } }: { readonly state: { readonly error: Error | null } }): number | false =>
    error instanceof ApiError && error.isDenied ? false : interval

/**
 * How long to wait before the next try: doubling, jittered so that many tabs do not come back as one, and
 * never sooner than the server asked. Milliseconds.
 *
 * @param failures how many tries have failed before this pause, from 0
 * @param random 0 to 1
 */
export function retryPause(failures: number, error: Error, random = Math.random()): number {
  const asked = error instanceof ApiError ? (error.retryAfter ?? 0) : 0
  return Math.max(asked, backoff(failures, PAUSES, random))
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
        retryDelay: retryPause,
        refetchOnWindowFocus: 'always',
        refetchIntervalInBackground: false,
        // merge() keeps the identity of unchanged rows itself; comparing all of them again would be waste.
        structuralSharing: false,
      },
      // A removal asked for while offline must fail now, not fire later when nobody expects it.
      mutations: { networkMode: 'always', retry: false },
    },
  })

/** Asks again at once, also in the middle of the pause between two tries. */
export async function askNow(client: QueryClient, queryKey: QueryKey): Promise<void> {
  await client.cancelQueries({ queryKey, exact: true })
  await client.refetchQueries({ queryKey, exact: true })
}
