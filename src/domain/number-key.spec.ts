import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { visibleText } from '~/util/visible-text.ts'
import { numberKey } from './number-key.ts'

describe('numberKey', () => {
  it.each([
    ['+1 (555) 123-0001', '+15551230001'],
    ['tel:+1-555-123-0001;ext=7', '+15551230001'],
    ['１２３', '123'],
    ['+٤٧١١', '+4711'],
    ['0049 30 1', '0049301'],
    [' sip:Ann@Example.com;user=phone', 'ann@example.com'],
    ['bob2', 'bob2'],
    ['anonymous', ''],
    ['sip:anonymous@anonymous.invalid', ''],
    ['', ''],
    ['+', ''],
    ['()', ''],
  ])('reads %j as %j', (number, key) => {
    expect(numberKey(number)).toBe(key)
  })

  it('is the same however a number is written, and however it was shown', () => {
    const digits = fc.stringMatching(/^[0-9]{1,15}$/)
    const between = fc.constantFrom('', ' ', '-', '.', '(', ')', '/', '\u00A0', '\u202A', '\u200E')
    fc.assert(
      fc.property(
        fc.boolean(),
        digits,
        fc.array(between, { maxLength: 16 }),
        (isFull, text, gaps) => {
          const plain = `${isFull ? '+' : ''}${text}`
          const written = `${isFull ? '+' : ''}${Array.from(text, (digit, nth) => digit + (gaps[nth] ?? '')).join('')}`
          expect(numberKey(written)).toBe(plain)
          expect(numberKey(visibleText(`\u202A${written}`))).toBe(plain)
          expect(numberKey(plain)).toBe(plain)
        },
      ),
    )
  })
})
