import type { Conference } from '~/domain/conference.ts'
import type { RosterEntry } from '~/domain/merge.ts'
import { changedAt, isGone } from '~/domain/participant.ts'
import { fromMillis, type Micros } from '~/domain/time.ts'
import { STUCK_AFTER } from './plan.ts'

/** Participants who seem to be otherwise than what is held of them. */
export interface Suspects {
  /** In the conference, and not held at all. */
  readonly unknown: readonly string[]
  /** Held, and to be read again. */
  readonly changed: readonly string[]
}

/** Who is `leaving` for longer most likely never was in the bridge, and never named (voipbin-api.md 4.4). */
const STUCK: Micros = fromMillis(STUCK_AFTER)

/** When a conference was last written. */
export const listedAt = (conference: Conference): Micros =>
  conference.updatedAt ?? conference.createdAt ?? Infinity

/**
 * What a conference's list of participants gives away: it names those who have joined and not left yet
 * (voipbin-api.md 5.3). Who is named and not held as joined or just leaving, or held so and not named, has changed.
 * A hint to look, never a fact: the list itself comes late, and `leaved` is final.
 *
 * @param here those held to be in the conference
 * @param before the conference as it was when last looked at
 */
export function suspectsOf(
  conference: Conference,
  held: ReadonlyMap<string, RosterEntry>,
  here: readonly RosterEntry[],
  before?: Conference,
): Suspects {
  const named = new Set(conference.participantIds)
  const wasNamed = new Set(before?.participantIds)
  const unknown = [...named].filter((id) => !held.has(id))
  const changed = here
    .filter(({ participant }) => {
      if (isGone(participant)) return false
      const age = listedAt(conference) - changedAt(participant)
      if (named.has(participant.id)) {
        // In the bridge after all (voipbin-api.md 4.4), or a kick has failed.
        const isBack = age > STUCK || (age > 0 && before && !wasNamed.has(participant.id))
        return participant.status === 'joining' || (participant.status === 'leaving' && isBack)
      }
      // A record newer than the list cannot be doubted by it.
      if (age < 0) return false
      if (participant.status === 'joined') return true
      return participant.status === 'leaving' && (age <= STUCK || wasNamed.has(participant.id))
    })
    .map(({ participant }) => participant.id)
  return { unknown, changed }
}
