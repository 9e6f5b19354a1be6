import { createStore, delMany, entries, promisifyRequest, type UseStore } from 'idb-keyval'
import * as v from 'valibot'
import {
  ACTION_STATES,
  CONFERENCE_KINDS,
  PARTICIPANT_KINDS,
  type Action,
  type Batch,
} from '~/domain/action.ts'
import { newerOf } from './activity-store.ts'

const time = v.nullable(v.number())

const Room = v.object({ name: v.string(), detail: v.string(), timeout: v.number() })

const Input = v.object({
  text: v.optional(v.string()),
  language: v.optional(v.string()),
  number: v.optional(v.string()),
  source: v.optional(v.string()),
  room: v.optional(Room),
  before: v.optional(Room),
  recordingId: v.optional(v.string()),
  unmutes: v.optional(v.boolean()),
})

/** An action. Tabs of other builds read and write it too, so what came later is optional, and kinds are only added. */
export const ActionSchema = v.object({
  id: v.string(),
  batch: v.string(),
  kind: v.picklist([...PARTICIPANT_KINDS, ...CONFERENCE_KINDS]),
  target: v.object({
    id: v.string(),
    label: v.string(),
    number: v.string(),
    conferenceId: v.nullable(v.string()),
    conferenceLabel: v.string(),
    callId: v.nullable(v.string()),
    status: v.string(),
  }),
  by: v.string(),
  reason: v.string(),
  input: v.optional(Input),
  state: v.picklist(ACTION_STATES),
  requestedAt: v.number(),
  sentAt: time,
  answeredAt: time,
  leavingAt: time,
  lookedAt: time,
  goneAt: time,
  recheckedAt: v.optional(time),
  madeId: v.optional(v.string()),
  text: v.string(),
  trace: v.string(),
  revision: v.number(),
})

/** A batch, as of 26 November 2026. */
export const BatchSchema = v.object({
  id: v.string(),
  account: v.string(),
  startsAt: v.number(),
  paused: v.nullable(v.picklist(['by-choice', 'interrupted', 'tab-gone'])),
  tab: v.string(),
  isDismissed: v.boolean(),
  touchedAt: v.number(),
  revision: v.number(),
})

/** What is kept in the browser and told to other tabs. */
export interface Entries {
  readonly actions: readonly Action[]
  readonly batches: readonly Batch[]
}

/** Reads entries that another build or another tab wrote; leaves out what it cannot read. */
export function readEntries(all: readonly unknown[]): Entries {
  const actions: Action[] = []
  const batches: Batch[] = []
  for (const one of all) {
    const action = v.safeParse(ActionSchema, one)
    const batch = v.safeParse(BatchSchema, one)
    if (action.success) actions.push(action.output)
    else if (batch.success) batches.push(batch.output)
  }
  return { actions, batches }
}

/** A connection that is not open by then is given up: the next use opens another. Milliseconds. */
const OPENS_WITHIN = 3000

/** The connection to each database. Where the browser's databases are replaced, as in specs, they start anew. */
const connections = new WeakMap<IDBFactory, Map<string, UseStore>>()

/**
 * The entries of all accounts of a customer: by account and id, so that work can change hands in one step. There is one
 * connection for all that use it. After a failure it is closed, and the next use opens another.
 */
const entriesOf =
  (customer: string): UseStore =>
  async (mode, use) => {
    const name = `rollcall activity by account of ${customer}`
    const open = connections.get(indexedDB) ?? new Map<string, UseStore>()
    connections.set(indexedDB, open)
    const store = open.get(name) ?? createStore(name, 'entries')
    open.set(name, store)
    const giveUp = () => {
      if (open.get(name) === store) open.delete(name)
    }
    const timer = setTimeout(giveUp, OPENS_WITHIN)
    let database: IDBDatabase | undefined
    try {
      return await store(mode, (kept) => {
        clearTimeout(timer)
        database = kept.transaction.db
        return use(kept)
      })
    } catch (error) {
      giveUp()
      database?.close()
      throw error
    } finally {
      clearTimeout(timer)
    }
  }

/** All keys of an account: arrays come last in the order of keys. */
const rangeOf = (account: string): IDBKeyRange => IDBKeyRange.bound([account], [account, []])

/** The activity of one account in the storage of this browser profile. Every method rejects where storage is forbidden. */
export class ActivityDatabase {
  readonly #entries: UseStore
  readonly #account: string

  /** @param account the activity of other accounts is neither read nor changed */
  constructor(customer: string, account: string) {
    this.#entries = entriesOf(customer)
    this.#account = account
  }

  async read(): Promise<Entries> {
    const range = rangeOf(this.#account)
    return readEntries(
      await this.#entries('readonly', (kept) => promisifyRequest(kept.getAll(range))),
    )
  }

  /** Writes what is newer than what is there, in one transaction: another tab may have written meanwhile. */
  write({ actions, batches }: Entries): Promise<void> {
    const keyOf = ({ id }: Action | Batch) => [this.#account, id]
    return this.#entries('readwrite', async (kept) => {
      const there = await Promise.all(
        [...actions, ...batches].map((one) => promisifyRequest<unknown>(kept.get(keyOf(one)))),
      )
      const before = readEntries(there)
      for (const one of newerOf(actions, before.actions)) kept.put(one, keyOf(one))
      for (const one of newerOf(batches, before.batches)) kept.put(one, keyOf(one))
      await promisifyRequest(kept.transaction)
    })
  }

  remove(ids: readonly string[]): Promise<void> {
    return delMany(
      ids.map((id) => [this.#account, id]),
      this.#entries,
    )
  }
}

/** The entries of all other accounts of the customer. @throws if storage is forbidden */
export async function readOthers(customer: string, account: string): Promise<Entries> {
  const all = await entries<IDBValidKey, unknown>(entriesOf(customer))
  return readEntries(
    all.filter(([key]) => !(Array.isArray(key) && key[0] === account)).map(([, one]) => one),
  )
}

/** When an entry was requested or last worked on, whatever else this or another build has written into it. */
const Dated = v.union([v.object({ requestedAt: v.number() }), v.object({ touchedAt: v.number() })])

/**
 * Deletes the old entries of all accounts of the customer: an account that never comes back deletes nothing itself.
 *
 * @param before milliseconds on the server's clock
 * @throws if storage is forbidden
 */
export function removeOlder(customer: string, before: number): Promise<void> {
  return entriesOf(customer)('readwrite', async (kept) => {
    const [ids, all] = await Promise.all([
      promisifyRequest(kept.getAllKeys()),
      promisifyRequest<unknown[]>(kept.getAll()),
    ])
    for (const [index, id] of ids.entries()) {
      const dated = v.safeParse(Dated, all[index])
      if (!dated.success) continue
      const at = 'requestedAt' in dated.output ? dated.output.requestedAt : dated.output.touchedAt
      if (at < before) kept.delete(id)
    }
    await promisifyRequest(kept.transaction)
  })
}

/**
 * Changes the entries of another account in one transaction: nothing else reads or writes meanwhile.
 *
 * @param change returns the changed actions
 * @returns the changed actions
 * @throws if storage is forbidden
 */
export function changeOthers(
  customer: string,
  account: string,
  change: (held: Entries) => readonly Action[],
): Promise<readonly Action[]> {
  return entriesOf(customer)('readwrite', async (kept) => {
    const held = readEntries(await promisifyRequest(kept.getAll(rangeOf(account))))
    const changed = change(held)
    for (const one of changed) kept.put(one, [account, one.id])
    await promisifyRequest(kept.transaction)
    return changed
  })
}
