import type { Micros } from '~/domain/time.ts'
import { PAGE_SIZE } from '~/wire/page.ts'
import type { Coverage } from '~/cache/queries/coverage.ts'
import { placeOf } from './creation-times.ts'

/** A participant that can still change, as the planner reads it. */
export interface Candidate {
  readonly id: string
  readonly createdAt: Micros | null
  readonly kind: Kind
  /** Milliseconds since the record changed, on the server's clock. */
  readonly age: number
  /** Milliseconds since the record was requested, by this tab or another. */
  readonly unread: number
}

/**
 * `moving`: joining or leaving, which takes moments, and no conference event tells of it
 * (voipbin-api.md 5.3). `waiting`: joining for long, most likely in a pre-flow; no event tells when
 * that ends. `stuck`: leaving for long, most likely for good (voipbin-api.md 4.4). `staying`: all
 * others.
 */
export type Kind = (typeof KINDS)[number]

/** A participant in transit for longer than this is waiting or stuck. Milliseconds. */
export const STUCK_AFTER = 120_000

/** While push is open, participants that it reports on are read again this many times more rarely. */
export const WITH_PUSH = 5

/** All kinds. */
export const KINDS = ['moving', 'waiting', 'staying', 'stuck'] as const

/** The kind of a participant; `age` of its record in milliseconds. Without a status it is staying. */
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
  /** Creation times of all participants held, oldest first. */
  readonly times: readonly Micros[]
  /** The spans in which all participants are held, so that the rows of a page can be predicted. */
  readonly coverage: Coverage
  /** A row read less than this many milliseconds ago is fresh. At 0 no row is, and stuck rows are due too. */
  readonly freshFor: number
  /** The most requests; by default ceil(L/50) for L rows that can change. */
  readonly budget?: number
}

/** One request: a page of the list that starts just below a time, for the rows it should hold, or one record. */
export type Reading =
  | { readonly kind: 'window'; readonly before: Micros; readonly ids: readonly string[] }
  | { readonly kind: 'record'; readonly id: string }

/** Rows per request: the limit is 2 + ceil(L/50) requests a poll, and two are used elsewhere. */
const ROWS_PER_REQUEST = 50

/** How many requests a poll may spend on this many rows that can change. */
export const requestsFor = (rows: number): number => Math.ceil(rows / ROWS_PER_REQUEST)

/** A kind that is about to change weighs most; a kind that hardly ever changes weighs least. */
const WEIGHT: Readonly<Record<Kind, number>> = { moving: 4, waiting: 1, staying: 1, stuck: 1 / 16 }

/** How long a participant that has not changed for `age` is not read, in milliseconds: it grows with `age`. */
const PATIENCE: Readonly<Record<Kind, (age: number) => number>> = {
  moving: () => 0,
  waiting: (age) => Math.min(age * 0.1, 60_000),
  staying: () => 0,
  // The platform ends every participant after a day, so the pause stays below a fifth of that.
  stuck: (age) => Math.min(age * 0.2, 5 * 3600_000),
}

/** Longer waits count as this one, because infinities cannot be compared. Milliseconds. */
const LONGEST_WAIT = 1e9

/** A row that is due to be read again. */
interface Due {
  readonly id: string
  readonly createdAt: Micros | null
  /** The benefit of reading the row. */
  readonly weight: number
  /** A page that starts at this row holds all rows down to this time. */
  readonly reach: Micros
}

/**
 * Chooses the rows to read again, in at most ceil(L/50) requests for L rows that can change,
 * whatever the length of the history. Each request is the one with the largest weight, until no row
 * waits or the budget is spent. A row that is passed over waits longer, and twice the wait weighs
 * four times as much, so its turn comes soon.
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
    // Spelled out: objects made by a spread are several times slower to iterate.
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

/** How long a row has been due. */
function waiting({ kind, age, unread }: Candidate, freshFor: number): number {
  const patience = freshFor > 0 ? PATIENCE[kind](age) : 0
  return Math.min(unread, LONGEST_WAIT) - patience
}

const weight = (one: Candidate, freshFor: number): number =>
  waiting(one, freshFor) ** 2 * WEIGHT[one.kind]

/**
 * The oldest time down to which a page that starts at this row is sure to hold every row. A row
 * that no longer fits may share its microsecond with one that does, and outside the coverage the
 * next row is unknown.
 */
function reach({ createdAt }: Candidate, times: readonly Micros[], coverage: Coverage): Micros {
  const newest = createdAt ?? -1
  const span = coverage.find(({ from, to }) => from <= newest && newest <= to)
  if (!span) return Infinity
  const newer = placeOf(newest + 1, times)
  return Math.max((times[newer - PAGE_SIZE - 1] ?? -1) + 1, span.from)
}

/** The rows that the best single request reads, of the rows due, newest first. */
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

/** A page that starts at the first row, or its record if it is alone. */
function readingOf(rows: readonly Due[]): readonly Reading[] {
  const [first] = rows
  if (!first) return []
  if (rows.length === 1 || first.createdAt === null) return [{ kind: 'record', id: first.id }]
  return [{ kind: 'window', before: first.createdAt + 1, ids: rows.map(({ id }) => id) }]
}
