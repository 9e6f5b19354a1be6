import { clear, createStore, delMany, setMany, values, type UseStore } from 'idb-keyval'
import * as v from 'valibot'
import type { Action, Batch } from '~/domain/action.ts'

const time = v.nullable(v.number())

const ActionSchema = v.object({
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

const BatchSchema = v.object({
  id: v.string(),
  startsAt: v.number(),
  paused: v.nullable(v.picklist(['by-choice', 'interrupted'])),
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

/** Where the activity of one customer is kept for this browser profile. Every method throws if it may not. */
export class ActivityStore {
  readonly #store: UseStore

  /** @param customer whose activity: that of others is never read */
  constructor(customer: string) {
    this.#store = createStore(`rollcall activity of ${customer}`, 'entries')
  }

  async read(): Promise<Entries> {
    return readEntries(await values(this.#store))
  }

  write({ actions, batches }: Entries): Promise<void> {
    return setMany(
      [...actions, ...batches].map((one) => [one.id, one]),
      this.#store,
    )
  }

  remove(ids: readonly string[]): Promise<void> {
    return delMany([...ids], this.#store)
  }

  clear(): Promise<void> {
    return clear(this.#store)
  }
}
