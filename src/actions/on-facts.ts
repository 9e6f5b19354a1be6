import type { QueryClient } from '@tanstack/react-query'
import { rosterOf } from '~/cache/roster/store.ts'

/** Calls the listener when records change by which actions are judged. */
export const onFacts = (client: QueryClient, wake: () => void): (() => void) =>
  rosterOf(client).subscribe(wake)
