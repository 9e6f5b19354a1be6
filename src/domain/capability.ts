import type { Participant } from './participant.ts'
import { isKnownStatus, type KnownStatus } from './participant-status.ts'

/** May something be done? If not, the sentence that says why, fit to be shown. */
export type Verdict =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly reason: string }

const ALLOWED: Verdict = { allowed: true }

const no = (reason: string): Verdict => ({ allowed: false, reason })

/** What DELETE does in each state (voipbin-api.md 4.3): it works on joining and joined, else is a no-op. */
const REMOVAL: Readonly<Record<KnownStatus, Verdict>> = {
  joining: ALLOWED,
  joined: ALLOWED,
  leaving: no('Already being disconnected: the server ignores a second request.'),
  leaved: no('Has already left.'),
}

/**
 * Whether a removal of this participant may be asked for now.
 *
 * @param requested a removal of the same participant is under way from here
 */
export function canRemove(participant: Participant | undefined, requested: boolean): Verdict {
  if (requested) return no('A removal is already on its way.')
  if (!participant) return no('Nothing is known of this participant (any more).')
  if (participant.deletedAt !== null) return no('The record is deleted.')
  const { status } = participant
  return isKnownStatus(status)
    ? REMOVAL[status]
    : no(`The status “${status}” is not one this version knows.`)
}
