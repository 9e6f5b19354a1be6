import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { perClient } from '~/cache/queries/per-client.ts'
import { useAccount } from '~/cache/live/session.ts'
import { currentAccount } from '~/wire/session.ts'
import { ActivityStore, type Activity, type ActivityChange } from './activity-store.ts'

/** The stores of a client, by account. */
const storesOf = perClient(() => new Map<string, ActivityStore>())

/** The activity of one account, by default that of the account at work here. */
export function activityOf(client: QueryClient, account = currentAccount()): ActivityStore {
  const stores = storesOf(client)
  const store = stores.get(account) ?? new ActivityStore()
  stores.set(account, store)
  return store
}

/** Drops what is held of all accounts, when the query cache is dropped too. What is kept in the browser stays. */
export function clearActivity(client: QueryClient): void {
  for (const store of storesOf(client).values()) store.clear()
}

const whole = (activity: Activity): Activity => activity

/** The activity of the account at work here. */
export function useActivity(): Activity
/**
 * A part of it. The component is drawn again only when another part is selected.
 *
 * @param select returns the same value while nothing that it reads has changed
 */
export function useActivity<T>(select: (activity: Activity) => T): T
export function useActivity(select: (activity: Activity) => unknown = whole): unknown {
  const store = activityOf(useQueryClient(), useAccount())
  return useSyncExternalStore(store.subscribe, () => select(store.get()))
}

/** The same outside React, for any account. */
export const currentActivity = (client: QueryClient, account?: string): Activity =>
  activityOf(client, account).get()

/** Notes what was done, here or in another tab. Nothing changes when all of it is known. */
export const applyActivity = (
  client: QueryClient,
  change: ActivityChange,
  account?: string,
): void => activityOf(client, account).apply(change)
