import type { Mute, MuteDirection } from './call.ts'
import type { Micros } from './time.ts'

/** Whether one direction includes another. */
export const covers = (direction: MuteDirection | '' | undefined, other: MuteDirection): boolean =>
  direction === 'both' || direction === other

/** Whether the others do not hear the caller. */
export const isUnheard = (direction: MuteDirection | ''): boolean => covers(direction, 'in')

const PARTS = ['in', 'out'] as const

type Part = (typeof PARTS)[number]

/** One direction, or both, from what of the two is meant; undefined for none. */
function directionOf(isMeant: (part: Part) => boolean): MuteDirection | undefined {
  const [first, second] = PARTS.filter(isMeant)
  return second === undefined ? first : 'both'
}

/**
 * The mute by a newer record, with what is lost from the record but may still be in force: a mute overwrites the record
 * of an earlier one, and ends nothing of it (voipbin-api.md 15).
 */
export function withOverwritten(held: Mute | undefined, now: Mute | undefined): Mute | undefined {
  if (!held || !now || held === now) return now
  const isStored = (part: Part) => covers(now.direction, part)
  // An empty record is that of an unmute, which has ended what was stored.
  const isLostNow = (part: Part) =>
    now.direction !== '' && covers(held.direction, part) && !isStored(part)
  const wasLost = (part: Part) => covers(held.overwritten, part) && !isStored(part)
  const overwritten = directionOf((part) => wasLost(part) || isLostNow(part))
  if (overwritten === undefined) return now
  return { ...now, overwritten, overwrittenAt: PARTS.some(isLostNow) ? now.at : held.overwrittenAt }
}

/** The mute without what an unmute from here has ended, which was sent for the record of the time `at`, if any. */
export const endedAt = (mute: Mute | undefined, at: Micros | null): Mute | undefined =>
  mute?.overwrittenAt !== undefined && at !== null && at >= mute.overwrittenAt
    ? { direction: mute.direction, at: mute.at }
    : mute
