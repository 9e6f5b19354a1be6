import { createStore, delMany, entries, promisifyRequest, type UseStore } from 'idb-keyval'
import * as v from 'valibot'
import type { Action, Batch } from '~/domain/action.ts'
import { isNewer } from './activity.ts'

const time = v.nullable(v.number())

/** An action; the same in all builds so far. */
export const ActionSchema = v.object({
  id: v.string(),
  batch: v.string(),
  kind: v.picklist(['remove', 'hang-up', 'end']),
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
  state: v.picklist([
    'waiting',
    'sending',
    'accepted',
    'failed',
    'unsure',
    'skipped',
    'changed',
    'withdrawn',
  ]),
  requestedAt: v.number(),
  sentAt: time,
  answeredAt: time,
  leavingAt: time,
  lookedAt: time,
  goneAt: time,
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

/** What is written down and told to other tabs. */
export interface Entries {
  readonly actions: readonly Action[]
  readonly batches: readonly Batch[]
}

/** Entries as another build or another tab wrote them; what cannot be read is left out. */
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

/** Entries of all accounts of a customer lie in one place, by account and id, so that work can change hands at once. */
const storeOf = (customer: string): UseStore =>
  createStore(`rollcall activity by account of ${customer}`, 'entries')

/** All keys of an account: arrays come last in the order of keys. */
const rangeOf = (account: string): IDBKeyRange => IDBKeyRange.bound([account], [account, []])

/** Where the activity of one account is kept for this browser profile. Every method throws if it may not. */
export class ActivityStore {
  readonly #store: UseStore
  readonly #account: string

  /** @param account whose activity: that of others is neither read nor changed */
  constructor(customer: string, account: string) {
    this.#store = storeOf(customer)
    this.#account = account
  }

  async read(): Promise<Entries> {
    const range = rangeOf(this.#account)
    return readEntries(
      await this.#store('readonly', (kept) => promisifyRequest(kept.getAll(range))),
    )
  }

  /** Writes what is newer than what is there, in one step: another tab may have written meanwhile. */
  write({ actions, batches }: Entries): Promise<void> {
    const keyOf = ({ id }: Action | Batch) => [this.#account, id]
    return this.#store('readwrite', async (kept) => {
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
      this.#store,
    )
  }
}

/** Those of which there is no version, or an older one, among the others. */
export function newerOf<T extends Action | Batch>(
  some: Iterable<T>,
  others: readonly T[],
): readonly T[] {
  const before = new Map(others.map((one) => [one.id, one]))
  return [...some].filter((one) => isNewer(one, before.get(one.id)))
}

/** What accounts other than this one have kept for the customer. @throws if storage is forbidden */
export async function readOthers(customer: string, account: string): Promise<Entries> {
  const all = await entries<IDBValidKey, unknown>(storeOf(customer))
  return readEntries(
    all.filter(([key]) => !(Array.isArray(key) && key[0] === account)).map(([, one]) => one),
  )
}

/** When an entry was asked for or last worked on, whatever else this or another build has written into it. */
const Dated = v.union([v.object({ requestedAt: v.number() }), v.object({ touchedAt: v.number() })])

/**
 * Deletes what all accounts of the customer have kept from before a time: an account that never comes back deletes
 * nothing itself.
 *
 * @param before milliseconds on the server's clock
 * @throws if storage is forbidden
 */
export function removeOlder(customer: string, before: number): Promise<void> {
  return storeOf(customer)('readwrite', async (kept) => {
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
 * Changes what another account has kept, in one step: nothing else reads or writes meanwhile.
 *
 * @param change what becomes of what is there
 * @returns the entries as they were and have become
 * @throws if storage is forbidden
 */
export function changeOthers(
  customer: string,
  account: string,
  change: (held: Entries) => readonly Action[],
): Promise<readonly Action[]> {
  return storeOf(customer)('readwrite', async (kept) => {
    const held = readEntries(await promisifyRequest(kept.getAll(rangeOf(account))))
    const changed = change(held)
    for (const one of changed) kept.put(one, [account, one.id])
    await promisifyRequest(kept.transaction)
    return changed
  })
}
