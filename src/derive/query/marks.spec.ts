import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { markedParts, marksOf } from './marks.ts'
import { parseQuery } from './parse.ts'

/** A text with brackets around what is marked. */
const marked = (query: string, text: string, place: 'name' | 'number' | 'conf' = 'name') =>
  markedParts(text, marksOf(parseQuery(query))[place])
    .map((part) => (part.isMarked ? `[${part.text}]` : part.text))
    .join('')

describe('marks', () => {
  it.each([
    ['jose', 'José Núñez', '[José] Núñez'],
    ['nu', 'José Nu\u0301n\u0303ez', 'José [Nu\u0301]n\u0303ez'],
    ['"é n"', 'José Núñez', 'Jos[é N]úñez'],
    ['an', 'Anna Jana', '[An]na J[an]a'],
    ['ana', 'banana', 'b[anana]'],
    ['-ann', 'Ann', 'Ann'],
    ['status:joined', 'joined', 'joined'],
    ['name:lee', 'Ann Lee', 'Ann [Lee]'],
    ['conf:lee', 'Ann Lee', 'Ann Lee'],
    ['', 'Ann', 'Ann'],
    ['<b>', '<b>Ann', '[<b>]Ann'],
  ])('of %s in %s are %s', (query, text, result) => {
    expect(marked(query, text)).toBe(result)
  })

  it.each([
    ['555 010', '+1 (555) 010-4711', '+1 ([555) 010]-4711'],
    ['+1555', '+1 555', '[+1 555]'],
    ['٤٧١١', '+1 555 4711', '+1 555 [4711]'],
    ['number:4711', '+14711', '+1[4711]'],
    ['name:4711', '+14711', '+14711'],
  ])('of %s in the number %s are %s', (query, text, result) => {
    expect(marked(query, text, 'number')).toBe(result)
  })

  it('lose nothing of a text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (query, text) => {
        const parts = markedParts(text, marksOf(parseQuery(query)).name)
        expect(parts.map((part) => part.text).join('')).toBe(text)
      }),
    )
  })
})
