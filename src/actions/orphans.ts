import type { QueryClient } from '@tanstack/react-query'
import { currentActivity, applyActivity } from '~/cache/activity/activity.ts'
import { pause } from '~/cache/queries/pace.ts'
import { openIn, orphaned } from '~/domain/schedule.ts'
import { serverNow } from '~/wire/server-clock.ts'
import type { Presence } from './presence.ts'
import { TAB } from './tab.ts'

/** How often the tabs that others' work belongs to are asked whether they are there. Milliseconds. */
const ASK_EVERY = 2000

/**
 * Where tabs have no locks to agree by, work belongs to a tab. What one leaves behind that is closed, crashed or
 * frozen is paused, and said to be so, until the signal is aborted.
 */
export async function watchTabs(
  client: QueryClient,
  account: string,
  presence: Presence,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const others = openIn(currentActivity(client, account)).filter(
      ({ tab, paused }) => tab !== TAB && paused !== 'tab-gone',
    )
    for (const tab of new Set(others.map((batch) => batch.tab))) {
      const isThere = await presence.isThere(tab)
      if (isThere || signal.aborted) continue
      applyActivity(client, orphaned(currentActivity(client, account), tab, serverNow()), account)
    }
    await pause(ASK_EVERY, signal)
  }
}
