import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Action, ActionState } from './action.ts'
import { actionOf, ASKED_AT } from '~/testing/action.fixture.ts'
import { isTicking, OUTCOME_STATES, outcomeOf, type OutcomeState } from './outcome.ts'
import { participantOf } from '~/testing/participant.fixture.ts'
import type { Participant } from './participant.ts'
import { fromMillis, toMillis } from './time.ts'

const LIMIT = 15_000
const ANSWERED = ASKED_AT + 200
const at = (after: number) => fromMillis(ASKED_AT + after)
const sent: Partial<Action> = { sentAt: ASKED_AT + 100, answeredAt: ANSWERED }
const accepted: Partial<Action> = { state: 'accepted', ...sent, leavingAt: at(150) }
const unsure: Partial<Action> = { state: 'unsure', ...sent }
const failed: Partial<Action> = { state: 'failed', ...sent }
const joined = participantOf()
const leaving = participantOf({ status: 'leaving', updatedAt: at(900) })
const back = participantOf({ status: 'joined', updatedAt: at(2000) })
const left = participantOf({ status: 'leaved', updatedAt: at(12_000) })
const LATER = ANSWERED + 2 * LIMIT
const looked = { lookedAt: ANSWERED + LIMIT }

const stateOf = (wish: Partial<Action>, participant: Participant | undefined, now: number) =>
  outcomeOf(actionOf(wish), { participant }, now, LIMIT).state

describe('what became of a removal', () => {
  it.each<[string, OutcomeState, Partial<Action>, typeof joined | undefined, number]>([
    ['accepted, no record held', 'leaving', accepted, undefined, ANSWERED],
    ['accepted and back', 'still-connected', accepted, back, ANSWERED],
    [
      'accepted, past the limit, looked at',
      'still-connected',
      { ...accepted, ...looked },
      leaving,
      LATER,
    ],
    ['accepted, past the limit, not looked at', 'unconfirmed', accepted, leaving, LATER],
    ['not answered, and the record has not moved', 'unconfirmed', unsure, joined, ANSWERED],
    [
      'not answered, long ago, and it never moved',
      'unconfirmed',
      { ...unsure, ...looked },
      joined,
      LATER,
    ],
    [
      'not answered, and seen not to have moved when it could no longer arrive',
      'failed',
      { ...unsure, lookedAt: ASKED_AT + 61_000 },
      joined,
      LATER,
    ],
    [
      'not answered, seen late, and no record held',
      'failed',
      { ...unsure, lookedAt: ASKED_AT + 61_000 },
      undefined,
      LATER,
    ],
    [
      'not answered, seen late, and on its way out since soon after it was sent',
      'still-connected',
      { ...unsure, lookedAt: ASKED_AT + 61_000 },
      leaving,
      LATER,
    ],
    ['not answered, and on its way out since', 'leaving', unsure, leaving, ANSWERED],
    ['not answered, and gone since', 'gone', unsure, left, ANSWERED],
    ['refused, and the record has not moved', 'failed', failed, joined, LATER],
    ['refused, and on its way out all the same', 'leaving', failed, leaving, ANSWERED],
    ['refused, and gone since', 'gone', failed, left, LATER],
    ['never sent, and on its way out by another', 'failed', { state: 'failed' }, leaving, ANSWERED],
    ['undone, and gone by itself', 'withdrawn', { state: 'withdrawn' }, left, ANSWERED],
    ['skipped, for it had left', 'skipped', { state: 'skipped' }, left, ANSWERED],
  ])('%s: %s', (_name, state, wish, participant, now) => {
    expect(stateOf(wish, participant, now)).toBe(state)
  })

  it('does not follow a record that moves long after a refusal', () => {
    const later = participantOf({ status: 'leaving', updatedAt: at(300_000) })
    expect(outcomeOf(actionOf(failed), { participant: later }, LATER, LIMIT).state).toBe('failed')
  })

  it('has the time of the record that says it is over', () => {
    const gone = outcomeOf(actionOf(unsure), { participant: left }, LATER, LIMIT)
    expect(gone).toMatchObject({ state: 'gone', goneAt: ASKED_AT + 12_000 })
    const under = outcomeOf(actionOf(accepted), { participant: leaving }, LATER, LIMIT)
    expect(under.goneAt).toBeNull()
  })

  it.each(['hang-up', 'end'] as const)('does not end %s when a participant has left', (kind) => {
    expect(stateOf({ ...accepted, kind }, left, ANSWERED)).toBe('leaving')
    const over = actionOf({ ...accepted, kind, goneAt: ASKED_AT + 400 })
    expect(outcomeOf(over, {}, ANSWERED, LIMIT).state).toBe('gone')
  })

  it.each<[string, OutcomeState, Partial<Action>, Partial<Action>]>([
    ['still connected', 'call-ended', { ...accepted, ...looked }, { goneAt: LATER }],
    ['refused', 'call-ended', failed, { goneAt: LATER }],
    ['not answered yet', 'sending', { state: 'sending', sentAt: ASKED_AT }, { goneAt: LATER }],
    ['still connected, hung up in vain', 'still-connected', { ...accepted, ...looked }, {}],
    [
      'still connected, the hang-up undone',
      'still-connected',
      { ...accepted, ...looked },
      { goneAt: LATER, state: 'withdrawn' },
    ],
  ])('knows of the hang-up of its call: %s', (_name, state, wish, ofHangUp) => {
    const hangUp = actionOf({ kind: 'hang-up', state: 'accepted', ...ofHangUp })
    const evidence = { participant: leaving, hangUp }
    const withoutRecord = { hangUp }
    expect(outcomeOf(actionOf(wish), withoutRecord, LATER, LIMIT).state).toBe(state)
    if (state !== 'call-ended') return
    expect(outcomeOf(actionOf(wish), evidence, LATER, LIMIT).state).toBe(state)
    const over = outcomeOf(actionOf(wish), { participant: left, hangUp }, LATER, LIMIT)
    expect(over.state).toBe('gone')
  })

  it.each<[string, Partial<Action>, readonly [string, number][]]>([
    ['request', accepted, []],
    ['request', unsure, []],
    ['return', accepted, [['joined', 2000]]],
    ['other', unsure, [['joined', 2000]]],
    ['before', { ...accepted, leavingAt: null }, []],
    ['before', { ...accepted, leavingAt: at(13_000) }, []],
    ['other', failed, []],
    ['other', {}, []],
  ])('tells that it was over by %s', (cause, wish, statuses) => {
    const history = statuses.map(([status, after]) => ({ status, at: at(after) }))
    const outcome = outcomeOf(actionOf(wish), { participant: left, history }, LATER, LIMIT)
    expect(outcome).toMatchObject({ state: 'gone', cause })
  })

  it('is over as soon as the record says so, whatever the server answered', () => {
    const states: readonly ActionState[] = ['waiting', 'sending', 'accepted', 'failed', 'unsure']
    const time = fc.option(fc.integer({ min: ASKED_AT, max: ASKED_AT + 100_000 }))
    fc.assert(
      fc.property(
        fc.constantFrom(...states),
        fc.tuple(time, time, time),
        fc.integer({ min: ASKED_AT, max: ASKED_AT + 1_000_000 }),
        (state, [sentAt, answeredAt, lookedAt], now) => {
          const action = actionOf({ state, sentAt, answeredAt, lookedAt })
          expect(outcomeOf(action, { participant: left }, now, LIMIT).state).toBe('gone')
          expect(outcomeOf(action, { participant: joined }, now, LIMIT).state).not.toBe('gone')
        },
      ),
    )
  })

  it('changes with time only while it is ticking', () => {
    const time = fc.option(fc.integer({ min: ASKED_AT, max: ASKED_AT + 40_000 }))
    fc.assert(
      fc.property(
        fc.constantFrom<ActionState[]>('waiting', 'accepted', 'failed', 'unsure', 'skipped'),
        fc.tuple(time, time),
        fc.constantFrom(joined, leaving, back, undefined),
        fc.integer({ min: ASKED_AT, max: ASKED_AT + 60_000 }),
        (state, [answeredAt, lookedAt], participant, now) => {
          const action = actionOf({ state, sentAt: ASKED_AT, answeredAt, lookedAt })
          if (answeredAt === null || isTicking(action, now, LIMIT)) return
          expect(outcomeOf(action, { participant }, now, LIMIT)).toEqual(
            outcomeOf(action, { participant }, Infinity, LIMIT),
          )
        },
      ),
    )
  })

  it('has all its states in the order of the work', () => {
    expect(new Set(OUTCOME_STATES).size).toBe(11)
    expect(toMillis(at(0))).toBe(ASKED_AT)
  })
})
