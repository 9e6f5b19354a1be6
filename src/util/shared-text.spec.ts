import { expect, it } from 'vitest'
import { sharedText } from './shared-text.ts'

it('returns the text, however many and however long there are', () => {
  const many = Array.from({ length: 3000 }, (_, number) => `text ${number}`)
  expect(many.map(sharedText)).toEqual(many)
  const long = 'x'.repeat(1e6)
  expect(sharedText(long)).toBe(long)
  expect(['', 'incoming', ''].map(sharedText)).toEqual(['', 'incoming', ''])
})
