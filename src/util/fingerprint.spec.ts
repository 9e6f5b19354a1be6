import { describe, expect, it } from 'vitest'
import { fingerprint } from './fingerprint.ts'

describe('fingerprint', () => {
  it.each([
    ['', 'cbf29ce484222325'],
    ['a', 'af63dc4c8601ec8c'],
    ['foobar', '85944171f73967e8'],
  ])('of %j is its FNV-1a hash of 64 bits', (text, expected) => {
    expect(fingerprint(text)).toBe(expected)
  })

  it('has the same length for text of any length', () => {
    expect(fingerprint('ü'.repeat(1000))).toMatch(/^[\da-f]{16}$/)
  })
})
