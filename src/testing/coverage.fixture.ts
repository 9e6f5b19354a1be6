import * as fc from 'fast-check'
import { RecordList } from './list.fixture.ts'

/** One row of a list. */
export interface Row {
  readonly id: string
  readonly created: number
}

/** A list of rows that lie so many microseconds apart. */
export function listOf(steps: readonly number[]): RecordList<Row> {
  const table = new RecordList<Row>()
  let created = 1000
  for (const [index, step] of steps.entries()) {
    created += step
    table.insert({ id: `r${index}`, created })
  }
  return table
}

/** The page of what was created before a time; null asks for the newest page. */
export const pageBefore = (table: RecordList<Row>, before: number | null): readonly Row[] =>
  table.page(before)

/** Runs of rows so far apart, so that boundaries of pages fall into ties, some of more than a page. */
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
