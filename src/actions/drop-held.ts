import type { QueryClient } from '@tanstack/react-query'
import { clearActivity } from '~/cache/activity/activity.ts'
import { statusOf } from '~/cache/live/status.ts'
import { callersOf } from '~/cache/roster/caller-store.ts'
import { recordFailuresOf } from '~/cache/roster/record-failures.ts'
import { rosterOf } from '~/cache/roster/store.ts'

/** Drops all that is held in memory for the account at work here; what the browser keeps stays. */
export function dropHeld(client: QueryClient): void {
  client.clear()
  rosterOf(client).clear()
  callersOf(client).clear()
  recordFailuresOf(client).clearAll()
  statusOf(client).clear()
  clearActivity(client)
}
