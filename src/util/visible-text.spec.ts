import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codePoint } from '~/testing/code-point.fixture.ts'
import { visibleText } from './visible-text.ts'

describe('visibleText', () => {
  it.each([
    ['Ann\u202eeel', 'Ann⟨U+202E⟩eel'],
    ['\u2066Ann\u2069', '⟨U+2066⟩Ann⟨U+2069⟩'],
    ['\u200eAnn\u061c', '⟨U+200E⟩Ann⟨U+061C⟩'],
    ['a\nb\tc\0', 'a⟨U+000A⟩b⟨U+0009⟩c⟨U+0000⟩'],
    ['a\u007fb\u009fc', 'a⟨U+007F⟩b⟨U+009F⟩c'],
    ['a\u2028b\u2029c', 'a⟨U+2028⟩b⟨U+2029⟩c'],
    ['\ufeffa\u200bb\u00adc', '⟨U+FEFF⟩a⟨U+200B⟩b⟨U+00AD⟩c'],
    ['a\u{e0061}b', 'a⟨U+E0061⟩b'],
  ])('shows %j as %s', (text, shown) => {
    expect(visibleText(text)).toBe(shown)
  })

  it.each([
    [''],
    ['Ann Lee'],
    ['Åsa Öberg'],
    ['山田太郎'],
    ['محمد'],
    ['דוד'],
    // Persian and Indic names need joiners.
    ['نرم\u200cافزار'],
    ['क्\u200dष'],
    ['👩\u200d💻 👨\u200d👩\u200d👧 ❤\ufe0f 🇸🇪 👍🏽'],
    ['+1 (555) 123-0001'],
  ])('does not change %s', (text) => {
    expect(visibleText(text)).toBe(text)
  })

  it('removes every character that reverses text, and keeps all information', () => {
    const tricky = fc.string({
      unit: fc.oneof(
        fc.constantFrom(
          '\u202a',
          '\u202b',
          '\u202c',
          '\u202d',
          '\u202e',
          '\u2066',
          '\u2067',
          '\u2069',
        ),
        codePoint,
      ),
    })
    fc.assert(
      fc.property(tricky, (text) => {
        const shown = visibleText(text)
        expect(shown).not.toMatch(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]/u)
        const back = shown.replace(/⟨U\+([0-9A-F]{4,6})⟩/g, (_all, code: string) =>
          String.fromCodePoint(Number.parseInt(code, 16)),
        )
        expect(back).toBe(text)
      }),
      { numRuns: 2000 },
    )
  })

  it.each([
    ['a Hangul filler', '\u3164', '⟨U+3164⟩'],
    ['a Braille blank', '\u2800', '⟨U+2800⟩'],
    ['a lone variation selector', '\uFE0F', '⟨U+FE0F⟩'],
  ])('shows a name that consists of %s only', (_kind, name, shown) => {
    expect(visibleText(name)).toBe(shown)
  })

  it('keeps the variation selector of an emoji', () => {
    expect(visibleText('Ann ❤\uFE0F')).toBe('Ann ❤\uFE0F')
  })
})
