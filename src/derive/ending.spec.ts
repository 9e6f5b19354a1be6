import { describe, expect, it } from 'vitest'
import type { Action } from '~/domain/action.ts'
import type { Conference } from '~/domain/conference.ts'
import { outcomeOf, type Evidence } from '~/domain/outcome.ts'
import type { Participant } from '~/domain/participant.ts'
import { fromMillis } from '~/domain/time.ts'
import { actionOf, ASKED_AT } from '~/testing/action.fixture.ts'
import { conferenceOf } from '~/testing/conference.fixture.ts'
import { participantOf } from '~/testing/participant.fixture.ts'
import { endDetails, isTyped, stillConnectedText, type EndDetails } from './ending.ts'

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

function told(wish: Partial<Facts> = {}): EndDetails {
  const { action, conference, people, now, isOld = false } = { ...FACTS, ...wish }
  const outcome = outcomeOf(action, { conference, people, isOld }, now, LIMIT)
  return endDetails({ action, outcome, conference, people, now })
}

describe('endDetails', () => {
  it('counts the participants that were in it since the request', () => {
    const people = [
      joined,
      left,
      personOf('c', 'joining'),
      personOf('long gone', 'leaved', after(-1)),
      personOf('hangs in leaving', 'leaving', after(-120_000)),
    ]
    const found = told({ people, conference: { ...ending, participantIds: ['a', 'x', 'y'] } })
    expect(found).toMatchObject({ total: 5, unread: 2 })
    expect(found.connected.map(({ id }) => id)).toEqual(['a', 'c'])
  })

  it('has the time from the request to the yes, where there was one', () => {
    expect(told().acceptedAfter).toBe(200)
    expect(told({ action: end({ state: 'unsure' }) }).acceptedAfter).toBeNull()
  })

  it('has the time at which the server says it ended', () => {
    expect(told({ conference: terminated }).terminatedAt).toBe(ASKED_AT + 1500)
    expect(told({ conference: terminated, people: [joined] }).terminatedAt).toBe(ASKED_AT + 1500)
    expect(told().terminatedAt).toBeNull()
  })
})

const textOf = (people: readonly Participant[]) => stillConnectedText(told({ people }))

describe('stillConnectedText', () => {
  it.each<[readonly Participant[], string]>([
    [[joined, left], '1 of 2 still connected.'],
    [[personOf('c', 'joining'), left], '1 of 2 still joining.'],
    [[joined, personOf('c', 'joining')], '2 of 2 still connected, 1 of them joining.'],
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
    // Characters that are shown by their code points are typed so.
    ['a⟨U+202E⟩b', 'a\u202Eb', true],
    ['ab', 'a\u202Eb', false],
    ['standup', 'Standup', true],
    [`Ann's "room"`, 'Ann’s “room”', true],
    ['Standu', 'Standup', false],
    ['', 'Standup', false],
    ['Standup', 'Standups', false],
  ])('%j for %j: %s', (typed, name, isRight) => {
    expect(isTyped(typed, name)).toBe(isRight)
  })
})
