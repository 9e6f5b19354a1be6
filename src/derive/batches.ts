import { isPending, type Action, type Batch } from '~/domain/action.ts'
import { groupBy } from '~/util/group-by.ts'

/** Those confirmed together, and how far they have come. */
export interface BatchView {
  readonly batch: Batch
  /** In the order of confirmation; at least one. */
  readonly actions: readonly Action[]
  /** `grace`: all can be undone still. `done`: nothing is left to be sent, though some may not be gone yet. */
  readonly phase: 'grace' | 'running' | 'paused' | 'done'
  readonly counts: Readonly<Record<Tally, number>>
}

/** Where each of a batch stands; added up they are all. */
export type Tally =
  | 'waiting'
  | 'sent'
  | 'leaving'
  /** Past the limit, and looked at: the request has not worked. */
  | 'connected'
  | 'gone'
  | 'skipped'
  | 'failed'
  | 'withdrawn'

/** In the order of the work. */
const TALLIES: readonly Tally[] = [
  'waiting',
  'sent',
  'leaving',
  'connected',
  'gone',
  'skipped',
  'failed',
  'withdrawn',
]

/**
 * Where one action stands among those confirmed with it.
 *
 * @param limit milliseconds after which what was asked for should have come true
 */
export function tallyOf({ state, goneAt, answeredAt, lookedAt }: Action, limit: number): Tally {
  if (goneAt !== null) return 'gone'
  switch (state) {
    case 'sending':
      return 'sent'
    case 'accepted':
    case 'unsure':
      return (lookedAt ?? 0) - (answeredAt ?? Infinity) >= limit ? 'connected' : 'leaving'
    case 'changed':
      return 'skipped'
    default:
      return state
  }
}

/**
 * Every batch nobody has dismissed, oldest first.
 *
 * @param now milliseconds on the server's clock
 * @param limit as for `tallyOf`
 */
export function batchViews(
  actions: Iterable<Action>,
  batches: ReadonlyMap<string, Batch>,
  now: number,
  limit: number,
): readonly BatchView[] {
  const byBatch = groupBy(actions, ({ batch }) => batch)
  return [...batches.values()]
    .filter(({ isDismissed }) => !isDismissed)
    .toSorted((a, b) => a.startsAt - b.startsAt)
    .flatMap((batch) => {
      const own = byBatch.get(batch.id) ?? []
      return own.length === 0
        ? []
        : [{ batch, actions: own, phase: phaseOf(batch, own, now), counts: countsOf(own, limit) }]
    })
}

function phaseOf(batch: Batch, actions: readonly Action[], now: number): BatchView['phase'] {
  if (!actions.some(isPending)) return 'done'
  if (batch.paused) return 'paused'
  return now < batch.startsAt && actions.every(({ state }) => state === 'waiting')
    ? 'grace'
    : 'running'
}

function countsOf(actions: readonly Action[], limit: number): BatchView['counts'] {
  const counts = {
    waiting: 0,
    sent: 0,
    leaving: 0,
    connected: 0,
    gone: 0,
    skipped: 0,
    failed: 0,
    withdrawn: 0,
  }
  for (const action of actions) counts[tallyOf(action, limit)]++
  return counts
}

const WORDS: Readonly<Record<Tally, string>> = {
  waiting: 'waiting',
  sent: 'sent',
  leaving: 'not gone yet',
  connected: 'still connected',
  gone: 'gone',
  skipped: 'skipped',
  failed: 'failed',
  withdrawn: 'taken back',
}

/** `34 gone, 1 skipped, 2 failed`. */
export const countsText = (counts: BatchView['counts']): string =>
  TALLIES.filter((tally) => counts[tally] > 0)
    .map((tally) => `${counts[tally]} ${WORDS[tally]}`)
    .join(', ')
