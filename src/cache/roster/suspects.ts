import type { Conference } from '~/domain/conference.ts'
import { changedAt, isGone } from '~/domain/participant.ts'
import { fromMillis, type Micros } from '~/domain/time.ts'
import { STUCK_AFTER } from './plan.ts'
import type { RosterStore } from './store.ts'

/** Participants that seem to be otherwise than what is held of them. */
export interface Suspects {
  /** In the conference, and not held at all. */
  readonly unknown: readonly string[]
  /** Held, and to be read again. */
  readonly changed: readonly string[]
}

/** A participant that is `leaving` for longer most likely never was in the bridge, and never named (voipbin-api.md 4.4). */
const STUCK: Micros = fromMillis(STUCK_AFTER)

/** When a conference was last written. */
export const listedAt = (conference: Conference): Micros =>
  conference.updatedAt ?? conference.createdAt ?? Infinity

/**
 * What a conference's list of participants gives away: it names those that have joined and not left yet
 * (voipbin-api.md 5.3). One that is named and not held as joined or just leaving, or held so and not named, has
 * changed. A hint to look, never a fact: the list itself comes late, and `leaved` is final.
 *
 * @param before the conference as it was when last looked at
 */
export function suspectsOf(
  conference: Conference,
  roster: Pick<RosterStore, 'get' | 'liveIn'>,
  before?: Conference,
): Suspects {
  const named = new Set(conference.participantIds)
  const wasNamed = new Set(before?.participantIds)
  const unknown = [...named].filter((id) => !roster.get(id))
  const changed = [...roster.liveIn(conference.id)].filter((id) => {
    const participant = roster.get(id)?.participant
    if (!participant || isGone(participant)) return false
    const age = listedAt(conference) - changedAt(participant)
    if (named.has(id)) {
      // In the bridge after all (voipbin-api.md 4.4), or a kick has failed.
      const isBack = age > STUCK || (age > 0 && before && !wasNamed.has(id))
      return participant.status === 'joining' || (participant.status === 'leaving' && isBack)
    }
    // A record newer than the list cannot be doubted by it.
    if (age < 0) return false
    if (participant.status === 'joined') return true
    return participant.status === 'leaving' && (age <= STUCK || wasNamed.has(id))
  })
  return { unknown, changed }
}
