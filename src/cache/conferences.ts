import { queryOptions, type QueryClient } from '@tanstack/react-query'
import type { Conference } from '~/domain/conference.ts'
import type { Unreadable } from '~/domain/record.ts'
import { getConference, listConferences } from '~/wire/conferences.ts'
import type { Page } from '~/wire/page.ts'
import { keys } from './keys.ts'

/** The conferences that the server lists: of type `conference`, not deleted (voipbin-api.md 5.2). */
export interface ConferenceList {
  readonly conferences: readonly Conference[]
  readonly unreadable: readonly Unreadable[]
}

/** @param pollInterval milliseconds between two reads */
export const conferencesQuery = (pollInterval: number) =>
  queryOptions({
    queryKey: keys.conferences,
    queryFn: ({ signal }) => listAll(signal),
    // Counted from the last read, not from the last event: in a busy hour it would never come.
    refetchInterval: ({ state: { dataUpdatedAt, errorUpdatedAt } }) =>
      Math.max(Math.max(dataUpdatedAt, errorUpdatedAt) + pollInterval - Date.now(), 1000),
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

/**
 * One conference of any type, deleted ones too.
 *
 * @param pollInterval milliseconds between two reads
 */
export const conferenceQuery = (id: string, pollInterval: number) =>
  queryOptions({
    queryKey: keys.conference(id),
    queryFn: ({ signal }) => getConference(id, signal),
    refetchInterval: pollInterval,
    staleTime: pollInterval / 2,
  })

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
  if (!list?.data) return
  // Some of it is newer, but the list is as old as before.
  client.setQueryData<ConferenceList>(keys.conferences, withNews(list.data, conferences), {
    updatedAt: list.dataUpdatedAt,
  })
}

const changedAt = ({ updatedAt, createdAt }: Conference): number => updatedAt ?? createdAt ?? 0

const newer = (held: Conference, told: Conference): Conference =>
  changedAt(told) < changedAt(held) ? held : told

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
  return { ...list, conferences: [...byId.values()] }
}
