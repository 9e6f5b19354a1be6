import type { Conference } from '~/domain/conference.ts'
import { toMillis } from '~/domain/time.ts'

const HOURS = 24

/** `6 of 24 h`: how much of the relevant day was read, in whole hours, for a part from 0 to 1. */
export const loadedText = (part: number): string =>
  `${Math.floor(Math.min(Math.max(part, 0), 1) * HOURS)} of ${HOURS} h`

/** How far back the participants were read. Milliseconds. */
interface Reach {
  readonly isWhole: boolean
  /** All records created since then are known; null before the first page. */
  readonly backTo: number | null
}

/**
 * Whether a conference may have unknown participants: none of them was created before the
 * conference.
 */
export const mayHaveMore = (conference: Conference | null, { isWhole, backTo }: Reach): boolean => {
  const createdAt = conference?.createdAt ?? null
  return !isWhole && (backTo === null || createdAt === null || toMillis(createdAt) <= backTo)
}
