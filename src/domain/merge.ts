import { changedAt, type Participant } from './participant.ts'
import { hasLeft, isKnownStatus, statusRank } from './participant-status.ts'
import { sameRecord } from './record.ts'
import type { Micros } from './time.ts'

/** A status the server reported, and when it says that status began. */
export interface StatusChange {
  readonly status: string
  readonly at: Micros
}

/** What we hold of one participant: the newest record, and every status reported, oldest first. */
export interface RosterEntry {
  readonly participant: Participant
  readonly history: readonly StatusChange[]
}

/**
 * Folds one more fact into what is held. Facts may come late, twice and in any order: the result depends on
 * the set of facts only. Returns `held` itself when the fact says nothing new.
 *
 * Order: `leaved` is final; then by `tm_update` (absent: `tm_create`) to the microsecond; on a tie the higher
 * rank; then what has fewer problems, so that a spoiled answer does not outlive a whole one; then the greater
 * text, so that both orders of arrival agree.
 */
export function merge(held: RosterEntry | undefined, fact: Participant): RosterEntry {
  const change = { status: fact.status, at: changedAt(fact) }
  if (!held) return { participant: fact, history: [change] }
  const participant = compareFacts(fact, held.participant) > 0 ? fact : held.participant
  const history = withChange(held.history, change)
  return participant === held.participant && history === held.history
    ? held
    : { participant, history }
}

/** Positive when `a` is the newer truth of the same participant, 0 when they say the same. */
export function compareFacts(a: Participant, b: Participant): number {
  return (
    Number(hasLeft(a.status)) - Number(hasLeft(b.status)) ||
    changedAt(a) - changedAt(b) ||
    statusRank(a.status) - statusRank(b.status) ||
    b.problems.length - a.problems.length ||
    compareContent(a, b)
  )
}

function compareContent(a: Participant, b: Participant): number {
  if (sameRecord(a.raw, b.raw)) return 0
  return contentText(a) > contentText(b) ? 1 : -1
}

/** By key, so that the order in which keys came does not matter. */
const contentText = ({ raw }: Participant): string =>
  JSON.stringify(Object.entries(raw).toSorted(([a], [b]) => (a < b ? -1 : 1)))

function withChange(history: readonly StatusChange[], one: StatusChange): readonly StatusChange[] {
  if (history.some(({ status, at }) => status === one.status && at === one.at)) return history
  return [...history, one].toSorted(
    (a, b) =>
      a.at - b.at || statusRank(a.status) - statusRank(b.status) || (a.status < b.status ? -1 : 1),
  )
}

/**
 * The step back that the server itself made, if the current status is the result of one: a kick that failed
 * turns `leaving` into `joined` again (voipbin-api.md 4.4).
 */
export function stepBack({ participant, history }: RosterEntry): StatusChange | undefined {
  const at = changedAt(participant)
  if (!isKnownStatus(participant.status)) return undefined
  return history.findLast(
    (earlier) => earlier.at < at && statusRank(earlier.status) > statusRank(participant.status),
  )
}
