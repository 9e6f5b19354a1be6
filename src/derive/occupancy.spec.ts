import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { participantOf, THEN } from '~/testing/participant.fixture.ts'
import { toMillis } from '~/domain/time.ts'
import { MINUTE, MINUTES, occupancyOf, occupancyText, stayOf } from './occupancy.ts'

const UNTIL = toMillis(THEN)

const stay = fc
  .record({
    from: fc.integer({ min: -100, max: 5 }),
    length: fc.option(fc.integer({ min: 0, max: 90 })),
  })
  .chain(({ from, length }) =>
    fc.integer({ min: 0, max: MINUTE - 1 }).map((rest) => {
      const begin = UNTIL + from * MINUTE + rest
      return { from: begin, to: length === null ? null : begin + length * (MINUTE / 2) }
    }),
  )

describe('occupancy', () => {
  it('is at each minute the number of those who were there', () => {
    fc.assert(
      fc.property(fc.array(stay, { maxLength: 20 }), (stays) => {
        const { counts } = occupancyOf(stays, UNTIL, true)
        expect(counts).toHaveLength(MINUTES + 1)
        for (const [at, count] of counts.entries()) {
          const time = UNTIL - (MINUTES - at) * MINUTE
          const there = stays.filter(({ from, to }) => from <= time && (to === null || to > time))
          expect(count).toBe(there.length)
        }
      }),
    )
  })

  it('is not known while somebody may be missing', () => {
    const { counts } = occupancyOf([{ from: UNTIL - MINUTE, to: null }], UNTIL, false)
    expect(new Set(counts)).toEqual(new Set([null]))
  })

  it.each([
    [{}, { from: UNTIL, to: null }],
    [
      { status: 'leaved', updatedAt: THEN + 2_000_000 },
      { from: UNTIL, to: UNTIL + 2000 },
    ],
    [{ createdAt: null }, null],
  ])('takes from the record %j when somebody was there', (wish, expected) => {
    expect(stayOf(participantOf(wish))).toEqual(expected)
  })
})

const minutes = (at: number) => `${(UNTIL - at) / MINUTE} min ago`

const textOf = (stays: Parameters<typeof occupancyOf>[0], isWhole = true) =>
  occupancyText(occupancyOf(stays, UNTIL, isWhole), minutes)

describe('the words of a curve', () => {
  it('say how many are there now, when most were and when least', () => {
    const stays = [
      { from: 0, to: null },
      { from: UNTIL - 10 * MINUTE, to: UNTIL - 4 * MINUTE },
    ]
    expect(textOf(stays)).toBe(
      'In the last hour: Now 1, most 2 at 10 min ago, least 1 at 60 min ago',
    )
  })

  it('say when nothing changed, and when nothing is known', () => {
    expect(textOf([])).toBe('In the last hour: Now 0, the same all the time')
    expect(textOf([], false)).toBe('The last hour is not known yet')
  })
})
