import type { QueryClient } from '@tanstack/react-query'
import { callersOf } from '~/cache/roster/caller-store.ts'
import { rosterOf } from '~/cache/roster/store.ts'
import { hangupWords } from '~/derive/hangup-words.ts'
import type { Action } from '~/domain/action.ts'
import { callStatusOf, knownCaller } from '~/domain/call.ts'
import { historyOf } from '~/domain/merge.ts'
import { canControlRoom } from '~/domain/capability-room.ts'
import { toMillis } from '~/domain/time.ts'
import { placeCall } from '~/wire/calls.ts'
import { actorNow, guarded, readCall, readConference, type Kind } from './kind.ts'

/** When the call of a request has joined the conference, by a participant's record. */
function joinedAt(client: QueryClient, { madeId, target }: Action): number | null {
  const roster = rosterOf(client)
  for (const id of roster.ofCall(madeId ?? '')) {
    const entry = roster.get(id)
    if (entry?.participant.conferenceId !== target.id) continue
    const { status, createdAt } = entry.participant
    const joined = historyOf(entry).find((one) => one.status === 'joined')
    if (joined) return toMillis(joined.at)
    // Only one that has joined ever gets to that status (voipbin-api.md 4.4).
    if (status === 'leaved') return toMillis(createdAt ?? 0)
  }
  return null
}

/** How far the call has come, in words; failed once it has ended without having joined. */
function stateOf(client: QueryClient, action: Action): Partial<Action> {
  const goneAt = joinedAt(client, action)
  if (goneAt !== null) return { goneAt, text: '' }
  const caller = knownCaller(callersOf(client).get(action.madeId ?? ''))
  if (caller?.end) return { state: 'failed', text: `The call ended: ${hangupWords(caller.end)}.` }
  const status = caller && callStatusOf(caller)
  return { text: STATUS_TEXT[status ?? ''] ?? '' }
}

const STATUS_TEXT: Readonly<Record<string, string>> = {
  dialing: 'Dialling.',
  ringing: 'Ringing.',
  progressing: 'Answered.',
  canceling: 'Being cancelled.',
  terminating: 'Hanging up.',
}

/** Calls a number into a conference. Never repeated by itself: each request is a call that costs money (voipbin-api.md 16). */
export const dial: Kind = {
  check: async (client, { target }) => {
    const now = await readConference(client, target.id)
    return guarded(canControlRoom('dial', now, actorNow()))
  },
  send: async (client, { target, input }, account) => {
    const { number = '', source = '' } = input ?? {}
    const type = number.includes('@') ? 'sip' : 'tel'
    const call = await placeCall({ number, type, source, conferenceId: target.id }, account)
    callersOf(client).applyCalls([call])
    return { state: 'accepted', madeId: call.id }
  },
  after: async (client, action) => {
    if (action.madeId === undefined) return { state: 'failed' }
    await readCall(client, { callId: action.madeId })
    return stateOf(client, action)
  },
  noted: (client, action) => {
    if (action.madeId === undefined) return undefined
    if (action.state === 'failed') {
      // The end of the call may be known before the participant is.
      const goneAt = joinedAt(client, action)
      return goneAt === null ? undefined : { state: 'accepted', goneAt, text: '' }
    }
    const found = stateOf(client, action)
    return found.text === action.text && found.goneAt === undefined && found.state === undefined
      ? undefined
      : found
  },
}
