import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Action, Batch } from './action.ts'
import { actionOf, ASKED_AT, batchOf } from '~/testing/action.fixture.ts'
import { abandoned, firstLook, nextAction, nextLook, orphaned } from './schedule.ts'

const LIMIT = 15_000

const byId = <T extends { readonly id: string }>(all: readonly T[]) =>
  new Map(all.map((one) => [one.id, one]))

const sent = (wish: Partial<Action> = {}) =>
  actionOf({ state: 'accepted', answeredAt: ASKED_AT, ...wish })

const left = (wish: Parameters<typeof batchOf>[0] = {}, state: Action['state'] = 'waiting') => ({
  actions: byId([actionOf({ state })]),
  batches: byId([batchOf(wish)]),
})

describe('nextAction', () => {
  const [a1, a2] = [1, 2].map((n) => actionOf({ id: `a${n}`, batch: 'a' }))
  const b1 = actionOf({ id: 'b1', batch: 'b' })
  const all = [b1, a1, a2].flatMap((one) => one ?? [])
  const [a, b] = [batchOf({ id: 'a' }), batchOf({ id: 'b', startsAt: ASKED_AT + 5000 })]

  it('takes batches as they start, and their actions in the order of confirmation', () => {
    expect(nextAction(all, byId([a, b]), ASKED_AT)).toEqual({ kind: 'do', action: a1 })
    const later = all.filter((one) => one !== a1)
    expect(nextAction(later, byId([a, b]), ASKED_AT)).toEqual({ kind: 'do', action: a2 })
  })

  it('waits while a batch can be undone', () => {
    expect(nextAction([b1], byId([a, b]), b.startsAt - 1)).toEqual({
      kind: 'wait',
      until: b.startsAt,
    })
    expect(nextAction([b1], byId([a, b]), b.startsAt)).toEqual({ kind: 'do', action: b1 })
  })

  it('leaves paused batches alone, and actions without a batch', () => {
    const paused = batchOf({ id: 'a', paused: 'by-choice' })
    expect(nextAction(all, byId([paused]), ASKED_AT + 9999)).toEqual({
      kind: 'wait',
      until: Infinity,
    })
  })

  it.each(['sending', 'accepted', 'failed', 'unsure', 'skipped', 'changed', 'withdrawn'] as const)(
    'never takes what is %s',
    (state) => {
      const done = actionOf({ batch: 'a', state })
      expect(nextAction([done], byId([a]), ASKED_AT + 9999).kind).toBe('wait')
    },
  )
})

const ofGone = (wish: Partial<Action>) => ({
  actions: byId([actionOf(wish)]),
  batches: byId([batchOf({ tab: 'gone' })]),
})

describe('orphaned', () => {
  it('pauses the open batches of the tab, and no others', () => {
    expect(orphaned(ofGone({}), 'gone', ASKED_AT).batches).toMatchObject([{ paused: 'tab-gone' }])
    expect(orphaned(ofGone({}), 'other', ASKED_AT).batches).toEqual([])
    expect(orphaned(ofGone({ state: 'accepted' }), 'gone', ASKED_AT).batches).toEqual([])
  })

  it('lets wait what was only checked, and is unsure about what may have been sent', () => {
    expect(orphaned(ofGone({ state: 'sending' }), 'gone', ASKED_AT).actions).toMatchObject([
      { state: 'waiting', revision: 1 },
    ])
    const sending = ofGone({ state: 'sending', sentAt: ASKED_AT })
    expect(orphaned(sending, 'gone', ASKED_AT + 5).actions).toMatchObject([
      { state: 'unsure', answeredAt: ASKED_AT + 5 },
    ])
  })

  it.each(['dial', 'say', 'record', 'new-link'] as const)(
    'is unsure about %s in any case: it must not be done twice',
    (kind) => {
      expect(orphaned(ofGone({ kind, state: 'sending' }), 'gone', ASKED_AT).actions).toMatchObject([
        { state: 'unsure' },
      ])
    },
  )
})

describe('firstLook', () => {
  it('is the look that is due first', () => {
    const later = sent({ id: 'later', answeredAt: ASKED_AT + 1000 })
    expect(firstLook([later, sent(), actionOf()], LIMIT)).toMatchObject({
      action: { id: 'action' },
      at: ASKED_AT + 1500,
    })
    expect(firstLook([actionOf()], LIMIT)).toBeNull()
  })
})

describe('nextLook', () => {
  it('looks soon, right at the limit, then every half minute, and ends', () => {
    const looks: number[] = []
    for (let at = nextLook(sent(), 12_000); at !== null;) {
      looks.push((at - ASKED_AT) / 1000)
      at = nextLook(sent({ lookedAt: at }), 12_000)
    }
    expect(looks.slice(0, 8)).toEqual([1.5, 4, 9, 12, 15, 30, 60, 90])
    expect(looks.at(-1)).toBe(600)
  })

  it('comes closer to the end with each look, however late it was', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 700_000 }), (at) => {
        const next = nextLook(sent({ lookedAt: ASKED_AT + at }), LIMIT)
        expect(next ?? Infinity).toBeGreaterThan(ASKED_AT + at)
        expect(next === null).toBe(at >= 600_000)
      }),
    )
  })

  it.each<Partial<Action>>([
    { state: 'waiting' },
    { state: 'failed' },
    { goneAt: ASKED_AT },
    { answeredAt: null },
  ])('has nothing to prove: %j', (wish) => {
    expect(nextLook(sent(wish), LIMIT)).toBeNull()
  })
})

describe('abandoned', () => {
  it('pauses what was not touched for a minute', () => {
    expect(abandoned(left(), ASKED_AT + 60_000)).toEqual([])
    expect(abandoned(left(), ASKED_AT + 60_001)).toMatchObject([{ paused: 'interrupted' }])
    expect(abandoned(left({}, 'sending'), ASKED_AT + 60_001)).toHaveLength(1)
  })

  it('leaves alone what waited for its turn behind a batch that was worked on', () => {
    const at = ASKED_AT + 100_000
    const behind = (wish: Partial<Batch>) => {
      const { actions, batches } = left()
      const other = batchOf({ id: 'other', touchedAt: at - 1, ...wish })
      return abandoned({ actions, batches: new Map([...batches, ['other', other]]) }, at)
    }
    expect(behind({ startsAt: ASKED_AT - 1 })).toEqual([])
    expect(behind({ startsAt: ASKED_AT - 1, touchedAt: ASKED_AT })).toHaveLength(1)
    // A batch that was confirmed after a gap does not prove that a tab worked during it.
    expect(behind({ startsAt: at - 1 })).toHaveLength(1)
  })

  it('leaves alone what was touched, is paused, starts later, or is over', () => {
    const at = ASKED_AT + 100_000
    expect(abandoned(left({ touchedAt: at - 1 }), at)).toEqual([])
    expect(abandoned(left({ paused: 'by-choice' }), at)).toEqual([])
    expect(abandoned(left({ startsAt: at }), at)).toEqual([])
    expect(abandoned(left({}, 'accepted'), at)).toEqual([])
  })
})
