import type { Mute, MuteDirection } from './call.ts'
import type { Micros } from './time.ts'

/** Whether the others do not hear the caller. */
export const isUnheard = (direction: MuteDirection | ''): boolean =>
  direction === 'in' || direction === 'both'

/** Whether one direction includes another. */
export const covers = (direction: MuteDirection, other: MuteDirection): boolean =>
  direction === 'both' || direction === other

const PARTS = ['in', 'out'] as const

/** One direction, or both, from what of the two is meant; undefined for none. */
function directionOf(isMeant: (part: 'in' | 'out') => boolean): MuteDirection | undefined {
  const [first, second] = PARTS.filter(isMeant)
  return second === undefined ? first : 'both'
}

/**
 * The mute by a newer record, with what is lost from the record but may still be in force: a mute overwrites the record
 * of an earlier one, and ends nothing of it (voipbin-api.md 15).
 */
export function withOverwritten(held: Mute | undefined, now: Mute | undefined): Mute | undefined {
  if (!held || !now || held === now) return now
  const { direction, overwritten: before } = held
  const isCleared = now.direction === ''
  let isNew = false
  const overwritten = directionOf((part) => {
    const wasLost = before !== undefined && covers(before, part)
    // An empty record is that of an unmute, which has ended what was stored.
    const isLostNow = !isCleared && direction !== '' && covers(direction, part)
    const isStored = now.direction !== '' && covers(now.direction, part)
    if (isStored) return false
    isNew ||= isLostNow
    return wasLost || isLostNow
  })
  if (overwritten === undefined) return now
  return { ...now, overwritten, overwrittenAt: isNew ? now.at : held.overwrittenAt }
}

/**
 * The mute without what an unmute from here has ended.
 *
 * @param at time of the record that this unmute was sent for; null when there was none
 */
export const endedAt = (mute: Mute | undefined, at: Micros | null): Mute | undefined =>
  mute?.overwrittenAt !== undefined && at !== null && at >= mute.overwrittenAt
    ? { direction: mute.direction, at: mute.at }
    : mute
