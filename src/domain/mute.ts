import type { Mute, MuteDirection } from './call.ts'
import type { Micros } from './time.ts'

/** Whether the others do not hear the caller. */
export const isUnheard = (direction: MuteDirection | ''): boolean =>
  direction === 'in' || direction === 'both'

/** Whether one direction includes another. */
export const covers = (direction: MuteDirection, other: MuteDirection): boolean =>
  direction === 'both' || direction === other

/**
 * The mute by a newer record, with the direction that is lost from the record but may still be in force: a mute
 * overwrites the record of an earlier one, and ends nothing of it (voipbin-api.md 15).
 */
export function withOverwritten(held: Mute | undefined, now: Mute | undefined): Mute | undefined {
  if (!held || !now || held === now) return now
  const lost = held.overwritten ?? (held.direction === '' ? undefined : held.direction)
  const isLost =
    lost !== undefined &&
    (now.direction === '' ? held.overwritten !== undefined : !covers(now.direction, lost))
  return isLost ? { ...now, overwritten: lost } : now
}

/** The mute once a request from here has ended all of it at a time, as far as records tell. */
export const endedAt = (mute: Mute | undefined, at: Micros | null): Mute | undefined =>
  mute?.overwritten !== undefined && at !== null && at >= mute.at
    ? { direction: mute.direction, at: mute.at }
    : mute
