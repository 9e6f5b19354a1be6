import {
  hasProof,
  isPending,
  isRepeatable,
  revised,
  wasSent,
  type Action,
  type Batch,
} from './action.ts'

/** What is to be sent next, or when something may be; times in milliseconds on the server's clock. */
export type Next =
  | { readonly kind: 'do'; readonly action: Action }
  | { readonly kind: 'wait'; readonly until: number }

/**
 * The next action to send: batches in the order of their start, their actions in the order of confirmation. A batch
 * that can still be undone or is paused lets the others go first.
 */
export function nextAction(
  actions: Iterable<Action>,
  batches: ReadonlyMap<string, Batch>,
  now: number,
): Next {
  let until = Infinity
  let best: { action: Action; startsAt: number } | undefined
  for (const action of actions) {
    const batch = batches.get(action.batch)
    if (action.state !== 'waiting' || !batch || batch.paused) continue
    if (batch.startsAt > now) until = Math.min(until, batch.startsAt)
    else if (!best || batch.startsAt < best.startsAt) best = { action, startsAt: batch.startsAt }
  }
  return best ? { kind: 'do', action: best.action } : { kind: 'wait', until }
}

/** After this time without work a batch is not sent without asking. Milliseconds. */
export const ABANDONED_AFTER = 60_000

/**
 * The abandoned batches, paused. Only the operator resumes them, because the calls may have changed since. A batch that
 * waits for its turn is not abandoned while those before it are worked on. `now` in milliseconds on the server's clock.
 */
export function abandoned(left: Left, now: number): readonly Batch[] {
  const all = [...left.batches.values()]
  return openIn(left)
    .filter(({ paused, startsAt }) => {
      // Batches confirmed later do not count: they may have been confirmed after a gap.
      const before = all.filter((one) => one.startsAt <= startsAt)
      const workedAt = Math.max(startsAt, ...before.map(({ touchedAt }) => touchedAt))
      return paused === null && now - workedAt > ABANDONED_AFTER
    })
    .map((batch) => revised(batch, { paused: 'interrupted' }))
}

/**
 * What a tab that is gone has left: its batches paused, and no action in `sending` that no tab works on. What may have
 * been sent is unsure, and never sent again by itself. `now` in milliseconds on the server's clock.
 */
export function orphaned({ actions, batches }: Left, tab: string, now: number): Orphans {
  const left = openIn({ actions, batches }).filter(
    (batch) => batch.tab === tab && batch.paused !== 'tab-gone',
  )
  const ids = new Set(left.map(({ id }) => id))
  const sending = [...actions.values()].filter(
    ({ state, batch }) => state === 'sending' && ids.has(batch),
  )
  return {
    batches: left.map((batch) => revised(batch, { paused: 'tab-gone' })),
    actions: sending.map((action) =>
      // Its page may have been closed before it was stored as sent.
      action.sentAt === null && isRepeatable(action.kind)
        ? revised(action, { state: 'waiting' })
        : revised(action, {
            state: 'unsure',
            answeredAt: now,
            text: 'Its tab was closed before the answer.',
          }),
    ),
  }
}

interface Orphans {
  readonly actions: readonly Action[]
  readonly batches: readonly Batch[]
}

/** Batches with an action that is not settled yet. */
export function openIn({ actions, batches }: Left): readonly Batch[] {
  const open = new Set([...actions.values()].filter(isPending).map(({ batch }) => batch))
  return [...batches.values()].filter(({ id }) => open.has(id))
}

/** The actions and batches of an account. */
export interface Left {
  readonly actions: ReadonlyMap<string, Action>
  readonly batches: ReadonlyMap<string, Batch>
}

/** When a record is read for proof: so many milliseconds after the answer, and then every `LOOK_EVERY`. */
const LOOKS: readonly number[] = [1500, 4000, 9000, 15_000, 30_000]
const LOOK_EVERY = 30_000

/** After this time the record is left to the poll. Milliseconds. */
const LOOK_FOR = 600_000

/** When the record is to be read next for proof; null once there is nothing to prove. `limit` as for `outcomeOf`. */
export function nextLook(action: Action, limit: number): number | null {
  const { answeredAt, lookedAt, goneAt } = action
  if (!hasProof(action) || !wasSent(action) || goneAt !== null || answeredAt === null) return null
  const done = (lookedAt ?? answeredAt) - answeredAt
  if (done >= LOOK_FOR) return null
  const times = [...LOOKS, limit].toSorted((a, b) => a - b)
  return answeredAt + (times.find((one) => one > done) ?? done + LOOK_EVERY)
}

/**
 * The record that is to be read first for proof, and when; null while there is none. `limit` as for `outcomeOf`.
 *
 * @param readyAt when a record that could not be read may be asked for again, milliseconds on the server's clock
 */
export function firstLook(
  actions: Iterable<Action>,
  limit: number,
  readyAt: (action: Action) => number = () => 0,
): { readonly at: number; readonly action: Action } | null {
  let best: { at: number; action: Action } | null = null
  for (const action of actions) {
    const due = nextLook(action, limit)
    const at = due === null ? Infinity : Math.max(due, readyAt(action))
    if (at < (best?.at ?? Infinity)) best = { at, action }
  }
  return best
}
