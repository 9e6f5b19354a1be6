import type { ActivityStore } from '~/cache/activity/activity-store.ts'
import { pause } from '~/util/pause.ts'
import { openIn, orphaned } from '~/domain/schedule.ts'
import { serverNow } from '~/clock.ts'
import type { Presence } from './presence.ts'
import { TAB } from './tab.ts'

/** The interval at which the tabs of other open work are asked whether they are there. Milliseconds. */
const ASK_EVERY = 2000

/**
 * Pauses open work of tabs that do not answer, and says so, until the signal is aborted. Where tabs have no locks to agree
 * by, work belongs to a tab, and one that is closed, crashed or frozen does not finish it.
 */
export async function watchTabs(
  activity: ActivityStore,
  presence: Presence,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const others = openIn(activity).filter(
      ({ tab, paused }) => tab !== TAB && paused !== 'tab-gone',
    )
    for (const tab of new Set(others.map((batch) => batch.tab))) {
      const isThere = await presence.isThere(tab)
      if (!isThere && !signal.aborted) activity.apply(orphaned(activity, tab, serverNow()))
    }
    await pause(ASK_EVERY, signal)
  }
}
