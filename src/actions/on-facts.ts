import type { QueryClient } from '@tanstack/react-query'
import { rosterOf } from '~/cache/roster/store.ts'

/** Wakes when records that actions are judged by have changed. */
export const onFacts = (client: QueryClient, wake: () => void): (() => void) =>
  rosterOf(client).subscribe(wake)
