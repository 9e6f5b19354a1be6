import type { Candidate, Reading } from '~/cache/roster/plan.ts'

/** Milliseconds between two polls. */
export const INTERVAL = 3000
export const FRESH_FOR = INTERVAL / 2

/** Coverage of the whole list. */
export const WHOLE = [{ from: 0, to: 1e9 }]

/** A row that was read at the last poll, created at this time in microseconds. */
export const rowAt = (createdAt: number | null, wish: Partial<Candidate> = {}): Candidate => ({
  id: `at${createdAt}`,
  createdAt,
  kind: 'staying',
  age: 60_000,
  unread: INTERVAL,
  ...wish,
})

/** Ids of the rows that a request reads. */
export const idsOf = (reading: Reading): readonly string[] =>
  reading.kind === 'record' ? [reading.id] : reading.ids
