import { isPending, NEVER_SENT, type Action, type Batch, type Target } from '~/domain/action.ts'
import { shortId } from '~/domain/ids.ts'
import { isTicking, OUTCOME_STATES, type Outcome, type OutcomeState } from '~/domain/outcome.ts'
import { groupBy } from '~/util/group-by.ts'
import { OUTCOME_TRAITS } from './outcome-traits.ts'
import { wordOf } from './outcome-words.ts'
import { roomTarget } from './targets.ts'

/** Actions confirmed together, and how far they have come. */
export interface BatchView {
  readonly batch: Batch
  /** In the order of confirmation; at least one. */
  readonly actions: readonly Action[]
  /** `grace`: all can still be undone. `done`: nothing is left to be sent, though some may not be gone yet. */
  readonly phase: 'grace' | 'running' | 'paused' | 'done'
  /** How many actions have each outcome. */
  readonly counts: Readonly<Record<OutcomeState, number>>
}

/**
 * All batches that were not dismissed, oldest first.
 *
 * @param now milliseconds on the server's clock
 * @param outcome what became of an action
 */
export function batchViews(
  actions: Iterable<Action>,
  batches: ReadonlyMap<string, Batch>,
  now: number,
  outcome: (action: Action) => Outcome,
): readonly BatchView[] {
  const byBatch = groupBy(actions, ({ batch }) => batch)
  return [...batches.values()]
    .filter(({ isDismissed }) => !isDismissed)
    .toSorted((a, b) => a.startsAt - b.startsAt)
    .flatMap((batch) => {
      const own = byBatch.get(batch.id) ?? []
      return own.length === 0
        ? []
        : [{ batch, actions: own, phase: phaseOf(batch, own, now), counts: countsOf(own, outcome) }]
    })
}

function phaseOf(batch: Batch, actions: readonly Action[], now: number): BatchView['phase'] {
  if (!actions.some(isPending)) return 'done'
  if (batch.paused) return 'paused'
  return now < batch.startsAt && actions.every(({ state }) => state === 'waiting')
    ? 'grace'
    : 'running'
}

function countsOf(
  actions: readonly Action[],
  outcome: (action: Action) => Outcome,
): BatchView['counts'] {
  const counts: Record<OutcomeState, number> = {
    waiting: 0,
    sending: 0,
    leaving: 0,
    unconfirmed: 0,
    'still-connected': 0,
    'call-ended': 0,
    gone: 0,
    skipped: 0,
    changed: 0,
    failed: 0,
    withdrawn: 0,
  }
  for (const action of actions) counts[outcome(action).state]++
  return counts
}

/** `34 gone, 1 skipped, 2 failed`. */
export const countsText = (counts: BatchView['counts'], kind: Action['kind']): string =>
  OUTCOME_STATES.filter((state) => counts[state] > 0)
    .map((state) => `${counts[state]} ${wordOf(state, kind)}`)
    .join(', ')

/** The actions with these ids, in the order of the ids. */
export function inOrder(actions: readonly Action[], ids: readonly string[]): readonly Action[] {
  const byId = new Map(actions.map((action) => [action.id, action]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

/** Ids of actions whose target, or its call, is the target of a later action of the same kind. */
export function askedAgain(actions: readonly Action[]): ReadonlySet<string> {
  const latest = new Map<string, number>()
  for (const action of actions) {
    if (NEVER_SENT.has(action.state)) continue
    for (const key of aboutSame(action))
      latest.set(key, Math.max(latest.get(key) ?? 0, action.requestedAt))
  }
  const again = actions.filter((action) =>
    aboutSame(action).some((key) => (latest.get(key) ?? 0) > action.requestedAt),
  )
  return new Set(again.map(({ id }) => id))
}

/** Two calls into one conference, or two texts, are not the same. */
const aboutSame = ({ id: own, kind, target: { id, callId } }: Action): readonly string[] =>
  kind === 'dial' || kind === 'say'
    ? [own]
    : [id, callId].filter((one) => one !== null).map((one) => `${kind} ${one}`)

/**
 * Whether a batch may be dismissed once some of its actions are submitted again: nothing else of it is open or went
 * wrong.
 *
 * @param asked the actions that are submitted again now
 */
export const isRestSettled = (
  actions: readonly Action[],
  asked: readonly Action[],
  { of, again }: Outlook,
): boolean =>
  actions.every(
    (one) => asked.includes(one) || again.has(one.id) || OUTCOME_TRAITS[of(one).state].isSettled,
  )

interface Outlook {
  /** What became of an action. */
  readonly of: (action: Action) => Outcome
  /** As `askedAgain`. */
  readonly again: ReadonlySet<string>
}

/**
 * Whether time alone can change an outcome or the phase of a batch.
 *
 * @param now milliseconds on the server's clock
 * @param limit as for `outcomeOf`
 */
export const isClockNeeded = (
  actions: ReadonlyMap<string, Action>,
  batches: ReadonlyMap<string, Batch>,
  now: number,
  limit: number,
): boolean =>
  [...batches.values()].some(({ startsAt }) => startsAt > now) ||
  [...actions.values()].some((action) => isTicking(action, now, limit))

const PAUSED: Readonly<Record<NonNullable<Batch['paused']>, string>> = {
  'by-choice': 'Paused.',
  interrupted:
    'Interrupted: nobody was here for a while. What is left is not sent until you go on.',
  'tab-gone':
    'Interrupted: the tab that was sending this is gone. What is left is not sent until you go on.',
}

/** Why nothing of a batch is sent now. */
export const pausedText = ({ paused }: Batch): string => PAUSED[paused ?? 'by-choice']

/** The conference that many were removed from, if it is one, as a target; undefined for any other batch. */
export function emptiedConference(actions: readonly Action[]): Target | undefined {
  const removals = actions.filter(({ kind, state }) => kind === 'remove' && !NEVER_SENT.has(state))
  const [first] = removals
  const { conferenceId = null, conferenceLabel = '' } = first?.target ?? {}
  const isOne = removals.every(({ target }) => target.conferenceId === conferenceId)
  if (conferenceId === null || removals.length < 2 || !isOne) return undefined
  return roomTarget({ id: conferenceId, label: conferenceLabel || shortId(conferenceId) })
}
