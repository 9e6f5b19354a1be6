import { queryOptions, skipToken, useQuery, type QueryClient } from '@tanstack/react-query'
import { isPending, type Action, type Batch } from '~/domain/action.ts'
import { currentAccount } from '~/wire/session.ts'
import { keys } from '~/cache/queries/keys.ts'
import { useAccount } from '~/cache/live/session.ts'

/** What one account has done from this browser, and what is still being done. */
export interface Activity {
  /** By id, oldest first. */
  readonly actions: ReadonlyMap<string, Action>
  readonly batches: ReadonlyMap<string, Batch>
  /** False where the browser forbids to keep it: then it is lost with the last tab. Null while unknown. */
  readonly isKept: boolean | null
}

/** Before anything was read or done. */
export const NO_ACTIVITY: Activity = { actions: new Map(), batches: new Map(), isKept: null }

const activityQuery = (account: string) =>
  queryOptions<Activity>({
    queryKey: keys.activity(account),
    queryFn: skipToken,
    gcTime: Infinity,
  })

/** What the account at work here has done, and is doing, as of now. */
export const useActivity = (): Activity => useQuery(activityQuery(useAccount())).data ?? NO_ACTIVITY

/** The same for code outside React, and for any account. */
export const currentActivity = (client: QueryClient, account = currentAccount()): Activity =>
  client.getQueryData<Activity>(keys.activity(account)) ?? NO_ACTIVITY

/** What changed: of two versions of the same the newer stays, so that tabs agree. */
export interface ActivityChange {
  readonly actions?: readonly Action[]
  readonly batches?: readonly Batch[]
  readonly isKept?: boolean
  /** Those forgotten, by id. */
  readonly forgotten?: readonly string[]
}

/**
 * Takes up what was done, here or in another tab. Nothing changes when all of it is known.
 *
 * @param account whose activity it is: that at work here, unless told otherwise
 */
export function takeActivity(
  client: QueryClient,
  change: ActivityChange,
  account = currentAccount(),
): void {
  client.setQueryData<Activity>(keys.activity(account), (held = NO_ACTIVITY) => {
    const forgotten = new Set(change.forgotten)
    const actions = newest(held.actions, change.actions ?? [], forgotten)
    const batches = newest(held.batches, change.batches ?? [], forgotten)
    const isKept = change.isKept ?? held.isKept
    const isSame = actions === held.actions && batches === held.batches && isKept === held.isKept
    // Undefined writes nothing.
    return isSame ? undefined : { actions, batches, isKept }
  })
}

/**
 * Whether this version takes the place of another. Of two changes made at once by two tabs the heavier stays, in both:
 * that by which less is sent.
 */
export const isNewer = <T extends Action | Batch>(one: T, before: T | undefined): boolean =>
  before?.revision === one.revision
    ? weightOf(before) < weightOf(one)
    : (before?.revision ?? -1) < one.revision

const weightOf = (one: Action | Batch): string =>
  'state' in one
    ? `${one.state === 'withdrawn' ? 1 : 0}`
    : `${one.paused === null ? 0 : 1} ${one.tab}`

function newest<T extends Action | Batch>(
  held: ReadonlyMap<string, T>,
  changes: readonly T[],
  forgotten: ReadonlySet<string>,
): ReadonlyMap<string, T> {
  const news = changes.filter((one) => isNewer(one, held.get(one.id)))
  const lost = [...forgotten].filter((id) => held.has(id))
  if (news.length === 0 && lost.length === 0) return held
  const next = new Map(held)
  for (const one of news) next.set(one.id, one)
  for (const id of lost) next.delete(id)
  return next
}

/** Everything but what is still to be done, by id. */
export function settledOf({
  actions,
  batches,
}: Pick<Activity, 'actions' | 'batches'>): readonly string[] {
  const open = new Set<string>()
  for (const action of actions.values()) {
    if (isPending(action)) open.add(action.id).add(action.batch)
  }
  return [...actions.keys(), ...batches.keys()].filter((id) => !open.has(id))
}
