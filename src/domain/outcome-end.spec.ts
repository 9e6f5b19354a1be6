import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Action } from '~/domain/action.ts'
import type { Conference } from '~/domain/conference.ts'
import { outcomeOf, type Evidence } from '~/domain/outcome.ts'
import type { Participant } from '~/domain/participant.ts'
import { fromMillis } from '~/domain/time.ts'
import { actionOf, ASKED_AT } from '~/testing/action.fixture.ts'
import { conferenceOf } from '~/testing/conference.fixture.ts'
import { participantOf } from '~/testing/participant.fixture.ts'

const LIMIT = 15_000

/** Milliseconds after the request, as the wire's microseconds. */
const after = (length: number) => fromMillis(ASKED_AT + length)

const end = (wish: Partial<Action> = {}): Action =>
  actionOf({
    kind: 'end',
    state: 'accepted',
    sentAt: ASKED_AT + 50,
    answeredAt: ASKED_AT + 200,
    ...wish,
  })

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

const personOf = (id: string, status: string, changed = after(-60_000)): Participant =>
  participantOf({ id, status, updatedAt: changed })

interface Facts extends Pick<Evidence, 'conference' | 'isOld'> {
  readonly action: Action
  readonly people: readonly Participant[]
  readonly now: number
}

const FACTS: Facts = { action: end(), conference: ending, people: [], now: ASKED_AT + 3000 }

const joined = personOf('a', 'joined')
const left = personOf('b', 'leaved', after(1400))
const running = conferenceOf()

/** The state, and of what is gone the cause. */
function stateOf(wish: Partial<Facts>): string {
  const { action, now, ...evidence } = { ...FACTS, ...wish }
  const { state, cause } = outcomeOf(action, evidence, now, LIMIT)
  return cause === null ? state : `${state} ${cause}`
}

describe('the outcome of the end of a conference', () => {
  it.each<[string, Partial<Facts>, string]>([
    ['not sent yet', { action: end({ state: 'waiting' }), conference: running }, 'waiting'],
    ['sent', { action: end({ state: 'sending' }), conference: running }, 'sending'],
    ['withdrawn', { action: end({ state: 'withdrawn' }), conference: running }, 'withdrawn'],
    ['skipped', { action: end({ state: 'skipped' }), conference: terminated }, 'skipped'],
    ['changed', { action: end({ state: 'changed' }), conference: running }, 'changed'],
    ['failed', { action: end({ state: 'failed' }), conference: running }, 'failed'],
    [
      'failed, and it was ended elsewhere long before',
      {
        action: end({ state: 'failed' }),
        conference: { ...terminated, updatedAt: after(-5000), deletedAt: after(-5000) },
      },
      'failed',
    ],
    [
      'seemingly failed, and it arrived all the same',
      { action: end({ state: 'failed' }), people: [joined] },
      'leaving',
    ],
    ['accepted, people in it', { people: [joined, left] }, 'leaving'],
    [
      'not confirmed, and it works',
      { action: end({ state: 'unsure' }), people: [joined] },
      'leaving',
    ],
    ['all have left, not terminated yet', { people: [left] }, 'leaving'],
    ['terminated, all have left', { people: [left], conference: terminated }, 'gone request'],
    ['terminated, no participant known', { conference: terminated }, 'gone request'],
    [
      'terminated, with a participant still joining',
      { people: [left, personOf('c', 'joining')], conference: terminated },
      'leaving',
    ],
    [
      'terminated, with a participant that got in, past the limit',
      { people: [joined], conference: terminated, now: ASKED_AT + 200 + LIMIT },
      'still-connected',
    ],
    ['empty', {}, 'gone empty'],
    [
      'without participants, not deleted yet',
      { conference: { ...ending, deletedAt: null } },
      'leaving',
    ],
    [
      'all have left, and it was never said',
      { people: [left], now: ASKED_AT + 1400 + 5001 },
      'gone empty',
    ],
    ['just before the limit', { people: [joined], now: ASKED_AT + 199 + LIMIT }, 'leaving'],
    ['at the limit', { people: [joined], now: ASKED_AT + 200 + LIMIT }, 'still-connected'],
    [
      'at the limit, by old facts',
      { people: [joined], now: ASKED_AT + 200 + LIMIT, isOld: true },
      'unconfirmed',
    ],
    [
      'at the limit, with a listed participant that was not read yet',
      { conference: { ...ending, participantIds: ['x'] }, now: ASKED_AT + 200 + LIMIT },
      'still-connected',
    ],
    [
      'before the conference is read, long over',
      { conference: undefined, action: end({ goneAt: ASKED_AT + 900 }) },
      'gone request',
    ],
    ['before the conference is read', { conference: undefined, people: [joined] }, 'leaving'],
  ])('%s', (_name, facts, state) => {
    expect(stateOf(facts)).toBe(state)
  })

  it('follows the records where they say that it is not over after all', () => {
    const over = end({ goneAt: ASKED_AT + 900 })
    expect(stateOf({ action: over, conference: terminated, people: [left] })).toBe('gone request')
    expect(stateOf({ action: over, people: [left] })).toBe('gone empty')
    expect(stateOf({ action: over, conference: terminated, people: [joined] })).toBe('leaving')
  })

  it('does not follow a conference that ends long after a refusal, or though nothing was sent', () => {
    const late = { ...terminated, updatedAt: after(300_000) }
    expect(stateOf({ action: end({ state: 'failed' }), conference: late })).toBe('failed')
    const offline = end({ state: 'failed', sentAt: null })
    expect(stateOf({ action: offline, conference: terminated })).toBe('failed')
  })

  it('is checked again before it is sent', () => {
    const checking = end({ state: 'sending', sentAt: null })
    expect(stateOf({ action: checking, conference: running })).toBe('waiting')
  })

  it('is never gone while a participant is in it or listed', () => {
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
          const people = all.map((one) => personOf(one.id, one.status, after(one.at)))
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
            isWronglyEnded: state === 'gone request' && !(mayBeOver && status === 'terminated'),
            isWronglyEmpty: state === 'gone empty' && !(mayBeOver && isDeleted),
          }).toEqual({ isWronglyEnded: false, isWronglyEmpty: false })
        },
      ),
    )
  })
})
