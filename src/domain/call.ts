import { isId, shortId } from './ids.ts'
import type { WireRecord } from './record.ts'
import type { Micros } from './time.ts'

/** One end of a call. The server omits each part when it is empty (voipbin-api.md 6). */
export interface Address {
  readonly type: string
  readonly target: string
  readonly targetName: string
  readonly name: string
}

/** The current action of the call's flow (voipbin-api.md 17). Both fields are empty before the first action. */
export interface CallAction {
  readonly id: string
  /** `talk`, `digits_receive`, `confbridge_join` and others; never `conference_join`. */
  readonly type: string
}

/** The call of a participant, with the caller's name and number. */
export interface Call extends WireRecord {
  readonly id: string
  readonly status: string
  readonly direction: string
  readonly source: Address
  readonly destination: Address
  readonly action: CallAction
  readonly hangupBy: string
  readonly hangupReason: string
  readonly createdAt: Micros | null
  readonly updatedAt: Micros | null
  readonly hangupAt: Micros | null
}

/** The end of a call, in the server's words (voipbin-api.md 6): `by` is `remote` or `local`. Empty when not sent. */
export interface CallEnd {
  readonly by: string
  readonly reason: string
  readonly at: Micros | null
}

/** The caller, as the call names it. Name and number may be empty. */
export interface Caller {
  readonly name: string
  readonly number: string
  /** `incoming` or `outgoing`, or another word of the server; absent when it says none. */
  readonly direction?: string
  /** Set once the call is known to have ended. */
  readonly end?: CallEnd
}

/** The server's answer about a call: the caller, or 'gone' when the call no longer exists. */
export type CallerFact = Caller | 'gone'

/** The caller, unless it is not known or its call is gone. */
export const knownCaller = (fact: CallerFact | undefined): Caller | undefined =>
  fact === 'gone' ? undefined : fact

/** The far end: the source of an incoming call, the destination of an outgoing one (voipbin-api.md 6). */
export const remoteParty = (call: Call): Address =>
  call.direction === 'outgoing' ? call.destination : call.source

/** The caller, from the far end of the call. */
export function callerOf(call: Call): Caller {
  const { targetName, name, target } = remoteParty(call)
  const number = target.trim()
  const end = endOf(call)
  return {
    name: targetName.trim() || name.trim(),
    // Some targets are ids, such as an agent's, which are too long to be read out.
    number: isId(number) ? shortId(number) : number,
    ...(end && { end }),
  }
}

const endOf = ({ status, hangupBy, hangupReason, hangupAt }: Call): CallEnd | undefined =>
  status === 'hangup' || hangupAt !== null
    ? { by: hangupBy, reason: hangupReason, at: hangupAt }
    : undefined

/** Merges one more answer into a caller. Name and number never change; the end of the call is added. */
export function mergeCaller(held: CallerFact | undefined, fact: CallerFact): CallerFact {
  if (held === undefined) return fact
  if (held === 'gone' || fact === 'gone' || held.end || !fact.end) return held
  return { ...held, end: fact.end }
}

/**
 * The label of a participant: the caller's name, else the number, else the short id of the call, else that of the
 * participant. Never empty, so that each row and its buttons have a name.
 */
export function participantLabel(
  participant: { readonly id: string; readonly referenceId: string | null },
  caller: CallerFact | undefined,
): string {
  const known = caller === undefined || caller === 'gone' ? '' : caller.name || caller.number
  return known || shortId(participant.referenceId ?? participant.id)
}
