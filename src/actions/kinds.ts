import type { QueryClient } from '@tanstack/react-query'
import { takeConferences } from '~/cache/conference-list.ts'
import { currentRoster, takeFacts } from '~/cache/roster.ts'
import { recheck, type Action, type Recheck } from '~/domain/action.ts'
import type { Call } from '~/domain/call.ts'
import { conferenceLabel, type Conference } from '~/domain/conference.ts'
import { changedAt, isGone, type Participant } from '~/domain/participant.ts'
import { toMillis } from '~/domain/time.ts'
import { getCall, hangUpCall } from '~/wire/calls.ts'
import { deleteConference, getConference } from '~/wire/conferences.ts'
import { deleteParticipant, getParticipant } from '~/wire/participants.ts'

/** What an action looks at before, sends, and looks at after. */
interface Kind {
  readonly check: (client: QueryClient, action: Action) => Promise<Recheck>
  readonly send: (client: QueryClient, action: Action) => Promise<Partial<Action>>
  /** After anything but a plain yes: what the record says now. */
  readonly after: (client: QueryClient, action: Action) => Promise<Partial<Action>>
}

/** Removing somebody: DELETE /conferencecalls/{id} (voipbin-api.md 4.3). */
const removal: Kind = {
  check: async (client, { target }) => {
    const now = await readParticipant(client, target.id)
    return recheck(target, now, backFor(client, now))
  },
  send: async (client, { target }) => {
    const answer = await deleteParticipant(target.id)
    takeFacts(client, [answer])
    if (isGone(answer)) return { state: 'accepted', goneAt: toMillis(changedAt(answer)) }
    if (answer.status === 'leaving') return { state: 'accepted', leavingAt: changedAt(answer) }
    return {
      state: 'failed',
      text: `The server took the request but says “${answer.status}”.`,
    }
  },
  after: async (client, { target }) => {
    const now = await readParticipant(client, target.id)
    if (isGone(now)) return { state: 'unsure', goneAt: toMillis(changedAt(now)) }
    if (now.status === 'leaving') return { state: 'unsure', leavingAt: changedAt(now) }
    return { state: 'failed', text: `The record still says ${now.status}.` }
  },
}

/** Ending a call: POST /calls/{id}/hangup, for somebody whom a removal did not get out (voipbin-api.md 4.3). */
const hangUp: Kind = {
  check: async (client, { target }) => {
    const now = await readParticipant(client, target.id)
    const found = recheck(target, now, backFor(client, now))
    // On his way out is what he is hung up for.
    if (found.kind !== 'same' && now.status !== 'leaving') return found
    const call = await getCall(target.callId ?? '')
    if (call.status !== 'hangup') return { kind: 'same' }
    return { kind: 'over', text: 'The call had already ended.' }
  },
  send: async (_client, { target }) => {
    const call = await hangUpCall(target.callId ?? '')
    return { state: 'accepted', ...endOf(call) }
  },
  after: async (client, { target }) => {
    const call = await getCall(target.callId ?? '')
    await readParticipant(client, target.id)
    if (call.status === 'terminating') return { state: 'unsure' }
    return call.status === 'hangup'
      ? { state: 'unsure', ...endOf(call) }
      : { state: 'failed', text: `The call is still ${call.status}.` }
  },
}

const endOf = (call: Call): Partial<Action> =>
  call.status === 'hangup' ? { goneAt: toMillis(call.hangupAt ?? call.updatedAt ?? 0) } : {}

/** Ending a conference: DELETE /conferences/{id} (voipbin-api.md 5.2). */
const end: Kind = {
  check: async (client, { target }) => {
    const now = await readConference(client, target.id)
    if (now.deletedAt !== null || now.status.startsWith('terminat'))
      return { kind: 'over', text: `Was already ${now.status}.` }
    if (conferenceLabel(now) === target.conferenceLabel) return { kind: 'same' }
    return { kind: 'changed', text: `Is called “${conferenceLabel(now)}” now.` }
  },
  send: async (client, { target }) => {
    const answer = await deleteConference(target.id)
    takeConferences(client, [answer])
    return { state: 'accepted', ...terminationOf(answer) }
  },
  after: async (client, { target }) => {
    const now = await readConference(client, target.id)
    const isEnding = now.deletedAt !== null || now.status.startsWith('terminat')
    if (isEnding) return { state: 'unsure', ...terminationOf(now) }
    return { state: 'failed', text: `The record still says ${now.status}.` }
  },
}

/** An empty room never gets to terminated: nobody leaves it who would set that off (voipbin-api.md 5.2). */
function terminationOf(conference: Conference): Partial<Action> {
  const { status, endedAt, deletedAt, updatedAt, participantIds } = conference
  if (status === 'terminated') return { goneAt: toMillis(endedAt ?? updatedAt ?? 0) }
  if (participantIds.length > 0 || deletedAt === null) return {}
  return {
    goneAt: toMillis(deletedAt),
    text: 'The room is empty: the server leaves it at terminating, and never says terminated.',
  }
}

/** Every kind of action. */
export const KINDS: Readonly<Record<Action['kind'], Kind>> = {
  remove: removal,
  'hang-up': hangUp,
  end,
}

async function readParticipant(client: QueryClient, id: string): Promise<Participant> {
  const now = await getParticipant(id)
  takeFacts(client, [now])
  return now
}

async function readConference(client: QueryClient, id: string): Promise<Conference> {
  const now = await getConference(id)
  takeConferences(client, [now])
  return now
}

/** Who is there under another id with the same call: one record per join (voipbin-api.md 4.1). */
function backFor(client: QueryClient, { id, referenceId }: Participant): Participant | undefined {
  if (referenceId === null) return undefined
  for (const { participant } of currentRoster(client).held.values()) {
    const isSameCall = participant.referenceId === referenceId && participant.id !== id
    if (isSameCall && !isGone(participant)) return participant
  }
  return undefined
}
