import * as fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { historyOf, merge } from '~/domain/merge.ts'
import { isGone, type Participant } from '~/domain/participant.ts'
import { participantOf, THEN } from '~/testing/participant.fixture.ts'
import type { BadRow } from '~/cache/queries/bad-rows.ts'
import { cover, type Coverage } from '~/cache/queries/coverage.ts'
import { createQueryClient } from '~/cache/queries/query-client.ts'
import { countChanges } from './change-counter.ts'
import { horizonAt, rosterOf, RosterStore, type RosterChange } from './store.ts'

const [ann, bob] = [participantOf({ id: 'ann' }), participantOf({ id: 'bob' })]
const MINUTE = 60_000_000

const person = (id: string, status: string, at: number | null) =>
  participantOf({ id, status, createdAt: at, updatedAt: at })

const annLeft = participantOf({ id: 'ann', status: 'leaved', updatedAt: THEN + 1 })

const copy = <T>(value: T): T => structuredClone(value)

let roster: RosterStore
let changes: RosterChange[]

beforeEach(() => {
  roster = new RosterStore()
  changes = []
  roster.subscribe((change) => changes.push(change))
})

const statuses = (one = roster) =>
  [...one.entries()].map(({ participant: { id, status } }) => `${id}: ${status}`)

describe('horizonAt', () => {
  it('is a day and a minute ago', () => {
    expect(horizonAt(Date.UTC(2026, 0, 15, 9, 30))).toBe(Date.UTC(2026, 0, 14, 9, 29) * 1000)
  })
})

describe('a roster', () => {
  it('belongs to its query client', () => {
    const [one, other] = [createQueryClient(), createQueryClient()]
    rosterOf(one).apply({ facts: [ann] })
    expect(rosterOf(one).size).toBe(1)
    expect(rosterOf(other).size).toBe(0)
  })

  it('starts empty', () => {
    expect(roster.size).toBe(0)
    expect(roster.extent).toEqual({ unreadable: [], coverage: [], isPaused: false, horizon: 0 })
  })

  it('merges facts, and tells which entries changed and what they were', () => {
    roster.apply({ facts: [ann, bob] })
    expect(statuses()).toEqual(['ann: joined', 'bob: joined'])
    const [held, other] = [roster.get('ann'), roster.get('bob')]
    roster.apply({ facts: [annLeft, copy(bob)] })
    expect(statuses()).toEqual(['ann: leaved', 'bob: joined'])
    expect(roster.get('bob')).toBe(other)
    expect(changes.map(({ facts }) => facts)).toEqual([[ann, bob], [annLeft]])
    expect(changes[1]?.entries).toEqual([{ id: 'ann', before: held, after: roster.get('ann') }])
  })

  it('reports each participant once, however many facts were about it', () => {
    roster.apply({ facts: [annLeft, ann, copy(ann)] })
    expect(roster.get('ann')).toEqual(merge(merge(undefined, ann), annLeft))
    expect(changes[0]?.entries).toEqual([
      { id: 'ann', before: undefined, after: roster.get('ann') },
    ])
    expect(changes[0]?.facts).toEqual([annLeft, ann])
  })

  it('keeps a late answer in the history, although it changes no status', () => {
    roster.apply({ facts: [person('ann', 'leaving', THEN + 2)] })
    roster.apply({ facts: [person('ann', 'joined', THEN + 1)] })
    expect(statuses()).toEqual(['ann: leaving'])
    const entry = roster.get('ann')
    expect(entry && historyOf(entry)).toHaveLength(2)
  })

  it('tells whether the server or another tab is the origin', () => {
    roster.apply({ facts: [ann] }, 'tab')
    roster.apply({ facts: [bob] })
    expect(changes.map(({ origin }) => origin)).toEqual(['tab', 'server'])
  })

  it('merges spans', () => {
    roster.apply({ spans: [{ from: 50, to: 60 }] })
    roster.apply({
      spans: [
        { from: 10, to: 20 },
        { from: 40, to: 49 },
      ],
    })
    expect(roster.extent.coverage).toEqual([
      { from: 40, to: 60 },
      { from: 10, to: 20 },
    ])
  })

  it('applies the span and the bad rows of a page', () => {
    const bad = { raw: null, text: 'It is not a record.' }
    const span = { from: 5, to: 9 }
    roster.apply({ page: { span, unreadable: [bad] } })
    expect(roster.extent).toMatchObject({ coverage: [span], unreadable: [{ ...bad, span }] })
    roster.apply({ page: { span, unreadable: [] } })
    expect(roster.extent.unreadable).toEqual([])
  })

  it('replaces the bad rows and the pause when an update carries them', () => {
    const [bad, worse]: readonly BadRow[] = [
      { raw: null, text: 'It is not a record.', span: null },
      { raw: { id: '' }, text: 'It has no id.', span: null },
    ]
    roster.apply({ unreadable: bad ? [bad] : [], isPaused: true })
    roster.apply({ facts: [ann] })
    expect(roster.extent).toMatchObject({ unreadable: [bad], isPaused: true })
    roster.apply({ unreadable: worse ? [worse] : [] })
    expect(roster.extent).toMatchObject({ unreadable: [worse], isPaused: true })
    roster.apply({ unreadable: [], isPaused: false })
    expect(roster.extent).toMatchObject({ unreadable: [], isPaused: false })
  })

  it('reports no facts when an update is about no participant', () => {
    roster.apply({ isPaused: true })
    roster.apply({ spans: [{ from: 1, to: 2 }] })
    expect(changes.map(({ facts, entries }) => [facts, entries])).toEqual([
      [[], []],
      [[], []],
    ])
  })

  const everything = () => ({
    facts: [copy(ann), copy(bob)],
    spans: [{ from: 1, to: 9 }],
    unreadable: [{ raw: [null], text: 'It is not a record.', span: null }],
    isPaused: true,
  })

  it.each<[string, Parameters<RosterStore['apply']>[0]]>([
    ['nothing', {}],
    ['all of it again', everything()],
    ['a part of it', { facts: [copy(ann)], spans: [{ from: 3, to: 4 }], isPaused: true }],
    ['an empty page', { facts: [], spans: [] }],
  ])('notifies no listener and keeps every object when it applies %s again', (_name, again) => {
    roster.apply(everything())
    const [{ extent, version }, all] = [roster, [...roster.entries()]]
    for (const origin of ['server', 'tab'] as const) roster.apply(again, origin)
    expect(changes).toHaveLength(1)
    expect(roster.version).toBe(version)
    expect(roster.extent).toBe(extent)
    for (const entry of all) expect(roster.get(entry.participant.id)).toBe(entry)
  })

  it('keeps the parts that did not change', () => {
    roster.apply(everything())
    const { coverage, unreadable } = roster.extent
    roster.apply({ ...everything(), facts: [annLeft], isPaused: false })
    expect(roster.extent.coverage).toBe(coverage)
    expect(roster.extent.unreadable).toBe(unreadable)
  })

  it('forgets participants that left, or were last seen leaving, before the horizon, every ten minutes', () => {
    roster.apply({
      facts: [
        person('left before', 'leaved', THEN - MINUTE),
        person('leaving since before', 'leaving', THEN - MINUTE),
        person('leaving since then', 'leaving', THEN + 20 * MINUTE),
        person('back from leaving', 'leaving', THEN - MINUTE),
        person('back from leaving', 'joined', THEN - MINUTE / 2),
        person('left after', 'leaved', THEN + MINUTE),
        person('left at an unknown time', 'leaved', null),
      ],
    })
    roster.apply({ horizon: THEN })
    expect(statuses().map((text) => text.split(':')[0])).toEqual([
      'leaving since then',
      'back from leaving',
      'left after',
      'left at an unknown time',
    ])
    expect(changes.at(-1)?.entries).toMatchObject([
      { id: 'left before', after: undefined },
      { id: 'leaving since before', after: undefined },
    ])
    roster.apply({ horizon: THEN + 10 * MINUTE })
    expect(roster.get('left after')).toBeDefined()
    roster.apply({ horizon: THEN + 10 * MINUTE + 1 })
    expect(roster.get('left after')).toBeUndefined()
    expect(roster.size).toBe(3)
  })

  it('forgets everything, and notifies listeners', () => {
    roster.apply(everything())
    const held = roster.get('ann')
    roster.clear()
    expect(roster.size + roster.live.size + roster.times.length).toBe(0)
    expect(roster.extent).toEqual(new RosterStore().extent)
    expect(roster.inConference(ann.conferenceId ?? '').size).toBe(0)
    expect(changes.at(-1)?.entries).toContainEqual({ id: 'ann', before: held, after: undefined })
  })
})

describe('countChanges', () => {
  it('counts new, changed and forgotten participants once each, until it is stopped', () => {
    roster.apply({ facts: [ann] })
    const counter = countChanges(roster)
    expect(counter.count()).toBe(0)
    roster.apply({ facts: [bob] })
    roster.apply({ facts: [annLeft, copy(bob)] })
    roster.apply({ facts: [person('bob', 'leaving', THEN + 1)] })
    expect(counter.count()).toBe(2)
    counter.stop()
    roster.apply({ facts: [person('cyd', 'joined', THEN)] })
    expect(counter.count()).toBe(2)
  })
})

const byId = (some: RosterStore) =>
  Object.fromEntries([...some.entries()].map((entry) => [entry.participant.id, entry]))

const idsOf = (some: readonly Participant[]) => some.map(({ id }) => id).toSorted()

const fact = fc.record({
  id: fc.constantFrom(...'abcdef'.split('')),
  status: fc.constantFrom('joining', 'joined', 'leaving', 'leaved', 'on hold'),
  conferenceId: fc.constantFrom('sales', 'support', null),
  referenceId: fc.constantFrom('call 1', 'call 2', null),
  createdAt: fc.constantFrom(THEN, THEN + 1, THEN + 700 * MINUTE, null),
  updatedAt: fc.constantFrom(THEN + 5, THEN + 6, THEN + 800 * MINUTE, null),
  deletedAt: fc.constantFrom(null, null, THEN + 7),
})

describe('updates in any order and from any source', () => {
  const update = fc.record({
    facts: fc.array(fact.map(participantOf), { maxLength: 4 }),
    spans: fc.array(
      fc.tuple(fc.nat(30), fc.nat(10)).map(([from, length]) => ({ from, to: from + length })),
      { maxLength: 2 },
    ),
    origin: fc.constantFrom('server' as const, 'tab' as const),
  })
  const updates = fc.array(update, { maxLength: 8 })

  it('end in the same roster', () => {
    fc.assert(
      fc.property(
        updates.chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
        ),
        ([inOrder, shuffled]) => {
          const [one, other] = [new RosterStore(), new RosterStore()]
          for (const { origin, ...rest } of inOrder) one.apply(rest, origin)
          for (const { origin, ...rest } of shuffled) other.apply(rest, origin)
          expect(byId(one)).toEqual(byId(other))
          const spans = inOrder.flatMap((each) => each.spans)
          expect(one.extent.coverage).toEqual(other.extent.coverage)
          expect(one.extent.coverage).toEqual(spans.reduce<Coverage>(cover, []))
        },
      ),
    )
  })

  it('keep groups, counts and times equal to those of the entries, and each change leads from one state to the next', () => {
    const step = fc.oneof(
      { weight: 5, arbitrary: update },
      { weight: 1, arbitrary: fc.constant({ horizon: THEN + 750 * MINUTE }) },
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const store = new RosterStore()
        const followed = new Map<string, unknown>()
        store.subscribe(({ entries }) => {
          for (const { id, before, after } of entries) {
            expect(followed.get(id)).toBe(before)
            if (after) followed.set(id, after)
            else followed.delete(id)
          }
        })
        for (const one of steps) store.apply(one)
        const all = [...store.entries()].map(({ participant }) => participant)
        const live = all.filter((one) => !isGone(one))
        expect([...followed.keys()].toSorted()).toEqual(idsOf(all))
        expect([...store.live].toSorted()).toEqual(idsOf(live))
        const times = all.flatMap(({ createdAt }) => createdAt ?? [])
        expect(store.times).toEqual(times.toSorted((a, b) => a - b))
        for (const conference of ['sales', 'support']) {
          const here = all.filter(({ conferenceId }) => conferenceId === conference)
          expect([...store.inConference(conference)].toSorted()).toEqual(idsOf(here))
          const liveHere = live.filter(({ conferenceId }) => conferenceId === conference)
          expect([...store.liveIn(conference)].toSorted()).toEqual(idsOf(liveHere))
          const counts = store.countsOf(conference)
          expect(counts?.live ?? 0).toBe(liveHere.length)
          const byStatus: Record<string, number> = {}
          for (const { status } of here) byStatus[status] = (byStatus[status] ?? 0) + 1
          expect(Object.fromEntries(counts?.byStatus ?? [])).toEqual(byStatus)
        }
        for (const call of ['call 1', 'call 2']) {
          const ofCall = all.filter(({ referenceId }) => referenceId === call)
          expect([...store.ofCall(call)].toSorted()).toEqual(idsOf(ofCall))
        }
      }),
      { numRuns: 500 },
    )
  })

  it('keep the counts object of a conference until one of its participants changes', () => {
    roster.apply({ facts: [person('a', 'joined', THEN), person('b', 'joined', THEN)] })
    const counts = roster.countsOf(ann.conferenceId ?? '')
    roster.apply({ facts: [participantOf({ id: 'c', conferenceId: 'elsewhere' })] })
    expect(roster.countsOf(ann.conferenceId ?? '')).toBe(counts)
    roster.apply({ facts: [person('a', 'leaved', THEN + 1)] })
    expect(roster.countsOf(ann.conferenceId ?? '')).toEqual({
      byStatus: new Map([
        ['joined', 1],
        ['leaved', 1],
      ]),
      live: 1,
      changedAt: THEN + 1,
    })
  })
})
