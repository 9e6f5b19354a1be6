import type { Conference } from '~/domain/conference.ts'
import type { Held } from '~/domain/merge.ts'
import { changedAt, isGone } from '~/domain/participant.ts'

/** Participants who seem to be otherwise than what is held of them. */
export interface Suspects {
  /** In the conference, and not held at all. */
  readonly unknown: readonly string[]
  /** Held, and to be read again. */
  readonly changed: readonly string[]
}

/**
 * What a conference's list of participants gives away: it names those who have joined and not left yet
 * (voipbin-api.md 5.3). Who is named and not held as joined or leaving, or held so and not named, has changed.
 * A hint to look, never a fact: the list itself comes late, and `leaved` is final.
 *
 * @param here those held to be in the conference
 */
export function suspectsOf(
  conference: Conference,
  held: ReadonlyMap<string, Held>,
  here: readonly Held[],
): Suspects {
  const named = new Set(conference.participantIds)
  const unknown = [...named].filter((id) => !held.has(id))
  const changed = here
    .filter(({ participant }) => {
      if (isGone(participant)) return false
      if (named.has(participant.id)) return participant.status === 'joining'
      // A record newer than the list cannot be doubted by it.
      const listedAt = conference.updatedAt ?? conference.createdAt ?? Infinity
      const isOlder = changedAt(participant) <= listedAt
      return isOlder && ['joined', 'leaving'].includes(participant.status)
    })
    .map(({ participant }) => participant.id)
  return { unknown, changed }
}
