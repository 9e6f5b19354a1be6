import type { ActionKind } from './action.ts'
import type { Call } from './call.ts'
import type { Conference } from './conference.ts'
import type { Participant } from './participant.ts'
import { isKnownStatus, type KnownStatus } from './participant-status.ts'

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

/** A state of the thing that is the same for all of them: not known, asked for already, deleted, or a new word. */
type AnyState = 'missing' | 'asked' | 'deleted' | 'strange'

type CallState = 'no-call' | 'call-ending' | 'call-over'

type ConferenceState = 'starting' | 'progressing' | 'terminating' | 'terminated'

/**
 * What may be done in which state, by whoever has the permission. DELETE of a participant works on joining and
 * joined and is a no-op else (voipbin-api.md 4.3); a second DELETE of a conference does nothing (5.2).
 */
const TABLE = {
  remove: {
    missing: no('Nothing is known of this participant (any more).'),
    asked: no('A removal is already on its way.'),
    deleted: no('The record is deleted.'),
    strange: no('The status is not one this version knows.'),
    joining: YES,
    joined: YES,
    leaving: no('Already being disconnected: the server ignores a second request.'),
    leaved: no('Has already left.'),
  },
  'hang-up': {
    missing: no('Nothing is known of this participant (any more).'),
    asked: no('A hang-up is already on its way.'),
    deleted: no('The record is deleted.'),
    strange: no('The status is not one this version knows.'),
    'no-call': no('There is no call behind this participant that could be hung up.'),
    'call-ending': no('The call is already ending.'),
    'call-over': no('The call has already ended.'),
    joining: YES,
    joined: YES,
    leaving: YES,
    leaved: no('Has already left.'),
  },
  end: {
    missing: no('Nothing is known of this conference yet.'),
    asked: no('Its end is already asked for.'),
    deleted: no('The conference is already deleted.'),
    strange: no('The status is not one this version knows.'),
    starting: YES,
    progressing: YES,
    terminating: no('The conference is already ending.'),
    terminated: no('The conference has already ended.'),
  },
} as const satisfies {
  readonly remove: Readonly<Record<AnyState | KnownStatus, Verdict>>
  readonly 'hang-up': Readonly<Record<AnyState | CallState | KnownStatus, Verdict>>
  readonly end: Readonly<Record<AnyState | ConferenceState, Verdict>>
}

/** Who asks, and whether it is already under way from here. */
export interface Asker {
  readonly permission: Permission
  /** The same was asked for before and the server has not answered yet. */
  readonly isAsked: boolean
}

/** Whether the removal of this participant may be asked for now. */
export const canRemove = (participant: Participant | undefined, asker: Asker): Verdict =>
  permitted('remove', asker.permission, TABLE.remove[stateOf(participant, asker.isAsked)])

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
  const state = stateOf(participant, asker.isAsked)
  const verdict = TABLE['hang-up'][state]
  const ofCall = participant && callState(participant, call)
  const isCallInTheWay = verdict.allowed && ofCall
  return permitted('hang-up', asker.permission, isCallInTheWay ? TABLE['hang-up'][ofCall] : verdict)
}

/** Whether the end of this conference may be asked for now. */
export const canEnd = (conference: Conference | undefined, asker: Asker): Verdict =>
  permitted('end', asker.permission, TABLE.end[conferenceState(conference, asker.isAsked)])

/** Who lacks the permission lacks it in every state, so that is said first. */
function permitted(kind: ActionKind, permission: Permission, verdict: Verdict): Verdict {
  const mayAtAll = permits(kind, permission)
  return mayAtAll.allowed ? verdict : mayAtAll
}

function stateOf(participant: Participant | undefined, isAsked: boolean): AnyState | KnownStatus {
  if (isAsked) return 'asked'
  if (!participant) return 'missing'
  if (participant.deletedAt !== null) return 'deleted'
  return isKnownStatus(participant.status) ? participant.status : 'strange'
}

function callState(participant: Participant, call: Call | undefined): CallState | undefined {
  const { referenceId, referenceType } = participant
  if (referenceId === null || (referenceType !== null && referenceType !== 'call')) return 'no-call'
  if (call?.status === 'hangup') return 'call-over'
  const isEnding = call?.status === 'terminating' || call?.status === 'canceling'
  return isEnding ? 'call-ending' : undefined
}

const CONFERENCE_STATES = new Map<string, ConferenceState>(
  (['starting', 'progressing', 'terminating', 'terminated'] as const).map((one) => [one, one]),
)

function conferenceState(
  conference: Conference | undefined,
  isAsked: boolean,
): AnyState | ConferenceState {
  if (isAsked) return 'asked'
  if (!conference) return 'missing'
  const state = CONFERENCE_STATES.get(conference.status)
  // Deleted it is in either case; these two say more.
  if (state === 'terminating' || state === 'terminated') return state
  return conference.deletedAt === null ? (state ?? 'strange') : 'deleted'
}
