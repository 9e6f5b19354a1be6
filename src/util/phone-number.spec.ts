import { describe, expect, it } from 'vitest'
import { countryName } from './country-name.ts'
import { formatNumber } from './phone-number.ts'

describe('formatNumber', () => {
  it.each([
    ['+12125550123', '+1 212 555 0123', 'US'],
    ['+14165550123', '+1 416 555 0123', 'CA'],
    ['+442079460018', '+44 20 7946 0018', 'GB'],
    ['+4930901820', '+49 30 901820', 'DE'],
    ['+819012345678', '+81 90 1234 5678', 'JP'],
    // A freephone number of no country.
    ['+80012345678', '+800 1234 5678', null],
  ])('formats %s as %s of %s', (raw, text, country) => {
    expect(formatNumber(raw)).toEqual({ text, country })
  })

  it.each([
    '',
    'anonymous',
    'ann@sip.example.com',
    '1001',
    '2125550123',
    // No number of the plan.
    '+15551230001',
    '+1212555',
    '+12125550123456789',
    '+1 212 555 0123',
    '+1212555012three',
    '+12125550123;ext=4',
    '\u202E+12125550123',
    '<b>+12125550123</b>',
  ])('leaves %j as it is', (raw) => {
    expect(formatNumber(raw)).toEqual({ text: raw, country: null })
  })
})

it('names countries in English', () => {
  expect(['GB', 'JP'].map(countryName)).toEqual(['United Kingdom', 'Japan'])
})
