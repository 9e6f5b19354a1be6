import { changedAt, type Participant } from './participant.ts'
import { hasLeft, isKnownStatus, statusRank } from './participant-status.ts'
import { sameRecord } from './record.ts'
import type { Micros } from './time.ts'

/** A status that the server reported, and the time from which it says the status holds. */
export interface StatusChange {
  readonly status: string
  readonly at: Micros
}

/** One participant: its newest record, and what else the server reported of it. */
export interface RosterEntry {
  readonly participant: Participant
  /** Every status that another record than the newest reported, oldest first; `historyOf` has them all. */
  readonly otherChanges: readonly StatusChange[]
}

/** Shared by all entries of which only one record is known: most of them. */
const NO_CHANGES: readonly StatusChange[] = []

const changeOf = (participant: Participant): StatusChange => ({
  status: participant.status,
  at: changedAt(participant),
})

/** Every status that the server reported of a participant, oldest first. */
export const historyOf = ({ participant, otherChanges }: RosterEntry): readonly StatusChange[] =>
  withChange(otherChanges, changeOf(participant))

/**
 * Merges a fact into an entry. Facts may arrive late, twice and in any order: the result depends only on the set of
 * facts. Returns `held` itself when the fact adds nothing.
 *
 * The newest fact wins: `leaved` is final; then the later `tm_update` (absent: `tm_create`) wins, to the microsecond;
 * then the higher `statusRank`; then fewer problems, so that a spoiled record does not replace a good one; then the
 * greater text, so that the order of arrival does not matter.
 */
export function merge(held: RosterEntry | undefined, fact: Participant): RosterEntry {
  if (!held) return { participant: fact, otherChanges: NO_CHANGES }
  const isNewer = compareFacts(fact, held.participant) > 0
  const [newest, other] = isNewer ? [fact, held.participant] : [held.participant, fact]
  const change = changeOf(other)
  const otherChanges = isSameChange(change, changeOf(newest))
    ? held.otherChanges
    : withChange(held.otherChanges, change)
  return !isNewer && otherChanges === held.otherChanges
    ? held
    : { participant: newest, otherChanges }
}

/** Positive when `a` is newer than `b`, in the order of `merge`; 0 when both have the same content. */
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

/** Sorted by key, so that the order of keys does not matter. */
const contentText = ({ raw }: Participant): string =>
  JSON.stringify(Object.entries(raw).toSorted(([a], [b]) => (a < b ? -1 : 1)))

const isSameChange = (a: StatusChange, b: StatusChange): boolean =>
  a.status === b.status && a.at === b.at

function withChange(history: readonly StatusChange[], one: StatusChange): readonly StatusChange[] {
  if (history.some((other) => isSameChange(other, one))) return history
  return [...history, one].toSorted(
    (a, b) =>
      a.at - b.at || statusRank(a.status) - statusRank(b.status) || (a.status < b.status ? -1 : 1),
  )
}

/**
 * The later status from which the server has stepped back to the current one, if it has: a failed kick turns `leaving`
 * into `joined` again (voipbin-api.md 4.4).
 */
export function stepBack({ participant, otherChanges }: RosterEntry): StatusChange | undefined {
  const at = changedAt(participant)
  if (!isKnownStatus(participant.status)) return undefined
  return otherChanges.findLast(
    (earlier) => earlier.at < at && statusRank(earlier.status) > statusRank(participant.status),
  )
}
