import { hasLeft } from './participant-status.ts'
import type { WireRecord } from './record.ts'
import { fromMillis, type Micros } from './time.ts'

/** Someone in a conference: one record per join, so a caller who comes back is a new participant. */
export interface Participant extends WireRecord {
  readonly id: string
  readonly customerId: string | null
  readonly conferenceId: string | null
  /** Sent by newer servers only. */
  readonly activeflowId: string | null
  readonly referenceType: string | null
  /** The call's id while `referenceType` is `call`. */
  readonly referenceId: string | null
  /** One of PARTICIPANT_STATUSES, or what else the server said. */
  readonly status: string
  readonly createdAt: Micros | null
  readonly updatedAt: Micros | null
  readonly deletedAt: Micros | null
}

/** When the record last changed: `tm_update` is null until the first change (voipbin-api.md 10). */
export const changedAt = (participant: Participant): Micros =>
  participant.updatedAt ?? participant.createdAt ?? 0

/** Gone for good: says so itself, or carries a deletion time. */
export const isGone = (participant: Participant): boolean =>
  hasLeft(participant.status) || participant.deletedAt !== null

/** A `leaving` older than this will most likely never end (voipbin-api.md 4.4, quirk 8). Milliseconds. */
export const STUCK_LEAVING_AFTER = 60_000

/** A pre-flow may take its time, but `joining` longer than this deserves a look. Milliseconds. */
export const STUCK_JOINING_AFTER = 180_000

/**
 * True when a participant has been on the way in or out for longer than that normally takes.
 *
 * @param now milliseconds since the epoch
 */
export function isStuck(participant: Participant, now: number): boolean {
  const since = changedAt(participant)
  // Without any time there is no telling.
  if (since === 0) return false
  const age = fromMillis(now) - since
  if (participant.status === 'leaving') return age > fromMillis(STUCK_LEAVING_AFTER)
  return participant.status === 'joining' && age > fromMillis(STUCK_JOINING_AFTER)
}
