import type { QueryClient } from '@tanstack/react-query'
import * as fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { merge } from '~/domain/merge.ts'
import { participantOf, THEN } from '~/testing/participant.fixture.ts'
import type { Participant } from '~/domain/participant.ts'
import type { BadRow } from '~/cache/queries/bad-rows.ts'
import { cover, type Coverage } from '~/cache/queries/coverage.ts'
import { keys } from '~/cache/queries/keys.ts'
import { createQueryClient } from '~/cache/queries/query-client.ts'
import { currentRoster, EMPTY_ROSTER, horizonAt, learn, mergeAll, takeFacts } from './store.ts'

const [ann, bob] = [participantOf({ id: 'ann' }), participantOf({ id: 'bob' })]
const MINUTE = 60_000_000

const person = (id: string, status: string, at: number | null) =>
  participantOf({ id, status, createdAt: at, updatedAt: at })

const annLeft = participantOf({ id: 'ann', status: 'leaved', updatedAt: THEN + 1 })

const copy = <T>(value: T): T => structuredClone(value)

const holding = (...participants: readonly Participant[]) => mergeAll(new Map(), participants).held

describe('mergeAll', () => {
  it('gives back the very same map, and no news, when there is nothing new', () => {
    const all = holding(ann, bob)
    expect(mergeAll(all, []).held).toBe(all)
    const { held, news } = mergeAll(all, [copy(ann), copy(bob)])
    expect(held).toBe(all)
    expect(news).toEqual([])
  })

  it('makes a new map for something new, with the same object for all else', () => {
    const all = holding(ann, bob)
    const { held, news } = mergeAll(all, [copy(bob), annLeft])
    expect(held).not.toBe(all)
    expect(held.get('bob')).toBe(all.get('bob'))
    expect(held.get('ann')?.participant).toBe(annLeft)
    expect(all.get('ann')?.participant).toBe(ann)
    expect(news).toEqual([annLeft])
  })

  it('folds several facts about one participant', () => {
    const { held, news } = mergeAll(new Map(), [annLeft, ann, copy(ann)])
    expect(held.get('ann')).toEqual(merge(merge(undefined, ann), annLeft))
    expect(news).toEqual([annLeft, ann])
  })
})

describe('horizonAt', () => {
  it('is a day and a minute ago', () => {
    expect(horizonAt(Date.UTC(2026, 0, 15, 9, 30))).toBe(Date.UTC(2026, 0, 14, 9, 29) * 1000)
  })
})

describe('learn', () => {
  let client: QueryClient
  /** How often the cache was written to since the last time this was asked. */
  let countWrites: () => number

  beforeEach(() => {
    client = createQueryClient()
    let writes = 0
    client.getQueryCache().subscribe(({ type }) => (writes += Number(type === 'updated')))
    countWrites = () => {
      const counted = writes
      writes = 0
      return counted
    }
  })

  const roster = () => currentRoster(client)
  const statuses = () =>
    [...roster().held].map(([id, { participant }]) => `${id}: ${participant.status}`)

  it('has an empty roster to begin with', () => {
    expect(roster()).toBe(EMPTY_ROSTER)
    expect(EMPTY_ROSTER).toEqual({
      held: new Map(),
      unreadable: [],
      coverage: [],
      isPaused: false,
      horizon: 0,
      news: [],
    })
  })

  it('forgets who left before the horizon, every ten minutes', () => {
    learn(client, {
      facts: [
        person('left before', 'leaved', THEN - MINUTE),
        person('stuck since before', 'leaving', THEN - MINUTE),
        person('left after', 'leaved', THEN + MINUTE),
        person('left, who knows when', 'leaved', null),
      ],
    })
    learn(client, { horizon: THEN })
    expect([...roster().held.keys()]).toEqual([
      'stuck since before',
      'left after',
      'left, who knows when',
    ])
    learn(client, { horizon: THEN + 10 * MINUTE })
    expect(roster().held.has('left after')).toBe(true)
    learn(client, { horizon: THEN + 10 * MINUTE + 1 })
    expect(roster().held.has('left after')).toBe(false)
    expect(roster().held.size).toBe(2)
  })

  it('merges facts, each of which is news once', () => {
    learn(client, { facts: [ann, bob] })
    expect(statuses()).toEqual(['ann: joined', 'bob: joined'])
    expect(roster().news).toEqual([ann, bob])
    const held = roster().held.get('bob')
    learn(client, { facts: [annLeft, copy(bob)] })
    expect(statuses()).toEqual(['ann: leaved', 'bob: joined'])
    expect(roster().news).toEqual([annLeft])
    expect(roster().held.get('bob')).toBe(held)
  })

  it('adds up spans', () => {
    learn(client, { spans: [{ from: 50, to: 60 }] })
    learn(client, {
      spans: [
        { from: 10, to: 20 },
        { from: 40, to: 49 },
      ],
    })
    expect(roster().coverage).toEqual([
      { from: 40, to: 60 },
      { from: 10, to: 20 },
    ])
  })

  it('takes up what a page says: its stretch, and its bad rows', () => {
    const bad = { raw: null, text: 'It is not a record.' }
    const span = { from: 5, to: 9 }
    learn(client, { page: { span, unreadable: [bad] } })
    expect(roster()).toMatchObject({ coverage: [span], unreadable: [{ ...bad, span }] })
    learn(client, { page: { span, unreadable: [] } })
    expect(roster().unreadable).toEqual([])
  })

  it('replaces what is unreadable, and the word to pause, when told of them', () => {
    const [bad, worse]: readonly BadRow[] = [
      { raw: null, text: 'It is not a record.', span: null },
      { raw: { id: '' }, text: 'It has no id.', span: null },
    ]
    learn(client, { unreadable: bad ? [bad] : [], isPaused: true })
    learn(client, { facts: [ann] })
    expect(roster()).toMatchObject({ unreadable: [bad], isPaused: true })
    learn(client, { unreadable: worse ? [worse] : [] })
    expect(roster()).toMatchObject({ unreadable: [worse], isPaused: true })
    learn(client, { unreadable: [], isPaused: false })
    expect(roster()).toMatchObject({ unreadable: [], isPaused: false })
  })

  it('brings no news with what is not about anybody', () => {
    learn(client, { facts: [ann] })
    learn(client, { isPaused: true })
    expect(roster().news).toEqual([])
    learn(client, { facts: [annLeft] })
    learn(client, { spans: [{ from: 1, to: 2 }] })
    expect(roster().news).toEqual([])
  })

  it('has no news for the other tabs when one of them told it', () => {
    learn(client, { facts: [ann] }, 'tab')
    expect(statuses()).toEqual(['ann: joined'])
    expect(roster().news).toEqual([])
    learn(client, { facts: [bob] }, 'server')
    learn(client, { facts: [annLeft] }, 'tab')
    expect(statuses()).toEqual(['ann: leaved', 'bob: joined'])
    expect(roster().news).toEqual([])
  })

  const everything = () => ({
    facts: [copy(ann), copy(bob)],
    spans: [{ from: 1, to: 9 }],
    unreadable: [{ raw: [null], text: 'It is not a record.', span: null }],
    isPaused: true,
  })

  it.each<[string, Parameters<typeof learn>[1]]>([
    ['nothing', {}],
    ['all of it again', everything()],
    ['a part of it', { facts: [copy(ann)], spans: [{ from: 3, to: 4 }], isPaused: true }],
    ['an empty page', { facts: [], spans: [] }],
  ])('keeps the same roster, and everything in it, when it is told %s', (_name, again) => {
    learn(client, everything())
    const before = roster()
    for (const origin of ['server', 'tab'] as const) {
      learn(client, again, origin)
      expect(roster()).toBe(before)
    }
  })

  it('writes nothing when nothing is new: old news are not told twice', () => {
    learn(client, everything())
    expect(countWrites()).toBe(1)
    learn(client, everything())
    learn(client, {})
    expect(countWrites()).toBe(0)
  })

  it('keeps the parts that did not change', () => {
    learn(client, everything())
    const before = roster()
    learn(client, { ...everything(), facts: [annLeft] })
    expect(roster().coverage).toBe(before.coverage)
    expect(roster().unreadable).toBe(before.unreadable)
    learn(client, { ...everything(), isPaused: false })
    expect(roster().held).not.toBe(before.held)
    expect(roster().held.get('bob')).toBe(before.held.get('bob'))
  })

  it('ends the same in whatever order and by whatever way it comes', () => {
    const fact = fc.constantFrom(
      ann,
      annLeft,
      bob,
      participantOf({ id: 'ann', status: 'joining', updatedAt: THEN - 1 }),
      participantOf({ id: 'bob', status: 'leaving', updatedAt: THEN + 5 }),
    )
    const span = fc
      .tuple(fc.nat(30), fc.nat(10))
      .map(([from, length]) => ({ from, to: from + length }))
    const step = fc.record({
      facts: fc.array(fact, { maxLength: 3 }),
      spans: fc.array(span, { maxLength: 2 }),
      origin: fc.constantFrom('server' as const, 'tab' as const),
    })
    const steps = fc.array(step, { maxLength: 8 })
    fc.assert(
      fc.property(
        steps.chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
        ),
        ([inOrder, shuffled]) => {
          const [one, other] = [createQueryClient(), createQueryClient()]
          for (const { origin, ...learned } of inOrder) learn(one, learned, origin)
          for (const { origin, ...learned } of shuffled) learn(other, learned, origin)
          const [a, b] = [currentRoster(one), currentRoster(other)]
          const byId = ({ held }: typeof a) => Object.fromEntries(held)
          expect(byId(a)).toEqual(byId(b))
          const spans = inOrder.flatMap((learned) => learned.spans)
          expect(a.coverage).toEqual(b.coverage)
          expect(a.coverage).toEqual(spans.reduce<Coverage>(cover, []))
        },
      ),
    )
  })
})

describe('takeFacts', () => {
  it('merges what came outside the poll, undoes nothing, and keeps what is the same', () => {
    const client = createQueryClient()
    const status = () => currentRoster(client).held.get(ann.id)?.participant.status
    takeFacts(client, [participantOf({ id: 'ann', status: 'leaving', updatedAt: THEN + 2 })])
    const before = client.getQueryData(keys.roster)
    expect(status()).toBe('leaving')
    takeFacts(client, [participantOf({ id: 'ann', status: 'leaving', updatedAt: THEN + 2 })])
    expect(client.getQueryData(keys.roster)).toBe(before)
    // A late answer is remembered among what was seen, but undoes nothing.
    takeFacts(client, [participantOf({ id: 'ann', status: 'joined', updatedAt: THEN + 1 })])
    expect(status()).toBe('leaving')
    expect(currentRoster(client).held.get(ann.id)?.history).toHaveLength(2)
  })
})
