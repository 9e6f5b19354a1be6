import { queryOptions, type QueryClient } from '@tanstack/react-query'
import type { Conference } from '~/domain/conference.ts'
import { isRecorded, newerRecording, type Recording } from '~/domain/recording.ts'
import { getRecording } from '~/wire/recordings.ts'
import { shared } from './answers.ts'
import { keys } from './keys.ts'
import { paceOf } from './pace.ts'
import { pollUnlessForbidden } from './query-client.ts'

interface Held {
  readonly state: { readonly data: Recording | undefined }
}

/** What has ended does not change any more. */
const isFinal = ({ state: { data } }: Held): boolean => data !== undefined && isRecorded(data)

/**
 * One recording, the only record of whether it goes on (voipbin-api.md 16). Read again while it is shown and not over.
 *
 * @param pollInterval milliseconds between two reads
 */
export const recordingQuery = (id: string, pollInterval: number) =>
  queryOptions({
    queryKey: keys.recording(id),
    queryFn: shared<Recording>(async ({ signal, client, queryKey }) => {
      await paceOf(client).acquireSlot(signal, 'screen')
      const read = await getRecording(id, signal)
      return newerRecording(client.getQueryData<Recording>(queryKey), read)
    }),
    refetchInterval: (query) => !isFinal(query) && pollUnlessForbidden(pollInterval)(query),
    staleTime: (query) => (isFinal(query) ? Infinity : pollInterval / 2),
    refetchOnWindowFocus: (query) => (isFinal(query) ? false : 'always'),
  })

/** Applies recordings that came by another way: an action, a frame, another tab. */
export function applyRecordings(client: QueryClient, recordings: readonly Recording[]): void {
  for (const one of recordings) {
    client.setQueryData<Recording>(keys.recording(one.id), (held) => newerRecording(held, one))
  }
}

/**
 * Applies recordings that the server has pushed, and reads the open conferences again that they may be of: no event of a
 * conference tells of a recording (voipbin-api.md 5.2), and a recording names a bridge, which a conference does not
 * (voipbin-api.md 5.1).
 */
export function applyPushedRecordings(client: QueryClient, pushed: readonly Recording[]): void {
  const ofRooms = pushed.filter(({ referenceType }) => referenceType !== 'call')
  if (ofRooms.length === 0) return
  applyRecordings(client, ofRooms)
  const open = client
    .getQueryCache()
    .findAll({ queryKey: [keys.conference('')[0]], type: 'active' })
  const named = new Set(open.flatMap(({ state }) => idsIn(state.data)))
  for (const { queryKey, state } of open) {
    const own = new Set(idsIn(state.data))
    // One that no open conference names may have begun in any of them.
    if (ofRooms.some(({ id }) => own.has(id) || !named.has(id)))
      void client.invalidateQueries({ queryKey, exact: true })
  }
}

/** The ids of all recordings that a conference names. */
function idsIn(data: unknown): readonly string[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the data of a key has one type
  const conference = data as Conference | undefined
  return [...(conference?.recordingIds ?? []), conference?.recordingId ?? []].flat()
}
