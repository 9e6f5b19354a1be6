import { describe, expect, it } from 'vitest'
import type { Conference } from '~/domain/conference.ts'
import { toMillis } from '~/domain/time.ts'
import { conferenceOf } from '~/testing/conference.fixture.ts'
import { THEN } from '~/testing/participant.fixture.ts'
import { timeLeftText } from './time-left.ts'

const MINUTE = 60_000_000

/** Created at THEN with a limit of an hour, so many minutes later. */
const textAfter = (minutes: number, wish: Partial<Conference> = {}): string =>
  timeLeftText(
    conferenceOf({ timeout: 3600, createdAt: THEN, updatedAt: null, ...wish }),
    toMillis(THEN + minutes * MINUTE),
  )

describe('timeLeftText', () => {
  it('counts from the creation, which is certain while the record has not changed', () => {
    expect(textAfter(37)).toBe('23 m 00 s left')
    expect(textAfter(37, { updatedAt: THEN + MINUTE })).toBe('23 m 00 s left unless changed')
  })

  it('is at most what counts from the latest change, once the limit from the creation is over', () => {
    expect(textAfter(70, { updatedAt: THEN + 30 * MINUTE })).toBe('at most 20 m 00 s left')
    expect(textAfter(95, { updatedAt: THEN + 30 * MINUTE })).toBe('time is up')
    expect(textAfter(60)).toBe('time is up')
  })

  it('takes a limit under a minute for a day, as the platform does', () => {
    expect(textAfter(60, { timeout: 59 })).toBe('23 h 00 m left')
    expect(textAfter(0, { timeout: 60 })).toBe('1 m 00 s left')
  })

  it.each<[string, Partial<Conference>]>([
    ['no limit', { timeout: 0 }],
    ['no creation time', { createdAt: null }],
    ['ended', { endedAt: THEN }],
    ['deleted', { deletedAt: THEN }],
  ])('is empty: %s', (_, wish) => {
    expect(textAfter(1, wish)).toBe('')
  })
})
