import { changedAt, isGone, type Participant } from '~/domain/participant.ts'
import { toMillis } from '~/domain/time.ts'

/** How many were in a conference at the end of each minute. */
export interface Occupancy {
  /** One more than minutes, the oldest first; null for times that were not observed. */
  readonly counts: ReadonlyArray<number | null>
  /** The time of the last of them, in milliseconds on the server's clock; each is a minute after the one before. */
  readonly until: number
}

export const MINUTE = 60_000

/** So many minutes are looked back. */
export const MINUTES = 60

/** When somebody was in a conference, in milliseconds; `to` is null for who still is. */
interface Stay {
  readonly from: number
  readonly to: number | null
}

/** When a participant was in its conference; null when the record does not say. */
export function stayOf(participant: Participant): Stay | null {
  const { createdAt } = participant
  if (createdAt === null) return null
  const from = toMillis(createdAt)
  return { from, to: isGone(participant) ? Math.max(toMillis(changedAt(participant)), from) : null }
}

/**
 * The occupancy of a conference over the last hour.
 *
 * @param stays of all participants that are known and were there within it
 * @param until the end, in milliseconds on the server's clock
 * @param isWhole whether all who were there then are known: not before the list was read back for a day, as nobody stays
 *   longer (voipbin-api.md 4.2), or to the creation of the conference
 */
export function occupancyOf(stays: Iterable<Stay>, until: number, isWhole: boolean): Occupancy {
  const begin = until - MINUTES * MINUTE
  /** The first of the points that are not before a time. */
  const pointAt = (time: number) => Math.max(0, Math.ceil((time - begin) / MINUTE))
  const changes = Array.from({ length: MINUTES + 2 }, () => 0)
  const change = (at: number, by: number) => {
    if (at <= MINUTES) changes[at] = (changes[at] ?? 0) + by
  }
  for (const { from, to } of stays) {
    change(pointAt(from), 1)
    if (to !== null) change(pointAt(to), -1)
  }
  let count = 0
  const counts = changes.slice(0, MINUTES + 1).map((by) => {
    count += by
    return isWhole ? count : null
  })
  return { counts, until }
}

/** What a curve says, for those who do not see it; times by `timeOf`. */
export function occupancyText(
  { counts, until }: Occupancy,
  timeOf: (at: number) => string,
): string {
  const known = counts.flatMap((count, at) => (count === null ? [] : [[count, at] as const]))
  const [first] = known
  const last = known.at(-1)
  if (!first || !last) return 'The last hour is not known yet'
  const most = known.reduce((best, one) => (one[0] > best[0] ? one : best))
  const least = known.reduce((best, one) => (one[0] < best[0] ? one : best))
  const when = (at: number) => timeOf(until - (MINUTES - at) * MINUTE)
  const parts = [
    `Now ${last[0]}`,
    most[0] === least[0] ? 'the same all the time' : `most ${most[0]} at ${when(most[1])}`,
    ...(most[0] === least[0] ? [] : [`least ${least[0]} at ${when(least[1])}`]),
    ...(first[1] > 0 ? [`not known before ${when(first[1])}`] : []),
  ]
  return `In the last hour: ${parts.join(', ')}`
}
