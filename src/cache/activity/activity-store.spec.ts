import { QueryClient } from '@tanstack/react-query'
import * as fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import type { Action, Batch } from '~/domain/action.ts'
import { actionOf, batchOf } from '~/testing/action.fixture.ts'
import { ActivityStore, settledOf, type ChangeSet } from './activity-store.ts'
import { activityOf, applyActivity, clearActivity, currentActivity } from './activity.ts'

/** A store, and the change sets that its subscribers were told. */
function watched() {
  const store = new ActivityStore()
  const told: ChangeSet[] = []
  store.subscribe((change) => told.push(change))
  return { store, told }
}

/** What a store holds, in an order that does not depend on how it came. */
const sorted = ({ actions, batches }: ActivityStore) => [
  [...actions.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  [...batches.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1)),
]

describe('ActivityStore', () => {
  it('tells which entries a change has changed, and where it came from', () => {
    const { store, told } = watched()
    const [one, other] = [actionOf({ id: 'one', revision: 1 }), actionOf({ id: 'other' })]
    store.apply({ actions: [one], batches: [batchOf()] })
    store.apply({ actions: [{ ...one, revision: 0 }, other] }, 'kept')
    store.apply({ forgotten: ['one', 'unknown'] })
    expect(told).toEqual([
      { actions: [one], batches: [batchOf()], forgotten: [], origin: 'here' },
      { actions: [other], batches: [], forgotten: [], origin: 'kept' },
      { actions: [], batches: [], forgotten: ['one'], origin: 'here' },
    ])
    expect([...store.actions.keys()]).toEqual(['other'])
  })

  it('tells nothing when all of a change is known', () => {
    const { store, told } = watched()
    const change = { actions: [actionOf()], batches: [batchOf()], isKept: true }
    store.apply(change)
    const before = store.get()
    store.apply(change)
    store.apply({})
    expect(told).toHaveLength(1)
    expect(store.get()).toBe(before)
  })

  it('gives pictures that later changes leave alone, and keeps the part that has not changed', () => {
    const { store } = watched()
    store.apply({ actions: [actionOf()], batches: [batchOf()] })
    const before = store.get()
    store.apply({ batches: [batchOf({ revision: 1 })] })
    const after = store.get()
    expect(before.batches.get('batch')?.revision).toBe(0)
    expect(after.batches.get('batch')?.revision).toBe(1)
    expect(after.actions).toBe(before.actions)
    store.apply({ forgotten: ['action'] })
    expect(after.actions.size).toBe(1)
    expect(store.get().batches).toBe(after.batches)
  })

  it('holds nothing once it is cleared, and forgets nothing that is kept', () => {
    const { store, told } = watched()
    store.apply({ actions: [actionOf()], batches: [batchOf()], isKept: true })
    store.clear()
    expect(store.get()).toEqual({ actions: new Map(), batches: new Map(), isKept: null })
    expect(told.at(-1)).toEqual({ actions: [], batches: [], forgotten: [], origin: 'kept' })
  })

  it('comes to the same in whatever order and however often changes arrive', () => {
    const action: fc.Arbitrary<Action> = fc
      .record({
        id: fc.constantFrom('a', 'b', 'c'),
        revision: fc.nat({ max: 3 }),
        isWithdrawn: fc.boolean(),
      })
      .map(({ isWithdrawn, ...one }) =>
        actionOf({ ...one, state: isWithdrawn ? 'withdrawn' : 'waiting' }),
      )
    const batch: fc.Arbitrary<Batch> = fc
      .record({
        id: fc.constantFrom('a', 'b'),
        revision: fc.nat({ max: 3 }),
        tab: fc.constantFrom('x', 'y'),
      })
      .map((one) => batchOf(one))
    const both = fc.tuple(fc.array(action), fc.array(batch))
    const shuffled = both.chain(([actions, batches]) =>
      fc.tuple(
        fc.constant({ actions, batches }),
        fc.shuffledSubarray(actions, { minLength: actions.length }),
        fc.shuffledSubarray(batches, { minLength: batches.length }),
      ),
    )
    fc.assert(
      fc.property(shuffled, ([change, actions, batches]) => {
        const [one, other] = [new ActivityStore(), new ActivityStore()]
        one.apply(change)
        for (const each of batches) other.apply({ batches: [each] })
        for (const each of actions) other.apply({ actions: [each] }, 'kept')
        other.apply(change)
        expect(sorted(other)).toEqual(sorted(one))
      }),
    )
  })
})

describe('the stores of a client', () => {
  it('are one for each account, of that client alone, and all cleared with it', () => {
    const [client, another] = [new QueryClient(), new QueryClient()]
    const listener = vi.fn<() => void>()
    activityOf(client, 'sam').subscribe(listener)
    applyActivity(client, { actions: [actionOf()] }, 'sam')
    applyActivity(client, { actions: [actionOf({ id: 'of Kim' })] }, 'kim')
    expect([...currentActivity(client, 'sam').actions.keys()]).toEqual(['action'])
    expect(currentActivity(another, 'sam').actions.size).toBe(0)
    clearActivity(client)
    expect(currentActivity(client, 'sam').actions.size).toBe(0)
    expect(currentActivity(client, 'kim').actions.size).toBe(0)
    expect(listener).toHaveBeenCalledTimes(2)
    clearActivity(another)
  })
})

describe('settledOf', () => {
  it('names everything but what is still to be done', () => {
    const store = new ActivityStore()
    store.apply({
      actions: [
        actionOf({ id: 'waits', batch: 'open' }),
        actionOf({ id: 'over', batch: 'open', state: 'accepted' }),
        actionOf({ id: 'failed', batch: 'done', state: 'failed' }),
      ],
      batches: [batchOf({ id: 'open' }), batchOf({ id: 'done' })],
    })
    expect(settledOf(store)).toEqual(['over', 'failed', 'done'])
  })
})
