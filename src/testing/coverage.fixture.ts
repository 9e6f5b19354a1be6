import * as fc from 'fast-check'
import { RecordList } from './list.fixture.ts'

/** One row of a list. */
export interface Row {
  readonly id: string
  readonly created: number
}

/** Rows with these distances in microseconds, behind a strict cursor. */
export function listOf(steps: readonly number[]): RecordList<Row> {
  const table = new RecordList<Row>()
  let created = 1000
  for (const [index, step] of steps.entries()) {
    created += step
    table.insert({ id: `r${index}`, created })
  }
  return table
}

/** A page of at most a hundred rows, as the platform serves it; null requests the newest. */
export const pageBefore = (table: RecordList<Row>, before: number | null): readonly Row[] =>
  table.page(before)

/** Runs of equally spaced rows, so that page ends fall into ties, some longer than a page. */
const run = (step: fc.Arbitrary<number>, most: number): fc.Arbitrary<readonly number[]> =>
  fc.tuple(step, fc.nat({ max: most })).map(([one, length]) => Array<number>(length).fill(one))
export const steps = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: run(fc.constantFrom(0, 1, 7), 4) },
      { weight: 2, arbitrary: run(fc.constantFrom(0, 1), 90) },
      { weight: 1, arbitrary: run(fc.constant(0), 150) },
    ),
    { maxLength: 12 },
  )
  .map((runs) => runs.flat())
