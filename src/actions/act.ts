import { onlineManager, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { ActivityChange } from '~/cache/activity/activity-store.ts'
import { currentActivity, applyActivity } from '~/cache/activity/activity.ts'
import { useOwner } from '~/cache/live/session.ts'
import {
  FAILED_OFFLINE,
  isUnsent,
  revised,
  type Action,
  type ActionKind,
  type Batch,
  type Target,
} from '~/domain/action.ts'
import { accountOf, type Session } from '~/domain/session.ts'
import { serverNow } from '~/wire/server-clock.ts'
import { newId, TAB } from './tab.ts'

/** What an operator asks for, of one or many at once. */
interface Wish {
  readonly kind: ActionKind
  readonly targets: readonly Target[]
  /** In the operator's words; may be empty. */
  readonly reason?: string
  /** How long it can be undone, in milliseconds. */
  readonly grace?: number
}

/** What can be done about what was asked for. All of it is noted at once; the ledger does it. */
export interface Act {
  /** Notes what was confirmed. Returns the id of the batch. */
  readonly ask: (wish: Wish) => string
  /** Sends now what could still be undone. */
  readonly sendNow: (batch: string) => void
  readonly pause: (batch: string) => void
  readonly goOn: (batch: string) => void
  /** Takes back what was not sent yet. */
  readonly withdraw: (batch: string) => void
  /**
   * Asks again for those that have failed, as new actions, which can be undone for `grace` milliseconds. Returns the id
   * of their batch.
   */
  readonly retry: (actions: readonly Action[], grace: number) => string
  /** What came of it was read. */
  readonly dismiss: (batch: string) => void
}

/** What the account at work here can ask for. */
export function useAct(): Act {
  const client = useQueryClient()
  const owner = useOwner()
  return useMemo(() => actsOf(client, owner), [client, owner])
}

/** The same outside React. */
export function actsOf(client: QueryClient, owner: Session | null): Act {
  const [account, by] = owner ? [accountOf(owner), owner.name] : ['', '']
  const take = (change: ActivityChange) => applyActivity(client, change, account)
  const ask = ({ kind, targets, reason = '', grace = 0 }: Wish): string => {
    const now = serverNow()
    const batch: Batch = {
      id: newId(),
      account,
      startsAt: now + grace,
      paused: null,
      tab: TAB,
      isDismissed: false,
      touchedAt: now,
      revision: 0,
    }
    // At once: the ledger may not be loaded yet, and by then the network may be back.
    const isFailed = targets.length === 1 && !onlineManager.isOnline()
    const actions = targets.map((target, index): Action => ({
      // What is read back comes sorted by id.
      id: `${batch.id} ${String(index).padStart(5, '0')}`,
      batch: batch.id,
      kind,
      target,
      by,
      reason,
      state: 'waiting',
      requestedAt: now,
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
    take({ actions, batches: [batch] })
    return batch.id
  }
  const change = (id: string, to: Partial<Batch>) => {
    const batch = currentActivity(client, account).batches.get(id)
    if (batch) take({ batches: [revised(batch, to)] })
  }
  return {
    ask,
    sendNow: (id) => change(id, { startsAt: serverNow(), touchedAt: serverNow() }),
    pause: (id) => change(id, { paused: 'by-choice' }),
    goOn: (id) => {
      const { paused } = currentActivity(client, account).batches.get(id) ?? {}
      // The tab it belongs to works on, unless it is gone: two tabs must not work on the same.
      const heir = paused === 'tab-gone' ? { tab: TAB } : {}
      change(id, { paused: null, touchedAt: serverNow(), ...heir })
    },
    withdraw: (id) => {
      const unsent = [...currentActivity(client, account).actions.values()].filter(
        (one) => one.batch === id && isUnsent(one),
      )
      take({ actions: unsent.map((one) => revised(one, { state: 'withdrawn' })) })
    },
    retry: (actions, grace) => {
      const [first] = actions
      return ask({
        kind: first?.kind ?? 'remove',
        targets: actions.map(({ target }) => target),
        reason: first?.reason ?? '',
        grace,
      })
    },
    dismiss: (id) => change(id, { isDismissed: true }),
  }
}
