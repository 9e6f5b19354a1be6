import { hashKey, type QueryClient } from '@tanstack/react-query'
import { isPending, type Action } from '~/domain/action.ts'
import { openChannel } from '~/util/channel.ts'
import { serverNow } from '~/wire/server-clock.ts'
import { ActivityStore, readEntries } from './activity-store.ts'
import { currentActivity, NO_ACTIVITY, takeActivity, type Activity } from './activity.ts'
import { keys } from './keys.ts'

/** What is older, and what is beyond so many, is forgotten. */
const KEEP_FOR = 90 * 24 * 3600_000
const KEEP_MOST = 5000

const ACTIVITY = hashKey(keys.activity)

/** The activity of a customer as long as somebody is signed in for it. */
export interface KeptActivity {
  /** Resolves once what was kept is known, or known to be lost. Never rejects. */
  readonly ready: Promise<void>
  readonly stop: () => void
}

/** Reads what was kept, writes down what is done from now on, and lets the other tabs know. */
export function keepActivity(client: QueryClient, customer: string): KeptActivity {
  const store = new ActivityStore(customer)
  let known = NO_ACTIVITY
  /** What comes from the store or from another tab is written down already. */
  let isHearing = false
  const hear = (change: Parameters<typeof takeActivity>[1]) => {
    isHearing = true
    takeActivity(client, change)
    isHearing = false
  }
  const channel = openChannel(`rollcall.activity.${customer}`, (message) => {
    if (Array.isArray(message)) hear(readEntries(message))
    else if (message === 'cleared') hear({ forgotten: settledOf(currentActivity(client)) })
  })
  const keep = async (write: () => Promise<void>) => {
    try {
      await write()
    } catch {
      hear({ isKept: false })
    }
  }
  const stopWatching = client.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated' || event.query.queryHash !== ACTIVITY) return
    const [before, now] = [known, currentActivity(client)]
    known = now
    if (isHearing) return
    const actions = newsOf(before.actions, now.actions)
    const batches = newsOf(before.batches, now.batches)
    if (actions.length + batches.length > 0) {
      channel?.send([...actions, ...batches])
      void keep(() => store.write({ actions, batches }))
    }
    const lost = lostOf(before, now)
    if (lost.length > 0) {
      channel?.send('cleared')
      void keep(() => store.remove(lost))
    }
  })
  const read = async () => {
    try {
      const all = await store.read()
      const old = tooOld(all.actions, serverNow())
      const gone = new Set(old)
      const used = new Set(all.actions.filter(({ id }) => !gone.has(id)).map(({ batch }) => batch))
      const unused = all.batches.filter(({ id }) => !used.has(id)).map(({ id }) => id)
      await store.remove([...old, ...unused])
      hear({
        actions: all.actions.filter(({ id }) => !gone.has(id)),
        batches: all.batches.filter(({ id }) => used.has(id)),
        isKept: true,
      })
    } catch {
      hear({ isKept: false })
    }
  }
  return {
    ready: read(),
    stop: () => {
      stopWatching()
      channel?.close()
    },
  }
}

const newsOf = <T>(before: ReadonlyMap<string, T>, now: ReadonlyMap<string, T>): readonly T[] =>
  before === now ? [] : [...now].filter(([id, one]) => before.get(id) !== one).map(([, one]) => one)

const lostOf = (before: Activity, now: Activity): readonly string[] => [
  ...[...before.actions.keys()].filter((id) => !now.actions.has(id)),
  ...[...before.batches.keys()].filter((id) => !now.batches.has(id)),
]

/** Everything but what is still to be done, by id. */
export function settledOf({ actions, batches }: Activity): readonly string[] {
  const open = new Set<string>()
  for (const action of actions.values()) {
    if (isPending(action)) open.add(action.id).add(action.batch)
  }
  return [...actions.keys(), ...batches.keys()].filter((id) => !open.has(id))
}

function tooOld(actions: readonly Action[], now: number): readonly string[] {
  const newestFirst = actions.toSorted((a, b) => b.requestedAt - a.requestedAt)
  return newestFirst
    .filter(({ requestedAt }, index) => index >= KEEP_MOST || now - requestedAt > KEEP_FOR)
    .map(({ id }) => id)
}
