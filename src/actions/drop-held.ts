import type { QueryClient } from '@tanstack/react-query'
import { clearActivity } from '~/cache/activity/activity.ts'

/** Drops all that is held in memory for the account at work here; what the browser keeps stays. */
export function dropHeld(client: QueryClient): void {
  client.clear()
  clearActivity(client)
}
