import type { QueryClient } from '@tanstack/react-query'
import { applyConferences } from '~/cache/queries/conference-list.ts'
import { keys } from '~/cache/queries/keys.ts'
import { fetchParticipant } from '~/cache/roster/participant.ts'
import { rosterOf } from '~/cache/roster/store.ts'
import { LEFT_AT_TERMINATING } from '~/derive/ending.ts'
import type { Action } from '~/domain/action.ts'
import { canEnd } from '~/domain/capability-room.ts'
import { connectedTo, isEnding } from '~/domain/conference-end.ts'
import { conferenceLabel, type Conference } from '~/domain/conference.ts'
import { explains } from '~/domain/effect.ts'
import { outcomeOf } from '~/domain/outcome.ts'
import type { Participant } from '~/domain/participant.ts'
import { deleteConference } from '~/wire/conferences.ts'
import { serverNow } from '~/clock.ts'
import { actorNow, guarded, readConference, type Kind } from './kind.ts'
import { isStillRecorded, stopBeforeEnd } from './kinds-recording.ts'

/** Ends a conference: DELETE /conferences/{id} (voipbin-api.md 5.2). */
export const end: Kind = {
  check: async (client, { target }) => {
    const now = await readConference(client, target.id)
    if (isEnding(now)) return { kind: 'over', text: `Was already ${now.status}.` }
    if (conferenceLabel(now) === target.conferenceLabel) return guarded(canEnd(now, actorNow()))
    return { kind: 'changed', text: `Is called “${conferenceLabel(now)}” now.` }
  },
  send: async (client, action, account) => {
    const said = await stopBeforeEnd(client, action.target.id, account)
    const answer = await deleteConference(action.target.id, account)
    applyConferences(client, [answer])
    const found = terminationOf(client, action, answer)
    const text = [said.text, found.text].filter(Boolean).join(' ')
    return { state: 'accepted', ...found, ...said, text }
  },
  after: async (client, action) => {
    const now = await readConference(client, action.target.id)
    // Participants held as connected to an ended conference are read by id, without waiting for a page.
    if (now.status === 'terminated') {
      const connected = connectedTo(now, peopleIn(client, now.id), serverNow())
      for (const { id } of connected.slice(0, MOST_READ)) await fetchParticipant(client, id)
    }
    return isEnding(now)
      ? { state: 'unsure', ...(await endOf(client, action, now)) }
      : { state: 'failed', text: `The record still said ${now.status} afterwards.` }
  },
  noted: (client, action) => {
    const conference = client.getQueryData<Conference>(keys.conference(action.target.id))
    if (!conference) return undefined
    const isRefused = action.state === 'failed'
    const hasMoved = isEnding(conference) && explains(action, conference.updatedAt ?? 0)
    if (isRefused && !hasMoved) return undefined
    const change = isRefused ? ({ state: 'unsure' } as const) : undefined
    // Participants are counted only when the record is deleted and lists none.
    if (conference.deletedAt === null || conference.participantIds.length > 0) return change
    const { goneAt } = terminationOf(client, action, conference)
    return goneAt ? { ...change, goneAt } : change
  },
}

/** The most participants that one look reads. */
const MOST_READ = 5

const peopleIn = (client: QueryClient, conferenceId: string): readonly Participant[] => {
  const roster = rosterOf(client)
  return [...roster.inConference(conferenceId)].flatMap((id) => roster.get(id)?.participant ?? [])
}

/** What became of a conference that is ending; after an end without an answer also whether it is still recorded. */
async function endOf(
  client: QueryClient,
  action: Action,
  now: Conference,
): Promise<Partial<Action>> {
  const found = terminationOf(client, action, now)
  if (action.answeredAt !== null) return found
  const isRecorded = await isStillRecorded(client, now.recordingId).catch(() => false)
  return isRecorded
    ? { ...found, text: [STILL_RECORDED, found.text].filter(Boolean).join(' ') }
    : found
}

const STILL_RECORDED = 'It is still being recorded, which cannot be stopped any more.'

/** When a conference was over, if it is: an empty one never gets to terminated (voipbin-api.md 5.2). */
function terminationOf(
  client: QueryClient,
  action: Action,
  conference: Conference,
): Partial<Action> {
  const people = peopleIn(client, conference.id)
  const sent: Action = { ...action, state: 'accepted', goneAt: null }
  const { goneAt, cause } = outcomeOf(sent, { conference, people }, serverNow(), Infinity)
  if (goneAt === null) return {}
  return cause === 'empty' ? { goneAt, text: LEFT_AT_TERMINATING } : { goneAt }
}
