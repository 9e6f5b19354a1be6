import { queryOptions, type QueryClient, type QueryKey } from '@tanstack/react-query'
import { pause } from '~/util/pause.ts'

/** Milliseconds. */
const NEXT_ROUND = 100
const FOLLOWING_DELAY = 1000
const DAY = 24 * 3600_000

interface Rounds<K> {
  readonly queryKey: K
  /** The leader reads and broadcasts first: in a tab that follows, a round waits for one to three seconds. */
  readonly leads: boolean
  readonly round: (client: QueryClient, signal: AbortSignal) => Promise<void>
  /** Milliseconds until there is something to read; Infinity when there is nothing. */
  readonly wait: () => number
}

/** Reads in rounds, one after another. */
export const inRounds = <K extends QueryKey>({ queryKey, leads, round, wait }: Rounds<K>) =>
  queryOptions({
    queryKey,
    queryFn: async ({ client, signal }): Promise<true> => {
      if (!leads) await pause(FOLLOWING_DELAY * (1 + 2 * Math.random()), signal)
      await round(client, signal)
      return true
    },
    refetchInterval: () => Math.min(Math.max(NEXT_ROUND, wait()), DAY),
    gcTime: 0,
    refetchOnWindowFocus: false,
  })
