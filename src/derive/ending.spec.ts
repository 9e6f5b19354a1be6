import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ASKED_AT, actionOf } from '~/testing/action.fixture.ts'
import type { Action } from '~/domain/action.ts'
import { conferenceOf } from '~/testing/conference.fixture.ts'
import type { Conference } from '~/domain/conference.ts'
import { participantOf } from '~/testing/participant.fixture.ts'
import type { Participant } from '~/domain/participant.ts'
import { fromMillis } from '~/domain/time.ts'
import {
  connectedTo,
  endingOf,
  isTyped,
  stillConnectedText,
  type Ending,
  type EndingFacts,
} from './ending.ts'

const LIMIT = 15_000

/** Milliseconds after it was asked for, as the wire's microseconds. */
const after = (length: number) => fromMillis(ASKED_AT + length)

const end = (wish: Partial<Action> = {}): Action =>
  actionOf({ kind: 'end', state: 'accepted', answeredAt: ASKED_AT + 200, ...wish })

const ending: Conference = conferenceOf({
  status: 'terminating',
  updatedAt: after(100),
  deletedAt: after(150),
})

const terminated: Conference = {
  ...ending,
  status: 'terminated',
  updatedAt: after(1500),
  endedAt: after(1500),
}

const somebody = (id: string, status: string, changed = after(-60_000)): Participant =>
  participantOf({ id, status, updatedAt: changed })

const told = (wish: Partial<EndingFacts> = {}): Ending | undefined =>
  endingOf({
    action: end(),
    conference: ending,
    people: [],
    now: ASKED_AT + 3000,
    limit: LIMIT,
    isOld: false,
    ...wish,
  })

const stateOf = (wish: Partial<EndingFacts>): string | undefined => told(wish)?.state

const joined = somebody('a', 'joined')
const left = somebody('b', 'leaved', after(1400))
const running = conferenceOf()

describe('endingOf', () => {
  it.each<[string, Partial<EndingFacts>, string | undefined]>([
    ['not sent yet', { action: end({ state: 'waiting' }), conference: running }, 'waiting'],
    ['on its way', { action: end({ state: 'sending' }), conference: running }, 'requested'],
    ['taken back', { action: end({ state: 'withdrawn' }), conference: running }, undefined],
    ['skipped', { action: end({ state: 'skipped' }), conference: terminated }, undefined],
    ['changed', { action: end({ state: 'changed' }), conference: running }, undefined],
    ['failed', { action: end({ state: 'failed' }), conference: running }, 'failed'],
    [
      'failed, and somebody had ended it long before',
      {
        action: end({ state: 'failed' }),
        conference: { ...terminated, updatedAt: after(-5000), deletedAt: after(-5000) },
      },
      'failed',
    ],
    [
      'seemingly failed, and it arrived all the same',
      { action: end({ state: 'failed' }), people: [joined] },
      'ending',
    ],
    ['accepted, people in it', { people: [joined, left] }, 'ending'],
    [
      'not confirmed, and it works',
      { action: end({ state: 'unsure' }), people: [joined] },
      'ending',
    ],
    ['all have left, not said yet', { people: [left] }, 'ending'],
    ['terminated, all have left', { people: [left], conference: terminated }, 'ended'],
    ['terminated, nobody was known', { conference: terminated }, 'ended'],
    [
      'terminated, and somebody is still joining',
      { people: [left, somebody('c', 'joining')], conference: terminated },
      'ending',
    ],
    [
      'terminated, and somebody got in, past the limit',
      { people: [joined], conference: terminated, now: ASKED_AT + 200 + LIMIT },
      'still-connected',
    ],
    ['nobody was in it', {}, 'empty'],
    ['nobody was in it, not deleted yet', { conference: { ...ending, deletedAt: null } }, 'ending'],
    [
      'all have left, and it was never said',
      { people: [left], now: ASKED_AT + 1400 + 5001 },
      'empty',
    ],
    ['just before the limit', { people: [joined], now: ASKED_AT + 199 + LIMIT }, 'ending'],
    ['at the limit', { people: [joined], now: ASKED_AT + 200 + LIMIT }, 'still-connected'],
    [
      'at the limit, by old facts',
      { people: [joined], now: ASKED_AT + 200 + LIMIT, isOld: true },
      'unproved',
    ],
    [
      'at the limit, with somebody listed who was not read yet',
      { conference: { ...ending, participantIds: ['x'] }, now: ASKED_AT + 200 + LIMIT },
      'still-connected',
    ],
    [
      'before the conference is read, long over',
      { conference: undefined, action: end({ goneAt: ASKED_AT + 900 }) },
      'ended',
    ],
    ['before the conference is read', { conference: undefined, people: [joined] }, 'ending'],
  ])('%s', (_name, facts, state) => {
    expect(stateOf(facts)).toBe(state)
  })

  it('counts who was in it since it was asked for', () => {
    const people = [
      joined,
      left,
      somebody('c', 'joining'),
      somebody('long gone', 'leaved', after(-1)),
      somebody('hangs in leaving', 'leaving', after(-120_000)),
    ]
    const found = told({ people, conference: { ...ending, participantIds: ['a', 'x', 'y'] } })
    expect(found).toMatchObject({ total: 5, unread: 2 })
    expect(found?.connected.map(({ id }) => id)).toEqual(['a', 'c'])
  })

  it('tells the seconds to the yes, where there was one', () => {
    expect(told()?.acceptedAfter).toBe(200)
    expect(told({ action: end({ state: 'unsure' }) })?.acceptedAfter).toBeNull()
  })

  it('tells when the server says it ended', () => {
    expect(told({ conference: terminated })?.endedAt).toBe(ASKED_AT + 1500)
    expect(told({ conference: terminated, people: [joined] })?.endedAt).toBe(ASKED_AT + 1500)
    expect(told()?.endedAt).toBeNull()
  })

  it('never says that it is over while somebody is in it, or listed', () => {
    const statuses = ['joining', 'joined', 'leaving', 'leaved', 'held']
    const person = fc.record({
      id: fc.constantFrom('a', 'b', 'c', 'd'),
      status: fc.constantFrom(...statuses),
      at: fc.integer({ min: -200_000, max: 30_000 }),
    })
    fc.assert(
      fc.property(
        fc.uniqueArray(person, { selector: ({ id }) => id }),
        fc.subarray(['a', 'b', 'c', 'd', 'x']),
        fc.constantFrom('progressing', 'terminating', 'terminated'),
        fc.boolean(),
        fc.integer({ min: 0, max: 60_000 }),
        (all, participantIds, status, isDeleted, wait) => {
          const people = all.map((one) => somebody(one.id, one.status, after(one.at)))
          const state = stateOf({
            people,
            conference: {
              ...ending,
              status,
              participantIds,
              deletedAt: isDeleted ? after(150) : null,
            },
            now: ASKED_AT + wait,
          })
          const isIn = all.some((one) => ['joining', 'joined', 'held'].includes(one.status))
          const known = new Set<string>(all.map(({ id }) => id))
          const isListed = participantIds.some((id) => !known.has(id))
          const mayBeOver = !isIn && !isListed
          expect({
            isWronglyEnded: state === 'ended' && !(mayBeOver && status === 'terminated'),
            isWronglyEmpty: state === 'empty' && !(mayBeOver && isDeleted),
          }).toEqual({ isWronglyEnded: false, isWronglyEmpty: false })
        },
      ),
    )
  })
})

describe('connectedTo', () => {
  it.each<[string, Participant, readonly string[], boolean]>([
    ['joined', joined, [], true],
    ['joining', somebody('a', 'joining'), [], true],
    ['a status of tomorrow', somebody('a', 'held'), [], true],
    ['leaved, listed still', somebody('a', 'leaved'), ['a'], false],
    ['leaving since just now', somebody('a', 'leaving', after(0)), [], true],
    ['leaving for minutes, listed', somebody('a', 'leaving', after(-120_000)), ['a'], true],
    ['leaving for minutes, not listed', somebody('a', 'leaving', after(-120_000)), [], false],
  ])('%s', (_name, one, participantIds, isConnected) => {
    const found = connectedTo({ ...ending, participantIds }, [one], ASKED_AT)
    expect(found).toHaveLength(isConnected ? 1 : 0)
  })
})

const textOf = (people: readonly Participant[]) => {
  const found = told({ people })
  return found && stillConnectedText(found)
}

describe('stillConnectedText', () => {
  it.each<[readonly Participant[], string]>([
    [[joined, left], '1 of 2 still connected.'],
    [[somebody('c', 'joining'), left], '1 of 2 still joining.'],
    [[joined, somebody('c', 'joining')], '2 of 2 still connected, 1 of them joining.'],
    [[left], 'All have left.'],
    [[], 'Nobody is in it.'],
  ])('%#', (people, text) => {
    expect(textOf(people)).toBe(text)
  })
})

describe('isTyped', () => {
  it.each([
    ['Standup', 'Standup', true],
    ['  Standup ', 'Standup', true],
    ['Stand up', 'Stand  up', true],
    ['Stand\u00A0up', 'Stand up', true],
    ['Cafe\u0301', 'Caf\u00E9', true],
    // What turns text around is shown by its code point, and so typed.
    ['a⟨U+202E⟩b', 'a\u202Eb', true],
    ['ab', 'a\u202Eb', false],
    ['standup', 'Standup', false],
    ['Standu', 'Standup', false],
    ['', 'Standup', false],
    ['Standup', 'Standups', false],
  ])('%j for %j: %s', (typed, name, isRight) => {
    expect(isTyped(typed, name)).toBe(isRight)
  })
})
