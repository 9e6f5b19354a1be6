import { foldText, searchable } from '~/util/fold-text.ts'
import { numberNeedles } from './match.ts'
import type { Field, Query } from './terms.ts'

/** A piece of a text, and whether the query has found it. */
export interface Part {
  readonly text: string
  readonly isMarked: boolean
}

/** What a query looks for in a text that a row shows. */
interface Needles {
  /** Folded words and phrases. */
  readonly words: readonly string[]
  /** Digits, a plus before them if they begin the number. */
  readonly digits: readonly string[]
}

/** The texts of a row that are marked. */
export type Place = Extract<Field, 'name' | 'number' | 'conf'>

/** What a query looks for in each place. What it excludes is in no row that is shown. */
export type Marks = Readonly<Record<Place, Needles>>

const NOTHING: Needles = { words: [], digits: [] }

export const NO_MARKS: Marks = { name: NOTHING, number: NOTHING, conf: NOTHING }

/** What is to be marked for a query. */
export function marksOf({ terms }: Pick<Query, 'terms'>): Marks {
  const found = terms.filter(({ isNot }) => !isNot)
  if (found.length === 0) return NO_MARKS
  const words = found.flatMap((term) =>
    term.kind === 'text' ? [term.text] : term.kind === 'number' ? term.words : [],
  )
  const digits = found.flatMap((term) =>
    term.kind === 'number' ? numberNeedles(term.words.join('')) : [],
  )
  const valuesOf = (place: Place) =>
    found.flatMap((term) => (term.kind === 'field' && term.field === place ? term.values : []))
  const needlesFor = (place: Place): Needles => ({
    words: [...words, ...valuesOf(place)].map(searchable).filter(Boolean),
    digits: place === 'number' ? [...digits, ...valuesOf(place).flatMap(digitsOf)] : digits,
  })
  return { name: needlesFor('name'), number: needlesFor('number'), conf: needlesFor('conf') }
}

const digitsOf = (value: string) => (/\d/.test(foldText(value)) ? numberNeedles(value) : [])

/** A text in pieces, those that were looked for marked. All pieces together are the text. */
export function markedParts(text: string, { words, digits }: Needles): readonly Part[] {
  if (words.length + digits.length === 0) return [{ text, isMarked: false }]
  const isMarked = Array.from(text, () => false)
  const chars = Array.from(text)
  mark(isMarked, foldedChars(chars, foldWord), words)
  mark(isMarked, foldedChars(chars, foldDigit), digits)
  return piecesOf(chars, isMarked)
}

/** Folded characters, each with the place of the character that it comes from. */
interface Folded {
  readonly text: string
  readonly places: readonly number[]
}

const foldWord = (char: string): string => searchable(char)
const foldDigit = (char: string): string => foldText(char).replaceAll(/[^\d+]/g, '')

function foldedChars(chars: readonly string[], fold: (char: string) => string): Folded {
  const places: number[] = []
  const text = chars.map((char, place) => {
    const folded = fold(char)
    for (let at = 0; at < folded.length; at++) places.push(place)
    return folded
  })
  return { text: text.join(''), places }
}

function mark(isMarked: boolean[], { text, places }: Folded, needles: readonly string[]): void {
  for (const needle of needles.filter(Boolean)) {
    for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + 1)) {
      const [from = 0, to = 0] = [places[at], places[at + needle.length - 1]]
      isMarked.fill(true, from, to + 1)
    }
  }
}

function piecesOf(chars: readonly string[], isMarked: readonly boolean[]): readonly Part[] {
  const parts: Array<{ text: string; isMarked: boolean }> = []
  for (const [place, text] of chars.entries()) {
    const last = parts.at(-1)
    const is = isMarked[place] ?? false
    // An accent that follows its letter belongs to it.
    const isAccent = last !== undefined && /^\p{M}/u.test(text)
    if (last && (isAccent || last.isMarked === is)) last.text += text
    else parts.push({ text, isMarked: is })
  }
  return parts
}
