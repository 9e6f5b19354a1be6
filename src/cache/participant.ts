import { queryOptions, type QueryClient } from '@tanstack/react-query'
import { getParticipant } from '~/wire/participants.ts'
import { keys } from './keys.ts'
import { takeFacts } from './roster.ts'

/** One participant read by id, for links to people the walk has not reached. The roster takes it up too. */
export const participantQuery = (client: QueryClient, id: string) =>
  queryOptions({
    queryKey: keys.participant(id),
    queryFn: async ({ signal }) => {
      const participant = await getParticipant(id, signal)
      takeFacts(client, [participant])
      return participant
    },
  })
