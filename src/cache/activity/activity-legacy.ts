import { promisifyRequest } from 'idb-keyval'
import * as v from 'valibot'
import { isPending, type Action, type Batch } from '~/domain/action.ts'
import { permits } from '~/domain/capability.ts'
import { accountOf, type Session } from '~/domain/session.ts'
import { ActionSchema, BatchSchema, type Entries } from './activity-database.ts'

const STORE = 'entries'

const OldBatch = v.omit(BatchSchema, ['account'])

/** The account that gets the old activity, and when. */
interface Heir {
  readonly session: Session
  /** Milliseconds on the server's clock; `keepFor` before that entries expire. */
  readonly now: number
  readonly keepFor: number
}

/**
 * Adopts what builds up to 25 November 2026 kept: one activity for all accounts of a customer, with the name of the
 * account but not the account. An account gets the entries of its name, once, if it may remove participants at all; the
 * rest stays unread and expires. What was not settled is never sent: its account is not known.
 *
 * @param keep writes the entries down; the old ones are removed after it
 * @throws if storage is forbidden
 */
export async function adoptOldActivity(
  customer: string,
  { session, now, keepFor }: Heir,
  keep: (entries: Entries) => Promise<void>,
): Promise<void> {
  const database = await openExisting(`rollcall activity of ${customer}`)
  if (!database) return
  try {
    const old = database.transaction(STORE).objectStore(STORE)
    const all: readonly unknown[] = await promisifyRequest(old.getAll())
    const actions = all.filter((one): one is Action => v.is(ActionSchema, one))
    const batches = all.filter((one) => v.is(OldBatch, one))
    const mayAct = permits('remove', session.permission).allowed
    const own = mayAct ? actions.filter(({ by }) => by === session.name) : []
    const used = new Set(own.map(({ batch }) => batch))
    const account = accountOf(session)
    const ownBatches = batches.filter(({ id }) => used.has(id))
    if (own.length > 0)
      await keep({
        actions: own.map((action) => unsent(action, now)),
        batches: ownBatches.map((batch): Batch => ({ ...batch, account })),
      })
    const expired = actions.filter(({ requestedAt }) => now - requestedAt > keepFor)
    const left = database.transaction(STORE, 'readwrite')
    for (const { id } of [...own, ...ownBatches, ...expired]) left.objectStore(STORE).delete(id)
    await promisifyRequest(left)
  } finally {
    database.close()
  }
}

/** Settles an action that was open: what was not sent never is, what may have been sent stays unknown. */
function unsent(action: Action, now: number): Action {
  if (!isPending(action)) return action
  const text = 'Left open by an earlier version of this page.'
  return action.sentAt === null
    ? { ...action, state: 'withdrawn', text }
    : { ...action, state: 'unsure', answeredAt: now, text }
}

/** An existing database; null when there is none, and none is made. */
function openExisting(name: string): Promise<IDBDatabase | null> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name)
    request.addEventListener('upgradeneeded', () => request.transaction?.abort())
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => {
      if (request.error?.name === 'AbortError') resolve(null)
      else reject(request.error ?? new Error(`${name} cannot be opened.`))
    })
  })
}
