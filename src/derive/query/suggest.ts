import { foldText } from '~/util/fold-text.ts'
import { formatValue, wordBefore } from './parse.ts'
import { fieldOf, FIELDS, FLAGS, keysIn, type Field } from './terms.ts'

/** A way to go on with the text of a query. */
export interface Suggestion {
  /** What is put into the text. */
  readonly text: string
  /** What it means. */
  readonly hint: string
  /** How many participants the whole query would find; null where there is nothing to count yet. */
  readonly count: number | null
  /** The whole text with it. */
  readonly result: string
}

/** What suggestions are made from. */
interface Source {
  /** The values that occur, of a field that has few. */
  readonly valuesOf: (field: Field) => readonly string[]
  /** How many participants a query finds. */
  readonly countOf: (text: string) => number
}

/** More would not be read. */
const MOST = 8

/**
 * Ways to go on with the word that is being typed: fields and flags that begin so, or values of its field.
 *
 * @param caret where the text is being typed
 * @param isAll whether to suggest all fields and flags where no word is begun
 */
export function suggestionsFor(
  text: string,
  caret: number,
  isAll: boolean,
  source: Source,
): readonly Suggestion[] {
  const before = text.slice(0, caret)
  const word = wordBefore(text, caret)
  const minus = word.startsWith('-') ? '-' : ''
  const bare = word.slice(minus.length)
  if (bare.startsWith('"')) return []
  const make = (begin: string, hint: string, isWhole: boolean): Suggestion => {
    const result = `${before.slice(0, before.length - word.length)}${minus}${begin}${text.slice(caret)}`
    return { text: minus + begin, hint, count: isWhole ? source.countOf(result) : null, result }
  }
  const [, name, rest = ''] = /^(\p{L}[\p{L}-]*):(.*)$/su.exec(bare) ?? []
  if (name !== undefined) {
    const field = fieldOf(foldText(name))
    return field ? valueSuggestions({ field, begun: `${name}:`, rest }, source, make) : []
  }
  if (bare === '' ? !isAll : bare.length < 2 && !isAll) return []
  const wanted = foldText(bare)
  const begins = (one: string) => one.startsWith(wanted) && one !== wanted
  return [
    ...keysIn(FIELDS)
      .filter(begins)
      .map((field) => make(`${field}:`, FIELDS[field], false)),
    ...keysIn(FLAGS)
      .filter(begins)
      .map((flag) => make(flag, FLAGS[flag], true)),
  ]
}

interface Begun {
  readonly field: Field
  /** The name of the field as typed, with its colon. */
  readonly begun: string
  readonly rest: string
}

function valueSuggestions(
  { field, begun, rest }: Begun,
  { valuesOf }: Source,
  make: (begin: string, hint: string, isWhole: boolean) => Suggestion,
): readonly Suggestion[] {
  const comma = rest.lastIndexOf(',') + 1
  const typed = foldText(rest.slice(comma).replaceAll('"', ''))
  const taken = foldText(rest.slice(0, comma))
  return valuesOf(field)
    .filter((value) => foldText(value).includes(typed) && foldText(value) !== typed)
    .filter((value) => !taken.includes(`${foldText(formatValue(value))},`))
    .slice(0, MOST)
    .map((value) => make(`${begun}${rest.slice(0, comma)}${formatValue(value)}`, '', true))
}
