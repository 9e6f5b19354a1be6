import { describe, expect, it } from 'vitest'
import { isId, shortId, ZERO_UUID } from './ids.ts'

describe('isId', () => {
  it.each([
    ['b8aa51f6-5cc1-40ba-9737-45ca24dab153', true],
    ['B8AA51F6-5CC1-40BA-9737-45CA24DAB153', true],
    [ZERO_UUID, false],
    ['', false],
    ['b8aa51f6', false],
    ['b8aa51f65cc140ba973745ca24dab153', false],
    ['{b8aa51f6-5cc1-40ba-9737-45ca24dab153}', false],
    ['b8aa51f6-5cc1-40ba-9737-45ca24dab153/..', false],
    ['b8aa51f6-5cc1-40ba-9737-45ca24dab153\n', false],
    ['g8aa51f6-5cc1-40ba-9737-45ca24dab153', false],
  ])('%j: %s', (text, expected) => {
    expect(isId(text)).toBe(expected)
  })
})

describe('shortId', () => {
  it('is the first group of a UUID, and never longer', () => {
    expect(shortId('b8aa51f6-5cc1-40ba-9737-45ca24dab153')).toBe('b8aa51f6')
    expect(shortId('seven-seven')).toBe('seven-se')
    expect(shortId('x')).toBe('x')
  })
})
