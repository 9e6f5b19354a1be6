import type { QueryClient } from '@tanstack/react-query'
import { clearActivity } from '~/cache/activity/activity.ts'
import { statusOf } from '~/cache/live/status.ts'
import { callersOf } from '~/cache/roster/caller-store.ts'
import { recordFailuresOf, rosterOf } from '~/cache/roster/store.ts'

/** Drops all data held in memory for the account that is signed in; what the browser stores stays. */
export function dropHeld(client: QueryClient): void {
  client.clear()
  rosterOf(client).clear()
  callersOf(client).clear()
  recordFailuresOf(client).clearAll()
  statusOf(client).clear()
  clearActivity(client)
}
