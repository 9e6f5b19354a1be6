import type { ActionKind } from './action.ts'
import type { Call, Mute } from './call.ts'
import type { Participant } from './participant.ts'
import type { KnownStatus } from './participant-status.ts'
import type { Micros } from './time.ts'

/** Whether something may be done; if not, a sentence for the screen that says why. */
export type Verdict =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly reason: string }

/** Permission bits of the actor; null where the credential does not tell, as an access key (voipbin-api.md 2.4). */
export type Permission = number | null

/** It may be done. */
export const ALLOWED: Verdict = { allowed: true }

/** It may not be done, for this reason. */
export const refused = (reason: string): Verdict => ({ allowed: false, reason })

/** Why something may not be done; undefined when it may. */
export const reasonOf = (verdict: Verdict): string | undefined =>
  verdict.allowed ? undefined : verdict.reason

/** The verdict while the browser is offline: what was refused before is refused for its own reason. */
export const whileOffline = (verdict: Verdict): Verdict =>
  verdict.allowed ? refused('You are offline: nothing can be sent now.') : verdict

/** ProjectSuperAdmin, CustomerAdmin, CustomerManager: one of them is needed for all of it (voipbin-api.md 2.4). */
const SUFFICIENT = 1 | 32 | 64

/** What is done, as the part of a sentence. */
const VERB: Readonly<Record<ActionKind | 'see', string>> = {
  see: 'see conferences',
  remove: 'remove participants',
  'hang-up': 'hang up calls',
  mute: 'mute participants',
  unmute: 'unmute participants',
  hold: 'put participants on hold',
  unhold: 'take participants off hold',
  say: 'speak to participants',
  end: 'end conferences',
  record: 'record conferences',
  'stop-recording': 'stop recordings',
  create: 'create conferences',
  edit: 'change conferences',
  'new-link': 'replace dial-in links',
  dial: 'call anyone',
}

/** Whether a permission is enough to do such things at all. Where the credential does not tell, the server decides. */
export const permits = (kind: ActionKind | 'see', permission: Permission): Verdict =>
  permission === null || (permission & SUFFICIENT) !== 0
    ? ALLOWED
    : refused(
        `Your account may not ${VERB[kind]}: it needs the admin or manager permission. Ask an administrator.`,
      )

/** What is known of a record beside its status: in brackets, so that no word of the server's is taken for it. */
type OwnState = '(missing)' | '(asked)' | '(deleted)' | '(unknown)'

/** The verdict for each state of a record, its own and what is known beside it. */
export type Row<State extends string> = Readonly<Record<State | OwnState, Verdict>>

/** The verdicts that are the same for all. */
export const COMMON = {
  '(missing)': refused('Nothing is known of it (any more).'),
  '(deleted)': refused('The record is deleted.'),
  '(unknown)': refused('The status is not one this version knows.'),
}

/** DELETE of a participant works on joining and joined, and is a no-op else (voipbin-api.md 4.3). */
const REMOVE: Row<KnownStatus> = {
  ...COMMON,
  '(asked)': refused('A removal is already on its way.'),
  joining: ALLOWED,
  joined: ALLOWED,
  leaving: refused('Already being disconnected: the server ignores a second request.'),
  leaved: refused('Has already left.'),
}

const HANG_UP: Row<KnownStatus> = {
  ...COMMON,
  '(asked)': refused('A hang-up is already on its way.'),
  joining: ALLOWED,
  joined: ALLOWED,
  leaving: ALLOWED,
  leaved: refused('Has already left.'),
}

const CONTROL: Row<KnownStatus> = {
  ...COMMON,
  '(asked)': refused('The same is already on its way.'),
  joining: ALLOWED,
  joined: ALLOWED,
  leaving: refused('Is being disconnected.'),
  leaved: refused('Has already left.'),
}

const CALL_OVER = refused('The call has already ended.')

/** The account that acts, and whether the same is already under way from here. */
export interface Actor {
  readonly permission: Permission
  /** The same was requested before and the server has not answered yet. */
  readonly isAsked: boolean
}

/** What every record has that an action can be about. */
type Subject = { readonly status: string; readonly deletedAt: Micros | null } | undefined

/** The verdict on a record in its state. A missing permission is missing in every state, so that is said first. */
export function verdictOn<State extends string>(
  kind: ActionKind,
  row: Row<State>,
  subject: Subject,
  { permission, isAsked }: Actor,
): Verdict {
  const mayAtAll = permits(kind, permission)
  if (!mayAtAll.allowed) return mayAtAll
  if (isAsked) return row['(asked)']
  if (!subject) return row['(missing)']
  const { status, deletedAt } = subject
  const verdict = isOf(row, status) ? row[status] : row['(unknown)']
  // A record that is over may be deleted too; that it is over says more.
  return verdict.allowed && deletedAt !== null ? row['(deleted)'] : verdict
}

const isOf = <State extends string>(row: Row<State>, status: string): status is State =>
  Object.hasOwn(row, status) && !status.startsWith('(')

/** Whether this participant may be removed now. */
export const canRemove = (participant: Participant | undefined, actor: Actor): Verdict =>
  verdictOn('remove', REMOVE, participant, actor)

/** Whether the call of this participant may be hung up now. A call that is not known is read before anything is sent. */
export function canHangUp(
  participant: Participant | undefined,
  call: Call | undefined,
  actor: Actor,
): Verdict {
  const verdict = verdictOn('hang-up', HANG_UP, participant, actor)
  if (!verdict.allowed || !participant) return verdict
  if (!hasCall(participant))
    return refused('There is no call behind this participant that could be hung up.')
  if (call?.status === 'hangup') return CALL_OVER
  const isEnding = call?.status === 'terminating' || call?.status === 'canceling'
  return isEnding ? refused('The call is already ending.') : verdict
}

const hasCall = ({ referenceId, referenceType }: Participant): boolean =>
  referenceId !== null && (referenceType === null || referenceType === 'call')

/** What can be done to the call of a participant that goes on. */
export type Control = 'mute' | 'unmute' | 'hold' | 'unhold' | 'say'

/**
 * Whether this may be done to the call of a participant now. All of it works while joining too (voipbin-api.md 15). What
 * is not known of the call is read before anything is sent.
 */
export function canControl(
  kind: Control,
  participant: Participant | undefined,
  call: { readonly mute?: Mute | undefined; readonly isOver?: boolean } | undefined,
  actor: Actor,
): Verdict {
  const verdict = verdictOn(kind, CONTROL, participant, actor)
  if (!verdict.allowed || !participant) return verdict
  if (!hasCall(participant)) return refused('There is no call behind this participant.')
  if (call?.isOver) return CALL_OVER
  return muteVerdict(kind, call?.mute)
}

/** A later mute overwrites the record of an earlier one, which then stays without a record (voipbin-api.md 15). */
function muteVerdict(kind: Control, mute: Mute | undefined): Verdict {
  const { direction = null, overwritten = null } = mute ?? {}
  if (kind === 'unmute' && mute && direction === '' && overwritten === null)
    return refused('Is not muted.')
  if (direction === 'out' && (kind === 'mute' || kind === 'hold')) {
    return refused(
      'Somebody else has muted what this caller hears. Unmute that first: a second mute would overwrite its record.',
    )
  }
  if (direction === 'both' && kind === 'mute')
    return refused('Is already muted, in both directions.')
  return ALLOWED
}
