import type { QueryClient } from '@tanstack/react-query'
import type { Action } from '~/domain/action.ts'
import { accountOf, customerOf, type Session } from '~/domain/session.ts'
import { openAccountBus, type AccountMessage } from '~/cache/live/bus.ts'
import type { Channel } from '~/util/channel.ts'
import { within } from '~/util/deadline.ts'
import { serverNow } from '~/clock.ts'
import { ActivityDatabase, readEntries, removeOlder } from './activity-database.ts'
import { adoptOldActivity } from './activity-legacy.ts'
import {
  newerOf,
  settledOf,
  type ActivityChange,
  type ActivityStore,
  type ChangeSet,
} from './activity-store.ts'
import { activityOf } from './activity.ts'

/** What is older, and what is beyond so many, is forgotten. */
const KEEP_FOR = 90 * 24 * 3600_000
const KEEP_MOST = 5000

/** A database that has not answered by then is gone on without; it may answer later. Milliseconds. */
const PATIENCE = 3000

/** Reads what was kept, writes down each change from now on, and tells it to the other tabs. */
export const keepActivity = (client: QueryClient, session: Session): KeptActivity =>
  new KeptActivity(activityOf(client, accountOf(session)), session)

/** The activity of an account as long as it is at work here. */
export class KeptActivity {
  /** Resolves once what was kept is known, or known to be lost. Never rejects. */
  readonly ready: Promise<void>
  readonly #store: ActivityStore
  readonly #session: Session
  readonly #database: ActivityDatabase
  readonly #bus: Channel<AccountMessage> | null
  readonly #stopListening: () => void
  #isStopped = false
  /** Until the database is open, and after it has failed, changes are only held. */
  #isOpen = false
  #isOpening = false
  #isToClear = false
  /** The latest of the writes, which come to their end in order. */
  #written: Promise<void> = Promise.resolve()

  constructor(store: ActivityStore, session: Session) {
    this.#store = store
    this.#session = session
    const account = accountOf(session)
    this.#database = new ActivityDatabase(customerOf(session), account)
    this.#bus = openAccountBus(account, (message) => this.#onMessage(message))
    this.#stopListening = store.subscribe((change) => this.#onChange(change))
    this.ready = this.#inTime(this.#open())
  }

  /** Reads again what other tabs have kept meanwhile, as far as that can be read in time. Never rejects. */
  refresh = (): Promise<void> => this.#keep(() => this.#read())

  /** Resolves once all changes so far are written down, or cannot be written in time. Never rejects. */
  written = (): Promise<void> => this.#written

  stop = (): void => {
    this.#isStopped = true
    this.#stopListening()
    this.#bus?.close()
  }

  #onMessage(message: AccountMessage): void {
    if (message.kind === 'activity') this.#apply(readEntries(message.entries))
    else if (message.kind === 'cleared') this.#apply({ forgotten: settledOf(this.#store) })
  }

  #onChange({ actions, batches, forgotten, origin }: ChangeSet): void {
    if (origin === 'kept') return
    if (actions.length + batches.length > 0) {
      this.#bus?.send({ kind: 'activity', entries: [...actions, ...batches] })
      this.#written = this.#keep(() => this.#database.write({ actions, batches }))
    }
    if (forgotten.length > 0) {
      this.#bus?.send({ kind: 'cleared' })
      this.#isToClear = !this.#isOpen
      void this.#keep(() => this.#database.remove(forgotten))
    }
  }

  /** Takes up what is kept already. */
  #apply(change: ActivityChange): void {
    if (!this.#isStopped) this.#store.apply(change, 'kept')
  }

  #keep(write: () => Promise<unknown>): Promise<void> {
    return this.#inTime(this.#isOpen ? write() : this.#open())
  }

  async #inTime(work: Promise<unknown>): Promise<void> {
    try {
      await within(PATIENCE, work)
    } catch {
      this.#isOpen = false
      this.#apply({ isKept: false })
    }
  }

  /** May end long after it was waited for: what it reads counts all the same, and what is held is written then. */
  async #open(): Promise<void> {
    if (this.#isOpening) return
    this.#isOpening = true
    try {
      const heir = { session: this.#session, now: serverNow(), keepFor: KEEP_FOR }
      const customer = customerOf(this.#session)
      await adoptOldActivity(customer, heir, (old) => this.#database.write(old))
      await removeOlder(customer, heir.now - KEEP_FOR)
      const before = await this.#read()
      this.#isOpen = true
      // What was read and is no newer here may have been cleared by another tab since.
      if (!this.#isStopped)
        await this.#database.write({
          actions: newerOf(this.#store.actions.values(), before.actions),
          batches: newerOf(this.#store.batches.values(), before.batches),
        })
    } finally {
      this.#isOpening = false
    }
  }

  async #read() {
    const all = await this.#database.read()
    const gone = new Set(tooOld(all.actions, serverNow()))
    if (this.#isToClear)
      for (const id of settledOf({ actions: byId(all.actions), batches: byId(all.batches) }))
        gone.add(id)
    const kept = all.actions.filter(({ id }) => !gone.has(id))
    const used = new Set(kept.map(({ batch }) => batch))
    const unused = all.batches.filter(({ id }) => !used.has(id)).map(({ id }) => id)
    await this.#database.remove([...gone, ...unused])
    this.#isToClear = false
    this.#apply({
      actions: kept,
      batches: all.batches.filter(({ id }) => used.has(id)),
      isKept: true,
    })
    return all
  }
}

const byId = <T extends { readonly id: string }>(all: readonly T[]): ReadonlyMap<string, T> =>
  new Map(all.map((one) => [one.id, one]))

/** Ids of actions that are no longer kept. `now` in milliseconds. */
function tooOld(actions: readonly Action[], now: number): readonly string[] {
  const newestFirst = actions.toSorted((a, b) => b.requestedAt - a.requestedAt)
  return newestFirst
    .filter(({ requestedAt }, index) => index >= KEEP_MOST || now - requestedAt > KEEP_FOR)
    .map(({ id }) => id)
}
