import { queryOptions, skipToken, useQuery, type QueryClient } from '@tanstack/react-query'
import type { Action, Batch } from '~/domain/action.ts'
import { keys } from './keys.ts'

/** What was done from this browser for the customer, and what is still being done. */
export interface Activity {
  /** By id, oldest first. */
  readonly actions: ReadonlyMap<string, Action>
  readonly batches: ReadonlyMap<string, Batch>
  /** False where the browser forbids to keep it: then it is lost with the last tab. Null while unknown. */
  readonly isKept: boolean | null
}

/** Before anything was read or done. */
export const NO_ACTIVITY: Activity = { actions: new Map(), batches: new Map(), isKept: null }

const activityQuery = queryOptions<Activity>({
  queryKey: keys.activity,
  queryFn: skipToken,
  gcTime: Infinity,
})

/** What was done, and is being done, as of now. */
export const useActivity = (): Activity => useQuery(activityQuery).data ?? NO_ACTIVITY

/** The same for code outside React. */
export const currentActivity = (client: QueryClient): Activity =>
  client.getQueryData<Activity>(keys.activity) ?? NO_ACTIVITY

/** What changed: of two versions of the same the newer stays, so that tabs agree. */
export interface ActivityChange {
  readonly actions?: readonly Action[]
  readonly batches?: readonly Batch[]
  readonly isKept?: boolean
  /** Those forgotten, by id. */
  readonly forgotten?: readonly string[]
}

/** Takes up what was done, here or in another tab. Nothing changes when all of it is known. */
export function takeActivity(client: QueryClient, change: ActivityChange): void {
  client.setQueryData<Activity>(keys.activity, (held = NO_ACTIVITY) => {
    const forgotten = new Set(change.forgotten)
    const actions = newest(held.actions, change.actions ?? [], forgotten)
    const batches = newest(held.batches, change.batches ?? [], forgotten)
    const isKept = change.isKept ?? held.isKept
    const isSame = actions === held.actions && batches === held.batches && isKept === held.isKept
    // Undefined writes nothing.
    return isSame ? undefined : { actions, batches, isKept }
  })
}

function newest<T extends { readonly id: string; readonly revision: number }>(
  held: ReadonlyMap<string, T>,
  changes: readonly T[],
  forgotten: ReadonlySet<string>,
): ReadonlyMap<string, T> {
  const news = changes.filter((one) => (held.get(one.id)?.revision ?? -1) < one.revision)
  const lost = [...forgotten].filter((id) => held.has(id))
  if (news.length === 0 && lost.length === 0) return held
  const next = new Map(held)
  for (const one of news) next.set(one.id, one)
  for (const id of lost) next.delete(id)
  return next
}
