import { describe, expect, it } from 'vitest'
import type { Action } from '~/domain/action.ts'
import { actionOf, ASKED_AT, batchOf, targetOf } from '~/testing/action.fixture.ts'
import { outcomeOf } from '~/domain/outcome.ts'
import {
  askedAgain,
  batchViews,
  countsText,
  emptiedConference,
  inOrder,
  isClockNeeded,
  isRestSettled,
} from './batches.ts'

const LIMIT = 15_000

const viewsOf = (actions: readonly Action[], batches = [batchOf()], now = ASKED_AT) =>
  batchViews(actions, new Map(batches.map((batch) => [batch.id, batch])), now, (action) =>
    outcomeOf(action, {}, now, LIMIT),
  )

describe('batchViews', () => {
  it.each<[string, readonly Partial<Action>[], Parameters<typeof batchOf>[0], string]>([
    ['before it starts', [{}, {}], { startsAt: ASKED_AT + 1 }, 'grace'],
    ['when it starts', [{}, {}], { startsAt: ASKED_AT }, 'running'],
    ['in the middle of it', [{ state: 'accepted' }, {}], {}, 'running'],
    ['while one is under way', [{ state: 'sending' }], {}, 'running'],
    ['paused', [{ state: 'accepted' }, {}], { paused: 'by-choice' }, 'paused'],
    ['when nothing is left to be sent', [{ state: 'accepted' }, { state: 'failed' }], {}, 'done'],
    ['all withdrawn', [{ state: 'withdrawn' }], { startsAt: ASKED_AT + 1 }, 'done'],
  ])('%s: %s', (_name, wishes, batch, phase) => {
    const actions = wishes.map((wish, index) => actionOf({ id: `a${index}`, ...wish }))
    expect(viewsOf(actions, [batchOf(batch)])).toMatchObject([{ phase }])
  })

  it('are those that were not dismissed, in the order of their start', () => {
    const batches = [
      batchOf({ id: 'late', startsAt: ASKED_AT + 2 }),
      batchOf({ id: 'early', startsAt: ASKED_AT + 1 }),
      batchOf({ id: 'read', isDismissed: true }),
      batchOf({ id: 'empty' }),
    ]
    const actions = ['late', 'early', 'read'].map((batch) => actionOf({ id: batch, batch }))
    expect(viewsOf(actions, batches).map(({ batch }) => batch.id)).toEqual(['early', 'late'])
  })

  it('count each action once, and name only what there is', () => {
    const states = ['accepted', 'failed', 'failed', 'skipped', 'waiting'] as const
    const actions = states.map((state, index) => actionOf({ id: `a${index}`, state }))
    const all = viewsOf(actions).map(({ counts }) => counts)
    expect(all.map((one) => countsText(one, 'remove'))).toEqual([
      '1 pending, 1 not gone yet, 1 skipped, 2 failed',
    ])
    expect(all.flatMap((one) => Object.values(one)).reduce((sum, one) => sum + one, 0)).toBe(5)
  })
})

describe('the clock', () => {
  it('is needed while something can be undone or is not too late, and no longer', () => {
    const isNeeded = (wish: Partial<Action>, startsAt: number, now: number) => {
      const action = actionOf(wish)
      const batch = batchOf({ startsAt })
      return isClockNeeded(new Map([[action.id, action]]), new Map([[batch.id, batch]]), now, LIMIT)
    }
    const accepted: Partial<Action> = { state: 'accepted', answeredAt: ASKED_AT }
    expect(isNeeded({}, ASKED_AT + 1, ASKED_AT)).toBe(true)
    expect(isNeeded({}, ASKED_AT, ASKED_AT)).toBe(false)
    expect(isNeeded(accepted, ASKED_AT, ASKED_AT + LIMIT - 1)).toBe(true)
    expect(isNeeded(accepted, ASKED_AT, ASKED_AT + LIMIT)).toBe(false)
    expect(isNeeded({ ...accepted, goneAt: ASKED_AT }, ASKED_AT, ASKED_AT + 1)).toBe(false)
  })
})

const failed = actionOf({ id: 'failed', state: 'failed' })
const ofNow = (action: Action) => outcomeOf(action, {}, ASKED_AT, LIMIT)

/** Whether a batch with one more action than the failed one may not be dismissed yet. */
function isLeft(state: Action['state'], again: readonly string[] = []): boolean {
  const rest = actionOf({ id: 'rest', state, answeredAt: ASKED_AT })
  return !isRestSettled([failed, rest], [failed], { of: ofNow, again: new Set(again) })
}

describe('what was submitted again', () => {
  const later = actionOf({ id: 'later', batch: 'again', requestedAt: ASKED_AT + 1000 })

  it.each<[string, Partial<Action>, boolean]>([
    ['the same participant', {}, true],
    ['the same call under a new id', { target: targetOf({ id: 'new' }) }, true],
    ['another participant', { target: targetOf({ id: 'new', callId: 'other' }) }, false],
    ['no call, another record', { target: targetOf({ id: 'new', callId: null }) }, false],
    ['a hang-up', { kind: 'hang-up' }, false],
    ['the same, undone', { state: 'withdrawn' }, false],
  ])('is known by a later action: %s', (_name, wish, isAgain) => {
    expect(askedAgain([failed, { ...later, ...wish }])).toEqual(new Set(isAgain ? ['failed'] : []))
  })

  it('lets a batch be dismissed only when nothing else of it is open or went wrong', () => {
    const states = ['waiting', 'sending', 'accepted', 'unsure', 'failed', 'changed'] as const
    expect(states.filter((state) => isLeft(state))).toEqual(states)
    expect([isLeft('skipped'), isLeft('withdrawn')]).toEqual([false, false])
    expect(isLeft('failed', ['rest'])).toBe(false)
  })
})

it('returns actions as they are now in the order in which they were listed', () => {
  const [a, b] = [actionOf({ id: 'a', state: 'failed' }), actionOf({ id: 'b' })]
  expect(inOrder([a, b], ['b', 'gone', 'a'])).toEqual([b, a])
})

const removal = (wish: Partial<Action> = {}) => actionOf({ state: 'accepted', ...wish })

describe('the conference that many were removed from', () => {
  const elsewhere = targetOf({ conferenceId: 'elsewhere' })

  it('is a target by its id and name', () => {
    const { conferenceId, conferenceLabel } = targetOf()
    expect(emptiedConference([removal(), removal()])).toMatchObject({
      id: conferenceId,
      conferenceId,
      label: conferenceLabel,
      callId: null,
    })
  })

  it.each<[string, readonly Action[]]>([
    ['one was removed', [removal()]],
    ['they were in several', [removal(), removal({ target: elsewhere })]],
    ['nothing was sent', [removal({ state: 'withdrawn' }), removal({ state: 'skipped' })]],
    ['they were hung up', [removal({ kind: 'hang-up' }), removal({ kind: 'hang-up' })]],
  ])('is none when %s', (_name, actions) => {
    expect(emptiedConference(actions)).toBeUndefined()
  })
})
