import { hasLeft } from './participant-status.ts'
import type { WireRecord } from './record.ts'
import { fromMillis, type Micros } from './time.ts'

/** One join of one call to one conference. A caller that joins again is a new participant (voipbin-api.md 4.1). */
export interface Participant extends WireRecord {
  readonly id: string
  readonly customerId: string | null
  readonly conferenceId: string | null
  /** Sent by newer servers only. */
  readonly activeflowId: string | null
  readonly referenceType: string | null
  /** The call's id while `referenceType` is `call`. */
  readonly referenceId: string | null
  /** One of PARTICIPANT_STATUSES, or another text from the server. */
  readonly status: string
  readonly createdAt: Micros | null
  readonly updatedAt: Micros | null
  readonly deletedAt: Micros | null
}

/** When the record last changed: `tm_update` is null until the first change (voipbin-api.md 10). */
export const changedAt = (participant: Participant): Micros =>
  participant.updatedAt ?? participant.createdAt ?? 0

/** Whether it has left for good: the status is `leaved`, or a deletion time is set. */
export const isGone = (participant: Participant): boolean =>
  hasLeft(participant.status) || participant.deletedAt !== null

/** A `leaving` older than this will most likely never end (voipbin-api.md 4.4, quirk 8). Milliseconds. */
export const STUCK_LEAVING_AFTER = 60_000

/** A pre-flow may take minutes; a `joining` older than this is marked. Milliseconds. */
export const STUCK_JOINING_AFTER = 180_000

/** Whether it is `joining` or `leaving` for longer than normal. `now` in milliseconds on the server's clock. */
export function isStuck(participant: Participant, now: number): boolean {
  const since = changedAt(participant)
  // Without a time the age is unknown.
  if (since === 0) return false
  const age = fromMillis(now) - since
  if (participant.status === 'leaving') return age > fromMillis(STUCK_LEAVING_AFTER)
  return participant.status === 'joining' && age > fromMillis(STUCK_JOINING_AFTER)
}
