/** What a query can ask of one property of a participant: `status:joined`. */
export const FIELDS = {
  status: 'joining, joined, leaving or left',
  conf: 'name or id of the conference',
  name: 'name of the caller',
  number: 'number of the caller, in any notation',
  older: 'joined longer ago, as in 2m, 90s or 1h30m',
  newer: 'joined since, as in 2m, 90s or 1h30m',
  type: 'type of what has joined: call',
  call: 'id of the call, or its beginning',
  direction: 'in: called in, out: was called',
} as const

export type Field = keyof typeof FIELDS

/** What a query can ask of a participant with one word. In quotes the word is searched for as text. */
export const FLAGS = {
  'came-back': 'removed from here, and in again',
  stuck: 'joining or leaving for too long',
  removed: 'removal requested from here',
  muted: 'not heard by the others, or hearing nothing',
} as const

export type Flag = keyof typeof FLAGS

interface Placed {
  /** Where the term stands in the text of the query, its end excluded. */
  readonly start: number
  readonly end: number
  /** A leading minus: the term must not match. */
  readonly isNot: boolean
}

/** Text anywhere in the row. */
export interface TextTerm extends Placed {
  readonly kind: 'text'
  readonly text: string
}

/** What looks like a number or its part, written in one or several words. */
export interface NumberTerm extends Placed {
  readonly kind: 'number'
  readonly words: readonly string[]
}

/** A property with one of several values: `status:joining,joined`. */
export interface FieldTerm extends Placed {
  readonly kind: 'field'
  readonly field: Field
  readonly values: readonly string[]
}

export interface FlagTerm extends Placed {
  readonly kind: 'flag'
  readonly flag: Flag
}

export type Term = TextTerm | NumberTerm | FieldTerm | FlagTerm

/** What a text asks for: participants match when all terms do. */
export interface Query {
  readonly text: string
  readonly terms: readonly Term[]
  /** What of the text is ignored and why, as sentences. */
  readonly problems: readonly string[]
}

/** The field of this name; undefined when there is none. */
export const fieldOf = (name: string): Field | undefined => keyIn(FIELDS, ALIASES[name] ?? name)

/** Prefixes of URIs that hold a number. */
const ALIASES: Readonly<Record<string, Field>> = { tel: 'number', sip: 'number', sips: 'number' }

/** The flag of this name; undefined when there is none. */
export const flagOf = (name: string): Flag | undefined => keyIn(FLAGS, name)

/** The names of an object that is written out in the code. */
export const keysIn = <K extends string>(all: Readonly<Record<K, unknown>>): readonly K[] =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Object.keys() forgets the type of the names
  Object.keys(all) as K[]

const keyIn = <K extends string>(all: Readonly<Record<K, unknown>>, name: string): K | undefined =>
  keysIn(all).find((key) => key === name)

/** Words that a text must contain: all of one of these lists, or, negated, not all of any. */
export interface TextCondition {
  readonly any: ReadonlyArray<readonly string[]>
  readonly isNot: boolean
}
