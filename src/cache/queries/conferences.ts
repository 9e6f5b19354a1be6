import { queryOptions } from '@tanstack/react-query'
import type { Conference } from '~/domain/conference.ts'
import { getConference } from '~/wire/conferences.ts'
import { shared } from './answers.ts'
import { keys } from './keys.ts'
import { paceOf, type Lane } from './pace.ts'
import { pollUnlessForbidden } from './query-client.ts'

/**
 * One conference of any type, deleted or not.
 *
 * @param pollInterval milliseconds between two reads
 * @param lane lane of the request; the first read of an opened conference does not wait
 */
export const conferenceQuery = (id: string, pollInterval: number, lane: Lane = 'screen') =>
  queryOptions({
    queryKey: keys.conference(id),
    queryFn: shared(async ({ signal, client, queryKey }) => {
      const isOpened = lane === 'screen' && !client.getQueryData<Conference>(queryKey)
      if (!isOpened) await paceOf(client).acquireSlot(signal, lane)
      const told = await getConference(id, signal)
      const held = client.getQueryData<Conference>(queryKey)
      return held ? newer(held, told) : told
    }),
    refetchInterval: pollUnlessForbidden(pollInterval),
    staleTime: pollInterval / 2,
    // The first read is made before the page is drawn: what it failed with is not asked for at once again.
    retryOnMount: false,
  })

const changedAt = ({ updatedAt, createdAt }: Conference): number => updatedAt ?? createdAt ?? 0

/** The newer of two records of one conference; `told` on a tie. */
export const newer = (held: Conference, told: Conference): Conference =>
  changedAt(told) < changedAt(held) ? held : told
