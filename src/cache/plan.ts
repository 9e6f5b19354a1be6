import type { Micros } from '~/domain/time.ts'
import type { Coverage } from './coverage.ts'

/** A participant who can still change, as far as planning cares. */
export interface Candidate {
  readonly id: string
  readonly createdAt: Micros | null
  /** On the way in or out: changes soon, and no conference tells of it (voipbin-api.md 5.3). */
  readonly isInTransit: boolean
  /** Milliseconds since the record changed, on the server's clock. */
  readonly age: number
  /** Milliseconds since the record was read; Infinity before. */
  readonly unread: number
}

/** What the planner decides on. */
export interface Situation {
  readonly candidates: readonly Candidate[]
  /** Creation times of everyone held, oldest first. */
  readonly times: readonly Micros[]
  /** Where that is everyone there is, so that it tells what a page would hold. */
  readonly coverage: Coverage
  /** Rows read less than so many milliseconds ago are fresh enough. */
  readonly freshFor: number
  /** How many requests at most; by default ceil(L/50) for L rows that can change. */
  readonly budget?: number
}

/** One request: a page of the list that starts just below a time, or one record. */
export type Reading =
  | { readonly kind: 'window'; readonly before: Micros }
  | { readonly kind: 'record'; readonly id: string }

const PAGE_SIZE = 100

/** Rows a request may be spent on: the bar is 2 + ceil(L/50) a tick, and two go elsewhere. */
const ROWS_PER_REQUEST = 50

/** Somebody on the way in or out is looked at first. */
const TRANSIT_WEIGHT = 4

/** In transit for longer than that is stuck, and read again only after this part of that time. Milliseconds. */
const STUCK_AFTER = 120_000
const STUCK_PATIENCE = 0.1

/**
 * Which rows to read again, at most ceil(L/50) requests for L rows that can change, the same for any length of
 * history. Each request is the one that takes most waiting off, until none waits or the requests are spent. What
 * is passed over waits longer, so its turn comes.
 */
export function plan({
  candidates,
  times,
  coverage,
  freshFor,
  budget = Math.ceil(candidates.length / ROWS_PER_REQUEST),
}: Situation): readonly Reading[] {
  let due = candidates
    .filter((one) => isDue(one, freshFor))
    .toSorted((a, b) => (b.createdAt ?? 0) - (a.createdAt ?? 0))
  const readings: Reading[] = []
  while (due.length > 0 && readings.length < budget) {
    const { reading, rows } = heaviest(due, (newest) => oldestInPage(times, coverage, newest))
    readings.push(reading)
    due = due.filter((one) => !rows.includes(one))
  }
  return readings
}

const isStuck = ({ isInTransit, age }: Candidate): boolean => isInTransit && age > STUCK_AFTER

const isDue = (one: Candidate, freshFor: number): boolean =>
  one.unread >= (isStuck(one) ? Math.max(one.age * STUCK_PATIENCE, freshFor) : freshFor)

/** How much good it does to read a row again. Capped, for sums of infinities cannot be compared. */
const weight = (one: Candidate): number =>
  Math.min(one.unread, 1e9) * (one.isInTransit && !isStuck(one) ? TRANSIT_WEIGHT : 1)

/** The best single request for rows that are due, newest first. */
function heaviest(
  due: readonly Candidate[],
  oldestFrom: (newest: Micros) => Micros,
): { reading: Reading; rows: readonly Candidate[] } {
  let best = { start: 0, end: 1, sum: 0 }
  let end = 0
  let sum = 0
  due.forEach((first, start) => {
    const oldest = first.createdAt === null ? Infinity : oldestFrom(first.createdAt)
    if (end <= start) [end, sum] = [start, 0]
    for (; end < due.length; end++) {
      const next = due[end]
      if (!next || (end > start && (next.createdAt ?? -1) < oldest)) break
      sum += weight(next)
    }
    if (sum > best.sum) best = { start, end, sum }
    sum -= weight(first)
  })
  const rows = due.slice(best.start, best.end)
  const [first] = rows
  const reading: Reading =
    first && rows.length > 1 && first.createdAt !== null
      ? { kind: 'window', before: first.createdAt + 1 }
      : { kind: 'record', id: first?.id ?? '' }
  return { reading, rows }
}

/** The oldest creation time that is surely on a page which starts with `newest`. */
function oldestInPage(times: readonly Micros[], coverage: Coverage, newest: Micros): Micros {
  const span = coverage.find(({ from, to }) => from <= newest && newest <= to)
  // Where not everyone is known, who is next is not either.
  if (!span) return newest
  let [low, high] = [0, times.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((times[middle] ?? Infinity) <= newest) low = middle + 1
    else high = middle
  }
  return Math.max(times[low - PAGE_SIZE] ?? 0, span.from)
}
