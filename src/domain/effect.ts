import type { Action } from './action.ts'
import { changedAt, type Participant } from './participant.ts'
import { fromMillis, type Micros } from './time.ts'

/** A request without a yes takes effect within this time. */
const LATE: Micros = 60_000_000

/**
 * Whether what was sent explains that a record has moved: it moved soon enough after. The record was read right before
 * the request was sent and had not moved then, so clocks that differ by a second do no harm.
 */
export const explains = ({ sentAt }: Action, movedAt: Micros): boolean =>
  sentAt !== null && movedAt <= fromMillis(sentAt) + LATE

/** Since when the record is on its way out because of what was sent; null when it is not, or not because of that. */
export function leavingOf(action: Action, record: Participant | undefined): Micros | null {
  const isNow = record?.status === 'leaving' && explains(action, changedAt(record))
  return action.leavingAt ?? (isNow ? changedAt(record) : null)
}
