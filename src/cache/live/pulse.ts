import { queryOptions, skipToken, type QueryClient } from '@tanstack/react-query'
import { failureOf, type Failure } from '~/domain/api-error.ts'
import { keys } from '~/cache/queries/keys.ts'

/** How the poll and the push are doing: told by the tab that leads, known to all. Times in milliseconds. */
export interface Pulse {
  /** When the last whole poll ended; 0 before the first. */
  readonly updatedAt: number
  /** Since when all who can change have been read again, but for those stuck; 0 before the first poll. */
  readonly readSince: number
  /** How many are named by conferences whose records were not read yet, though that was tried. */
  readonly missing: number
  /** Why the last try failed; null while all is well. */
  readonly failure: Failure | null
  /** How many tries in a row have failed. */
  readonly failures: number
  readonly push: Push
}

/** What push is good for now. Only while it is open may anything be read more rarely. */
export type Push =
  | { readonly kind: 'off' | 'connecting' | 'open' }
  | { readonly kind: 'waiting' | 'refused' | 'silent'; readonly why: string }

/** Before anything is known. */
export const NO_PULSE: Pulse = {
  updatedAt: 0,
  readSince: 0,
  missing: 0,
  failure: null,
  failures: 0,
  push: { kind: 'off' },
}

/** The pulse as last told. */
export const pulseQuery = queryOptions<Pulse>({
  queryKey: keys.pulse,
  queryFn: skipToken,
  gcTime: Infinity,
})

/** What a poll's own query tells, for a tab that has not met the others yet. */
export function pulseOfPoll(client: QueryClient): Pulse {
  const state = client.getQueryState<number>(keys.poll)
  if (!state) return NO_PULSE
  const failure = state.fetchFailureReason ?? state.error
  return {
    ...NO_PULSE,
    updatedAt: state.dataUpdatedAt,
    readSince: state.data ?? 0,
    failure: failure && failureOf(failure),
    failures: state.fetchFailureCount,
  }
}
