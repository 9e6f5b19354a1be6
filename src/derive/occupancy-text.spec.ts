import { describe, expect, it } from 'vitest'
import { THEN } from '~/testing/participant.fixture.ts'
import { minuteOf, MINUTES } from './occupancy.ts'
import { occupancyText, runsOf } from './occupancy-text.ts'

/** Counts of an hour, as `[count, minutes]`, that end at 09:30 UTC. */
const textOf = (...runs: ReadonlyArray<readonly [number | null, number]>): string => {
  const counts = runs.flatMap(([count, minutes]) => Array<number | null>(minutes).fill(count))
  expect(counts).toHaveLength(MINUTES)
  return occupancyText({ minute: minuteOf(THEN), counts }, 'utc')
}

describe('occupancyText', () => {
  it('says how many are in now, and when there were most, the last time', () => {
    expect(textOf([2, 10], [17, 5], [3, 10], [17, 5], [14, 30])).toBe('now 14, most 17 at 09:00')
    expect(textOf([2, 60])).toBe('now 2, most 2 at 09:30')
    expect(textOf([0, 60])).toBe('now 0, nobody seen')
  })

  it('says what is unknown, and says no more when all is', () => {
    expect(textOf([null, 50], [14, 10])).toBe('now 14, most 14 at 09:30, unknown before 09:21')
    expect(textOf([3, 50], [null, 10])).toBe('now unknown, most 3 at 09:20, unknown since 09:21')
    expect(textOf([null, 10], [1, 10], [null, 10], [0, 30])).toBe(
      'now 0, most 1 at 08:50, unknown before 08:41, unknown from 08:51 to 09:01',
    )
    expect(textOf([null, 60])).toBe('unknown')
  })
})

describe('runsOf', () => {
  it('are the minutes that are known on end, and those that are not', () => {
    expect(runsOf([null, 0, 2, null, null, 3])).toEqual([
      { isKnown: false, from: 0, counts: [0] },
      { isKnown: true, from: 1, counts: [0, 2] },
      { isKnown: false, from: 3, counts: [0, 0] },
      { isKnown: true, from: 5, counts: [3] },
    ])
  })
})
