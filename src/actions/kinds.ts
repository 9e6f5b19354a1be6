import { fetchParticipant } from '~/cache/roster/participant.ts'
import { rosterOf } from '~/cache/roster/store.ts'
import type { Action, ActionKind } from '~/domain/action.ts'
import type { Call } from '~/domain/call.ts'
import { canHangUp, canRemove, permits } from '~/domain/capability.ts'
import { explains, leavingOf } from '~/domain/effect.ts'
import { changedAt, isGone } from '~/domain/participant.ts'
import { recheck } from '~/domain/recheck.ts'
import { toMillis } from '~/domain/time.ts'
import { hangUpCall } from '~/wire/calls.ts'
import { deleteParticipant } from '~/wire/participants.ts'
import { actorNow, backFor, guarded, NO_CALL, readCall, SAME, type Kind } from './kind.ts'
import { hold, mute, say, unhold, unmute } from './kinds-call.ts'
import { end } from './kinds-conference.ts'
import { dial } from './kinds-dial.ts'
import { record, stopRecord } from './kinds-recording.ts'
import { create, edit, newLink } from './kinds-room.ts'

/** Removes a participant: DELETE /conferencecalls/{id} (voipbin-api.md 4.3). */
const removal: Kind = {
  check: async (client, { target }) => {
    const now = await fetchParticipant(client, target.id)
    const found = recheck(target, now, backFor(client, now))
    return found.kind === 'same' ? guarded(canRemove(now, actorNow())) : found
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
    const leavingAt = leavingOf(action, participant)
    return leavingAt === action.leavingAt ? undefined : { ...change, leavingAt }
  },
}

/**
 * Ends a call: POST /calls/{id}/hangup, for a participant that a removal did not disconnect (voipbin-api.md 4.3). Nothing
 * is noted of it: that a participant has left the conference does not end its call.
 */
const hangUp: Kind = {
  check: async (client, { target }) => {
    const now = await fetchParticipant(client, target.id)
    const found = recheck(target, now, backFor(client, now))
    // A leaving participant may be hung up; any other change stops it.
    if (found.kind === 'changed' || (found.kind === 'over' && now.status !== 'leaving'))
      return found
    const before = guarded(canHangUp(now, undefined, actorNow()))
    if (before.kind !== 'same') return before
    const call = await readCall(client, target)
    if (!call) return { kind: 'over', text: NO_CALL }
    const verdict = canHangUp(now, call, actorNow())
    return verdict.allowed ? SAME : { kind: 'over', text: verdict.reason }
  },
  send: async (_client, { target }, account) => {
    const call = await hangUpCall(target.callId ?? '', account)
    return { state: 'accepted', ...endOf(call) }
  },
  after: async (client, { target }) => {
    const call = await readCall(client, target)
    await fetchParticipant(client, target.id)
    if (!call) return { state: 'failed', text: NO_CALL }
    if (call.status === 'terminating') return { state: 'unsure' }
    return call.status === 'hangup'
      ? { state: 'unsure', ...endOf(call) }
      : { state: 'failed', text: `The call was still ${call.status} afterwards.` }
  },
}

const endOf = (call: Call): Partial<Action> =>
  call.status === 'hangup' ? { goneAt: toMillis(call.hangupAt ?? call.updatedAt ?? 0) } : {}

const STEPS: Readonly<Record<ActionKind, Kind>> = {
  remove: removal,
  'hang-up': hangUp,
  mute,
  unmute,
  hold,
  unhold,
  say,
  end,
  record,
  'stop-recording': stopRecord,
  create,
  edit,
  'new-link': newLink,
  dial,
}

/**
 * What is done for an action of this kind. What the permission does not allow is refused without a request, with the
 * reason, which the server's 403 would not say.
 */
export function stepsOf(kind: ActionKind): Required<Kind> {
  const steps = STEPS[kind]
  return {
    noted: () => undefined,
    ...steps,
    check: async (client, action) => {
      const found = guarded(permits(kind, actorNow().permission))
      return found.kind === 'same' ? steps.check(client, action) : found
    },
  }
}
