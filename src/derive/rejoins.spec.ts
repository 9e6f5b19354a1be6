import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { actionOf, targetOf } from '~/testing/action.fixture.ts'
import type { Action } from '~/domain/action.ts'
import { merge } from '~/domain/merge.ts'
import { participantOf } from '~/testing/participant.fixture.ts'
import { fromMillis } from '~/domain/time.ts'
import {
  countRejoins,
  hasRemovals,
  NO_REMOVALS,
  rejoinOf,
  rejoinText,
  removalsOf,
  unsettled,
} from './rejoins.ts'

const NOW = Date.UTC(2026, 0, 15, 9, 40)

/** A removal, so many seconds after a moment. */
const removed = (seconds: number, wish: Partial<Action> = {}): Action =>
  actionOf({ state: 'accepted', sentAt: NOW + seconds * 1000, ...wish })

/** A participant that joins, so many seconds after the same moment. */
const came = (seconds: number, wish: Parameters<typeof participantOf>[0] = {}) =>
  participantOf({
    id: 'new',
    referenceId: 'new call',
    createdAt: fromMillis(NOW + seconds * 1000),
    ...wish,
  })

/** A removal whose target has a label and no number. */
const labelled = (label: string) =>
  removed(0, { target: targetOf({ number: '', label, id: '12345678-', callId: '87654321-' }) })

const ann = { name: 'Ann', number: '+1 (555) 123-0001' }
const rejoin = (actions: readonly Action[], ...who: Parameters<typeof came>) =>
  rejoinOf(came(...who), ann, removalsOf(actions))

describe('rejoinOf', () => {
  it('finds the number again, under a new id, with a new call, in another conference', () => {
    expect(rejoin([removed(0)], 5, { conferenceId: 'another' })).toEqual({
      removedAt: NOW,
      times: 1,
    })
  })

  it('finds the call again, whatever its number', () => {
    const removals = removalsOf([removed(0, { target: targetOf({ number: '', callId: 'call' }) })])
    const back = came(5, { referenceId: 'call' })
    expect(rejoinOf(back, undefined, removals)).toEqual({ removedAt: NOW, times: 1 })
    expect(rejoinOf(back, 'gone', removals)).toEqual({ removedAt: NOW, times: 1 })
    expect(rejoinOf(came(5), undefined, removals)).toBeUndefined()
  })

  it.each<[string, Action]>([
    ['an action the server refused', removed(0, { state: 'failed' })],
    ['an action that was not sent', removed(0, { state: 'skipped', sentAt: null })],
    ['an action that was withdrawn', removed(0, { state: 'withdrawn', sentAt: null })],
    ['an action that waits', removed(0, { state: 'waiting', sentAt: null })],
    ['a hang-up', removed(0, { kind: 'hang-up' })],
  ])('knows no removal by %s', (_what, action) => {
    expect(rejoin([action], 5)).toBeUndefined()
    expect(removalsOf([action])).toBe(NO_REMOVALS)
  })

  it.each<[string, Partial<Action>]>([
    ['not confirmed', { state: 'unsure' }],
    ['refused, and gone all the same', { state: 'failed', goneAt: NOW + 1000 }],
  ])('counts a removal that was %s', (_what, wish) => {
    expect(rejoin([removed(0, wish)], 5)).toEqual({ removedAt: NOW, times: 1 })
  })

  it('does not count as returned the removed participant, a second line from before, or one that has left', () => {
    expect(rejoin([removed(0)], 5, { id: removed(0).target.id })).toBeUndefined()
    expect(rejoin([removed(0)], -5)).toBeUndefined()
    expect(rejoin([removed(0)], 0)).toBeUndefined()
    expect(rejoin([removed(0)], 5, { createdAt: null })).toBeUndefined()
    expect(rejoin([removed(0)], 5, { status: 'leaved' })).toBeUndefined()
  })

  it('goes by the time of the record where there is one, and not by our clock', () => {
    const action = removed(0, { leavingAt: fromMillis(NOW - 2000) })
    expect(rejoin([action], -1)).toEqual({ removedAt: NOW - 2000, times: 1 })
    expect(rejoin([action], -3)).toBeUndefined()
  })

  it('takes the number from a label where there is no name, but takes no name and no id for a number', () => {
    expect(rejoin([labelled('+15551230001')], 5)).toBeDefined()
    const named = (label: string) =>
      rejoinOf(came(5), { name: '', number: label }, removalsOf([labelled(label)]))
    expect(named('Room 101')).toBeUndefined()
    expect(named('12345678')).toBeDefined()
    expect(named('87654321')).toBeUndefined()
  })

  it('counts removed participants once each, and knows the last removal', () => {
    const step = fc.record({
      who: fc.constantFrom('a', 'b', 'c', 'd'),
      at: fc.integer({ min: -20, max: 20 }),
      number: fc.constantFrom('+15551230001', '1-555', ''),
      state: fc.constantFrom('accepted', 'unsure', 'failed'),
    })
    fc.assert(
      fc.property(fc.array(step), fc.integer({ min: -20, max: 20 }), (steps, at) => {
        const actions = steps.map(({ who, number, state, at: seconds }) =>
          removed(seconds, {
            state,
            target: targetOf({ id: who, number, label: 'Ann', callId: null }),
          }),
        )
        const counting = steps.filter(
          (one) => one.state !== 'failed' && one.number.startsWith('+') && one.at < at,
        )
        const expected =
          counting.length === 0
            ? undefined
            : {
                removedAt: NOW + Math.max(...counting.map((one) => one.at)) * 1000,
                times: new Set(counting.map(({ who }) => who)).size,
              }
        expect(rejoin(actions, at)).toEqual(expected)
        expect(rejoin(actions.toReversed(), at)).toEqual(expected)
      }),
    )
  })
})

describe('rejoinText', () => {
  it.each([
    [1, 'removed 40 s ago'],
    [2, 'removed 40 s ago, second time'],
    [3, 'removed 40 s ago, third time'],
    [10, 'removed 40 s ago, tenth time'],
    [11, 'removed 40 s ago, 11th time'],
    [12, 'removed 40 s ago, 12th time'],
    [21, 'removed 40 s ago, 21st time'],
    [22, 'removed 40 s ago, 22nd time'],
    [23, 'removed 40 s ago, 23rd time'],
    [112, 'removed 40 s ago, 112th time'],
  ])('of %d removals', (times, text) => {
    expect(rejoinText({ removedAt: NOW, times }, NOW + 40_900)).toBe(text)
  })
})

describe('unsettled', () => {
  const removals = removalsOf([removed(0), removed(-7200)])
  const now = fromMillis(NOW)
  const idsOf = (since: number, ...wishes: Parameters<typeof participantOf>[0][]) =>
    unsettled(
      wishes.map((wish, index) => merge(undefined, came(5, { id: `p${index}`, ...wish }))),
      new Map([['known', ann]]),
      removals,
      since,
    ).map(({ id }) => id)

  it('are participants with unknown callers that joined after a removal, newest first', () => {
    const later = { createdAt: now + 9_000_000 }
    expect(
      idsOf(
        now,
        {},
        later,
        { referenceId: 'known' },
        { referenceId: null },
        { status: 'leaved' },
        { createdAt: now - 1 },
        { createdAt: null },
      ),
    ).toEqual(['p1', 'p0'])
  })

  it('goes by the first removal that is recent enough, and needs none for those by call', () => {
    expect(idsOf(now - 9_000_000_000, { createdAt: now - 1 })).toEqual(['p0'])
    expect(idsOf(now + 1, {})).toEqual([])
    const byCall = removalsOf([
      removed(0, { target: targetOf({ number: '', label: 'Ann', callId: 'call' }) }),
    ])
    expect(unsettled([merge(undefined, came(5))], new Map(), byCall, 0)).toEqual([])
    expect([hasRemovals(byCall, now), hasRemovals(byCall, now + 1)]).toEqual([true, false])
    expect(hasRemovals(NO_REMOVALS, 0)).toBe(false)
  })
})

describe('countRejoins', () => {
  const removals = removalsOf([removed(0)])
  const callers = new Map([['known', ann]])

  it('counts by conference the participants that are known to have come back, and claims no zero', () => {
    const people = [
      came(5, { conferenceId: 'a', referenceId: 'known' }),
      came(5, { conferenceId: 'a', referenceId: 'known', status: 'joining' }),
      came(5, { conferenceId: 'a', referenceId: 'known', status: 'leaved' }),
      came(5, { conferenceId: 'b', referenceId: 'not known' }),
      came(5, { conferenceId: null, referenceId: 'known' }),
    ]
    const held = people.map((one) => merge(undefined, one))
    expect(countRejoins(held, callers, removals)).toEqual(new Map([['a', 2]]))
    expect(countRejoins(held, callers, NO_REMOVALS)).toEqual(new Map())
  })
})
