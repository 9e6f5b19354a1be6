import { hashKey, type QueryClient } from '@tanstack/react-query'
import type { Action } from '~/domain/action.ts'
import { accountOf, customerOf, type Session } from '~/domain/session.ts'
import { openAccountBus } from '~/cache/live/bus.ts'
import { within } from '~/util/deadline.ts'
import { serverNow } from '~/wire/server-clock.ts'
import { takeOldActivity } from './activity-legacy.ts'
import { ActivityStore, newerOf, readEntries, removeOlder } from './activity-store.ts'
import { currentActivity, NO_ACTIVITY, settledOf, takeActivity, type Activity } from './activity.ts'
import { keys } from '~/cache/queries/keys.ts'

/** What is older, and what is beyond so many, is forgotten. */
const KEEP_FOR = 90 * 24 * 3600_000
const KEEP_MOST = 5000

/** A database that has not answered by then is gone on without; it may answer later. Milliseconds. */
const PATIENCE = 3000

/** The activity of an account as long as it is at work here. */
export interface KeptActivity {
  /** Resolves once what was kept is known, or known to be lost. Never rejects. */
  readonly ready: Promise<void>
  /** Reads again what other tabs have kept meanwhile, as far as that can be read in time. Never rejects. */
  readonly refresh: () => Promise<void>
  readonly stop: () => void
}

/** Reads what was kept, writes down what is done from now on, and lets the other tabs know. */
export function keepActivity(client: QueryClient, session: Session): KeptActivity {
  const [account, customer] = [accountOf(session), customerOf(session)]
  const store = new ActivityStore(customer, account)
  const hash = hashKey(keys.activity(account))
  const current = () => currentActivity(client, account)
  let known = NO_ACTIVITY
  let isStopped = false
  /** Until the database is open, and after it has failed, what is done is only held. */
  let isOpen = false
  let isOpening = false
  let isToClear = false
  /** What comes from the store or from another tab is written down already. */
  let isHearing = false
  const hear = (change: Parameters<typeof takeActivity>[1]) => {
    if (isStopped) return
    isHearing = true
    takeActivity(client, change, account)
    isHearing = false
  }
  const bus = openAccountBus(account, (message) => {
    if (message.kind === 'activity') hear(readEntries(message.entries))
    else if (message.kind === 'cleared') hear({ forgotten: settledOf(current()) })
  })
  const inTime = async (work: Promise<unknown>) => {
    try {
      await within(PATIENCE, work)
    } catch {
      isOpen = false
      hear({ isKept: false })
    }
  }
  const read = async () => {
    const all = await store.read()
    const gone = new Set(tooOld(all.actions, serverNow()))
    if (isToClear)
      for (const id of settledOf({ actions: byId(all.actions), batches: byId(all.batches) }))
        gone.add(id)
    const used = new Set(all.actions.filter(({ id }) => !gone.has(id)).map(({ batch }) => batch))
    const unused = all.batches.filter(({ id }) => !used.has(id)).map(({ id }) => id)
    await store.remove([...gone, ...unused])
    isToClear = false
    hear({
      actions: all.actions.filter(({ id }) => !gone.has(id)),
      batches: all.batches.filter(({ id }) => used.has(id)),
      isKept: true,
    })
    return all
  }
  /** May end long after it was waited for: what it reads counts all the same, and what is held is written then. */
  const open = async () => {
    if (isOpening) return
    isOpening = true
    try {
      const heir = { session, now: serverNow(), keepFor: KEEP_FOR }
      await takeOldActivity(customer, heir, (old) => store.write(old))
      await removeOlder(customer, heir.now - KEEP_FOR)
      const before = await read()
      isOpen = true
      const { actions, batches } = current()
      // What was read and is no newer here may have been cleared by another tab since.
      if (!isStopped)
        await store.write({
          actions: newerOf(actions.values(), before.actions),
          batches: newerOf(batches.values(), before.batches),
        })
    } finally {
      isOpening = false
    }
  }
  const keep = (write: () => Promise<unknown>) => inTime(isOpen ? write() : open())
  const stopWatching = client.getQueryCache().subscribe((event) => {
    if (event.query.queryHash !== hash) return
    // Signing out empties the cache, and forgets nothing that is kept.
    if (event.type === 'removed') known = NO_ACTIVITY
    if (event.type !== 'updated') return
    const [before, now] = [known, current()]
    known = now
    if (isHearing) return
    const actions = newsOf(before.actions, now.actions)
    const batches = newsOf(before.batches, now.batches)
    if (actions.length + batches.length > 0) {
      bus?.send({ kind: 'activity', entries: [...actions, ...batches] })
      void keep(() => store.write({ actions, batches }))
    }
    const lost = lostOf(before, now)
    if (lost.length > 0) {
      bus?.send({ kind: 'cleared' })
      isToClear = !isOpen
      void keep(() => store.remove(lost))
    }
  })
  return {
    ready: inTime(open()),
    refresh: () => keep(read),
    stop: () => {
      isStopped = true
      stopWatching()
      bus?.close()
    },
  }
}

const byId = <T extends { readonly id: string }>(all: readonly T[]): ReadonlyMap<string, T> =>
  new Map(all.map((one) => [one.id, one]))

const newsOf = <T>(before: ReadonlyMap<string, T>, now: ReadonlyMap<string, T>): readonly T[] =>
  before === now ? [] : [...now].filter(([id, one]) => before.get(id) !== one).map(([, one]) => one)

const lostOf = (before: Activity, now: Activity): readonly string[] => [
  ...[...before.actions.keys()].filter((id) => !now.actions.has(id)),
  ...[...before.batches.keys()].filter((id) => !now.batches.has(id)),
]

function tooOld(actions: readonly Action[], now: number): readonly string[] {
  const newestFirst = actions.toSorted((a, b) => b.requestedAt - a.requestedAt)
  return newestFirst
    .filter(({ requestedAt }, index) => index >= KEEP_MOST || now - requestedAt > KEEP_FOR)
    .map(({ id }) => id)
}
