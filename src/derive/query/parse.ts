import { foldText } from '~/util/fold-text.ts'
import { parseDuration } from './duration.ts'
import { fieldOf, flagOf, type Field, type Query, type Term } from './terms.ts'

/** A longer text is cut: it is part of the URL, which servers take up to some thousand characters. */
export const LONGEST_QUERY = 500

/** Quotes as word processors and other languages set them. */
const QUOTES = /[“”„‟«»＂]/g

/** A word; blanks within quotes belong to it. A quote that is not closed goes to the end. */
const WORD = /(?:"[^"]*(?:"|$)|[^\s"])+/g

/** Values are separated by commas outside of quotes. */
const VALUE = /(?:"[^"]*(?:"|$)|[^,"])+/g

/** What a number is written with. */
const NUMBERISH = /^[+\d()./-]*\d[+\d()./-]*$/

/**
 * Reads the text of a query. Every text is one: what cannot be understood is ignored and told in `problems`. Words are
 * text to be found anywhere in the row, `field:value` asks for a property, a leading minus excludes, quotes keep blanks
 * together and make text of what would otherwise be a field or flag.
 */
export function parseQuery(text: string): Query {
  const cut = text.slice(0, LONGEST_QUERY)
  const problems =
    cut === text ? [] : [`Only the first ${LONGEST_QUERY} characters of the filter are used.`]
  const terms: Term[] = []
  for (const { 0: word, index } of cut.replaceAll(QUOTES, '"').matchAll(WORD)) {
    const term = termOf(word, index)
    if (typeof term === 'string') problems.push(term)
    else if (term) add(terms, term)
  }
  return { text, terms, problems }
}

/** The word that ends at a caret; empty where none does. */
export const wordBefore = (text: string, caret: number): string => {
  const words = [...text.slice(0, caret).replaceAll(QUOTES, '"').matchAll(WORD)]
  const last = words.at(-1)
  return last && last.index + last[0].length === caret ? last[0] : ''
}

/** Words of one number that stand side by side are one term. */
function add(terms: Term[], term: Term): void {
  const last = terms.at(-1)
  if (last?.kind !== 'number' || term.kind !== 'number') return void terms.push(term)
  terms[terms.length - 1] = { ...last, end: term.end, words: [...last.words, ...term.words] }
}

/** The term of a word, a sentence if it cannot be one, or nothing while it says nothing yet. */
function termOf(word: string, start: number): Term | string | undefined {
  const place = { start, end: start + word.length }
  const isNot = word.startsWith('-')
  const bare = isNot ? word.slice(1) : word
  const [, name, rest = ''] = /^(\p{L}[\p{L}-]*):(.*)$/su.exec(bare) ?? []
  if (name !== undefined) return fieldTerm({ name, rest, word }, { ...place, isNot })
  const flag = flagOf(foldText(bare))
  if (flag) return { kind: 'flag', flag, isNot, ...place }
  if (!isNot && NUMBERISH.test(foldText(word)))
    return { kind: 'number', words: [word], isNot, ...place }
  const text = unquoted(bare)
  return text === '' ? undefined : { kind: 'text', text, isNot, ...place }
}

function fieldTerm(
  { name, rest, word }: Record<'name' | 'rest' | 'word', string>,
  place: Pick<Term, 'start' | 'end' | 'isNot'>,
): Term | string | undefined {
  const field = fieldOf(foldText(name))
  if (!field)
    return `“${word}” is ignored: there is no field “${name}”. Put it in quotes to search for it.`
  const values = (rest.match(VALUE) ?? []).map(unquoted).filter(Boolean)
  if (values.length === 0) return undefined
  const wrong = values.find((value) => !isValue(field, value))
  if (wrong !== undefined) return `“${word}” is ignored: ${wrongText(field, wrong)}`
  return { kind: 'field', field, values, ...place }
}

/** Whether a value can be one of a field; a status may be any text, as the server may have others. */
function isValue(field: Field, value: string): boolean {
  if (field === 'older' || field === 'newer') return parseDuration(value) !== null
  return field !== 'direction' || directionsOf(value).length > 0
}

function wrongText(field: Field, value: string): string {
  return field === 'direction'
    ? `the direction is in or out, not “${value}”.`
    : `“${value}” is no duration. Write 90s, 2m, 1h30m or 1d.`
}

const DIRECTIONS = ['incoming', 'outgoing'] as const

/** The directions of calls, in the server's words, that begin with a value: `in`, `o`, `outgoing`. */
export const directionsOf = (value: string): readonly string[] =>
  DIRECTIONS.filter((one) => one.startsWith(foldText(value)))

const unquoted = (text: string): string => text.replaceAll('"', '').trim()

/** The text of terms, each in its shortest form; `parseQuery` reads the same terms from it. */
export const formatQuery = (terms: readonly Term[]): string => terms.map(formatTerm).join(' ')

/** The text of one term. */
export function formatTerm(term: Term): string {
  const minus = term.isNot ? '-' : ''
  switch (term.kind) {
    case 'text':
      return minus + (isPlainWord(minus, term.text) ? term.text : `"${term.text}"`)
    case 'number':
      return term.words.join(' ')
    case 'field':
      return `${minus}${term.field}:${term.values.map(formatValue).join(',')}`
    case 'flag':
      return minus + term.flag
  }
}

/** A value as it is written behind a field. */
export const formatValue = (value: string): string => (/[\s,]/.test(value) ? `"${value}"` : value)

function isPlainWord(minus: string, text: string): boolean {
  const term = /\s/.test(text) ? undefined : termOf(minus + text, 0)
  return typeof term === 'object' && term.kind === 'text' && term.text === text
}

/** The text of a query without one of its terms; what else was typed stays as it is. */
export const withoutTerm = (text: string, { start, end }: Pick<Term, 'start' | 'end'>): string =>
  `${text.slice(0, start)} ${text.slice(end)}`.replaceAll(/\s+/g, ' ').trim()
