import * as fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import {
  durationText,
  localText,
  localZoneName,
  momentText,
  timeTexts,
  utcText,
  zonedText,
} from './time-text.ts'

describe('durationText', () => {
  it.each([
    [-5000, '0 s'],
    [0, '0 s'],
    [999, '0 s'],
    [1000, '1 s'],
    [59_999, '59 s'],
    [60_000, '1 m 00 s'],
    [192_000, '3 m 12 s'],
    [3_599_999, '59 m 59 s'],
    [3_600_000, '1 h 00 m'],
    [3_900_000, '1 h 05 m'],
    [86_399_999, '23 h 59 m'],
    [86_400_000, '1 d 00 h'],
    [183_600_000, '2 d 03 h'],
    [100 * 86_400_000, '100 d 00 h'],
  ])('%d ms: %s', (length, text) => {
    expect(durationText(length)).toBe(text)
  })
})

describe('the text of a moment', () => {
  const at = Date.UTC(2026, 0, 15, 14, 5, 9)

  it('has the format of logs in UTC', () => {
    expect(utcText(at)).toBe('2026-01-15 14:05:09')
  })

  it('has the same format in local time', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), (second) => {
        const here = new Date(second * 1000)
        const parts = [
          here.getFullYear(),
          here.getMonth() + 1,
          here.getDate(),
          here.getHours(),
          here.getMinutes(),
          here.getSeconds(),
        ].map((part) => String(part).padStart(2, '0'))
        expect(localText(second * 1000)).toBe(
          `${parts.slice(0, 3).join('-')} ${parts.slice(3).join(':')}`,
        )
      }),
    )
  })

  it('has no date for today', () => {
    const [morning, evening] = [new Date(2026, 0, 15, 0, 0, 0), new Date(2026, 0, 15, 23, 59, 59)]
    expect(momentText(morning.getTime(), evening.getTime())).toBe('00:00:00')
    const tomorrow = evening.getTime() + 1000
    expect(momentText(evening.getTime(), tomorrow)).toBe('2026-01-15 23:59:59')
    expect(momentText(tomorrow, evening.getTime())).toBe('2026-01-16 00:00:00')
  })
})

describe('the zone of a time', () => {
  const at = Date.UTC(2026, 0, 15, 23, 30, 9)

  it('decides the text and what counts as today', () => {
    expect(zonedText(at, 'utc')).toBe('2026-01-15 23:30:09')
    expect(zonedText(at, 'local')).toBe(localText(at))
    expect(momentText(at, at + 3600_000, 'utc')).toBe('2026-01-15 23:30:09')
    expect(momentText(at, at + 60_000, 'utc')).toBe('23:30:09')
  })

  it('is found by both texts', () => {
    expect(timeTexts(at)).toEqual([...new Set([localText(at), utcText(at)])])
  })

  it('is named by its distance from UTC', () => {
    const offset = vi.spyOn(Date.prototype, 'getTimezoneOffset')
    const names = [0, -60, 210, -345].map((minutes) => {
      offset.mockReturnValue(minutes)
      return localZoneName(at)
    })
    offset.mockRestore()
    expect(names).toEqual(['UTC+0', 'UTC+1', 'UTC-3:30', 'UTC+5:45'])
  })
})

describe('zonedText', () => {
  it.each([
    ['utc', '2026-07-01 22:30:05'],
    ['Asia/Tokyo', '2026-07-02 07:30:05'],
    ['America/St_Johns', '2026-07-01 20:00:05'],
  ])('in %s is %s', (zone, text) => {
    expect(zonedText(Date.UTC(2026, 6, 1, 22, 30, 5), zone)).toBe(text)
  })
})
