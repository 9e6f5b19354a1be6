import * as v from 'valibot'
import type { Problem, RawRecord, Unreadable } from '~/domain/record.ts'
import { parseTime } from '~/domain/time.ts'

/** A field that must be there and be text. */
export const text = v.pipe(
  v.optional(v.string('is not text'), ''),
  v.check((value) => value !== '', 'is missing'),
)

/** A field the server leaves out when empty. */
export const textOrNone = v.nullish(v.string('is not text'), '')

/** A list of ids the server leaves out when empty. */
export const idsOrNone = v.nullish(v.array(v.string('is not a list of ids'), 'is not a list'), [])

/** A number the server leaves out when it is 0. */
export const numberOrNone = v.nullish(v.number('is not a number'), 0)

/** A time that may not have happened yet, in any form of the wire. */
export const time = v.pipe(
  v.unknown(),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const at = parseTime(dataset.value)
    if (at !== 'unreadable') return at
    addIssue({ message: 'is not a time' })
    return NEVER
  }),
)

/** A time that every record has. */
export const requiredTime = v.pipe(
  time,
  v.check((at) => at !== null, 'is missing'),
)

type Fields<E extends v.ObjectEntries> = { readonly [K in keyof E]: v.InferOutput<E[K]> | null }

/** A record read as far as it can be. */
interface Read<E extends v.ObjectEntries> {
  readonly fields: Fields<E>
  readonly raw: RawRecord
  readonly problems: readonly Problem[]
}

/** True for what JSON calls an object. */
export const isRecord = (raw: unknown): raw is RawRecord =>
  typeof raw === 'object' && raw !== null && !Array.isArray(raw)

/**
 * Reads a record field by field, so that a bad field costs that field and not the record: it becomes null
 * and is named among the problems. `raw` keeps what came.
 */
export function readRecord<E extends v.ObjectEntries>(entries: E, raw: RawRecord): Read<E> {
  const problems: Problem[] = []
  const fields = Object.entries(entries).map(([field, schema]) => {
    const read = v.safeParse(schema, raw[field])
    if (read.success) return [field, read.output]
    problems.push({ field, text: `${field} ${read.issues[0].message}` })
    return [field, null]
  })
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Object.entries forgets which key had which type
  return { fields: Object.fromEntries(fields) as Fields<E>, raw, problems }
}

/** Sorts the rows of a list into records and the rest, which are kept to be counted and looked at. */
export function readRows<T>(
  rows: readonly unknown[],
  read: (raw: RawRecord) => T | null,
): { readonly records: readonly T[]; readonly unreadable: readonly Unreadable[] } {
  const records: T[] = []
  const unreadable: Unreadable[] = []
  for (const raw of rows) {
    const record = isRecord(raw) ? read(raw) : null
    if (record !== null) records.push(record)
    else unreadable.push({ raw, text: isRecord(raw) ? 'It has no id.' : 'It is not a record.' })
  }
  return { records, unreadable }
}
