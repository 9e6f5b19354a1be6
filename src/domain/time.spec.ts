import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromMillis, parseTime, toMillis, toWireTime } from './time.ts'

const NOON = Date.UTC(2026, 0, 15, 12, 0, 0) * 1000

describe('parseTime', () => {
  it.each([
    ['2026-01-15T12:00:00Z', 0],
    ['2026-01-15T12:00:00.1Z', 100_000],
    ['2026-01-15T12:00:00.12Z', 120_000],
    ['2026-01-15T12:00:00.123Z', 123_000],
    ['2026-01-15T12:00:00.1234Z', 123_400],
    ['2026-01-15T12:00:00.12345Z', 123_450],
    ['2026-01-15T12:00:00.123456Z', 123_456],
    ['2026-01-15T12:00:00.1234567Z', 123_456],
    ['2026-01-15T12:00:00.12345678Z', 123_456],
    // Dropped, not rounded: tokens and ties are compared by the server's microsecond.
    ['2026-01-15T12:00:00.123456999Z', 123_456],
    ['2026-01-15T12:00:00.000001Z', 1],
    ['2026-01-15t12:00:00.5z', 500_000],
    ['2026-01-15T14:30:00+02:30', 0],
    ['2026-01-15T07:00:00.5-0500', 500_000],
    ['2026-01-15T12:00:00+00:00', 0],
    ['2026-01-16T01:00:00+13:00', 0],
    ['2026-01-15 12:00:00.123456', 123_456],
    ['2026-01-15 12:00:00', 0],
    ['  2026-01-15 12:00:00  ', 0],
  ])('parses %s', (written, micros) => {
    expect(parseTime(written)).toBe(NOON + micros)
  })

  it('parses the example of the published documentation as UTC', () => {
    expect(parseTime('2022-08-06 16:57:12.247946')).toBe(1_659_805_032_247_946)
  })

  it('parses moments before 1970', () => {
    expect(parseTime('1969-12-31T23:59:59.999999Z')).toBe(-1)
  })

  it.each([
    ['9999-01-01 00:00:00.000000'],
    ['9999-01-01T00:00:00.000000Z'],
    ['9999-12-31T23:59:59Z'],
    ['10000-01-01T00:00:00Z'],
    [null],
    [undefined],
    [''],
  ])('returns null for %j', (written) => {
    expect(parseTime(written)).toBeNull()
  })

  it.each([
    ['soon'],
    [' '],
    ['2026-01-15'],
    ['12:00:00'],
    ['2026-01-15T12:00Z'],
    ['2026-01-15T12:00:00.Z'],
    ['2026-01-15T12:00:00.1234567890Z'],
    ['2026-01-15T12:00:00 Z'],
    ['2026-01-15T12:00:00+2'],
    ['2026-1-15T12:00:00Z'],
    ['x2026-01-15T12:00:00Z'],
    ['2026-01-15T12:00:00Zx'],
    ['2026-02-29T12:00:00Z'],
    ['2026-02-31T12:00:00Z'],
    ['2026-00-15T12:00:00Z'],
    ['2026-13-15T12:00:00Z'],
    ['2026-01-00T12:00:00Z'],
    ['2026-01-32T12:00:00Z'],
    ['2026-01-15T24:00:00Z'],
    ['2026-01-15T12:60:00Z'],
    ['2026-01-15T12:00:60Z'],
    [0],
    [1_659_805_032],
    [true],
    [{}],
    [['2026-01-15T12:00:00Z']],
    [new Date(0)],
  ])('returns "unreadable" for %j', (written) => {
    expect(parseTime(written)).toBe('unreadable')
  })

  it('knows leap years', () => {
    expect(parseTime('2028-02-29T00:00:00Z')).toBe(Date.UTC(2028, 1, 29) * 1000)
  })

  it('never throws', () => {
    fc.assert(
      fc.property(fc.anything(), (raw) => {
        const read = parseTime(raw)
        expect(read === null || read === 'unreadable' || Number.isSafeInteger(read)).toBe(true)
      }),
    )
  })
})

const LAST = Date.UTC(2200, 0, 1) * 1000

/** Any microsecond from 1970 to 2200, more often near a whole second. */
const moment = fc.oneof(
  fc.integer({ min: 0, max: LAST }),
  fc
    .tuple(
      fc.integer({ min: 0, max: LAST / 1_000_000 - 1 }),
      fc.constantFrom(0, 1, 10, 99, 1000, 100_000, 120_000, 123_000, 999_999),
    )
    .map(([second, micros]) => second * 1_000_000 + micros),
)

const trimmed = (at: number): string => toWireTime(at).replace(/\.?0+Z$/, 'Z')
const olderStyle = (at: number): string => toWireTime(at).replace('T', ' ').replace('Z', '')

describe('toWireTime', () => {
  it('always writes six digits and Z, as page tokens have them', () => {
    expect(toWireTime(NOON)).toBe('2026-01-15T12:00:00.000000Z')
    expect(toWireTime(NOON + 1)).toBe('2026-01-15T12:00:00.000001Z')
    expect(toWireTime(-1)).toBe('1969-12-31T23:59:59.999999Z')
  })

  it.each([
    ['with six digits', toWireTime],
    ['with trailing zeros trimmed', trimmed],
    ['in the style of older servers', olderStyle],
  ])('is undone by parseTime %s', (_style, write) => {
    fc.assert(
      fc.property(moment, (at) => {
        expect(parseTime(write(at))).toBe(at)
      }),
      { numRuns: 2000 },
    )
  })

  it('keeps the order of moments that Date cannot tell apart', () => {
    const close = fc.tuple(moment, fc.integer({ min: 0, max: 2000 }))
    fc.assert(
      fc.property(close, fc.boolean(), ([at, later], trims) => {
        const [first, second] = [trims ? trimmed(at) : olderStyle(at), toWireTime(at + later)]
        expect(Number(parseTime(second)) - Number(parseTime(first))).toBe(later)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('fromMillis and toMillis', () => {
  it('are inverse', () => {
    expect(fromMillis(1.4)).toBe(1000)
    expect(toMillis(1999)).toBe(1)
    expect(toMillis(-1)).toBe(-1)
    fc.assert(
      fc.property(fc.integer(), (millis) => {
        expect(toMillis(fromMillis(millis))).toBe(millis)
      }),
    )
  })
})
