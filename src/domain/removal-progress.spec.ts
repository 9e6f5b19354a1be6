import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Action, ActionState } from './action.ts'
import { actionOf, ASKED_AT } from '~/testing/action.fixture.ts'
import { removalProgress } from './removal-progress.ts'
import { participantOf } from '~/testing/participant.fixture.ts'
import type { Participant } from './participant.ts'
import { fromMillis } from './time.ts'

const LIMIT = 15_000
const ANSWERED = ASKED_AT + 200
const accepted: Partial<Action> = {
  state: 'accepted',
  sentAt: ASKED_AT + 100,
  answeredAt: ANSWERED,
  leavingAt: fromMillis(ASKED_AT + 150),
}
const leaving = participantOf({ status: 'leaving', updatedAt: fromMillis(ASKED_AT + 150) })
const joined = participantOf()
const left = participantOf({ status: 'leaved', updatedAt: fromMillis(ASKED_AT + 1500) })
const back = participantOf({ status: 'joined', updatedAt: fromMillis(ASKED_AT + 900) })

const stateOf = (wish: Partial<Action>, participant = leaving, at = ANSWERED) =>
  removalProgress(actionOf(wish), { participant }, at, LIMIT)?.outcome.state

const progressOf = (wish: Partial<Action>, participant: Participant) =>
  removalProgress(actionOf(wish), { participant }, ANSWERED, LIMIT)

describe('removalProgress', () => {
  it.each<[string, string | undefined, Partial<Action>, typeof joined, number]>([
    ['not sent', 'waiting', {}, joined, ASKED_AT],
    ['checked again', 'waiting', { state: 'sending' }, joined, ASKED_AT],
    ['sent', 'sending', { state: 'sending', sentAt: ASKED_AT }, joined, ASKED_AT],
    ['accepted', 'leaving', accepted, leaving, ANSWERED],
    ['accepted, with the record of before', 'leaving', accepted, joined, ANSWERED],
    ['not confirmed', 'leaving', { ...accepted, state: 'unsure' }, leaving, ANSWERED],
    ['just within the limit', 'leaving', accepted, leaving, ANSWERED + LIMIT - 1],
    ['past the limit, not read since', 'unconfirmed', accepted, leaving, ANSWERED + LIMIT],
    ['back from leaving', 'still-connected', accepted, back, ASKED_AT + 1000],
    ['gone', 'gone', accepted, left, ANSWERED],
    ['gone, long after', 'gone', accepted, left, ANSWERED + 10 * LIMIT],
    ['gone though it failed', 'gone', { ...accepted, state: 'failed' }, left, ANSWERED],
    ['failed', 'failed', { ...accepted, leavingAt: null, state: 'failed' }, joined, ANSWERED],
    ['withdrawn', undefined, { state: 'withdrawn' }, joined, ASKED_AT],
    ['skipped', undefined, { state: 'skipped' }, left, ASKED_AT],
  ])('%s: %s', (_name, state, wish, participant, at) => {
    expect(stateOf(wish, participant, at)).toBe(state)
  })

  it('is still connected only when the record was read after the limit', () => {
    const late = ANSWERED + 2 * LIMIT
    expect(stateOf({ ...accepted, lookedAt: ANSWERED + LIMIT - 1 }, leaving, late)).toBe(
      'unconfirmed',
    )
    expect(stateOf({ ...accepted, lookedAt: ANSWERED + LIMIT }, leaving, late)).toBe(
      'still-connected',
    )
  })

  it('has each step and its time, in order', () => {
    expect(progressOf(accepted, left)?.steps).toEqual([
      { name: 'requested', at: ASKED_AT },
      { name: 'sent', at: ASKED_AT + 100 },
      { name: 'accepted', at: ANSWERED },
      { name: 'leaving', at: ASKED_AT + 150 },
      { name: 'gone', at: ASKED_AT + 1500 },
    ])
    const unsure = progressOf({ ...accepted, state: 'unsure' }, leaving)
    expect(unsure?.steps.map(({ name }) => name)).toEqual(['requested', 'sent', 'leaving'])
  })

  it('is not gone while neither a record nor the action says so', () => {
    const states: readonly ActionState[] = ['waiting', 'sending', 'accepted', 'failed', 'unsure']
    const time = fc.option(fc.integer({ min: ASKED_AT, max: ASKED_AT + 100_000 }))
    fc.assert(
      fc.property(
        fc.constantFrom(...states),
        fc.constantFrom('joining', 'joined', 'leaving', 'holding'),
        fc.tuple(time, time, time),
        fc.integer({ min: ASKED_AT, max: ASKED_AT + 1_000_000 }),
        (state, status, [sentAt, answeredAt, lookedAt], now) => {
          const action = actionOf({ state, sentAt, answeredAt, lookedAt })
          const participant = participantOf({ status })
          const progress = removalProgress(action, { participant }, now, LIMIT)
          expect(progress?.outcome.state).not.toBe('gone')
          expect(progress?.steps.map(({ name }) => name)).not.toContain('gone')
        },
      ),
    )
  })
})
