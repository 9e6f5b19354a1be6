import type { QueryClient } from '@tanstack/react-query'
import type { Conference } from '~/domain/conference.ts'
import type { Answer } from '~/cache/queries/answers.ts'
import { applyToList, applyToRecords } from '~/cache/queries/conference-list.ts'
import type { ConferenceList } from '~/cache/queries/conference-reading.ts'
import { keys } from '~/cache/queries/keys.ts'

/* oxlint-disable typescript/no-unsafe-type-assertion -- the data of a key has one type, and tabs of one scope run one build */

const listIn = ({ key, data }: Answer): ConferenceList | undefined =>
  key[0] === keys.conferences[0] ? (data as ConferenceList | undefined) : undefined

const conferenceIn = ({ key, data }: Answer): Conference | undefined =>
  key[0] === keys.conference('')[0] ? (data as Conference) : undefined

/* oxlint-enable typescript/no-unsafe-type-assertion */

/** The conferences that an answer holds, if its query reads conferences. */
export function conferencesIn(answer: Answer): readonly Conference[] {
  const conference = conferenceIn(answer)
  return conference ? [conference] : (listIn(answer)?.conferences ?? [])
}

/**
 * Applies what another tab was answered. An answer starts the `refetchInterval` of its observers anew, in every tab, so
 * the tab with the shortest asks and the others never come to it. Tabs with the same interval would go on asking side by
 * side: theirs must differ, by more than an answer takes.
 *
 * An answer goes to the query a tab has, and makes none; the newest stands. Failures are not shared.
 */
export function applyAnswer(client: QueryClient, answer: Answer): void {
  const { key, data, updatedAt } = answer
  const query = client.getQueryCache().find({ queryKey: key, exact: true })
  if (query && query.state.dataUpdatedAt < updatedAt && !hasLess(answer, query.state.data))
    client.setQueryData(key, data, { updatedAt })
  const conference = conferenceIn(answer)
  if (conference) applyToList(client, [conference])
  applyToRecords(client, conferencesIn(answer))
}

/** A tab that has just begun to read the list of conferences has less of it. */
function hasLess(answer: Answer, held: unknown): boolean {
  const list = listIn(answer)
  return list !== undefined && !list.isWhole && listIn({ ...answer, data: held })?.isWhole === true
}
