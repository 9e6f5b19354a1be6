import type { ActionKind } from './action.ts'
import type { Call } from './call.ts'
import type { Conference } from './conference.ts'
import type { Participant } from './participant.ts'
import type { KnownStatus } from './participant-status.ts'
import type { Micros } from './time.ts'

/** May something be done? If not, the sentence that says why, fit to be shown. */
export type Verdict =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly reason: string }

/** Permission bits of who asks; null where the credential does not tell, as an access key (voipbin-api.md 2.4). */
export type Permission = number | null

const YES: Verdict = { allowed: true }

const no = (reason: string): Verdict => ({ allowed: false, reason })

/** ProjectSuperAdmin, CustomerAdmin, CustomerManager: one of them is needed for all of it (voipbin-api.md 2.4). */
const SUFFICIENT = 1 | 32 | 64

/** What is asked for, as the part of a sentence. */
const DEED: Readonly<Record<ActionKind | 'see', string>> = {
  see: 'see conferences',
  remove: 'remove participants',
  'hang-up': 'hang up calls',
  end: 'end conferences',
}

/** Whether somebody may do such things at all. Where the credential does not tell, the server decides. */
export const permits = (deed: ActionKind | 'see', permission: Permission): Verdict =>
  permission === null || (permission & SUFFICIENT) !== 0
    ? YES
    : no(
        `Your account may not ${DEED[deed]}: it needs the admin or manager permission. Ask an administrator.`,
      )

/** What is known of the thing beside its status: in brackets, so that no word of the server's is taken for it. */
type OwnState = '(missing)' | '(asked)' | '(deleted)' | '(strange)'

type Row<State extends string> = Readonly<Record<State | OwnState, Verdict>>

const COMMON = {
  '(missing)': no('Nothing is known of it (any more).'),
  '(deleted)': no('The record is deleted.'),
  '(strange)': no('The status is not one this version knows.'),
}

/**
 * What may be done in which state, by whoever has the permission. DELETE of a participant works on joining and joined
 * and is a no-op else (voipbin-api.md 4.3); a second DELETE of a conference ends nothing more (voipbin-api.md 16).
 */
const TABLE: {
  readonly remove: Row<KnownStatus>
  readonly 'hang-up': Row<KnownStatus | '(no call)' | '(call ending)' | '(call over)'>
  readonly end: Row<'starting' | 'progressing' | 'terminating' | 'terminated'>
} = {
  remove: {
    ...COMMON,
    '(asked)': no('A removal is already on its way.'),
    joining: YES,
    joined: YES,
    leaving: no('Already being disconnected: the server ignores a second request.'),
    leaved: no('Has already left.'),
  },
  'hang-up': {
    ...COMMON,
    '(asked)': no('A hang-up is already on its way.'),
    '(no call)': no('There is no call behind this participant that could be hung up.'),
    '(call ending)': no('The call is already ending.'),
    '(call over)': no('The call has already ended.'),
    joining: YES,
    joined: YES,
    leaving: YES,
    leaved: no('Has already left.'),
  },
  end: {
    ...COMMON,
    '(asked)': no('Its end is already asked for.'),
    starting: YES,
    progressing: YES,
    terminating: no('The conference is already ending.'),
    terminated: no('The conference has already ended.'),
  },
}

/** Who asks, and whether it is already under way from here. */
export interface Asker {
  readonly permission: Permission
  /** The same was asked for before and the server has not answered yet. */
  readonly isAsked: boolean
}

/** What all records have that something can be done to. */
type Thing = { readonly status: string; readonly deletedAt: Micros | null } | undefined

/** Who lacks the permission lacks it in every state, so that is said first. */
function verdictOn<State extends string>(
  kind: ActionKind,
  row: Row<State>,
  thing: Thing,
  { permission, isAsked }: Asker,
): Verdict {
  const mayAtAll = permits(kind, permission)
  if (!mayAtAll.allowed) return mayAtAll
  if (isAsked) return row['(asked)']
  if (!thing) return row['(missing)']
  const { status, deletedAt } = thing
  const verdict = isOf(row, status) ? row[status] : row['(strange)']
  // Who has left or ended may be deleted too; that it is over says more.
  return verdict.allowed && deletedAt !== null ? row['(deleted)'] : verdict
}

const isOf = <State extends string>(row: Row<State>, status: string): status is State =>
  Object.hasOwn(row, status) && !status.startsWith('(')

/** Whether the removal of this participant may be asked for now. */
export const canRemove = (participant: Participant | undefined, asker: Asker): Verdict =>
  verdictOn('remove', TABLE.remove, participant, asker)

/**
 * Whether the call of this participant may be hung up now.
 *
 * @param call as far as it is known; what is not known is looked at before anything is sent
 */
export function canHangUp(
  participant: Participant | undefined,
  call: Call | undefined,
  asker: Asker,
): Verdict {
  const row = TABLE['hang-up']
  const verdict = verdictOn('hang-up', row, participant, asker)
  if (!verdict.allowed || !participant) return verdict
  const { referenceId, referenceType } = participant
  if (referenceId === null || (referenceType !== null && referenceType !== 'call'))
    return row['(no call)']
  if (call?.status === 'hangup') return row['(call over)']
  const isEnding = call?.status === 'terminating' || call?.status === 'canceling'
  return isEnding ? row['(call ending)'] : verdict
}

/** Whether the end of this conference may be asked for now. */
export const canEnd = (conference: Conference | undefined, asker: Asker): Verdict =>
  verdictOn('end', TABLE.end, conference, asker)
