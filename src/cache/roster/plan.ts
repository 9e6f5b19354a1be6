import type { Micros } from '~/domain/time.ts'
import { PAGE_SIZE } from '~/wire/page.ts'
import type { Coverage } from '~/cache/queries/coverage.ts'

/** A participant who can still change, as far as planning cares. */
export interface Candidate {
  readonly id: string
  readonly createdAt: Micros | null
  readonly kind: Kind
  /** Milliseconds since the record changed, on the server's clock. */
  readonly age: number
  /** Milliseconds since the record was asked for, by this tab or another. */
  readonly unread: number
}

/**
 * `moving`: on the way in or out, which takes moments, and no conference tells of it (voipbin-api.md 5.3). `waiting`:
 * on the way in for long, most likely in a pre-flow; nothing tells when he gives up. `stuck`: on the way out for long,
 * most likely for good (voipbin-api.md 4.4). `staying`: all others.
 */
export type Kind = 'moving' | 'waiting' | 'staying' | 'stuck'

/** Who is in transit for longer than that is waiting, or stuck. Milliseconds. */
export const STUCK_AFTER = 120_000

/** While push tells of changes, what it tells of is read again so many times more rarely. */
export const WITH_PUSH = 5

/** All kinds. */
export const KINDS: readonly Kind[] = ['moving', 'waiting', 'staying', 'stuck']

/** The kind of a participant whose record is this old, in milliseconds. One that is not held counts as staying. */
export function kindOf(status: string | undefined, age: number): Kind {
  switch (status) {
    case 'joining':
      return age > STUCK_AFTER ? 'waiting' : 'moving'
    case 'leaving':
      return age > STUCK_AFTER ? 'stuck' : 'moving'
    default:
      return 'staying'
  }
}

/** What the planner decides on. */
export interface Situation {
  readonly candidates: readonly Candidate[]
  /** Creation times of everyone held, oldest first. */
  readonly times: readonly Micros[]
  /** Where that is everyone there is, so that it tells what a page would hold. */
  readonly coverage: Coverage
  /** Rows read less than so many milliseconds ago are fresh enough. At 0 nobody is, not even who is stuck. */
  readonly freshFor: number
  /** How many requests at most; by default ceil(L/50) for L rows that can change. */
  readonly budget?: number
}

/** One request: a page of the list that starts just below a time, for those who should be on it, or one record. */
export type Reading =
  | { readonly kind: 'window'; readonly before: Micros; readonly ids: readonly string[] }
  | { readonly kind: 'record'; readonly id: string }

/** Rows a request may be spent on: the bar is 2 + ceil(L/50) a tick, and two go elsewhere. */
const ROWS_PER_REQUEST = 50

/** How many requests a poll may spend on so many rows that can change. */
export const requestsFor = (rows: number): number => Math.ceil(rows / ROWS_PER_REQUEST)

/** Whoever is about to change is looked at first, and last who hardly ever will. */
const WEIGHT: Readonly<Record<Kind, number>> = { moving: 4, waiting: 1, staying: 1, stuck: 1 / 16 }

/** For how long one is left alone who has not changed for `age`, in milliseconds: the longer, the longer. */
const PATIENCE: Readonly<Record<Kind, (age: number) => number>> = {
  moving: () => 0,
  waiting: (age) => Math.min(age * 0.1, 60_000),
  staying: () => 0,
  // The platform ends every participant after a day: longer than a fifth of that makes no sense.
  stuck: (age) => Math.min(age * 0.2, 5 * 3600_000),
}

/** Longer does not count, for infinities cannot be compared. Milliseconds. */
const LONGEST_WAIT = 1e9

/** A row that is to be read again. */
interface Due {
  readonly id: string
  readonly createdAt: Micros | null
  /** How much good it does to read it. */
  readonly weight: number
  /** A page that starts with it holds all rows from here on. */
  readonly reach: Micros
}

/**
 * Which rows to read again, at most ceil(L/50) requests for L rows that can change, the same for any length of
 * history. Each request is the one that takes most waiting off, until none waits or the requests are spent. What
 * is passed over waits longer, and twice the waiting weighs four times, so its turn comes soon.
 */
export function plan({
  candidates,
  times,
  coverage,
  freshFor,
  budget = requestsFor(candidates.length),
}: Situation): readonly Reading[] {
  const due = candidates
    .filter((one) => waiting(one, freshFor) >= freshFor)
    // Spelled out: what a spread makes is several times slower to go through.
    .map((one) => ({
      id: one.id,
      createdAt: one.createdAt,
      weight: weight(one, freshFor),
      reach: reach(one, times, coverage),
    }))
    .toSorted((a, b) => (b.createdAt ?? 0) - (a.createdAt ?? 0))
  const readings: Reading[] = []
  while (due.length > 0 && readings.length < budget) {
    const { start, end } = heaviest(due)
    readings.push(...readingOf(due.splice(start, end - start)))
  }
  return readings
}

/** How long a row waits to be read since it should be. */
function waiting({ kind, age, unread }: Candidate, freshFor: number): number {
  const patience = freshFor > 0 ? PATIENCE[kind](age) : 0
  return Math.min(unread, LONGEST_WAIT) - patience
}

const weight = (one: Candidate, freshFor: number): number =>
  waiting(one, freshFor) ** 2 * WEIGHT[one.kind]

/**
 * Back to where a page that starts with a row is sure to hold everyone. What no longer fits on it may share its
 * microsecond with what does, and where not everyone is known, who is next is not either.
 */
function reach({ createdAt }: Candidate, times: readonly Micros[], coverage: Coverage): Micros {
  const newest = createdAt ?? -1
  const span = coverage.find(({ from, to }) => from <= newest && newest <= to)
  if (!span) return Infinity
  let [low, high] = [0, times.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((times[middle] ?? Infinity) <= newest) low = middle + 1
    else high = middle
  }
  return Math.max((times[low - PAGE_SIZE - 1] ?? -1) + 1, span.from)
}

/** Which rows the best single request reads, of those due, newest first. */
function heaviest(due: readonly Due[]): { start: number; end: number } {
  let best = { start: 0, end: 1, sum: 0 }
  let end = 0
  let sum = 0
  for (const [start, first] of due.entries()) {
    if (end <= start) [end, sum] = [start, 0]
    for (; end < due.length; end++) {
      const next = due[end]
      if (!next || (end > start && (next.createdAt ?? -1) < first.reach)) break
      sum += next.weight
    }
    if (sum > best.sum) best = { start, end, sum }
    sum -= first.weight
  }
  return best
}

/** A page from the first row on, or its record if it is alone. */
function readingOf(rows: readonly Due[]): readonly Reading[] {
  const [first] = rows
  if (!first) return []
  if (rows.length === 1 || first.createdAt === null) return [{ kind: 'record', id: first.id }]
  return [{ kind: 'window', before: first.createdAt + 1, ids: rows.map(({ id }) => id) }]
}
