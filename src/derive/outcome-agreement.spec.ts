import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Action, ActionState } from '~/domain/action.ts'
import { merge, type RosterEntry } from '~/domain/merge.ts'
import { outcomeOf, type Evidence } from '~/domain/outcome.ts'
import { fromMillis } from '~/domain/time.ts'
import { actionOf, ASKED_AT } from '~/testing/action.fixture.ts'
import { conferenceOf } from '~/testing/conference.fixture.ts'
import { participantOf } from '~/testing/participant.fixture.ts'
import {
  claimsOf,
  contradictionsIn,
  LIMIT,
  resultIn,
  surfacesOf,
  type Case,
  type Surfaces,
} from '~/testing/surfaces.fixture.ts'
import { activityCsv, activityRow } from './activity-rows.ts'
import { endBanner, titleOf } from './outcome-text.ts'

const at = (after: number) => fromMillis(ASKED_AT + after)

/** A participant that joined and then had these statuses, so many milliseconds after the request. */
const lived = (...statuses: readonly (readonly [status: string, after: number])[]): RosterEntry =>
  statuses.reduce(
    (held, [status, after]) => merge(held, participantOf({ status, updatedAt: at(after) })),
    merge(undefined, participantOf()),
  )

const SENT: Partial<Action> = { sentAt: ASKED_AT + 100, answeredAt: ASKED_AT + 200 }
const ACCEPTED: Partial<Action> = { ...SENT, state: 'accepted', leavingAt: at(150) }
const LOOKED: Partial<Action> = { lookedAt: ASKED_AT + 200 + LIMIT }
const HUNG_UP = actionOf({
  id: 'hang-up',
  kind: 'hang-up',
  state: 'accepted',
  requestedAt: ASKED_AT + 20_000,
  sentAt: ASKED_AT + 20_100,
  answeredAt: ASKED_AT + 20_300,
  goneAt: ASKED_AT + 20_200,
})

const [leaving, back, left] = [
  lived(['leaving', 150]),
  lived(['leaving', 150], ['joined', 2000]),
  lived(['leaving', 150], ['leaved', 1440]),
]
const LATER = ASKED_AT + 60_000

describe('row, panel, card, activity and file', () => {
  it.each<[string, Partial<Case> & { readonly wish: Partial<Action> }, Partial<Surfaces>]>([
    [
      'a removal that waits',
      { wish: {}, held: lived() },
      { row: 'joined, removal pending', count: '1 pending', activity: 'pending' },
    ],
    [
      'a request on its way',
      { wish: { state: 'sending', sentAt: ASKED_AT }, held: lived() },
      { row: 'joined, leaving, requested', activity: 'sent, not answered yet' },
    ],
    [
      'an accepted removal',
      { wish: ACCEPTED, held: leaving, now: ASKED_AT + 1000 },
      {
        row: 'leaving',
        panel: 'requested 1 s ago, accepted after 0.2 s, leaving after 0.1 s',
        card: 'Removing Ann. The server accepted the request. Still leaving.',
        activity: 'accepted, not gone yet',
      },
    ],
    [
      'a participant that came back from leaving',
      { wish: ACCEPTED, held: back, now: LATER },
      {
        row: 'joined, still connected',
        card: 'Ann is still connected. The removal did not work: hang up the call.',
        count: '1 still connected',
        activity: 'still connected',
        group: 'still connected',
        csv: 'still connected',
      },
    ],
    [
      'a participant that came back and left later',
      { wish: ACCEPTED, held: lived(['leaving', 150], ['joined', 2000], ['leaved', 9100]) },
      { activity: 'came back, gone after 9.0 s', departure: 'left (reason unknown)' },
    ],
    [
      'a removal past the limit, looked at',
      { wish: { ...ACCEPTED, ...LOOKED }, held: leaving, now: LATER },
      { row: 'leaving, still connected', activity: 'still connected' },
    ],
    [
      'a removal past the limit whose call was hung up',
      { wish: { ...ACCEPTED, ...LOOKED }, held: leaving, hangUp: HUNG_UP, now: LATER },
      {
        row: 'leaving, call ended, call ended',
        panel: 'requested 1 m 00 s ago, accepted after 0.2 s, leaving after 0.1 s, call ended',
        card: 'The call of Ann has ended. It was hung up from here. The record of the participant does not say so yet.',
        activity: 'call ended, not gone yet',
        group: 'not gone yet',
      },
    ],
    [
      'a proved removal',
      { wish: ACCEPTED, held: left, now: LATER },
      {
        row: 'leaved',
        card: 'Ann has left. ',
        activity: 'gone after 1.3 s',
        csv: 'gone after 1.3 s',
        departure: 'removed from here by Sam',
      },
    ],
    [
      'a participant that had left before',
      { wish: { ...ACCEPTED, leavingAt: null }, held: lived(['leaved', 50]), now: LATER },
      { activity: 'had already left', departure: 'left (reason unknown)' },
    ],
    [
      'a removal without an answer, and gone',
      { wish: { ...SENT, state: 'unsure' }, held: left, now: LATER },
      {
        activity: 'not confirmed, but gone after 1.3 s',
        departure: 'removal requested from here, not confirmed',
      },
    ],
    [
      'a refused removal',
      { wish: { ...SENT, state: 'failed' }, held: lived(), now: LATER },
      { row: 'joined, removal failed', activity: 'failed', group: 'failed' },
    ],
  ])('say the same of %s', (_name, { wish, ...rest }, expected) => {
    const held = rest.held ?? lived()
    const action = actionOf({ id: _name, ...wish })
    const surfaces = surfacesOf({ hangUp: undefined, now: ASKED_AT + 1000, ...rest, action, held })
    expect(surfaces).toMatchObject(expected)
    expect(contradictionsIn(surfaces)).toEqual([])
  })

  it('never contradict each other, whatever happens', { timeout: 30_000 }, () => {
    const time = fc.integer({ min: 0, max: 100_000 })
    const optional = fc.option(time.map((after) => ASKED_AT + after))
    const states: readonly ActionState[] = [
      'waiting',
      'sending',
      'accepted',
      'failed',
      'unsure',
      'skipped',
      'changed',
      'withdrawn',
    ]
    const status = fc.constantFrom('joining', 'joined', 'leaving', 'leaved', 'held')
    let count = 0
    fc.assert(
      fc.property(
        fc.constantFrom(...states),
        fc.tuple(optional, optional, optional, optional, fc.option(time)),
        fc.array(fc.tuple(status, time), { maxLength: 4 }),
        fc.boolean(),
        time,
        (state, [sentAt, answeredAt, lookedAt, goneAt, leftAfter], statuses, isHungUp, now) => {
          const leavingAt = leftAfter === null ? null : at(leftAfter)
          const times = { sentAt, answeredAt, lookedAt, goneAt, leavingAt }
          const action = actionOf({ id: `case ${count++}`, state, ...times })
          const one: Case = {
            action,
            held: lived(...statuses),
            hangUp: isHungUp ? HUNG_UP : undefined,
            now: ASKED_AT + now,
          }
          const surfaces = surfacesOf(one)
          expect(contradictionsIn(surfaces)).toEqual([])
          expect(surfaces.csv).toBe(surfaces.activity)
          const isRemoved = claimsOf(surfaces.departure).has('removed')
          expect(isRemoved && !claimsOf(surfaces.activity).has('gone')).toBe(false)
          expect(isRemoved && /came back|had already/.test(surfaces.activity)).toBe(false)
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('banner, card, activity and file', () => {
  const running = conferenceOf()
  const over = { deletedAt: at(100), updatedAt: at(100) }
  const terminated = { ...running, ...over, status: 'terminated', endedAt: at(1440) }
  const joined = [participantOf()]
  const accepted: Partial<Action> = { ...SENT, state: 'accepted' }

  it.each<[Partial<Action>, Evidence, number, readonly [string, string, string]]>([
    [{}, { conference: running }, 0, ['Ending: not sent yet', 'Ending Ann', 'pending']],
    [
      { state: 'sending' },
      { conference: running },
      0,
      ['Ending: not sent yet', 'Ending Ann', 'being checked again'],
    ],
    [
      { state: 'sending', sentAt: ASKED_AT },
      { conference: running },
      0,
      ['Ending: sent, not answered yet', 'Ending Ann', 'sent, not answered yet'],
    ],
    [
      accepted,
      { conference: { ...running, ...over }, people: joined },
      1000,
      ['Ending', 'Ending Ann', 'accepted, not ended yet'],
    ],
    [
      accepted,
      { conference: terminated, people: joined },
      60_000,
      ['People are still connected', 'Ann has not ended', 'still connected'],
    ],
    [
      accepted,
      { conference: terminated, people: joined, isOld: true },
      60_000,
      ['Ending: not confirmed', 'The end of Ann is not confirmed', 'not confirmed'],
    ],
    [accepted, { conference: terminated }, 60_000, ['Ended', 'Ann has ended', 'ended after 1.3 s']],
    [
      accepted,
      { conference: { ...running, ...over } },
      60_000,
      ['Ended, empty', 'Ann has ended', 'ended after 0.0 s'],
    ],
    [
      { ...SENT, state: 'failed' },
      { conference: running, people: joined },
      60_000,
      ['Not ended', 'Ann was not ended', 'failed'],
    ],
  ])('say the same of the end of a conference: %j', (wish, evidence, after, expected) => {
    const action = actionOf({ kind: 'end', ...wish })
    const outcome = outcomeOf(action, evidence, ASKED_AT + after, LIMIT)
    const row = activityRow(action, outcome)
    expect([endBanner(outcome), titleOf(action, outcome), row.resultText]).toEqual(expected)
    expect(resultIn(activityCsv([row]))).toBe(row.resultText)
  })
})
