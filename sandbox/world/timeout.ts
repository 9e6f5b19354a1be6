import type { Conference } from './records.ts'
import { deleteConference } from './removal.ts'
import { SECOND } from './time.ts'
import type { World } from './world.ts'

/** What the platform makes of a timeout in seconds: 1 to 59 become a day (voipbin-api.md 16). */
export function effectiveTimeout(seconds: number): number {
  return seconds > 0 && seconds < 60 ? 86_400 : seconds
}

/**
 * Schedules the deletion after a creation or a PUT with a timeout. Nothing cancels it, so the conference ends at the
 * earliest of its schedules, and each of them deletes it once more (voipbin-api.md 16).
 */
export function scheduleDeletion(world: World, conference: Conference): void {
  if (conference.timeout <= 0) return
  world.after(conference.timeout * SECOND, () => {
    deleteConference(world, conference, () => undefined)
  })
}
