import {
  queryOptions,
  useQueries,
  useQuery,
  useQueryClient,
  type QueryClient,
  type QueryKey,
} from '@tanstack/react-query'
import type { Conference } from '~/domain/conference.ts'
import type { Unreadable } from '~/domain/record.ts'
import { listConferences } from '~/wire/conferences.ts'
import type { Page } from '~/wire/page.ts'
import { conferenceQuery, newer } from './conferences.ts'
import { keys } from './keys.ts'
import { turn } from './pace.ts'
import { unlessDenied } from './query-client.ts'

/** The conferences that the server lists: of type `conference`, not deleted (voipbin-api.md 5.2). */
export interface ConferenceList {
  readonly conferences: readonly Conference[]
  readonly unreadable: readonly Unreadable[]
}

/** @param pollInterval milliseconds between two reads */
export const conferencesQuery = (pollInterval: number) =>
  queryOptions({
    queryKey: keys.conferences,
    queryFn: async ({ signal, client }) => {
      const told = await listAll(signal)
      return notOlder(client.getQueryData<ConferenceList>(keys.conferences), told)
    },
    // Counted from the last read, not from the last event: in a busy hour it would never come.
    refetchInterval: ({ state }) => {
      const { dataUpdatedAt, errorUpdatedAt, fetchStatus } = state
      const left = Math.max(dataUpdatedAt, errorUpdatedAt) + pollInterval - Date.now()
      const wait = fetchStatus === 'idle' ? Math.min(Math.max(left, 1), pollInterval) : pollInterval
      return unlessDenied(wait)({ state })
    },
    staleTime: pollInterval / 2,
  })

async function listAll(signal: AbortSignal): Promise<ConferenceList> {
  const byId = new Map<string, Conference>()
  const unreadable: Unreadable[] = []
  let token: string | null = null
  do {
    const page: Page<Conference> = await listConferences(token, signal)
    for (const conference of page.records) byId.set(conference.id, conference)
    unreadable.push(...page.unreadable)
    token = page.next
  } while (token !== null)
  return { conferences: [...byId.values()], unreadable }
}

/** Takes up conferences that came by push or from another tab, where they are looked at and not older. */
export function takeConferences(client: QueryClient, conferences: readonly Conference[]): void {
  for (const conference of conferences) {
    const key = keys.conference(conference.id)
    // Undefined writes nothing, so that what is older does not pass for an answer.
    client.setQueryData<Conference>(key, (held) =>
      held && newer(held, conference) !== held ? conference : undefined,
    )
  }
  const list = client.getQueryState<ConferenceList>(keys.conferences)
  const next = list?.data && withNews(list.data, conferences)
  if (!next || next === list.data) return
  // Some of it is newer, but the list is as old as before.
  client.setQueryData<ConferenceList>(keys.conferences, next, { updatedAt: list.dataUpdatedAt })
}

/** The conferences that a query holds, if it is one that reads conferences. */
export function conferencesIn(client: QueryClient, key: QueryKey): readonly Conference[] {
  if (key[0] === keys.conferences[0]) {
    return client.getQueryData<ConferenceList>(key)?.conferences ?? []
  }
  const conference = key[0] === 'conference' && client.getQueryData<Conference>(key)
  return conference ? [conference] : []
}

/** The list as the server would give it: of type `conference` and not deleted (voipbin-api.md 5.2). */
function withNews(list: ConferenceList, told: readonly Conference[]): ConferenceList {
  const byId = new Map(list.conferences.map((one) => [one.id, one]))
  for (const conference of told) {
    const held = byId.get(conference.id)
    if (conference.deletedAt !== null) byId.delete(conference.id)
    else if (held) byId.set(conference.id, newer(held, conference))
    // Who is ending is not new: events come in any order, also after the one that took it from the list.
    else if (conference.type === 'conference' && !conference.status.startsWith('terminat'))
      byId.set(conference.id, conference)
  }
  const next = [...byId.values()]
  const isSame =
    next.length === list.conferences.length &&
    next.every((one, index) => one === list.conferences[index])
  return isSame ? list : { ...list, conferences: next }
}

/** An answer that was on its way while something newer was pushed takes nothing of that back. */
function notOlder(held: ConferenceList | undefined, told: ConferenceList): ConferenceList {
  if (!held) return told
  const before = new Map(held.conferences.map((one) => [one.id, one]))
  const listed = new Set(told.conferences.map(({ id }) => id))
  const newest = told.conferences.reduce((at, one) => Math.max(at, one.createdAt ?? 0), 0)
  return {
    ...told,
    conferences: [
      ...held.conferences.filter((one) => !listed.has(one.id) && (one.createdAt ?? 0) > newest),
      ...told.conferences.map((one) => {
        const known = before.get(one.id)
        return known ? newer(known, one) : one
      }),
    ],
  }
}

/** What the list does not show changes rarely: it is read again so many times less often. */
const RARELY = 10

/** So many are read in one round, so that a round comes to an end. */
const ROUND = 10

/**
 * Conferences that the list does not show, read one after the other as the pace allows, never all at once.
 *
 * @param pollInterval milliseconds between two reads of what is listed
 */
export function useUnlisted(
  ids: readonly string[],
  pollInterval: number,
): readonly (Conference | undefined)[] {
  const client = useQueryClient()
  const found = useQueries({
    queries: ids.map((id) => ({ ...conferenceQuery(id, pollInterval), enabled: false })),
  })
  const isComplete = found.every(({ isFetched, data }) => isFetched || data)
  useQuery({
    queryKey: keys.unlisted,
    queryFn: ({ signal }) => readUnlisted(client, ids, pollInterval * RARELY, signal),
    enabled: ids.length > 0,
    refetchInterval: isComplete ? pollInterval : 100,
    refetchOnWindowFocus: false,
    gcTime: 0,
  })
  return found.map(({ data }) => data)
}

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
  const due = ids
    .filter((id) => Date.now() - readAt(id) >= oldAfter)
    .toSorted((a, b) => readAt(a) - readAt(b))
  for (const id of due.slice(0, ROUND)) {
    await turn(signal)
    // What cannot be read is known by its id only, and asked for again when its turn comes.
    await client.prefetchQuery({ ...conferenceQuery(id, 0), staleTime: 0, retry: false })
  }
  return Date.now()
}
