import { onlineManager, useQuery, useQueryClient } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { pollQuery, rosterQuery, EMPTY_ROSTER, type Roster } from './roster.ts'
import { usePollInterval } from './settings.ts'
import { useWatched } from './watched.ts'

/** How the poll is doing. Times and lengths in milliseconds. */
export interface Poll {
  readonly isOnline: boolean
  /** Why the last try failed; null while all is well. */
  readonly failure: Error | null
  /** How many tries in a row have failed. */
  readonly failures: number
  /** When the last whole walk ended; 0 before the first. */
  readonly updatedAt: number
  readonly pollInterval: number
  /** Looks again now, whatever the poll is waiting for. */
  readonly refresh: () => void
}

const subscribeOnline = (listener: () => void): (() => void) => onlineManager.subscribe(listener)
const isOnline = (): boolean => onlineManager.isOnline()

/** Keeps the poll going while mounted, and tells how it is doing. */
export function usePoll(): Poll {
  const client = useQueryClient()
  const pollInterval = usePollInterval()
  const { failure, failures, updatedAt, askNow } = useWatched(pollQuery(client, pollInterval))
  return {
    isOnline: useSyncExternalStore(subscribeOnline, isOnline),
    failure,
    failures,
    updatedAt,
    pollInterval,
    refresh: askNow,
  }
}

/** Everyone we know of. */
export const useRoster = (): Roster => useQuery(rosterQuery).data ?? EMPTY_ROSTER
