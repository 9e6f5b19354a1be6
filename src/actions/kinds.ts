import type { QueryClient } from '@tanstack/react-query'
import { applyConferences } from '~/cache/queries/conference-list.ts'
import { keys } from '~/cache/queries/keys.ts'
import { fetchParticipant } from '~/cache/roster/participant.ts'
import { rosterOf } from '~/cache/roster/store.ts'
import { LEFT_AT_TERMINATING } from '~/derive/ending.ts'
import type { Action, ActionKind, Target } from '~/domain/action.ts'
import { ApiError } from '~/domain/api-error.ts'
import type { Call } from '~/domain/call.ts'
import {
  canEnd,
  canHangUp,
  canRemove,
  permits,
  type Actor,
  type Verdict,
} from '~/domain/capability.ts'
import { connectedTo, isEnding } from '~/domain/conference-end.ts'
import { conferenceLabel, type Conference } from '~/domain/conference.ts'
import { explains, leavingOf } from '~/domain/effect.ts'
import { outcomeOf } from '~/domain/outcome.ts'
import { changedAt, isGone, type Participant } from '~/domain/participant.ts'
import { recheck, type Recheck } from '~/domain/recheck.ts'
import { toMillis } from '~/domain/time.ts'
import { getCall, hangUpCall } from '~/wire/calls.ts'
import { deleteConference, getConference } from '~/wire/conferences.ts'
import { deleteParticipant } from '~/wire/participants.ts'
import { serverNow } from '~/wire/server-clock.ts'
import { sessionStore } from '~/wire/session.ts'

/** The steps of an action of one kind: the recheck, the request, and the read after it. */
interface Kind {
  /** Reads the record right before the request. */
  readonly check: (client: QueryClient, action: Action) => Promise<Recheck>
  /** @param account the account in whose name it is sent */
  readonly send: (client: QueryClient, action: Action, account: string) => Promise<Partial<Action>>
  /** Reads the record after anything but a plain yes, and says what became of the action. */
  readonly after: (client: QueryClient, action: Action) => Promise<Partial<Action>>
  /** What the held records say beyond the action; undefined if nothing. */
  readonly noted: (client: QueryClient, action: Action) => Partial<Action> | undefined
}

const SAME: Recheck = { kind: 'same' }

/** The account that is signed in now: the server judges the sender, not the account that confirmed it. */
const actorNow = (): Actor => ({
  permission: sessionStore.get().session?.permission ?? null,
  isAsked: false,
})

/** The last check before a request, by the same table that enables the controls. */
const guarded = (found: Recheck, verdict: Verdict): Recheck =>
  found.kind !== 'same' || verdict.allowed ? found : { kind: 'denied', text: verdict.reason }

/** Removes a participant: DELETE /conferencecalls/{id} (voipbin-api.md 4.3). */
const removal: Kind = {
  check: async (client, { target }) => {
    const now = await fetchParticipant(client, target.id)
    return guarded(recheck(target, now, backFor(client, now)), canRemove(now, actorNow()))
  },
  send: async (client, { target }, account) => {
    const answer = await deleteParticipant(target.id, account)
    rosterOf(client).apply({ facts: [answer] })
    if (isGone(answer)) return { state: 'accepted', goneAt: toMillis(changedAt(answer)) }
    if (answer.status === 'leaving') return { state: 'accepted', leavingAt: changedAt(answer) }
    return {
      state: 'failed',
      text: `The server took the request but says “${answer.status}”.`,
    }
  },
  after: async (client, { target }) => {
    const now = await fetchParticipant(client, target.id)
    if (isGone(now)) return { state: 'unsure', goneAt: toMillis(changedAt(now)) }
    if (now.status === 'leaving') return { state: 'unsure', leavingAt: changedAt(now) }
    return { state: 'failed', text: `The record still said ${now.status} afterwards.` }
  },
  noted: (client, action) => {
    const participant = rosterOf(client).get(action.target.id)?.participant
    if (!participant) return undefined
    const { state } = action
    // A refused removal that takes effect soon after was not refused; a later departure may have another reason.
    if (state === 'failed' && !explains(action, changedAt(participant))) return undefined
    const change = state === 'failed' ? ({ state: 'unsure' } as const) : {}
    if (isGone(participant)) return { ...change, goneAt: toMillis(changedAt(participant)) }
    const leavingAt = action.leavingAt ?? leavingOf(action, participant)
    return leavingAt === action.leavingAt ? undefined : { ...change, leavingAt }
  },
}

/** Ends a call: POST /calls/{id}/hangup, for a participant that a removal did not disconnect (voipbin-api.md 4.3). */
const hangUp: Kind = {
  check: async (client, { target }) => {
    const now = await fetchParticipant(client, target.id)
    const found = recheck(target, now, backFor(client, now))
    // A leaving participant may be hung up; any other change stops it.
    if (found.kind === 'changed' || (found.kind === 'over' && now.status !== 'leaving'))
      return found
    const before = canHangUp(now, undefined, actorNow())
    if (!before.allowed) return { kind: 'denied', text: before.reason }
    const call = await readCall(target)
    if (!call) return { kind: 'over', text: NO_CALL }
    const verdict = canHangUp(now, call, actorNow())
    return verdict.allowed ? SAME : { kind: 'over', text: verdict.reason }
  },
  send: async (_client, { target }, account) => {
    const call = await hangUpCall(target.callId ?? '', account)
    return { state: 'accepted', ...endOf(call) }
  },
  after: async (client, { target }) => {
    const call = await readCall(target)
    await fetchParticipant(client, target.id)
    if (!call) return { state: 'failed', text: NO_CALL }
    if (call.status === 'terminating') return { state: 'unsure' }
    return call.status === 'hangup'
      ? { state: 'unsure', ...endOf(call) }
      : { state: 'failed', text: `The call was still ${call.status} afterwards.` }
  },
  // That a participant has left the conference does not end its call.
  noted: () => undefined,
}

const NO_CALL = 'The server has no such call (any more).'

/** The call as it is now; undefined when it is missing (404) or deleted (409, voipbin-api.md 6). */
async function readCall({ callId }: Target): Promise<Call | undefined> {
  try {
    return await getCall(callId ?? '')
  } catch (error) {
    if (error instanceof ApiError && (error.status === 404 || error.status === 409))
      return undefined
    throw error
  }
}

const endOf = (call: Call): Partial<Action> =>
  call.status === 'hangup' ? { goneAt: toMillis(call.hangupAt ?? call.updatedAt ?? 0) } : {}

/** Ends a conference: DELETE /conferences/{id} (voipbin-api.md 5.2). */
const end: Kind = {
  check: async (client, { target }) => {
    const now = await readConference(client, target.id)
    if (isEnding(now)) return { kind: 'over', text: `Was already ${now.status}.` }
    if (conferenceLabel(now) === target.conferenceLabel)
      return guarded(SAME, canEnd(now, actorNow()))
    return { kind: 'changed', text: `Is called “${conferenceLabel(now)}” now.` }
  },
  send: async (client, action, account) => {
    const answer = await deleteConference(action.target.id, account)
    applyConferences(client, [answer])
    return { state: 'accepted', ...terminationOf(client, action, answer) }
  },
  after: async (client, action) => {
    const now = await readConference(client, action.target.id)
    // Participants held as connected to an ended conference are read by id, without waiting for a page.
    if (now.status === 'terminated') {
      for (const { id } of connectedIn(client, now).slice(0, MOST_READ))
        await fetchParticipant(client, id)
    }
    return isEnding(now)
      ? { state: 'unsure', ...terminationOf(client, action, now) }
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

const connectedIn = (client: QueryClient, conference: Conference): readonly Participant[] =>
  connectedTo(conference, peopleIn(client, conference.id), serverNow())

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

/** What is done for each kind of action. */
export const KINDS: Readonly<Record<Action['kind'], Kind>> = {
  remove: withPermission('remove', removal),
  'hang-up': withPermission('hang-up', hangUp),
  end: withPermission('end', end),
}

/** Refuses without a request what the permission does not allow, and says why, which the server's 403 would not. */
function withPermission(name: ActionKind, kind: Kind): Kind {
  return {
    ...kind,
    check: async (client, action) => {
      const found = guarded(SAME, permits(name, actorNow().permission))
      return found.kind === 'same' ? kind.check(client, action) : found
    },
  }
}

async function readConference(client: QueryClient, id: string): Promise<Conference> {
  const now = await getConference(id)
  applyConferences(client, [now])
  return now
}

/** The participant that is connected with the same call under another id: one record per join (voipbin-api.md 4.1). */
function backFor(client: QueryClient, { id, referenceId }: Participant): Participant | undefined {
  const roster = rosterOf(client)
  return [...roster.ofCall(referenceId ?? '')]
    .flatMap((other) => roster.get(other)?.participant ?? [])
    .find((other) => other.id !== id && !isGone(other))
}
