import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TextIndex } from './text-index.ts'

/** A few letters only, so that words are found often, and across the borders of texts. */
const letters = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n'), maxLength: 6 })
const words = fc.array(fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 3 }), {
  maxLength: 3,
})

/** The texts that contain all words, as anybody would look for them. */
const naive = (texts: readonly string[], wanted: readonly string[]): readonly number[] =>
  texts.map((text) => Number(wanted.every((word) => text.includes(word))))

function indexOf(texts: readonly string[]): TextIndex {
  const index = new TextIndex((place) => texts[place] ?? '')
  for (const place of texts.keys()) index.note(place)
  return index
}

describe('an index of texts', () => {
  it('finds the texts that contain all words, however many there are', () => {
    const many = fc.array(letters, { maxLength: 700, size: 'max' })
    fc.assert(
      fc.property(many, words, (texts, wanted) => {
        expect([...indexOf(texts).search(wanted)]).toEqual(naive(texts, wanted))
      }),
    )
  })

  it('finds changed and added texts, and those that were joined anew', () => {
    const change = fc.record({ at: fc.nat(1000), to: letters, isPrepared: fc.boolean() })
    fc.assert(
      fc.property(fc.array(letters), fc.array(change), words, (first, changes, wanted) => {
        const texts = [...first]
        const index = indexOf(texts)
        index.search(wanted)
        for (const { at, to, isPrepared } of changes) {
          const place = at % (texts.length + 1)
          texts[place] = to
          index.note(place)
          if (isPrepared) index.prepare(() => true)
        }
        expect([...index.search(wanted)]).toEqual(naive(texts, wanted))
      }),
    )
  })

  it('joins in parts while it may go on, and says when all is joined', () => {
    const texts = Array.from({ length: 1000 }, (_, place) => `text ${place}`)
    const index = indexOf(texts)
    let asked = 0
    expect(index.prepare(() => (asked += 1) <= 2)).toBe(false)
    expect(index.prepare(() => true)).toBe(true)
    expect(index.prepare(() => false)).toBe(true)
    expect(index.search(['999']).indexOf(1)).toBe(999)
  })

  it('joins many changed texts anew in parts, too, and once', () => {
    const texts = Array.from({ length: 1000 }, (_, place) => `text ${place}`)
    const index = indexOf(texts)
    index.prepare(() => true)
    for (const place of texts.keys()) {
      texts[place] = `other ${place}`
      index.note(place)
    }
    expect(index.prepare(() => false)).toBe(false)
    let asked = 0
    expect(index.prepare(() => (asked += 1) > 0)).toBe(true)
    expect(asked).toBe(4)
    expect(index.prepare(() => false)).toBe(true)
    expect(index.search(['other', '999']).indexOf(1)).toBe(999)
  })
})
