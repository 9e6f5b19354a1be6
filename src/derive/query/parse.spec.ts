import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatQuery, LONGEST_QUERY, parseQuery, withoutTerm } from './parse.ts'
import type { Term } from './terms.ts'

/** A term without its place in the text. */
function bare({ start: _start, end: _end, ...term }: Term) {
  return term
}

const termsOf = (text: string) => parseQuery(text).terms.map(bare)

const text = (value: string, isNot = false) => ({ kind: 'text', text: value, isNot })
const field = (name: string, values: readonly string[], isNot = false) => ({
  kind: 'field',
  field: name,
  values,
  isNot,
})
const number = (...words: readonly string[]) => ({ kind: 'number', words, isNot: false })
const flag = (name: string, isNot = false) => ({ kind: 'flag', flag: name, isNot })

describe('parseQuery', () => {
  it.each([
    ['ann lee', [text('ann'), text('lee')]],
    ['"ann lee"', [text('ann lee')]],
    ['“ann lee„', [text('ann lee')]],
    ['-ann', [text('ann', true)]],
    ['"ann', [text('ann')]],
    ['ann" lee"', [text('ann lee')]],
    ['status:joined', [field('status', ['joined'])]],
    ['STATUS:joined,left', [field('status', ['joined', 'left'])]],
    ['-conf:"Sales, EMEA",Ops', [field('conf', ['Sales, EMEA', 'Ops'], true)]],
    ['tel:+15550101234', [field('number', ['+15550101234'])]],
    ['sip:alice@example.com', [field('number', ['alice@example.com'])]],
    ['older:1h30m newer:2d', [field('older', ['1h30m']), field('newer', ['2d'])]],
    ['direction:in', [field('direction', ['in'])]],
    ['came-back -stuck', [flag('came-back'), flag('stuck', true)]],
    ['"stuck"', [text('stuck')]],
    ['+1 (555) 010', [number('+1', '(555)', '010')]],
    ['ann 4711 lee 00', [text('ann'), number('4711'), text('lee'), number('00')]],
    ['٤٧١١ ４７', [number('٤٧١١', '４７')]],
    ['-4711', [text('4711', true)]],
    ['14:05:09', [text('14:05:09')]],
    ['.*(a|b)[', [text('.*(a|b)[')]],
    ['   ', []],
    ['- "" status: -', []],
    ['"status:joined"', [text('status:joined')]],
  ])('reads %j', (written, terms) => {
    expect(termsOf(written)).toEqual(terms)
    expect(parseQuery(written).problems).toEqual([])
  })

  it.each([
    ['foo:bar', 'there is no field “foo”'],
    ['older:soon', '“soon” is no duration'],
    ['older:5', '“5” is no duration'],
    ['newer:-2m', '“-2m” is no duration'],
    ['older:999999999d', '“999999999d” is no duration'],
    ['direction:sideways', 'the direction is in or out'],
    ['x'.repeat(10_000), `Only the first ${LONGEST_QUERY} characters`],
  ])('says why it ignores %.20s', (written, reason) => {
    const { problems } = parseQuery(written)
    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain(reason)
  })

  it('takes nothing else out of a text with a part that it ignores', () => {
    expect(termsOf('ann foo:bar status:joined')).toEqual([text('ann'), field('status', ['joined'])])
  })
})

/** Texts as they are typed, mangled and pasted: pieces of the language in any order, and anything. */
const typed = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.constantFrom(
        'status:',
        'conf:',
        'older:',
        'foo:',
        'came-back',
        'stuck',
        '-',
        '"',
        '“',
        ',',
        ' ',
        ':',
        'joined',
        '2m',
        '+1',
        '(555)',
        '010',
        '٤٧',
        'José',
        '\u202E',
        '<b>',
        '=1+1',
        '\n',
      ),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''))

describe('a query', () => {
  it('goes from text to terms to text to the same terms', () => {
    fc.assert(
      fc.property(typed, (written) => {
        const terms = termsOf(written)
        const again = formatQuery(parseQuery(written).terms)
        expect(termsOf(again)).toEqual(terms)
        expect(parseQuery(again).problems).toEqual([])
      }),
      { numRuns: 2000 },
    )
  })

  it('loses one term, and no other', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('ann', '-bob', 'status:joined', 'stuck', '"a b"'), {
          minLength: 1,
          maxLength: 6,
        }),
        fc.nat(),
        (words, at) => {
          const { text: written, terms } = parseQuery(words.join('  '))
          const place = at % terms.length
          const [gone] = terms.slice(place)
          const rest = words.filter((_, index) => index !== place)
          expect(gone && withoutTerm(written, gone)).toBe(rest.join(' '))
        },
      ),
    )
  })
})
