import type { Candidate, Reading } from '~/cache/roster/plan.ts'

/** Milliseconds between two polls. */
export const INTERVAL = 3000
export const FRESH_FOR = INTERVAL / 2

/** All of the list was read. */
export const WHOLE = [{ from: 0, to: 1e9 }]

/** Somebody who was read at the last poll, created so many microseconds after the beginning. */
export const rowAt = (createdAt: number | null, wish: Partial<Candidate> = {}): Candidate => ({
  id: `at${createdAt}`,
  createdAt,
  kind: 'staying',
  age: 60_000,
  unread: INTERVAL,
  ...wish,
})

/** Whom a request is made for. */
export const idsOf = (reading: Reading): readonly string[] =>
  reading.kind === 'record' ? [reading.id] : reading.ids
