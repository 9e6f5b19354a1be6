import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sameRecord } from './record.ts'

describe('sameRecord', () => {
  it.each([
    [{}, {}, true],
    [{ a: 1, b: null }, { b: null, a: 1 }, true],
    [{ a: { b: [1] } }, { a: { b: [1] } }, true],
    [{ a: { b: [1] } }, { a: { b: [2] } }, false],
    [{ a: 1 }, { a: '1' }, false],
    [{ a: 1 }, {}, false],
    [{}, { a: 1 }, false],
    [{ a: null }, { b: null }, false],
    [{ a: null }, { a: {} }, false],
    [{ a: null }, { a: '' }, false],
  ])('%j and %j: %s', (a, b, same) => {
    expect(sameRecord(a, b)).toBe(same)
  })

  it('is true for two parses of the same text', () => {
    const record = fc.dictionary(fc.string(), fc.jsonValue())
    fc.assert(
      fc.property(record, (one) => {
        const text = JSON.stringify(one)
        expect(sameRecord(JSON.parse(text), JSON.parse(text))).toBe(true)
      }),
    )
  })
})
