import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { actionOf, targetOf } from '~/testing/action.fixture.ts'
import { merge } from '~/domain/merge.ts'
import type { Participant } from '~/domain/participant.ts'
import { participantOf, THEN } from '~/testing/participant.fixture.ts'
import { askedOf } from './asked.ts'
import { participantRow, type ParticipantRow } from './participant-rows.ts'
import { removalPlan, removalSentence, type RemovalPlan } from './removal-plan.ts'

const [HERE, THERE] = ['conference here', 'conference there']

interface Wish extends Partial<Participant> {
  readonly requested?: boolean
}

function rowOf({ requested = false, ...wish }: Wish): ParticipantRow {
  const participant = participantOf({ conferenceId: HERE, updatedAt: THEN + 1, ...wish })
  const action = actionOf({ state: 'sending', target: targetOf({ id: participant.id }) })
  return participantRow(merge(undefined, participant), {
    callers: new Map(),
    asked: askedOf(new Map(requested ? [[action.id, action]] : []), null),
    annotator: undefined,
  })
}

const people = (...wishes: readonly Wish[]): readonly ParticipantRow[] =>
  wishes.map((wish, index) => rowOf({ id: 'abcdefgh'.charAt(index), ...wish }))

const ids = (rows: readonly ParticipantRow[]): string => rows.map(({ id }) => id).join('')
const emptied = ({ groups }: RemovalPlan): readonly (string | null)[] =>
  groups.filter(({ isEmptied }) => isEmptied).map(({ conferenceId }) => conferenceId)

describe('removalSentence', () => {
  it.each<[Wish, RegExp]>([
    [{ status: 'joined' }, /^is joined and will be disconnected/],
    [{ status: 'joining' }, /^is still joining\. The server often cannot disconnect/],
    [{ status: 'leaving' }, /^is leaving the conference\.$/],
    [{ status: 'leaved' }, /^has left the conference\.$/],
    [{ status: 'holding' }, /^is holding and cannot be removed\.$/],
    [{ status: 'joined', requested: true }, /^is joined and cannot be removed\.$/],
  ])('%j: %s', (wish, sentence) => {
    expect(removalSentence(rowOf(wish))).toMatch(sentence)
  })

  it('says that a participant will be disconnected only when it can be removed', () => {
    const status = fc.oneof(
      fc.constantFrom('joining', 'joined', 'leaving', 'leaved'),
      fc.string({ minLength: 1 }),
    )
    fc.assert(
      fc.property(status, fc.boolean(), (one, requested) => {
        const row = rowOf({ status: one, requested })
        const isPromised = /will be|often cannot/.test(removalSentence(row))
        expect(isPromised).toBe(row.removal.allowed)
      }),
    )
  })
})

describe('removalPlan', () => {
  it('groups by conference, in the order of selection', () => {
    const all = people({}, { conferenceId: THERE }, {}, { conferenceId: null })
    const { groups } = removalPlan(all, all)
    expect(groups.map(({ conferenceId, rows }) => [conferenceId, ids(rows)])).toEqual([
      [HERE, 'ac'],
      [THERE, 'b'],
      [null, 'd'],
    ])
  })

  it('takes participants as they are now, and skips those that cannot be removed any more', () => {
    const asked = people({}, {}, {}, { status: 'joining' })
    const now = people({}, { status: 'leaved' }, { requested: true }, { status: 'joining' })
    const { groups, removable } = removalPlan(asked, now)
    expect(ids(removable)).toBe('ad')
    expect(groups[0]?.rows.map(({ participant }) => participant.status)).toEqual([
      'joined',
      'leaved',
      'joined',
      'joining',
    ])
    expect(groups[0]?.rows[1]?.removal).toEqual({ allowed: false, reason: 'Has already left.' })
  })

  it('keeps a participant that is no longer known as it was', () => {
    expect(ids(removalPlan(people({}), []).removable)).toBe('a')
  })

  it('never plans to remove a participant that was not selected, nor one twice', () => {
    const wish = fc.record({
      id: fc.constantFrom(...'abcdef'.split('')),
      status: fc.constantFrom('joining', 'joined', 'leaving', 'leaved', 'held'),
      conferenceId: fc.constantFrom(HERE, THERE, null),
      requested: fc.boolean(),
    })
    const rows = fc
      .uniqueArray(wish, { selector: ({ id }) => id })
      .map((wishes) => wishes.map((one) => rowOf(one)))
    fc.assert(
      fc.property(rows, rows, (asked, now) => {
        const { groups, removable } = removalPlan(asked, now)
        const shown = groups.flatMap((group) => group.rows)
        expect(shown.map(({ id }) => id).toSorted()).toEqual(asked.map(({ id }) => id).toSorted())
        expect(removable.every((row) => row.removal.allowed && shown.includes(row))).toBe(true)
        expect(new Set(ids(removable)).size).toBe(removable.length)
      }),
    )
  })

  it.each<[string, readonly Wish[], number, readonly string[]]>([
    ['the only one', [{}], 1, [HERE]],
    ['all that are connected', [{}, {}], 2, [HERE]],
    ['one of two', [{}, {}], 1, []],
    ['all but one that is only joining', [{}, { status: 'joining' }], 1, [HERE]],
    ['all but one that is leaving', [{}, { status: 'leaving' }], 1, [HERE]],
    ['all but one that is being removed already', [{}, { requested: true }], 1, [HERE]],
    ['all here, while one stays there', [{}, { conferenceId: THERE }], 1, [HERE]],
    ['none that can be removed', [{ status: 'leaved' }], 1, []],
  ])('tells which conferences it empties: %s', (_what, wishes, count, conferences) => {
    const everyone = people(...wishes)
    expect(emptied(removalPlan(everyone.slice(0, count), everyone))).toEqual(conferences)
  })
})
