import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Conference } from '~/domain/conference.ts'
import { merge, type RosterEntry } from '~/domain/merge.ts'
import { participantOf, THEN } from '~/testing/participant.fixture.ts'
import { parseConference } from '~/wire/conferences.ts'
import fixture from '~/wire/fixtures/conference.json'
import { suspectsOf } from './suspects.ts'

type Wish = Parameters<typeof participantOf>[0]

const held = (id: string, wish: Wish = {}): RosterEntry =>
  merge(undefined, participantOf({ id, ...wish }))

/** The conference with these participants in its list, last changed a second after THEN. */
function naming(ids: readonly string[], wish: Partial<Conference> = {}): Conference {
  const conference = parseConference(fixture)
  if (!conference) throw new Error('the fixture is a conference')
  return { ...conference, participantIds: ids, updatedAt: THEN + 1_000_000, ...wish }
}

/** A roster that holds these participants, in the conference or elsewhere. */
function rosterWith(here: readonly RosterEntry[], elsewhere: readonly RosterEntry[] = []) {
  const all = new Map([...here, ...elsewhere].map((one) => [one.participant.id, one]))
  const live = new Set(here.map(({ participant }) => participant.id))
  return { get: (id: string) => all.get(id), liveIn: () => live }
}

/** The suspects of a conference that has all participants held. */
const suspects = (conference: Conference, ...all: readonly RosterEntry[]) =>
  suspectsOf(conference, rosterWith(all))

const NOBODY = { unknown: [], changed: [] }

describe('a participant that a conference names', () => {
  it.each(['joined', 'leaving'])('is no suspect if held as %s', (status) => {
    expect(suspects(naming(['ann']), held('ann', { status }))).toEqual(NOBODY)
  })

  it('has joined, if it is held as joining', () => {
    const ann = held('ann', { status: 'joining' })
    expect(suspects(naming(['ann']), ann)).toEqual({ unknown: [], changed: ['ann'] })
  })

  it('is unknown, if it is not held: once, because a list may name it twice', () => {
    const conference = naming(['bob', 'ann', 'cyd', 'bob'])
    expect(suspects(conference, held('ann'))).toEqual({ unknown: ['bob', 'cyd'], changed: [] })
  })

  it('is no suspect if it is held as gone: that is final, and lists arrive late', () => {
    const left = held('ann', { status: 'leaved' })
    const [a, b] = ['joining', 'joined'].map((status) => held(status, { status, deletedAt: THEN }))
    expect(a && b && suspects(naming(['ann', 'joining']), left, a, b)).toEqual(NOBODY)
  })

  it('may have an unknown status', () => {
    expect(suspects(naming(['ann']), held('ann', { status: 'on hold' }))).toEqual(NOBODY)
  })

  it('is known, even if it is held in another conference', () => {
    const ann = held('ann')
    expect(suspectsOf(naming(['ann']), rosterWith([], [ann]))).toEqual(NOBODY)
  })
})

describe('a leaving participant that a conference names', () => {
  const ann = held('ann', { status: 'leaving', updatedAt: THEN })
  const all = rosterWith([ann])
  const SECOND = 1_000_000
  const listAt = (seconds: number) => naming(['ann'], { updatedAt: THEN + seconds * SECOND })

  it('is being removed, if the previous list names it', () => {
    expect(suspectsOf(listAt(1), all, listAt(0))).toEqual(NOBODY)
  })

  it('has joined after all, if the previous list does not name it', () => {
    expect(suspectsOf(listAt(1), all, naming([])).changed).toEqual(['ann'])
    // A list from before it was leaving says nothing.
    expect(suspectsOf(listAt(-1), all, naming([]))).toEqual(NOBODY)
    expect(suspectsOf(listAt(1), all)).toEqual(NOBODY)
  })

  it('is still connected, if that takes longer than a kick', () => {
    expect(suspectsOf(listAt(120), all, listAt(119))).toEqual(NOBODY)
    expect(suspectsOf(listAt(121), all, listAt(119)).changed).toEqual(['ann'])
  })
})

describe('a participant that a conference does not name', () => {
  it.each(['joined', 'leaving'])('has left, if it is held as %s', (status) => {
    expect(suspects(naming([]), held('ann', { status }))).toEqual({ unknown: [], changed: ['ann'] })
  })

  it.each(['joining', 'leaved', 'on hold'])('is no suspect if held as %s', (status) => {
    expect(suspects(naming([]), held('ann', { status }))).toEqual(NOBODY)
  })

  it('is no suspect if the list is older than its record', () => {
    const [before, after] = [1_000_000, 1_000_001].map((at) =>
      held('ann', { updatedAt: THEN + at }),
    )
    expect(before && suspects(naming([]), before).changed).toEqual(['ann'])
    expect(after && suspects(naming([]), after)).toEqual(NOBODY)
    // A list that never changed has its creation time; a list without any time counts as the
    // newest.
    const first = naming([], { updatedAt: null, createdAt: THEN })
    expect(after && suspects(first, after)).toEqual(NOBODY)
    const timeless = naming([], { updatedAt: null, createdAt: null })
    expect(after && suspects(timeless, after).changed).toEqual(['ann'])
  })

  it('is stuck, if it is leaving for long and the previous list does not name it', () => {
    const list = naming([], { updatedAt: THEN + 120_000_001 })
    const ann = held('ann', { status: 'leaving', updatedAt: THEN })
    const all = rosterWith([ann])
    expect(suspectsOf(list, all, naming(['bob']))).toEqual(NOBODY)
    // A failed kick leaves it in the bridge, and named, until it leaves by itself.
    expect(suspectsOf(list, all, naming(['ann'])).changed).toEqual(['ann'])
    const joined = held('ann', { status: 'joined', updatedAt: THEN })
    expect(suspects(list, joined).changed).toEqual(['ann'])
    const younger = naming([], { updatedAt: THEN + 120_000_000 })
    expect(suspectsOf(younger, all).changed).toEqual(['ann'])
  })

  it('is a suspect like all others when the platform has emptied the list', () => {
    const all = ['ann', 'bob', 'cyd'].map((id) => held(id))
    expect(suspects(naming([]), ...all).changed).toEqual(['ann', 'bob', 'cyd'])
    // A participant that joins after that is named again, and is the only one.
    const late = held('dan', { updatedAt: THEN + 2_000_000 })
    const again = naming(['dan'], { updatedAt: THEN + 2_000_001 })
    expect(suspects(again, ...all, late).changed).toEqual(['ann', 'bob', 'cyd'])
  })
})

const LADDER = ['joining', 'joined', 'leaving', 'leaved']
const isNamed = (status: string) => status === 'joined' || status === 'leaving'

describe('the list of a conference at rest', () => {
  it('reveals each participant that is held with a wrong status, and no other', () => {
    const rank = fc.integer({ min: 0, max: 3 })
    // The held status is the current one, an earlier one, or missing.
    const person = fc.tuple(rank, fc.option(rank)).map(([truth, before]) => ({
      truth: LADDER[truth] ?? '',
      known: before === null ? null : (LADDER[Math.min(before, truth)] ?? ''),
    }))
    fc.assert(
      fc.property(fc.array(person, { maxLength: 12 }), (people) => {
        const all = people.map((one, index) => ({ ...one, id: `p${index}` }))
        const idsOf = (some: typeof all) => some.map(({ id }) => id)
        const named = all.filter(({ truth }) => isNamed(truth))
        const known = all.flatMap(({ id, known: status }) => (status ? [held(id, { status })] : []))
        expect(suspects(naming(idsOf(named)), ...known)).toEqual({
          unknown: idsOf(named.filter(({ known: status }) => status === null)),
          changed: idsOf(
            all.filter(({ truth, known: status }) => status && isNamed(truth) !== isNamed(status)),
          ),
        })
      }),
      { numRuns: 500 },
    )
  })
})
