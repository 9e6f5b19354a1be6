import type { Conference } from './conference.ts'
import { changedAt, isGone, isStuck, type Participant } from './participant.ts'
import { toMillis, type Micros } from './time.ts'

/** Ending or ended: `terminating` at once, `terminated` when the last participant has left (voipbin-api.md 5.2). */
export const isEnding = ({ status, deletedAt }: Conference): boolean =>
  deletedAt !== null || status === 'terminating' || status === 'terminated'

/** The server says terminated right after the last participant has left. Milliseconds. */
const TERMINATED_WITHIN = 5000

/**
 * When a conference ended that the server leaves at terminating because no participant was in it to leave
 * (voipbin-api.md 5.2); null while it may still become terminated. Call it only when no participant is connected. Both
 * times in milliseconds on the server's clock.
 */
export function emptySince(
  { deletedAt }: Conference,
  people: Iterable<Participant>,
  requestedAt: number,
  now: number,
): Micros | null {
  let lastLeft = 0
  for (const one of people) lastLeft = Math.max(lastLeft, toMillis(changedAt(one)))
  return lastLeft < requestedAt || now - lastLeft > TERMINATED_WITHIN ? deletedAt : null
}

/**
 * The participants that are in a conference or may still get in. One that is stuck in leaving and not listed there
 * never got in, or is out (voipbin-api.md 4.4, 5.3). `now` in milliseconds on the server's clock.
 */
export function connectedTo(
  conference: Conference | undefined,
  people: Iterable<Participant>,
  now: number,
): readonly Participant[] {
  const listed = new Set(conference?.participantIds)
  return [...people].filter(
    (one) => !isGone(one) && (one.status !== 'leaving' || listed.has(one.id) || !isStuck(one, now)),
  )
}

/** How many participants the conference lists of which no record is held yet. */
export function unreadOf(
  conference: Conference | undefined,
  people: Iterable<Participant>,
): number {
  const known = new Set([...people].map(({ id }) => id))
  return (conference?.participantIds ?? []).filter((id) => !known.has(id)).length
}
