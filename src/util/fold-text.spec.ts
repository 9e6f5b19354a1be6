import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldText } from './fold-text.ts'

describe('foldText', () => {
  it.each([
    ['José', 'jose'],
    ['JOSE\u0301', 'jose'],
    ['ｊｏｓｅ', 'jose'],
    ['＋１５５５', '+1555'],
    ['٤٧١١', '4711'],
    ['۴۷۱۱', '4711'],
    ['४७११', '4711'],
    ['\u{1D7D2}\u{1D7D5}', '47'],
    ['Straße', 'straße'],
    ['', ''],
  ])('folds %j to %j', (text, folded) => {
    expect(foldText(text)).toBe(folded)
  })

  it('leaves what is folded as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const once = foldText(text)
        expect(foldText(once)).toBe(once)
      }),
    )
  })
})
