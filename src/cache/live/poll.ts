import {
  onlineManager,
  queryOptions,
  skipToken,
  useQuery,
  useQueryClient,
  type QueryClient,
  type QueryFunction,
} from '@tanstack/react-query'
import { use, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { permits } from '~/domain/capability.ts'
import type { PollStatus } from '~/domain/poll-status.ts'
import { accountOf, type Session } from '~/domain/session.ts'
import { toMillis, type Micros } from '~/domain/time.ts'
import { serverNow } from '~/clock.ts'
import { sessionStore } from '~/wire/session.ts'
import { gaps, type Coverage } from '~/cache/queries/coverage.ts'
import { conferenceQuery } from '~/cache/queries/conferences.ts'
import { keys } from '~/cache/queries/keys.ts'
import type { Live, LiveOptions } from './live.ts'
import { paceOf } from '~/cache/queries/pace.ts'
import { within } from '~/util/deadline.ts'
import { pause } from '~/util/pause.ts'
import { pollUnlessForbidden } from '~/cache/queries/query-client.ts'
import { WITH_PUSH } from '~/cache/roster/plan.ts'
import { readPage } from '~/cache/queries/read-page.ts'
import { useFetching } from '~/cache/queries/use-fetching.ts'
import { horizonAt, rosterOf } from '~/cache/roster/store.ts'
import { useExtent, useIsToReadBack } from '~/cache/roster/use-roster.ts'
import { RoleContext, type Role } from '~/cache/queries/role.ts'
import { scopeOf } from './scope.ts'
import { useSessionState } from './session.ts'
import { statusOf } from './status.ts'
import type { Term } from './term.ts'
import { useBaseInterval } from '~/use-config.ts'

/** The status of the poll as the screen needs it. Times and lengths in milliseconds. */
export interface Poll extends PollStatus {
  readonly isOnline: boolean
  /** Nothing is asked before the next sign-in. */
  readonly isSignedOut: boolean
  readonly pollInterval: number
  /** Between two reads of a row that is there to stay: longer while push tells of it. */
  readonly rereadInterval: number
  /** Polls now, whatever the poll is waiting for. */
  readonly refresh: () => void
}

/** Milliseconds. */
const JUST_NOW = 1000

/** For so long the first drawing waits for the first answers. Milliseconds. */
const FIRST_READS = 50

/** Between two tries to load what is needed to join the other tabs. Milliseconds. */
const TRY_AGAIN = 2000

/** Tabs that follow ask later than the leader and each at another pace, so hardly ever: they are told (`applyAnswer`). */
const FOLLOWING = 1.5 + Math.random()

/** Before the tabs have found each other there is nothing to refresh. */
const doNothing = (): void => {}

const subscribeOnline = (listener: () => void): (() => void) => onlineManager.subscribe(listener)
const isOnline = (): boolean => onlineManager.isOnline()

/** Milliseconds between two reads of what push tells of: longer while it works, and in tabs that follow. */
export function usePollInterval(): number {
  const { leads } = use(RoleContext)
  return useRereadInterval() * (leads ? 1 : FOLLOWING)
}

function useRereadInterval(): number {
  const isPushOpen = useStatus(({ push }) => push.kind === 'open')
  return useBaseInterval() * (isPushOpen ? WITH_PUSH : 1)
}

/** What is selected must be the same while it says the same. */
function useStatus<T>(select: (status: PollStatus) => T): T {
  const { subscribe, get } = statusOf(useQueryClient())
  return useSyncExternalStore(subscribe, () => select(get()))
}

/**
 * Keeps the roster true while mounted: in this tab, or in another that leads. The first poll waits for no other tab;
 * which one leads is settled after it, so that what that takes is loaded after the first rows.
 */
export function useKeepPolling(session: Session): Role {
  const client = useQueryClient()
  const baseInterval = useBaseInterval()
  const isToReadBack = useIsToReadBack()
  const [live, setLive] = useState<Live | null>(null)
  /** Null while another tab leads, undefined before this one has joined the others. */
  const [term, setTerm] = useState<Term | null>()
  const poll = useQuery({
    ...pollQuery(client, term),
    // Push or not: frames of calls may be missing, and nothing else tells of joining (voipbin-api.md 17).
    refetchInterval: pollUnlessForbidden(baseInterval),
  })
  useFetching({
    queryKey: keys.sweep,
    queryFn: term && isToReadBack ? ({ signal }) => term.sweep(signal) : skipToken,
    refetchInterval: (query) =>
      query.state.status === 'error' && pollUnlessForbidden(baseInterval)(query),
    refetchOnWindowFocus: false,
    gcTime: Infinity,
  })
  const [isAnswered, setAnswered] = useState(false)
  if (!isAnswered && (poll.isFetched || poll.failureCount > 0)) setAnswered(true)
  const { customerId, permission } = session
  const scope = scopeOf(import.meta.url, accountOf(session))
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
      pollInterval: baseInterval,
      onTerm: setTerm,
    }
    void joinOthers(options, stay.signal).then(setLive)
    return () => stay.abort()
  }, [isAnswered, client, baseInterval, scope, customerId, permission])
  return useMemo(
    () => ({ leads: term !== null, ...(live && { refresh: () => live.refresh() }) }),
    [term, live],
  )
}

const pollQuery = (client: QueryClient, term: Term | null | undefined) =>
  queryOptions({
    queryKey: keys.poll,
    queryFn: pollBy(client, term),
    // A tab that begins to lead polls at once, unless it has just done so.
    staleTime: JUST_NOW,
    gcTime: Infinity,
  })

/**
 * Takes what was sent for ahead into the cache, so that the first drawing has it. Waits a moment at most: a server that
 * is slower is waited for with the page on the screen.
 *
 * @param baseInterval milliseconds between two polls
 */
export async function readFirst(
  client: QueryClient,
  conferenceId: string | null,
  baseInterval: number,
): Promise<void> {
  if (sessionStore.get().session === null) return
  const reads = [client.prefetchQuery(pollQuery(client, undefined))]
  if (conferenceId !== null)
    reads.push(client.prefetchQuery(conferenceQuery(conferenceId, baseInterval)))
  await within(FIRST_READS, Promise.all(reads)).catch(() => {})
}

/** The first poll reads the newest page, with no more code than that takes. What else to read is decided after it. */
function pollBy(
  client: QueryClient,
  term: Term | null | undefined,
): QueryFunction<number> | typeof skipToken {
  if (term === null) return skipToken
  if (term) return ({ signal }) => term.tick(signal)
  return ({ signal }) =>
    statusOf(client).record(signal, async () => {
      const page = await readPage(null, { pace: paceOf(client), signal, lane: 'poll' })
      rosterOf(client).apply({ facts: page.records, page })
      return Date.now()
    })
}

async function joinOthers(options: LiveOptions, stay: AbortSignal): Promise<Live | null> {
  // The first rows are drawn first.
  await pause(0, stay)
  while (!stay.aborted) {
    try {
      const { Live } = await import('./live.ts')
      if (stay.aborted) return null
      const live = new Live(options)
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
  const { refresh = doNothing } = use(RoleContext)
  return {
    ...useStatus((status) => status),
    isOnline: useSyncExternalStore(subscribeOnline, isOnline),
    isSignedOut: useSessionState().session === null,
    pollInterval: useBaseInterval(),
    rereadInterval: useRereadInterval(),
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
