import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codePoint } from '~/testing/code-point.fixture.ts'
import { visibleText } from '~/util/visible-text.ts'
import { csvOf } from './csv.ts'

const text = fc.oneof(
  fc.string({ unit: codePoint }),
  fc.string({
    unit: fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '"', ',', ';', 'a', ' '),
  }),
)
const table = fc.array(fc.array(text, { minLength: 1, maxLength: 4 }), { maxLength: 5 })

/** An independent reader by the letter of RFC 4180. */
function parse(file: string): string[][] {
  const lines: string[][] = []
  let cells: string[] = []
  let rest = file
  while (rest !== '') {
    const found = /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/.exec(rest)
    if (!found) throw new Error(`not CSV: ${JSON.stringify(rest)}`)
    cells.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '')
    rest = rest.slice(found[0].length)
    if (found[3] === '\r\n') {
      lines.push(cells)
      cells = []
    }
  }
  return lines
}

describe('csvOf', () => {
  it('writes a header and a line', () => {
    expect(
      csvOf([
        ['When', 'Who'],
        ['2026-01-15T09:30:00.000Z', 'Ann "the boss", Lee'],
      ]),
    ).toBe('\uFEFF"When","Who"\r\n"2026-01-15T09:30:00.000Z","Ann ""the boss"", Lee"\r\n')
  })

  it.each([
    ['=1+1', "'=1+1"],
    ['+15551230001', "'+15551230001"],
    ['-2', "'-2"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'⟨U+0009⟩=1"],
    ['\r=1', "'⟨U+000D⟩=1"],
    ['＝1', "'＝1"],
    ['  =1', "'  =1"],
    ['a=1', 'a=1'],
    ['', ''],
    ['two\nlines', 'two⟨U+000A⟩lines'],
    ['evil\u202Efdp', 'evil⟨U+202E⟩fdp'],
  ])('makes %j harmless', (cell, written) => {
    expect(csvOf([[cell]])).toBe(`\uFEFF"${written}"\r\n`)
  })

  it('reads back cell by cell as shown', () => {
    fc.assert(
      fc.property(table, (lines) => {
        const file = csvOf(lines)
        expect(file.startsWith('\uFEFF')).toBe(true)
        const plain = parse(file.slice(1)).map((cells) =>
          cells.map((cell) => cell.replace(/^'/, '')),
        )
        expect(plain).toEqual(
          lines.map((cells) => cells.map((cell) => visibleText(cell).replace(/^'/, ''))),
        )
      }),
    )
  })

  it('starts no cell with a formula, and writes no invisible character', () => {
    fc.assert(
      fc.property(table, (lines) => {
        const cells = parse(csvOf(lines).slice(1)).flat()
        expect(cells.filter((cell) => /^[\s]*[=+\-@]/.test(cell))).toEqual([])
        expect(cells.filter((cell) => /[\p{Cc}\u202A-\u202E\u2066-\u2069]/u.test(cell))).toEqual([])
      }),
    )
  })
})
