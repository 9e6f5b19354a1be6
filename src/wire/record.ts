import * as v from 'valibot'
import { ApiError } from '~/domain/api-error.ts'
import type { Problem, RawRecord, Unreadable } from '~/domain/record.ts'
import { parseTime } from '~/domain/time.ts'

/** A field that must be present and be text. */
export const text = v.pipe(
  v.optional(v.string('is not text'), ''),
  v.check((value) => value !== '', 'is missing'),
)

/** A text field that the server omits when empty. */
export const textOrNone = v.nullish(v.string('is not text'), '')

/** A list of ids that the server omits when empty. */
export const idsOrNone = v.nullish(v.array(v.string('is not a list of ids'), 'is not a list'), [])

/** A number that the server omits when it is 0. */
export const numberOrNone = v.nullish(v.number('is not a number'), 0)

/** A time that may be unset, in any form of the wire. */
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

/** A record, parsed as far as possible. */
interface Parsed<E extends v.ObjectEntries> {
  readonly fields: Fields<E>
  readonly raw: RawRecord
  readonly problems: readonly Problem[]
}

/** The error of an answer that is not what the endpoint sends. `message` is a sentence that says so. */
export const malformed = (message: string): ApiError => new ApiError({ kind: 'malformed', message })

/** An answer by its schema. @throws ApiError, of kind 'malformed' with this message */
export function parseAnswer<T>(
  schema: v.GenericSchema<unknown, T>,
  answer: unknown,
  message: string,
): T {
  const found = v.safeParse(schema, answer)
  if (found.success) return found.output
  throw malformed(message)
}

/** True for a JSON object. */
export const isRecord = (raw: unknown): raw is RawRecord =>
  typeof raw === 'object' && raw !== null && !Array.isArray(raw)

/** Levels of nesting that are kept; the platform sends four at most. */
const MAX_LEVELS = 100

/** Replaces a value in `raw` that the server nested deeper. */
const LEFT_OUT = `(nested more than ${MAX_LEVELS} levels deep: left out)`

/**
 * True for a value that cannot be kept: JSON.stringify, the comparison and the structured clone recurse, and overflow
 * the stack from some thousand levels on.
 */
function isTooDeep(value: unknown): boolean {
  let level = [value]
  for (let depth = 0; depth < MAX_LEVELS; depth++) {
    level = level.flatMap((one) =>
      typeof one === 'object' && one !== null ? Object.values(one) : [],
    )
    if (level.length === 0) return false
  }
  return true
}

/** Replaces each field that is nested too deep by a sentence. Returns `raw` itself when there is none. */
function withoutDeep(raw: RawRecord): RawRecord {
  const deep = Object.keys(raw).filter((field) => isTooDeep(raw[field]))
  if (deep.length === 0) return raw
  return { ...raw, ...Object.fromEntries(deep.map((field) => [field, LEFT_OUT])) }
}

/**
 * Parses a record field by field, so that a bad field does not cost the record: it becomes null and is listed in
 * `problems`. `raw` keeps every value as it came, except those nested too deep.
 */
export function parseRecord<E extends v.ObjectEntries>(entries: E, raw: RawRecord): Parsed<E> {
  const kept = withoutDeep(raw)
  const problems: Problem[] = Object.keys(raw)
    .filter((field) => kept[field] !== raw[field])
    .map((field) => ({ field, text: `${field} is nested too deep to be shown` }))
  const fields = Object.entries(entries).map(([field, schema]) => {
    const parsed = v.safeParse(schema, raw[field])
    if (parsed.success) return [field, parsed.output]
    if (kept[field] === raw[field]) {
      problems.push({ field, text: `${field} ${parsed.issues[0].message}` })
    }
    return [field, null]
  })
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Object.entries forgets which key had which type
  return { fields: Object.fromEntries(fields) as Fields<E>, raw: kept, problems }
}

/** The rows of a list. Those that are not records are kept apart, to be counted and shown. */
export interface Rows<T> {
  readonly records: readonly T[]
  readonly unreadable: readonly Unreadable[]
}

/** Parses the rows of a list. */
export function parseRows<T>(
  rows: readonly unknown[],
  parse: (raw: RawRecord) => T | null,
): Rows<T> {
  const records: T[] = []
  const unreadable: Unreadable[] = []
  for (const raw of rows) {
    const record = isRecord(raw) ? parse(raw) : null
    if (record !== null) records.push(record)
    else {
      unreadable.push({
        raw: isTooDeep(raw) ? LEFT_OUT : raw,
        text: isRecord(raw) ? 'It has no id.' : 'It is not a record.',
      })
    }
  }
  return { records, unreadable }
}
