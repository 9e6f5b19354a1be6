/** A field that the server sent in a form that cannot be parsed. The raw record has its value. */
export interface Problem {
  readonly field: string
  readonly text: string
}

/** A record as the server sent it, with all its keys. */
export type RawRecord = Readonly<Record<string, unknown>>

/** The part that all parsed records share: the raw record, and the fields that could not be parsed. */
export interface WireRecord {
  readonly raw: RawRecord
  readonly problems: readonly Problem[]
}

/** A row that is not a record: not an object, or without an id. `text` says which. */
export interface Unreadable {
  readonly raw: unknown
  readonly text: string
}

/** True when two records have the same keys and values. Nested values are compared by their JSON. */
export function sameRecord(a: RawRecord, b: RawRecord): boolean {
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => sameValue(a[key], b[key]))
}

function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true
  return typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b)
}
