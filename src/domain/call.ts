import { isId, shortId } from './ids.ts'
import type { WireRecord } from './record.ts'
import type { Micros } from './time.ts'

/** One end of a call; every part is omitted by the wire when empty (voipbin-api.md 6). */
export interface Address {
  readonly type: string
  readonly target: string
  readonly targetName: string
  readonly name: string
}

/** What a call's flow does with it (voipbin-api.md 17); both are empty before the first action. */
export interface CallAction {
  readonly id: string
  /** `talk`, `digits_receive`, `confbridge_join` and others; never `conference_join`. */
  readonly type: string
}

/** The call behind a participant: it knows who the caller is. */
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

/** How a call ended: by `remote` or `local`, and why, in the server's words (voipbin-api.md 6); empty when not said. */
export interface CallEnd {
  readonly by: string
  readonly reason: string
  readonly at: Micros | null
}

/** Who the participant is, as far as a call tells. Both parts may be empty. */
export interface Caller {
  readonly name: string
  readonly number: string
  /** Once the call is known to have ended. */
  readonly end?: CallEnd
}

/** A call the server answered about: the caller, or 'gone' when it has no such call any more. */
export type CallerFact = Caller | 'gone'

/** The far end: the source of an incoming call, the destination of an outgoing one (voipbin-api.md 6). */
export const remoteParty = (call: Call): Address =>
  call.direction === 'outgoing' ? call.destination : call.source

/** The caller's name and number, read off the far end of the call. */
export function callerOf(call: Call): Caller {
  const { targetName, name, target } = remoteParty(call)
  const number = target.trim()
  const end = endOf(call)
  return {
    name: targetName.trim() || name.trim(),
    // Some targets are ids, such as an agent's: nobody dials or reads those out.
    number: isId(number) ? shortId(number) : number,
    ...(end && { end }),
  }
}

const endOf = ({ status, hangupBy, hangupReason, hangupAt }: Call): CallEnd | undefined =>
  status === 'hangup' || hangupAt !== null
    ? { by: hangupBy, reason: hangupReason, at: hangupAt }
    : undefined

/** What is known of a caller after one more answer: who it is does not change, that the call has ended is news. */
export function mergeCaller(held: CallerFact | undefined, told: CallerFact): CallerFact {
  if (held === undefined) return told
  if (held === 'gone' || told === 'gone' || held.end || !told.end) return held
  return { ...held, end: told.end }
}

/**
 * What to call a participant: name, else number, else the short id of the call, else of the participant.
 * Never empty, so that each row and its buttons have a name.
 */
export function participantLabel(
  participant: { readonly id: string; readonly referenceId: string | null },
  caller: CallerFact | undefined,
): string {
  const known = caller === undefined || caller === 'gone' ? '' : caller.name || caller.number
  return known || shortId(participant.referenceId ?? participant.id)
}
