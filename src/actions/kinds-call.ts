import type { QueryClient } from '@tanstack/react-query'
import { callersOf } from '~/cache/roster/caller-store.ts'
import { fetchParticipant } from '~/cache/roster/participant.ts'
import type { Action, Target } from '~/domain/action.ts'
import { knownCaller, type Call, type Mute, type MuteDirection } from '~/domain/call.ts'
import { canControl, type Control } from '~/domain/capability.ts'
import { covers, isUnheard } from '~/domain/mute.ts'
import { recheck, type Recheck } from '~/domain/recheck.ts'
import { toMillis } from '~/domain/time.ts'
import { muteCall, speakToCall, startMusic, stopMusic, unmuteCall } from '~/wire/calls.ts'
import { serverNow } from '~/clock.ts'
import { actorNow, backFor, guarded, NO_CALL, readCall, type Kind } from './kind.ts'

/** Rechecks the participant, then its call: what is allowed depends on how the call is muted now. */
const checkCall =
  (kind: Control): Kind['check'] =>
  async (client, { target, input }) => {
    const now = await fetchParticipant(client, target.id)
    const found = recheck(target, now, backFor(client, now))
    if (found.kind !== 'same') return found
    const before = guarded(canControl(kind, now, undefined, actorNow()))
    if (before.kind !== 'same') return before
    const call = await readCall(client, target)
    if (!call) return { kind: 'over', text: NO_CALL }
    const isOver = call.status === 'hangup'
    const verdict = canControl(kind, now, { mute: muteOf(client, target), isOver }, actorNow())
    if (!verdict.allowed) return whyNot(kind, call, verdict.reason)
    // A second try finds the mute of the first.
    const { unmutes = !isUnheard(call.muteDirection) } = input ?? {}
    return {
      kind: 'same',
      recheckedAt: call.updatedAt,
      ...(kind === 'hold' && { input: { ...input, unmutes } }),
    }
  }

/** What is as wished already is no failure. */
const whyNot = (kind: Control, { muteDirection, status }: Call, text: string): Recheck => ({
  kind:
    status === 'hangup' ||
    (kind === 'mute' && isUnheard(muteDirection)) ||
    (kind === 'unmute' && muteDirection === '')
      ? 'over'
      : 'denied',
  text,
})

/** How the call is muted, by the newest record that is held. */
const muteOf = (client: QueryClient, { callId }: Pick<Target, 'callId'>): Mute | undefined =>
  knownCaller(callersOf(client).get(callId ?? ''))?.mute

/** What the newest record of the call says. Without a yes only a later change than that of the recheck proves it. */
function proofOf(
  { state, recheckedAt }: Action,
  mute: Mute | undefined,
  isTrue: (direction: MuteDirection | '') => boolean,
): Partial<Action> | undefined {
  if (!mute || !isTrue(mute.direction)) return undefined
  const isChanged = mute.at > (recheckedAt ?? Infinity) && mute.overwritten === undefined
  return state === 'accepted' || isChanged ? { goneAt: toMillis(mute.at) } : undefined
}

const readProof =
  (
    isTrue: (direction: MuteDirection | '') => boolean,
    textOf: (direction: MuteDirection | '') => string = () => '',
  ): Kind['after'] =>
  async (client, action) => {
    const call = await readCall(client, action.target)
    if (!call || call.status === 'hangup') return { state: 'failed', text: ENDED }
    const mute = muteOf(client, action.target)
    const proof = proofOf(action, mute, isTrue)
    // A later mute is not to be undone by a repetition.
    const isOvertaken = !proof && mute !== undefined && mute.at > (action.recheckedAt ?? Infinity)
    if (isOvertaken) return { state: 'unsure', text: textOf(call.muteDirection) }
    return proof
      ? { ...proof, state: 'unsure' }
      : { state: 'failed', text: textOf(call.muteDirection) }
  }

const heldProof =
  (isTrue: (direction: MuteDirection | '') => boolean): Required<Kind>['noted'] =>
  (client, action) =>
    action.state === 'failed' ? undefined : proofOf(action, muteOf(client, action.target), isTrue)

const ENDED = 'The call has ended.'

/** Mutes with `in`, whatever the record says: the record may be wrong, and a repetition does no harm (voipbin-api.md 15). */
export const mute: Kind = {
  check: checkCall('mute'),
  send: async (_client, { target }, account) => {
    await muteCall(target.callId ?? '', 'in', account)
    return { state: 'accepted' }
  },
  after: readProof(isUnheard),
  noted: heldProof(isUnheard),
}

/** So many requests repair a record, however it was broken. */
const MOST_UNMUTES = 3

const isUnmuted = (direction: MuteDirection | ''): boolean => direction === ''

/** Unmutes as stored until nothing is; then what a later mute had overwritten in the record (voipbin-api.md 15). */
async function unmuteAll(client: QueryClient, target: Target, account: string): Promise<void> {
  const id = target.callId ?? ''
  const before = muteOf(client, target)
  const ended: MuteDirection[] = []
  for (let tries = 0; tries < MOST_UNMUTES; tries++) {
    const direction = muteOf(client, target)?.direction ?? ''
    if (direction === '') break
    await unmuteCall(id, direction, account)
    ended.push(direction)
    if (!(await readCall(client, target))) return
  }
  const { overwritten } = before ?? {}
  if (overwritten && !ended.some((one) => covers(one, overwritten)))
    await unmuteCall(id, overwritten, account)
}

export const unmute: Kind = {
  check: checkCall('unmute'),
  send: async (client, action, account) => {
    await unmuteAll(client, action.target, account)
    const found = muteOf(client, action.target)
    return { state: 'accepted', ...proofOf({ ...action, state: 'accepted' }, found, isUnmuted) }
  },
  after: readProof(
    isUnmuted,
    (direction) => `The record of the call still says muted (${direction}).`,
  ),
  noted: heldProof(isUnmuted),
}

/** No record tells of music: the server's yes is all there is. */
const done = (): Partial<Action> => ({ state: 'accepted', goneAt: serverNow() })

/** Holds a call: mutes it first, as the conference still hears it, then plays music to it (voipbin-api.md 15). */
export const hold: Kind = {
  check: checkCall('hold'),
  send: async (client, { target }, account) => {
    const id = target.callId ?? ''
    if (!isUnheard(muteOf(client, target)?.direction ?? '')) {
      await muteCall(id, 'in', account)
      await readCall(client, target)
    }
    await startMusic(id, account)
    return done()
  },
  after: async (client, { target }) => {
    const call = await readCall(client, target)
    if (!call || call.status === 'hangup') return { state: 'failed', text: ENDED }
    return {
      state: 'failed',
      text: isUnheard(call.muteDirection)
        ? 'The caller is muted; whether the music plays cannot be read.'
        : 'The caller is not muted.',
    }
  },
}

/** Ends the music, and the mute if the hold had set it. */
export const unhold: Kind = {
  check: checkCall('unhold'),
  send: async (client, { target, input }, account) => {
    await stopMusic(target.callId ?? '', account)
    // A colleague may have muted more since.
    const call = input?.unmutes ? await readCall(client, target) : undefined
    if (call?.muteDirection === 'in') await unmuteCall(call.id, 'in', account)
    if (call) await readCall(client, target)
    const stays = call?.muteDirection === 'out' || call?.muteDirection === 'both'
    return { ...done(), ...(stays && { text: 'Another mute was set meanwhile, and stays.' }) }
  },
  after: async (client, { target }) => {
    const call = await readCall(client, target)
    return { state: 'failed', text: call ? 'Whether the music has ended cannot be read.' : ENDED }
  },
}

/** Speaks a text to one caller. Never repeated by itself: it would be heard twice. */
export const say: Kind = {
  check: checkCall('say'),
  send: async (_client, { target, input }, account) => {
    const { text = '', language = '' } = input ?? {}
    await speakToCall(target.callId ?? '', { text, language }, account)
    return done()
  },
  after: async (client, { target }) => {
    const call = await readCall(client, target)
    return { state: 'failed', ...(!call && { text: ENDED }) }
  },
}
