import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  compareFacts,
  historyOf,
  merge,
  stepBack,
  type RosterEntry,
  type StatusChange,
} from './merge.ts'
import { participantOf, THEN } from '~/testing/participant.fixture.ts'
import { changedAt, type Participant } from './participant.ts'
import { PARTICIPANT_STATUSES, statusRank } from './participant-status.ts'

const known = fc.constantFrom(...PARTICIPANT_STATUSES)
const unknown = fc.constantFrom('held', 'zzz', 'LEAVED', '', 'constructor')

/** There are few times and notes, so that ties of every depth are common. */
const fact = fc
  .record({
    status: fc.oneof({ weight: 4, arbitrary: known }, { weight: 1, arbitrary: unknown }),
    updatedAt: fc.option(fc.integer({ min: THEN, max: THEN + 3 })),
    extra: fc.record({ note: fc.constantFrom('a', 'b') }),
  })
  .map(participantOf)

const facts = fc.array(fact, { minLength: 1, maxLength: 8 })

/** Facts, and the same facts in another order, some of them several times. */
const retold = facts.chain((told) =>
  fc
    .array(fc.constantFrom(...told), { maxLength: 6 })
    .chain((repeats) =>
      fc.shuffledSubarray([...told, ...repeats], { minLength: told.length + repeats.length }),
    )
    .map((again) => ({ told, again })),
)

function entryOf(told: readonly Participant[]): RosterEntry {
  const [first, ...rest] = told
  if (!first) throw new Error('no facts')
  return rest.reduce<RosterEntry>(merge, merge(undefined, first))
}

/** The entry of one participant, from statuses and the microseconds of their changes, in order of arrival. */
const reported = (...steps: readonly (readonly [status: string, micros: number])[]): RosterEntry =>
  entryOf(steps.map(([status, micros]) => participantOf({ status, updatedAt: THEN + micros })))

const changeText = ({ status, at }: StatusChange): string => `${at} ${status}`

const MANY = { numRuns: 2000 }

// Thousands of cases take more than 5 s on a busy machine.
describe('merge', { timeout: 30_000 }, () => {
  it('gives the same entry for any order and repetition of the facts', () => {
    fc.assert(
      fc.property(retold, ({ told, again }) => {
        const [one, other] = [entryOf(told), entryOf(again)]
        expect(other.participant.raw).toEqual(one.participant.raw)
        expect(historyOf(other)).toEqual(historyOf(one))
      }),
      MANY,
    )
  })

  it('prefers the record with fewer problems at the same time', () => {
    const whole = participantOf({ status: 'joined', updatedAt: THEN })
    const spoiled = {
      ...whole,
      // By its text alone it would win.
      raw: { ...whole.raw, reference_type: 'hologram' },
      problems: [{ field: 'reference_type', text: 'reference_type is not a known one' }],
    }
    expect(entryOf([spoiled, whole]).participant).toBe(whole)
    expect(entryOf([whole, spoiled]).participant).toBe(whole)
  })

  it('keeps the newest fact: leaved first, then by time, then by rank', () => {
    fc.assert(
      fc.property(facts, (told) => {
        const left = told.filter(({ status }) => status === 'leaved')
        const final = left.length > 0 ? left : told
        const latest = Math.max(...final.map(changedAt))
        const highest = Math.max(
          ...final
            .filter((one) => changedAt(one) === latest)
            .map(({ status }) => statusRank(status)),
        )
        const { participant } = entryOf(told)
        expect(told).toContain(participant)
        expect(changedAt(participant)).toBe(latest)
        expect(statusRank(participant.status)).toBe(highest)
      }),
      MANY,
    )
  })

  it('keeps every reported status and time once, oldest first', () => {
    fc.assert(
      fc.property(facts, (told) => {
        const history = historyOf(entryOf(told))
        const all = new Set(
          told.map((one) => changeText({ status: one.status, at: changedAt(one) })),
        )
        expect(history.map(changeText).toSorted()).toEqual([...all].toSorted())
        expect(history.map(({ at }) => at)).toEqual(
          history.map(({ at }) => at).toSorted((a, b) => a - b),
        )
      }),
      MANY,
    )
  })

  it('returns the same object for a known fact', () => {
    fc.assert(
      fc.property(facts, fc.nat(), (told, pick) => {
        const held = entryOf(told)
        const again = told[pick % told.length]
        expect(again && merge(held, structuredClone(again))).toBe(held)
      }),
      MANY,
    )
  })

  it('does not change the participant for an older fact', () => {
    fc.assert(
      fc.property(facts, fact, (told, late) => {
        const held = entryOf(told)
        fc.pre(late.status !== 'leaved' && changedAt(late) < changedAt(held.participant))
        expect(merge(held, late).participant).toBe(held.participant)
      }),
      MANY,
    )
  })

  it('keeps leaved for good, and adds later statuses to the history', () => {
    fc.assert(
      fc.property(facts, fact, (told, after) => {
        fc.pre(after.status !== 'leaved')
        const held = entryOf([...told, participantOf({ status: 'leaved', updatedAt: THEN })])
        const next = merge(held, { ...after, updatedAt: THEN + 60_000_000 })
        expect(next.participant).toBe(held.participant)
        expect(historyOf(next)).toContainEqual({ status: after.status, at: THEN + 60_000_000 })
      }),
      MANY,
    )
  })

  it.each([
    ['joining', 'joined'],
    ['joined', 'leaving'],
    ['joining', 'leaving'],
    ['leaving', 'leaved'],
    ['joined', 'leaved'],
    ['held', 'joining'],
  ])('prefers the higher rank on a tie: %s < %s', (lower, higher) => {
    expect(reported([lower, 1], [higher, 1]).participant.status).toBe(higher)
    expect(reported([higher, 1], [lower, 1]).participant.status).toBe(higher)
  })

  it('prefers an unknown status by time only, never on a tie', () => {
    fc.assert(
      fc.property(known, unknown, (status, other) => {
        expect(reported([status, 1], [other, 1]).participant.status).toBe(status)
        expect(reported([other, 1], [status, 1]).participant.status).toBe(status)
        fc.pre(status !== 'leaved')
        expect(reported([status, 1], [other, 2]).participant.status).toBe(other)
      }),
    )
  })

  it('gives the same record for a full tie of different content', () => {
    const [a, b] = ['a', 'b'].map((note) => participantOf({ extra: { note } }))
    expect(a && b && entryOf([a, b]).participant).toBe(b)
    expect(a && b && entryOf([b, a]).participant).toBe(b)
  })

  it('orders by tm_create when there is no tm_update', () => {
    const fresh = participantOf({ status: 'joining', createdAt: THEN })
    const updated = participantOf({ status: 'joined', createdAt: THEN, updatedAt: THEN + 1 })
    expect(entryOf([updated, fresh]).participant).toBe(updated)
  })
})

describe('compareFacts', () => {
  it('is a total order', () => {
    fc.assert(
      fc.property(fact, fact, fact, (a, b, c) => {
        expect(Math.sign(compareFacts(a, b))).toBe(0 - Math.sign(compareFacts(b, a)))
        fc.pre(compareFacts(a, b) >= 0 && compareFacts(b, c) >= 0)
        expect(compareFacts(a, c)).toBeGreaterThanOrEqual(0)
      }),
      MANY,
    )
  })
})

describe('stepBack', () => {
  it.each([
    [
      'leaving, then joined',
      [
        ['leaving', 1],
        ['joined', 2],
      ],
      1,
    ],
    [
      'the same, in reverse order of arrival',
      [
        ['joined', 2],
        ['leaving', 1],
      ],
      1,
    ],
    [
      'the same, after a later joined',
      [
        ['leaving', 1],
        ['joined', 2],
        ['joined', 9],
      ],
      1,
    ],
    [
      'the latest of two',
      [
        ['leaving', 1],
        ['joined', 2],
        ['leaving', 3],
        ['joined', 4],
      ],
      3,
    ],
    [
      'out of joining',
      [
        ['joining', 1],
        ['leaving', 2],
        ['joined', 3],
      ],
      2,
    ],
  ] as const)('reports leaving that became joined again: %s', (_name, steps, micros) => {
    expect(stepBack(reported(...steps))).toEqual({ status: 'leaving', at: THEN + micros })
  })

  it.each([
    ['nothing but joined', [['joined', 1]]],
    [
      'the normal order',
      [
        ['joining', 1],
        ['joined', 2],
        ['leaving', 3],
        ['leaved', 4],
      ],
    ],
    [
      'the normal order, in reverse order of arrival',
      [
        ['leaved', 4],
        ['leaving', 3],
        ['joined', 2],
        ['joining', 1],
      ],
    ],
    [
      'a tie',
      [
        ['leaving', 1],
        ['joined', 1],
      ],
    ],
    [
      'a stale joined',
      [
        ['leaving', 2],
        ['joined', 1],
      ],
    ],
    [
      'leaving again',
      [
        ['leaving', 1],
        ['joined', 2],
        ['leaving', 3],
      ],
    ],
    [
      'leaved in the end',
      [
        ['leaving', 1],
        ['joined', 2],
        ['leaved', 3],
      ],
    ],
    [
      'a joined after leaved, which is final',
      [
        ['leaved', 1],
        ['joined', 2],
      ],
    ],
    [
      'an unknown status',
      [
        ['leaving', 1],
        ['held', 2],
      ],
    ],
    [
      'an unknown status before',
      [
        ['held', 1],
        ['joined', 2],
      ],
    ],
  ] as const)('reports nothing for %s', (_name, steps) => {
    expect(stepBack(reported(...steps))).toBeUndefined()
  })
})
