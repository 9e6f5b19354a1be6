import { onlineManager, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { ActivityChange } from '~/cache/activity/activity-store.ts'
import { activityOf } from '~/cache/activity/activity.ts'
import { useOwner } from '~/cache/live/session.ts'
import {
  FAILED_OFFLINE,
  isUnsent,
  revised,
  type Action,
  type ActionInput,
  type ActionKind,
  type Batch,
  type Target,
} from '~/domain/action.ts'
import { accountOf, type Session } from '~/domain/session.ts'
import { serverNow } from '~/clock.ts'
import { newUuid } from '~/util/uuid.ts'
import { TAB } from './tab.ts'

/** What an operator has confirmed, for one target or many at once. */
interface ActionRequest {
  readonly kind: ActionKind
  readonly targets: readonly Target[]
  /** In the operator's words; may be empty. */
  readonly reason?: string
  readonly input?: ActionInput | undefined
  /** How long it can be undone, in milliseconds. */
  readonly grace?: number
}

/** What an operator can do. All of it is noted in the activity at once; the ledger sends it. */
export type Act = ReturnType<typeof actsOf>

/** The actions of the account that is signed in. */
export function useAct(): Act {
  const client = useQueryClient()
  const owner = useOwner()
  return useMemo(() => actsOf(client, owner), [client, owner])
}

/** The same outside React. */
export function actsOf(client: QueryClient, owner: Session | null) {
  const account = owner ? accountOf(owner) : ''
  const activity = activityOf(client, account)
  const submit = (request: ActionRequest): string => {
    const batch = batchOf(account, request.grace)
    const actions = actionsOf(batch, request, owner?.name ?? '')
    activity.apply({ actions, batches: [batch] })
    return batch.id
  }
  const change = (id: string, to: Partial<Batch>) => {
    const batch = activity.batches.get(id)
    if (batch) activity.apply({ batches: [revised(batch, to)] })
  }
  return {
    /** Notes what was confirmed. Returns the id of the batch. */
    submit,
    /** Ends the time in which a batch can be undone. */
    sendNow: (id: string) => change(id, { startsAt: serverNow(), touchedAt: serverNow() }),
    /** Lets a batch that was not begun start so many milliseconds from now. */
    postpone: (id: string, left: number) => {
      const { startsAt = 0 } = activity.batches.get(id) ?? {}
      if (startsAt > serverNow()) change(id, { startsAt: serverNow() + left })
    },
    pause: (id: string) => change(id, { paused: 'by-choice' }),
    resume: (id: string) => {
      const { paused } = activity.batches.get(id) ?? {}
      // The tab that owns the batch continues, unless it is gone: two tabs must not work on one batch.
      const heir = paused === 'tab-gone' ? { tab: TAB } : {}
      change(id, { paused: null, touchedAt: serverNow(), ...heir })
    },
    /** Withdraws the actions of a batch that were not sent yet. */
    withdraw: (id: string) => activity.apply(withdrawal(id, activity.actions)),
    /** Submits actions again, as new ones that can be undone for `grace` milliseconds. Returns the id of their batch. */
    retry: (actions: readonly Action[], grace: number) => {
      const [first] = actions
      return submit({
        kind: first?.kind ?? 'remove',
        targets: actions.map(({ target }) => target),
        reason: first?.reason ?? '',
        input: first?.input,
        grace,
      })
    },
    /** Notes that the operator has read what became of a batch. */
    dismiss: (id: string) => change(id, { isDismissed: true }),
  }
}

function batchOf(account: string, grace = 0): Batch {
  const now = serverNow()
  return {
    id: newUuid(),
    account,
    startsAt: now + grace,
    paused: null,
    tab: TAB,
    isDismissed: false,
    touchedAt: now,
    revision: 0,
  }
}

function actionsOf(
  { id, touchedAt }: Batch,
  { kind, targets, reason = '', input }: ActionRequest,
  by: string,
): readonly Action[] {
  // At once: the ledger may not be loaded yet, and by then the network may be back.
  const isFailed = targets.length === 1 && !onlineManager.isOnline()
  return targets.map((target, index) => ({
    // What is read back from the database comes sorted by id.
    id: `${id} ${String(index).padStart(5, '0')}`,
    batch: id,
    kind,
    target,
    by,
    reason,
    ...(input && { input }),
    state: 'waiting',
    requestedAt: touchedAt,
    sentAt: null,
    answeredAt: null,
    leavingAt: null,
    lookedAt: null,
    goneAt: null,
    text: '',
    trace: '',
    revision: 0,
    ...(isFailed && FAILED_OFFLINE),
  }))
}

function withdrawal(batch: string, all: ReadonlyMap<string, Action>): ActivityChange {
  const unsent = [...all.values()].filter((one) => one.batch === batch && isUnsent(one))
  return { actions: unsent.map((one) => revised(one, { state: 'withdrawn' })) }
}
