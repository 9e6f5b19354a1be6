import type { QueryClient } from '@tanstack/react-query'
import { callersOf } from '~/cache/roster/caller-store.ts'
import { rosterOf } from '~/cache/roster/store.ts'
import { statusOf } from './status.ts'

/** Drops all that was read, in the query cache and the stores beside it: it must not be shown to another account. */
export function clearCache(client: QueryClient): void {
  client.clear()
  rosterOf(client).clear()
  callersOf(client).clear()
  statusOf(client).clear()
}
