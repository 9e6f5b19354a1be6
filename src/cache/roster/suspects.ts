import type { Conference } from '~/domain/conference.ts'
import { changedAt, isGone } from '~/domain/participant.ts'
import { fromMillis, type Micros } from '~/domain/time.ts'
import { STUCK_AFTER } from './plan.ts'
import type { RosterStore } from './store.ts'

/** Participants with a held record that seems out of date. */
export interface Suspects {
  /** In the conference, and not held at all. */
  readonly unknown: readonly string[]
  /** Held, and to be read again. */
  readonly changed: readonly string[]
}

/** A participant that is `leaving` for longer most likely never was in the bridge, nor named (voipbin-api.md 4.4). */
const STUCK: Micros = fromMillis(STUCK_AFTER)

/** When a conference was last written. */
export const listedAt = (conference: Conference): Micros =>
  conference.updatedAt ?? conference.createdAt ?? Infinity

/**
 * Compares a conference's list of participants, which names those that have joined and not left
 * (voipbin-api.md 5.3), with the roster. A named participant that is not held as joined or just
 * leaving has changed, and so has one held so and not named. The result is a reason to read, never
 * a fact: the list arrives late, and `leaved` is final.
 *
 * @param before the conference at the previous comparison
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
    // A list cannot contradict a record that is newer.
    if (age < 0) return false
    if (participant.status === 'joined') return true
    return participant.status === 'leaving' && (age <= STUCK || wasNamed.has(id))
  })
  return { unknown, changed }
}
