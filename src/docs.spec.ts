import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { scripts } from '../package.json'

const root = path.resolve(import.meta.dirname, '..')

const read = (file: string): string => readFileSync(path.join(root, file), 'utf8')

const DOCUMENTS = [
  'README.md',
  'AGENTS.md',
  'SECURITY.md',
  'sandbox/README.md',
  ...readdirSync(path.join(root, 'docs')).map((file) => `docs/${file}`),
]

describe.each(DOCUMENTS)('%s', (file) => {
  const text = read(file)

  it('names only paths that exist', () => {
    const named = text.matchAll(
      /(?<![\w/])(?:src|sandbox|deploy|docs|e2e|public)\/[\w./-]*\w\/?|\b[\w-]+\.config\.ts\b/g,
    )
    const missing = [...named]
      .map(([name]) => name)
      .filter((name) => !existsSync(path.join(root, name)))
    expect(missing).toEqual([])
  })

  it('names only scripts that exist', () => {
    const named = [...text.matchAll(/\bnpm run ([\w:]+)/g)].map(([, name = '']) => name)
    expect(named.filter((name) => !(name in scripts))).toEqual([])
  })
})

/** Every text in which a comment, a title or a sentence may cite a wire fact; this one has examples. */
const CITING = [
  ...DOCUMENTS,
  ...['src', 'sandbox', 'e2e', 'deploy'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/\.(?:json|png)$/.test(entry.name))
      .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
      .filter((file) => file !== 'src/docs.spec.ts'),
  ),
]

const NUMBER = String.raw`(?:quirk )?\d+(?:\.\d+)?`

const LIST = String.raw`${NUMBER}(?:(?:, | and | or | to )${NUMBER})*`

/** `voipbin-api.md 4.3`, `voipbin-api.md 4.4, quirk 8`. */
const CITATION = new RegExp(String.raw`\bvoipbin-api\.md ${LIST}`, 'g')

/** What looks like a citation, once those in the one form are taken out, and would escape the check. */
const ODD_FORM =
  /(?<!docs\/)\bvoipbin-api\.md(?!`?\s+\|)|\bquirks? \d+|§ ?\d+|(?<=[\w`,}] )\(\d{1,2}\.\d(?:, \d{1,2}(?:\.\d)?)*\)/g

const numbersIn = (list: string): readonly string[] => list.match(new RegExp(NUMBER, 'g')) ?? []

/** A comment of several lines as one, for a citation may be broken. */
const joined = (text: string): string => text.replaceAll(/\s*\n\s*(?:\*(?!\/)|\/\/|#)?\s*/g, ' ')

/** The cells under the last column of a table when that is headed by the name of the document. */
const cellsIn = (text: string): readonly string[] =>
  [...text.matchAll(/\| voipbin-api\.md +\|\n\|[-| ]+\|\n((?:\|.*\|\n)+)/g)].flatMap(
    ([, rows = '']) => rows.split('\n').map((row) => row.split('|').at(-2) ?? ''),
  )

const cites = (text: string): readonly string[] =>
  [...(joined(text).match(CITATION) ?? []), ...cellsIn(text)].flatMap(numbersIn)

const oddForms = (text: string): readonly string[] =>
  joined(text).replaceAll(CITATION, '').match(ODD_FORM) ?? []

describe('docs/voipbin-api.md', () => {
  const facts = read('docs/voipbin-api.md')
  const [, quirks = ''] = /^## 11\. .*\n([^#]+)/m.exec(facts) ?? []
  const known = new Set([
    ...[...facts.matchAll(/^#{2,3} (\d+(?:\.\d+)?)\.? /gm)].map(([, number]) => number),
    ...[...quirks.matchAll(/^(\d+)\. /gm)].map(([, number]) => `quirk ${number}`),
  ])
  const unknownIn = (numbers: readonly string[]) => numbers.filter((number) => !known.has(number))

  it('has sections and quirks that can be cited', () => {
    expect([...known]).toEqual(expect.arrayContaining(['0', '4.3', '17', 'quirk 1', 'quirk 27']))
    expect(facts.match(/^## \d+/gm)).toHaveLength(18)
  })

  it('is cited by numbers that exist', () => {
    const all = CITING.map((file) => [file, cites(read(file))] as const)
    expect(all.flatMap(([, numbers]) => numbers).length).toBeGreaterThan(250)
    const wrong = all.map(([file, numbers]) => [file, unknownIn(numbers)] as const)
    expect(wrong.filter(([, numbers]) => numbers.length > 0)).toEqual([])
  })

  it('is cited in one form', () => {
    const odd = CITING.filter((file) => file !== 'docs/voipbin-api.md').map(
      (file) => [file, oddForms(read(file))] as const,
    )
    expect(odd.filter(([, forms]) => forms.length > 0)).toEqual([])
  })

  it('refers to sections of its own that exist', () => {
    const referred = joined(facts).match(new RegExp(`\\b[Ss]ections? ${LIST}`, 'g')) ?? []
    expect(referred.length).toBeGreaterThan(20)
    expect(unknownIn(referred.flatMap(numbersIn))).toEqual([])
  })

  it.each([
    ['a section', '/** So (voipbin-api.md 4.3, 4.9). */', ['4.9']],
    [
      'a quirk, after the end of a line',
      ' * So (voipbin-api.md\n * 12.1, quirk 99).',
      ['12.1', 'quirk 99'],
    ],
    ['a row of a table', '| of | voipbin-api.md |\n| --- | --- |\n| it | 6, 18 |\n', ['18']],
  ])('notices a wrong number: %s', (_name, text, wrong) => {
    expect(unknownIn(cites(text))).toEqual(wrong)
  })

  it.each(['So (voipbin-api.md).', 'So (quirk 8).', 'So §4.', 'So (4.3).', 'So (4.3, 6).'])(
    'notices another form: %s',
    (text) => {
      expect(oddForms(text)).toHaveLength(1)
    },
  )
})

describe('AGENTS.md', () => {
  it('is short enough to be read', () => {
    expect(read('AGENTS.md').split('\n').length).toBeLessThan(150)
  })
})
