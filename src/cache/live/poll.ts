import {
  onlineManager,
  skipToken,
  useQuery,
  useQueryClient,
  type QueryClient,
} from '@tanstack/react-query'
import { use, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { ApiError } from '~/domain/api-error.ts'
import { permits } from '~/domain/capability.ts'
import { accountOf, type Session } from '~/domain/session.ts'
import { toMillis, type Micros } from '~/domain/time.ts'
import { serverNow } from '~/wire/server-clock.ts'
import { gaps, isWhole, type Coverage } from '~/cache/queries/coverage.ts'
import { keys } from '~/cache/queries/keys.ts'
import type { Live, LiveOptions } from './live.ts'
import { pause } from '~/cache/queries/pace.ts'
import { unlessDenied } from '~/cache/queries/query-client.ts'
import { NO_PULSE, pulseOfPoll, pulseQuery, type Push } from './pulse.ts'
import { WITH_PUSH } from '~/cache/roster/plan.ts'
import { readPage } from '~/cache/queries/read-page.ts'
import { horizonAt, rosterOf } from '~/cache/roster/store.ts'
import { useExtent } from '~/cache/roster/use-roster.ts'
import { RoleContext, type Role } from '~/cache/queries/role.ts'
import { useSessionState } from './session.ts'
import { useBaseInterval } from '~/cache/settings.ts'

/** How the poll is doing. Times and lengths in milliseconds. */
export interface Poll {
  readonly isOnline: boolean
  /** Nothing is asked until somebody signs in again. */
  readonly isSignedOut: boolean
  /** Why the last try failed; null while all is well. */
  readonly failure: Error | null
  /** How many tries in a row have failed. */
  readonly failures: number
  /** When the last whole poll ended; 0 before the first. */
  readonly updatedAt: number
  /** Since when all who can change have been read again, but for those stuck; 0 before the first poll. */
  readonly readSince: number
  /** How many are named by conferences whose records were not read yet, though that was tried. */
  readonly missing: number
  readonly pollInterval: number
  /** Between two reads of a row that is there to stay: longer while push tells of it. */
  readonly rereadInterval: number
  readonly push: Push
  /** Looks again now, whatever the poll is waiting for. */
  readonly refresh: () => void
}

/** Milliseconds. */
const JUST_NOW = 1000

/** Between two tries to load what is needed to join the other tabs. Milliseconds. */
const TRY_AGAIN = 2000

/** Tabs that follow ask later than the leader and each at another pace, so hardly ever: they are told (cache/tabs.ts). */
const FOLLOWING = 1.5 + Math.random()

/** Before the tabs have found each other there is nothing to refresh. */
const doNothing = (): void => {}

const subscribeOnline = (listener: () => void): (() => void) => onlineManager.subscribe(listener)
const isOnline = (): boolean => onlineManager.isOnline()

/** Milliseconds between two reads of what push tells of: longer while it works, and in tabs that follow. */
export function usePollInterval(): number {
  const { leads } = use(RoleContext)
  return usePulseInterval() * (leads ? 1 : FOLLOWING)
}

function usePulseInterval(): number {
  const { push } = useQuery(pulseQuery).data ?? NO_PULSE
  return useBaseInterval() * (push.kind === 'open' ? WITH_PUSH : 1)
}

/**
 * Keeps the roster true while mounted: in this tab, or in another that leads. The first poll waits for nobody;
 * who leads is settled after it, so that what that takes is loaded after the first rows.
 */
export function useKeepPolling(session: Session): Role {
  const client = useQueryClient()
  const baseInterval = useBaseInterval()
  const { coverage, isPaused } = useExtent()
  const [live, setLive] = useState<Live | null>(null)
  const [leads, setLeads] = useState(true)
  const poll = useQuery({
    queryKey: keys.poll,
    queryFn: leads
      ? ({ signal }) => (live ? live.sync.tick(signal) : readNewest(client, signal))
      : skipToken,
    // Push or not: frames of calls may be missing, and nothing else tells of joining (voipbin-api.md 17).
    refetchInterval: unlessDenied(baseInterval),
    // Who begins to lead polls at once, unless this very tab has just done so.
    staleTime: JUST_NOW,
    gcTime: Infinity,
  })
  const hasGap = coverage.length > 0 && !isWhole(coverage, horizonAt(serverNow()))
  useQuery({
    queryKey: keys.sweep,
    queryFn:
      live && leads && hasGap && !isPaused ? ({ signal }) => live.sync.sweep(signal) : skipToken,
    refetchInterval: (query) => query.state.status === 'error' && unlessDenied(baseInterval)(query),
    refetchOnWindowFocus: false,
    gcTime: Infinity,
  })
  const [isAnswered, setAnswered] = useState(false)
  if (!isAnswered && (poll.isFetched || poll.failureCount > 0)) setAnswered(true)
  const { customerId, permission } = session
  const scope = JSON.stringify([import.meta.url, accountOf(session)])
  // Other tabs and the socket are outside of React: joined after the first answer, left with the last page.
  useEffect(() => {
    if (!isAnswered) return
    const stay = new AbortController()
    // Topics that may not be had drop the connection (voipbin-api.md 9.2): then none is opened.
    const mayListen = permits('see', permission).allowed
    const options = {
      client,
      scope,
      customerId: mayListen ? customerId : null,
      onLeads: setLeads,
    }
    void joinOthers(options, baseInterval, stay.signal).then(setLive)
    return () => stay.abort()
  }, [isAnswered, client, baseInterval, scope, customerId, permission])
  return useMemo(() => ({ leads, ...(live && { refresh: () => live.refresh() }) }), [leads, live])
}

/** The first poll: the newest page, with no more code than that takes. Who else to read is decided after it. */
async function readNewest(client: QueryClient, signal: AbortSignal): Promise<number> {
  const page = await readPage(null, signal, 'poll')
  rosterOf(client).apply({ facts: page.records, page })
  return Date.now()
}

async function joinOthers(
  options: Omit<LiveOptions, 'sync'>,
  baseInterval: number,
  stay: AbortSignal,
): Promise<Live | null> {
  // The first rows are drawn first.
  await pause(0, stay)
  while (!stay.aborted) {
    try {
      const [{ Live }, { Sync }] = await Promise.all([
        import('./live.ts'),
        import('~/cache/roster/sync.ts'),
      ])
      if (stay.aborted) return null
      const live = new Live({ ...options, sync: new Sync(options.client, baseInterval) })
      stay.addEventListener('abort', () => live.stop())
      return live
    } catch {
      // The network went right after the first answer. Whatever else is wrong is said when it is back.
      await pause(TRY_AGAIN, stay)
    }
  }
  return null
}

/** How the poll is doing, whichever tab does it. */
export function usePoll(): Poll {
  const client = useQueryClient()
  const { refresh = doNothing } = use(RoleContext)
  const { failure, ...pulse } = useQuery(pulseQuery).data ?? pulseOfPoll(client)
  return {
    ...pulse,
    isOnline: useSyncExternalStore(subscribeOnline, isOnline),
    isSignedOut: useSessionState().session === null,
    failure: useMemo(() => failure && new ApiError(failure), [failure]),
    pollInterval: useBaseInterval(),
    rereadInterval: usePulseInterval(),
    refresh,
  }
}

/** How far the list was read. */
export interface Reach {
  /** All from the horizon on was read: absence means absence. */
  readonly isWhole: boolean
  /** What is shown is whole back to here; null before the first page. */
  readonly backTo: number | null
  /** 0 to 1: how much of the time back to the horizon was read. */
  readonly part: number
  readonly isPaused: boolean
  /** Stops reading further back, or goes on. */
  readonly pause: (isPaused: boolean) => void
}

/** How far the list was read, whichever tab does it. Times in milliseconds. */
export function useReach(): Reach {
  const client = useQueryClient()
  const { coverage, isPaused } = useExtent()
  const horizon = horizonAt(serverNow())
  const missing = gaps(coverage, horizon)
  const [newest] = coverage
  return {
    isWhole: newest !== undefined && missing.length === 0,
    backTo: newest ? toMillis(newest.from) : null,
    part: newest ? 1 - lengthOf(missing) / Math.max(newest.to - horizon, 1) : 0,
    isPaused,
    pause: (next) => rosterOf(client).apply({ isPaused: next }),
  }
}

const lengthOf = (spans: Coverage): Micros =>
  spans.reduce((sum, { from, to }) => sum + to - from, 0)
