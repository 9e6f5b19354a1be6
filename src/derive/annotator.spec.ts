import { describe, expect, it } from 'vitest'
import { actionOf, targetOf } from '~/testing/action.fixture.ts'
import type { Action } from '~/domain/action.ts'
import type { CallerFact } from '~/domain/call.ts'
import { merge } from '~/domain/merge.ts'
import { conferenceOf } from '~/testing/conference.fixture.ts'
import { participantOf, THEN } from '~/testing/participant.fixture.ts'
import { toMillis } from '~/domain/time.ts'
import { createAnnotator } from './annotator.ts'
import { participantRow, type Annotator } from './participant-rows.ts'
import { searchTextOf } from './participant-search.ts'

const conferenceId = participantOf().conferenceId ?? ''
const factsOf = (...actions: readonly Action[]) => ({
  actions: new Map(actions.map((one) => [one.id, one])),
  conferences: new Map(),
})

const removal = actionOf({
  state: 'accepted',
  sentAt: toMillis(THEN) - 5000,
  leavingAt: THEN - 4_000_000,
  target: targetOf({ id: 'old', callId: 'old call' }),
})
const end = actionOf({
  id: 'the end',
  kind: 'end',
  state: 'accepted',
  sentAt: toMillis(THEN),
  target: targetOf({ id: conferenceId }),
})

const ann: CallerFact = { name: 'Ann', number: '+15551230001' }
const callers = new Map([[participantOf().referenceId ?? '', ann]])
const asked = {
  removals: new Map(),
  hangUps: new Map(),
  mutes: new Map(),
  holds: new Map(),
  permission: null,
}
const rowOf = (held: ReturnType<typeof merge>, annotator?: Annotator) =>
  participantRow(held, { callers, asked, annotator })

const textOf = (held: ReturnType<typeof merge>, annotator?: Annotator) =>
  searchTextOf(held, { callers, asked, annotator })

const here = merge(undefined, participantOf())
const gone = merge(undefined, participantOf({ status: 'leaved', updatedAt: THEN + 1_000_000 }))

describe('createAnnotator', () => {
  it('returns the same functions while nothing that they read has changed', () => {
    const annotatorOf = createAnnotator()
    const nothing = annotatorOf(factsOf())
    expect(annotatorOf(factsOf())).toEqual(nothing)
    const removed = annotatorOf(factsOf(removal))
    expect(removed.here).not.toBe(nothing.here)
    expect(removed.gone).toBe(nothing.gone)
    // Read once more for proof, and heard from another tab.
    const again = annotatorOf(factsOf({ ...removal, lookedAt: 1, revision: 7 }))
    expect(again).toEqual(removed)
    const ended = annotatorOf(factsOf(removal, end))
    expect(ended.here).toBe(removed.here)
    expect(ended.gone).not.toBe(removed.gone)
    const conference = conferenceOf({ id: conferenceId })
    const reading = { ...factsOf(removal, end), conferences: new Map([[conferenceId, conference]]) }
    expect(annotatorOf(reading).gone).toBe(ended.gone)
    const over = conferenceOf({ id: conferenceId, endedAt: THEN })
    const read = { ...factsOf(removal, end), conferences: new Map([[conferenceId, over]]) }
    expect(annotatorOf(read).gone).not.toBe(ended.gone)
  })
})

describe('participantRow with an annotator', () => {
  it('marks a participant that came back, and is found by that', () => {
    const row = rowOf(here, createAnnotator()(factsOf(removal)))
    expect(row.note).toMatchObject({ rejoin: { removedAt: toMillis(THEN) - 4000, times: 1 } })
    expect(textOf(here, createAnnotator()(factsOf(removal)))).toContain('came back')
    expect(textOf(here)).not.toContain('came back')
  })

  it('says how a participant left, by what was done in its conference', () => {
    const annotatorOf = createAnnotator()
    expect(rowOf(gone, annotatorOf(factsOf())).note).toMatchObject({
      departure: { text: 'left (reason unknown)' },
    })
    const ended = rowOf(gone, annotatorOf(factsOf(end)))
    expect(ended.note).toMatchObject({
      departure: { text: 'the conference was ended from here by Sam' },
    })
    expect(textOf(gone, annotatorOf(factsOf(end)))).toContain('ended from here by sam')
    const elsewhere = actionOf({ ...end, id: 'other end', target: targetOf({ id: 'another' }) })
    expect(rowOf(gone, annotatorOf(factsOf(elsewhere))).note).toMatchObject({
      departure: { text: 'left (reason unknown)' },
    })
  })

  it('is the same row while the annotator is the same', () => {
    const annotatorOf = createAnnotator()
    const [one, other] = [rowOf(here, annotatorOf(factsOf())), rowOf(gone, annotatorOf(factsOf()))]
    expect(rowOf(here, annotatorOf(factsOf()))).toBe(one)
    // Another participant is removed: rows of participants that have left are not made again.
    expect(rowOf(gone, annotatorOf(factsOf(removal)))).toBe(other)
    expect(rowOf(here, annotatorOf(factsOf(removal)))).not.toBe(one)
  })
})
