import type { Json } from './json.ts'
import type { Micros } from './time.ts'

/** "None" on the wire: Go's omitempty does not drop arrays (voipbin-api.md 4.1). */
export const ZERO_UUID = '00000000-0000-0000-0000-000000000000'

interface Row {
  readonly id: string
  readonly created: Micros
  updated: Micros | null
  deleted: Micros | null
  /** Wire fields overridden through the control path, for hostile data. */
  raw?: Readonly<Record<string, Json>>
}

export type ConferenceStatus = 'starting' | 'progressing' | 'terminating' | 'terminated'

export interface Conference extends Row {
  /** `conference`, `connect` or `queue`; not validated when it is created (voipbin-api.md 16). */
  readonly type: string
  status: ConferenceStatus
  name: string
  detail: string
  data: Readonly<Record<string, Json>>
  /** Seconds; 0 = none. */
  timeout: number
  directHash: string
  preFlowId: string
  postFlowId: string
  /** The last recording that was started and not stopped by a request, whether it goes on or not (voipbin-api.md 16). */
  recordingId: string
  recordingIds: readonly string[]
  readonly transcribeIds: readonly string[]
  /** The bridge its callers meet in and the flow that leads there; seen only through calls. */
  readonly confbridgeId: string
  readonly flowId: string
  /** `conferencecall_ids`: a hint, not the truth (voipbin-api.md 5.3). */
  participantIds: string[]
  ended: Micros | null
  /** This conference's share of the callers; 0 = no calls come by themselves. */
  readonly draw: number
}

export type ParticipantStatus = 'joining' | 'joined' | 'leaving' | 'leaved'

/** One joining of a conference by a call: a conferencecall on the wire. */
export interface Participant extends Row {
  readonly conferenceId: string
  readonly callId: string
  readonly activeflowId: string
  status: ParticipantStatus
  /** The way in which the next kick fails after it has set `leaving`. */
  kickFails?: KickFailure
}

/**
 * The ways a kick fails (voipbin-api.md 4.3, 4.4): 400 or 503 and the participant stays; 200 and it stays (`silent`),
 * or is joined again (`returns`); 503 although it leaves (`late`).
 */
export const KICK_FAILURES = ['400', '503', 'silent', 'returns', 'late'] as const

export interface KickFailure {
  /** `any`: one of the others, drawn for each kick. */
  readonly how: (typeof KICK_FAILURES)[number] | 'any'
  /** From a kick that `returns` to `joined`; undefined = 1 to 3 s. */
  readonly returnsAfter: Micros | undefined
}

/** Every field is left out of the wire when empty; an unknown address is `{}` (voipbin-api.md 6). */
export interface Address {
  readonly type?: string
  readonly target?: string
  readonly target_name?: string
  readonly name?: string
  readonly detail?: string
}

export type Direction = 'incoming' | 'outgoing'

/** The action that a call's flow executes now (voipbin-api.md 17). */
interface CallAction {
  readonly id: string
  /** `answer`, `talk`, `confbridge_join` and others, never `conference_join`; empty before the first. */
  readonly type: string
  /** When call-manager took the action; null only before the first. */
  readonly executed: Micros | null
}

export interface Call extends Row {
  readonly activeflowId: string
  readonly flowId: string
  action: CallAction
  /** Types of the actions that the flow takes next, in order; the call ends after the last. */
  ahead: readonly string[]
  readonly confbridgeId: string
  readonly direction: Direction
  readonly source: Address
  readonly destination: Address
  status: 'dialing' | 'ringing' | 'progressing' | 'terminating' | 'canceling' | 'hangup'
  ringing: Micros | null
  progressing: Micros | null
  hungUp: Micros | null
  /** The side that ended it: the far end, or this one; null = it goes on (voipbin-api.md 6). */
  hangupBy: 'remote' | 'local' | null
  hangupReason: HangupReason
  /** What the record says is muted, which need not be what is muted (voipbin-api.md 15); null = none. */
  muteDirection: MuteDirection | null
}

/** Why a call ended; of a call that goes on it says nothing (voipbin-api.md 6). */
export type HangupReason = 'normal' | 'failed' | 'busy' | 'cancel' | 'noanswer'

/** `in`: the others do not hear the caller. `out`: the caller hears nothing (voipbin-api.md 15). */
export const MUTE_DIRECTIONS = ['in', 'out', 'both'] as const
export type MuteDirection = (typeof MUTE_DIRECTIONS)[number]

/** What is done to the audio of a call, as one would hear it; its record may say otherwise (voipbin-api.md 15). */
export interface CallAudio {
  /** The others do not hear the caller. */
  mutedIn: boolean
  /** The caller does not hear the others. */
  mutedOut: boolean
  music: boolean
  held: boolean
  silence: boolean
  /** What was spoken to the caller, oldest first. */
  readonly said: string[]
}

/** How a call that is dialled out can turn out. */
export const DIAL_OUTCOMES = ['answered', 'busy', 'no-answer', 'failed'] as const

export interface DialPlan {
  readonly how: (typeof DIAL_OUTCOMES)[number]
  /** From the request to the outcome; undefined = 2 to 4 s. */
  readonly after: Micros | undefined
}

/** A recording of a conference, which the platform calls a recording of its confbridge (voipbin-api.md 16). */
export interface Recording extends Row {
  /** The bridge of the conference. */
  readonly confbridgeId: string
  readonly onEndFlowId: string
  readonly format: string
  status: 'initiating' | 'recording' | 'stopping' | 'ended'
  started: Micros | null
  ended: Micros | null
}

/** An entry of the customer's contacts, with one telephone number (voipbin-api.md 15). */
export interface Contact {
  readonly id: string
  readonly firstName: string
  readonly lastName: string
  readonly displayName: string
  readonly company: string
  /** In E.164, with the plus. */
  readonly phone: string
  readonly created: Micros
}

/** The party at the far end of a call: the identity of the participant (voipbin-api.md 6). */
export function remoteParty(call: Call): Address {
  return call.direction === 'incoming' ? call.source : call.destination
}
