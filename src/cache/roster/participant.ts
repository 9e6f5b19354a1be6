import { queryOptions, type QueryClient } from '@tanstack/react-query'
import type { Participant } from '~/domain/participant.ts'
import { getParticipant } from '~/wire/participants.ts'
import { shared } from '~/cache/queries/answers.ts'
import { keys } from '~/cache/queries/keys.ts'
import { paceOf } from '~/cache/queries/pace.ts'
import { rosterOf } from './store.ts'

/** Reads one participant by id and applies it to the roster. @throws ApiError */
export async function fetchParticipant(
  client: QueryClient,
  id: string,
  signal?: AbortSignal,
): Promise<Participant> {
  const participant = await getParticipant(id, signal)
  rosterOf(client).apply({ facts: [participant] })
  return participant
}

/** One participant read by id, for links to participants that the sweep has not reached. */
export const participantQuery = (client: QueryClient, id: string) =>
  queryOptions({
    queryKey: keys.participant(id),
    queryFn: shared(async ({ signal }) => {
      if (client.getQueryData(keys.participant(id)))
        await paceOf(client).acquireSlot(signal, 'screen')
      return fetchParticipant(client, id, signal)
    }),
  })
