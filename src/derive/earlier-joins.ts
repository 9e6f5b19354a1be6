import { knownCaller, type CallerFact } from '~/domain/call.ts'
import type { Participant } from '~/domain/participant.ts'

/** A source of callers by the id of their call. */
interface Callers {
  readonly get: (callId: string) => CallerFact | undefined
}

/** The most that are listed. */
const MOST = 5

/** The number of a caller; empty when it is not known. */
const numberOf = ({ referenceId }: Participant, callers: Callers): string =>
  knownCaller(callers.get(referenceId ?? ''))?.number ?? ''

/** The joins of one call in the order in which they were made. */
export const inOrder = (joins: Iterable<Participant>): readonly Participant[] =>
  [...joins].toSorted((a, b) => (a.createdAt ?? 0) - (b.createdAt ?? 0) || (a.id < b.id ? -1 : 1))

/**
 * Earlier joins of other calls from the same number, newest first. Joins with a caller that is not known yet are left
 * out.
 *
 * @param number the number of the caller; empty when it is not known
 */
export function earlierJoins(
  of: Participant,
  number: string,
  all: Iterable<Participant>,
  callers: Callers,
): readonly Participant[] {
  const isEarlier = (other: Participant) =>
    other.id !== of.id && (other.createdAt ?? Infinity) < (of.createdAt ?? 0)
  const isSame = (other: Participant) =>
    other.referenceId !== of.referenceId && numberOf(other, callers) === number
  if (number === '') return []
  return [...all]
    .filter((other) => isEarlier(other) && isSame(other))
    .toSorted((a, b) => (b.createdAt ?? 0) - (a.createdAt ?? 0))
    .slice(0, MOST)
}
