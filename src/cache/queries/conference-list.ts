import {
  queryOptions,
  useQueries,
  type QueryClient,
  type UseQueryResult,
} from '@tanstack/react-query'
import type { Conference } from '~/domain/conference.ts'
import { ApiError, failureOf } from '~/domain/api-error.ts'
import { listConferences } from '~/wire/conferences.ts'
import {
  NO_LIST,
  nextToRead,
  untilNext,
  withListed,
  withNews,
  withRecords,
  type ConferenceList,
} from './conference-reading.ts'
import { shared } from './answers.ts'
import { conferenceQuery, newer } from './conferences.ts'
import { keys } from './keys.ts'
import { paceOf } from './pace.ts'
import { pollUnlessForbidden } from './query-client.ts'
import { readPageOf } from './read-page.ts'
import { askAgainAfter } from './retry.ts'
import { useFetching } from './use-fetching.ts'

/**
 * Milliseconds between two pages of the first round. A following tab waits longer, so that the
 * leader can read and broadcast first.
 */
const NEXT_PAGE = 1
const NEXT_PAGE_FOLLOWING = 1000

/**
 * The list of conferences. Each poll reads the newest page and one further page; the first round
 * reads all pages.
 *
 * @param pollInterval milliseconds between two reads of the newest page
 * @param leads whether this tab reads for all tabs
 */
export const conferencesQuery = (pollInterval: number, leads = true) =>
  queryOptions({
    queryKey: keys.conferences,
    queryFn: shared<ConferenceList>(({ signal, client }) => readNext(client, pollInterval, signal)),
    // Counted from the last read, not from the last event: in a busy hour it would never come.
    refetchInterval: (query) => {
      const { state } = query
      if (state.fetchStatus !== 'idle') return pollUnlessForbidden(pollInterval)(query)
      const pause = leads ? NEXT_PAGE : NEXT_PAGE_FOLLOWING
      const left =
        state.data && !state.error
          ? untilNext(state.data, Date.now(), pollInterval, pause)
          : Math.max(state.dataUpdatedAt, state.errorUpdatedAt) + pollInterval - Date.now()
      return pollUnlessForbidden(Math.min(Math.max(left, 1), pollInterval))(query)
    },
    staleTime: pollInterval / 2,
  })

/** Reads the page that is due. A failure of a further page does not stop the newest page from being read. */
async function readNext(
  client: QueryClient,
  pollInterval: number,
  signal: AbortSignal,
): Promise<ConferenceList> {
  const held = () => client.getQueryData<ConferenceList>(keys.conferences) ?? NO_LIST
  const before = nextToRead(held(), Date.now(), pollInterval)
  try {
    const page = await readPageOf(listConferences, before, {
      pace: paceOf(client),
      signal,
      lane: 'list',
    })
    // The list as it is now: events may have changed it while the page was read.
    const next = withListed(held(), { ...page, before, receivedAt: Date.now() })
    return withRecords(next, recordsIn(client))
  } catch (error) {
    const isOwn = before !== null && error instanceof ApiError && !error.isUnauthenticated
    if (!isOwn || signal.aborted) throw error
    return withStall(held(), error, Date.now())
  }
}

function withStall(list: ConferenceList, error: ApiError, now: number): ConferenceList {
  const failures = list.stall?.failures ?? 0
  const until = now + askAgainAfter(error, failures)
  const stall = { failure: failureOf(error), failures: failures + 1, until }
  return { ...list, furtherAt: now, stall }
}

/** Applies conferences that the server has pushed to this tab or another. */
export function applyConferences(client: QueryClient, conferences: readonly Conference[]): void {
  applyToRecords(client, conferences)
  applyToList(client, conferences)
}

/** Applies conferences that came by another way to the records that are looked at, where they are not older. */
export function applyToRecords(client: QueryClient, conferences: readonly Conference[]): void {
  if (conferences.length === 0) return
  const told = new Map<string, Conference>()
  for (const one of conferences) {
    const known = told.get(one.id)
    told.set(one.id, known ? newer(known, one) : one)
  }
  for (const held of recordsIn(client)) {
    const conference = told.get(held.id)
    // Nothing is written otherwise, so that what is older does not pass for an answer.
    if (conference && newer(held, conference) !== held)
      client.setQueryData<Conference>(keys.conference(held.id), conference)
  }
}

/** Applies conferences that came by another way to the list, if it is looked at. */
export function applyToList(client: QueryClient, conferences: readonly Conference[]): void {
  const list = client.getQueryState<ConferenceList>(keys.conferences)
  // A write counts as an answer, so a list that the server refuses would be requested again at each event.
  if (!list?.data || list.error) return
  const next = withNews(list.data, conferences, Date.now())
  if (next === list.data) return
  // Only some conferences are newer; the list as a whole keeps its age.
  client.setQueryData<ConferenceList>(keys.conferences, next, { updatedAt: list.dataUpdatedAt })
}

/** All conferences that queries of this tab hold. */
export const heldConferences = (client: QueryClient): readonly Conference[] => [
  ...(client.getQueryData<ConferenceList>(keys.conferences)?.conferences ?? []),
  ...recordsIn(client),
]

/** The conferences that were read by id. */
const recordsIn = (client: QueryClient): readonly Conference[] =>
  client
    .getQueriesData<Conference>({ queryKey: [keys.conference('')[0]] })
    .flatMap(([, conference]) => conference ?? [])

/** An unlisted conference changes rarely, so it is read this many times less often. */
const RARELY = 10

/** The most conferences read in one round. */
const ROUND = 10

/**
 * Reads conferences that the list does not show, one after another as the pace allows.
 *
 * @param pollInterval milliseconds between two reads of the list
 * @param isEnabled false while the list may still turn out to show them
 */
export function useUnlisted(
  ids: readonly string[],
  pollInterval: number,
  isEnabled: boolean,
): readonly (Conference | undefined)[] {
  const { conferences, isComplete } = useQueries({
    queries: ids.map((id) => ({ ...conferenceQuery(id, pollInterval), enabled: false })),
    combine: allOf,
  })
  useFetching({
    ...unlistedQuery(ids, pollInterval, isComplete),
    enabled: isEnabled && ids.length > 0,
  })
  return conferences
}

/** The records found, undefined where there is none yet, and whether each was tried. */
const allOf = (found: readonly UseQueryResult<Conference>[]) => ({
  conferences: found.map(({ data }) => data),
  isComplete: found.every(({ isFetched, data }) => isFetched || data !== undefined),
})

/** Reads these conferences by id in rounds; `isComplete` once each was tried. */
export const unlistedQuery = (ids: readonly string[], pollInterval: number, isComplete: boolean) =>
  queryOptions({
    queryKey: keys.unlisted,
    queryFn: ({ client, signal }) => readUnlisted(client, ids, pollInterval * RARELY, signal),
    refetchInterval: isComplete ? pollInterval : 100,
    refetchOnWindowFocus: false,
    gcTime: 0,
  })

async function readUnlisted(
  client: QueryClient,
  ids: readonly string[],
  oldAfter: number,
  signal: AbortSignal,
): Promise<number> {
  const readAt = (id: string) => {
    const state = client.getQueryState(keys.conference(id))
    return Math.max(state?.dataUpdatedAt ?? 0, state?.errorUpdatedAt ?? 0)
  }
  const pauseAfter = pollUnlessForbidden(oldAfter)
  const isDue = (id: string) => {
    const query = client.getQueryCache().find({ queryKey: keys.conference(id) })
    const pause = query ? pauseAfter(query) : 0
    return pause !== false && Date.now() - readAt(id) >= pause
  }
  const due = ids.filter(isDue).toSorted((a, b) => readAt(a) - readAt(b))
  for (const id of due.slice(0, ROUND)) {
    signal.throwIfAborted()
    // A conference that cannot be read shows its id only, and is tried again when it is due.
    await client.prefetchQuery({ ...conferenceQuery(id, 0, 'list'), staleTime: 0, retry: false })
    const { error } = client.getQueryState(keys.conference(id)) ?? {}
    if (error instanceof ApiError && error.isGeneral) break
  }
  return Date.now()
}
