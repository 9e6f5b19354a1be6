import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { merge, type RosterEntry } from '~/domain/merge.ts'
import type { Participant } from '~/domain/participant.ts'
import { participantOf, THEN } from '~/testing/participant.fixture.ts'
import { MINUTES, minuteOf, Occupancies, type Reading } from './occupancy.ts'

const MINUTE = 60_000_000
const DAY = 24 * 60 * MINUTE

/** Half a minute into a minute. Microseconds. */
const NOW = THEN + 30_000_000

/** All was read, up to now. */
const WHOLE: Reading = {
  spans: [{ from: 0, to: THEN }],
  until: null,
  horizonAt: (at) => at * 1000 - DAY,
}

const ago = (minutes: number): number => NOW - minutes * MINUTE

const entryOf = (wish: Partial<Participant> & { readonly id?: string }): RosterEntry =>
  merge(undefined, participantOf({ conferenceId: 'a', ...wish }))

const joined = (minutes: number): RosterEntry => entryOf({ createdAt: ago(minutes) })

const left = (from: number, to: number): RosterEntry =>
  entryOf({ createdAt: ago(from), updatedAt: ago(to), status: 'leaved' })

type Counts = ReadonlyArray<number | null>

const countsOf = (
  entries: readonly RosterEntry[],
  reading: Reading = WHOLE,
  createdAt: number | null = null,
): Counts => new Occupancies(() => entries).of('a', createdAt, reading, NOW / 1000).counts

/** Runs of equal counts, as `[count, minutes]`, oldest first. */
const runsOf = (counts: Counts): ReadonlyArray<readonly [number | null, number]> => {
  const runs: Array<[number | null, number]> = []
  for (const count of counts) {
    const last = runs.at(-1)
    if (last && last[0] === count) last[1] += 1
    else runs.push([count, 1])
  }
  return runs
}

describe('the occupancy of a conference', () => {
  it('has a count at the end of each of sixty minutes, the last of them now', () => {
    const occupancy = new Occupancies(() => []).of('a', null, WHOLE, NOW / 1000)
    expect(occupancy.minute).toBe(THEN / MINUTE)
    expect(runsOf(occupancy.counts)).toEqual([[0, MINUTES]])
  })

  it('counts a participant from the minute it was created in, up to the one it left in', () => {
    expect(runsOf(countsOf([joined(3)]))).toEqual([
      [0, 56],
      [1, 4],
    ])
    expect(runsOf(countsOf([left(3, 1)]))).toEqual([
      [0, 56],
      [1, 2],
      [0, 2],
    ])
    expect(runsOf(countsOf([joined(600), left(700, 2), left(600, 200)]))).toEqual([
      [2, 57],
      [1, 3],
    ])
  })

  it('does not count one that came and left within a minute, nor one that left before it came', () => {
    expect(runsOf(countsOf([left(3.2, 3.1), left(3, 5)]))).toEqual([[0, MINUTES]])
  })

  it('takes the time of leaving from a record before the last one, and from a deletion', () => {
    const deleted = entryOf({ createdAt: ago(9), deletedAt: ago(4) })
    expect(runsOf(countsOf([deleted]))).toEqual([
      [0, 50],
      [1, 5],
      [0, 5],
    ])
    const early = entryOf({ createdAt: ago(9), updatedAt: ago(4), status: 'leaved' }).participant
    const late = { ...early, updatedAt: ago(1) }
    expect(countsOf([merge(merge(undefined, early), late)])).toEqual(countsOf([deleted]))
  })

  it('is unknown, but for now, before a participant without a creation time was first seen', () => {
    const seen = entryOf({ createdAt: null, updatedAt: ago(5) })
    expect(runsOf(countsOf([joined(100), seen]))).toEqual([
      [null, 54],
      [2, 6],
    ])
    expect(runsOf(countsOf([entryOf({ createdAt: null })]))).toEqual([
      [null, 59],
      [1, 1],
    ])
  })

  it('is unknown, except now, after the last sighting of a participant without a departure time', () => {
    const gone = entryOf({ createdAt: ago(9), status: 'leaved' })
    expect(runsOf(countsOf([joined(100), gone]))).toEqual([
      [1, 50],
      [null, 9],
      [1, 1],
    ])
  })
})

/** Read back to so many minutes ago. */
const since = (minutes: number): Reading => ({
  ...WHOLE,
  spans: [{ from: ago(minutes), to: THEN }],
})

describe('a minute that was not read', () => {
  it('is unknown while participants from up to a day before it are not read', () => {
    expect(runsOf(countsOf([joined(3)], since(30)))).toEqual([[null, MINUTES]])
    expect(runsOf(countsOf([joined(3)], since(24 * 60 + 10)))).toEqual([
      [null, 49],
      [0, 7],
      [1, 4],
    ])
    expect(runsOf(countsOf([joined(3)], { ...WHOLE, spans: [] }))).toEqual([[null, MINUTES]])
  })

  it('is known back to the creation of a conference that is younger than what was read', () => {
    expect(runsOf(countsOf([joined(3)], since(30), ago(30)))).toEqual([
      [0, 56],
      [1, 4],
    ])
    expect(runsOf(countsOf([joined(3)], since(30), ago(31)))).toEqual([
      [0, 28],
      [null, 32],
    ])
  })

  it('is unknown within a gap, and after it until the gap is closed', () => {
    const spans = [
      { from: ago(10), to: THEN },
      { from: 0, to: ago(20) },
    ]
    expect(runsOf(countsOf([joined(40)], { ...WHOLE, spans }))).toEqual([
      [0, 19],
      [1, 20],
      [null, 21],
    ])
  })

  it('is unknown after the newest page was last read', () => {
    expect(runsOf(countsOf([joined(40)], { ...WHOLE, until: ago(5) }))).toEqual([
      [0, 19],
      [1, 35],
      [null, 6],
    ])
  })
})

const conference = fc.constantFrom('a', 'b')
const minutesAgo = fc.integer({ min: 0, max: 100 * 60 }).map((seconds) => seconds / 60)

const person = fc
  .record({ conference, from: minutesAgo, stay: minutesAgo, isLeft: fc.boolean() })
  .map(({ conference: conferenceId, from, stay, isLeft }) => ({
    conferenceId,
    createdAt: ago(from),
    leftAt: isLeft ? ago(Math.max(from - stay, 0)) : null,
  }))

type Person = Pick<Participant, 'conferenceId' | 'createdAt'> & { readonly leftAt: number | null }

const recordOf = ({ conferenceId, createdAt, leftAt }: Person, id: string): Participant =>
  participantOf({
    id,
    conferenceId,
    createdAt,
    updatedAt: leftAt,
    status: leftAt === null ? 'joined' : 'leaved',
  })

/** Counts the participants present at the end of each minute, one by one. */
function naiveCounts(people: readonly Person[], isKnown: (end: number) => boolean): Counts {
  return Array.from({ length: MINUTES }, (_, index) => {
    const end = (minuteOf(NOW) - MINUTES + 2 + index) * MINUTE - 1
    if (!isKnown(end)) return null
    return people.filter(
      ({ conferenceId, createdAt, leftAt }) =>
        conferenceId === 'a' && Number(createdAt) <= end && (leftAt === null || leftAt > end),
    ).length
  })
}

/** Goes through all that has to be read, from span to span. */
function naiveIsKnown(end: number, { spans }: Reading, createdAt: number): boolean {
  const last = end > NOW ? THEN : end
  let at = Math.max(createdAt, end - DAY)
  while (at <= last) {
    const span = spans.find(({ from, to }) => from <= at && at <= to)
    if (!span) return false
    at = span.to + 1
  }
  return true
}

const cuts = fc.uniqueArray(fc.integer({ min: 1, max: 27 * 60 }), { maxLength: 4 })

/** From the time of cuts, in minutes ago: read, not read, read, … */
const spansOf = (some: readonly number[]): Reading['spans'] => {
  const times = some.toSorted((one, other) => one - other)
  return [0, 2, 4]
    .filter((index) => index === 0 || times.length >= index)
    .map((index) => ({
      from: times[index] === undefined ? 0 : ago(times[index]),
      to: index === 0 ? NOW : ago(times[index - 1] ?? 0) - 1 - MINUTE / 2,
    }))
    .filter(({ from, to }) => from <= to)
}

describe('a property: the counts', () => {
  it('are those of a naive count, and null exactly where something is not read', () => {
    fc.assert(
      fc.property(
        fc.array(person, { maxLength: 12 }),
        cuts,
        fc.integer({ min: 0, max: 27 * 60 }),
        (people, some, age) => {
          const reading = { ...WHOLE, spans: spansOf(some) }
          const entries = people
            .filter(({ conferenceId }) => conferenceId === 'a')
            .map((one, index) => merge(undefined, recordOf(one, String(index))))
          expect(countsOf(entries, reading, ago(age))).toEqual(
            naiveCounts(people, (end) => naiveIsKnown(end, reading, ago(age))),
          )
        },
      ),
    )
  })

  it('are the same when the participants become known one by one, change, and are forgotten', () => {
    const step = fc.record({ id: fc.constantFrom('1', '2', '3'), to: fc.option(person) })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const held = new Map<string, Person>()
        const entries = new Map<string, RosterEntry>()
        const kept = new Occupancies(() => entries.values())
        kept.of('a', null, WHOLE, NOW / 1000)
        for (const { id, to } of steps) {
          const before = entries.get(id)
          const after = to ? merge(undefined, recordOf(to, id)) : undefined
          if (to && after) {
            held.set(id, to)
            entries.set(id, after)
          } else {
            held.delete(id)
            entries.delete(id)
          }
          kept.note([{ before, after }])
          expect(kept.of('a', null, WHOLE, NOW / 1000).counts).toEqual(
            naiveCounts([...held.values()], () => true),
          )
        }
      }),
    )
  })
})

describe('Occupancies', () => {
  it('walks a conference once, and returns the same object until something has changed', () => {
    let walks = 0
    const all = new Occupancies(() => {
      walks += 1
      return [joined(3)]
    })
    const first = all.of('a', null, WHOLE, NOW / 1000)
    all.note([{ before: undefined, after: entryOf({ conferenceId: 'b' }) }])
    expect(all.of('a', null, WHOLE, NOW / 1000 + 1000)).toBe(first)
    expect(all.of('a', null, WHOLE, NOW / 1000 + 60_000)).not.toBe(first)
    all.note([{ before: undefined, after: joined(1) }])
    expect(all.of('a', null, WHOLE, NOW / 1000).counts.at(-1)).toBe(2)
    expect(walks).toBe(1)
    all.clear()
    expect(all.of('a', null, WHOLE, NOW / 1000).counts.at(-1)).toBe(1)
    expect(walks).toBe(2)
  })
})
