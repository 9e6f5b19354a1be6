/** A field of a record that the server sent in a form we cannot use. The raw record still holds what came. */
export interface Problem {
  readonly field: string
  readonly text: string
}

/** A record as it came, every key of it, so that nothing the server said is lost. */
export type RawRecord = Readonly<Record<string, unknown>>

/** What every record of the platform is to us: what came, and what of it could not be read. */
export interface WireRecord {
  readonly raw: RawRecord
  readonly problems: readonly Problem[]
}

/** A row that cannot be shown as a record at all: not an object, or without an id to know it by. */
export interface Unreadable {
  readonly raw: unknown
  readonly text: string
}

/** Two records with the same keys and the same plain values. Nested values count as equal by their JSON. */
export function sameRecord(a: RawRecord, b: RawRecord): boolean {
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => sameValue(a[key], b[key]))
}

function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true
  return typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b)
}
