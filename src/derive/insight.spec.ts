import { describe, expect, it } from 'vitest'
import { actionOf, targetOf } from '~/testing/action.fixture.ts'
import type { Action } from '~/domain/action.ts'
import type { CallerFact } from '~/domain/call.ts'
import { merge } from '~/domain/merge.ts'
import { participantOf, THEN } from '~/testing/participant.fixture.ts'
import { toMillis } from '~/domain/time.ts'
import { createInsight } from './insight.ts'
import { participantRow, searchTextOf, type Insight } from './participant-rows.ts'

const conferenceId = participantOf().conferenceId ?? ''
const factsOf = (...actions: readonly Action[]) => ({
  actions: new Map(actions.map((one) => [one.id, one])),
  conferenceId,
  conference: undefined,
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
const asked = { removals: new Map(), hangUps: new Map(), permission: null }
const rowOf = (held: ReturnType<typeof merge>, insight?: Insight) =>
  participantRow(held, { callers, asked, insight })

const textOf = (held: ReturnType<typeof merge>, insight?: Insight) =>
  searchTextOf(held, { callers, asked, insight })

const here = merge(undefined, participantOf())
const gone = merge(undefined, participantOf({ status: 'leaved', updatedAt: THEN + 1_000_000 }))

describe('createInsight', () => {
  it('returns the same functions while nothing that they read has changed', () => {
    const insightOf = createInsight()
    const nothing = insightOf(factsOf())
    expect(insightOf(factsOf())).toEqual(nothing)
    const removed = insightOf(factsOf(removal))
    expect(removed.here).not.toBe(nothing.here)
    expect(removed.gone).toBe(nothing.gone)
    // Read once more for proof, and heard from another tab.
    const again = insightOf(factsOf({ ...removal, lookedAt: 1, revision: 7 }))
    expect(again).toEqual(removed)
    const ended = insightOf(factsOf(removal, end))
    expect(ended.here).toBe(removed.here)
    expect(ended.gone).not.toBe(removed.gone)
    expect(insightOf({ ...factsOf(removal, end), conferenceId: 'another' }).gone).not.toBe(
      ended.gone,
    )
  })
})

describe('participantRow with an insight', () => {
  it('marks a participant that came back, and is found by that', () => {
    const row = rowOf(here, createInsight()(factsOf(removal)))
    expect(row.note).toMatchObject({ rejoin: { removedAt: toMillis(THEN) - 4000, times: 1 } })
    expect(textOf(here, createInsight()(factsOf(removal)))).toContain('came back')
    expect(textOf(here)).not.toContain('came back')
  })

  it('says how a participant left, by what was done in its conference', () => {
    const insightOf = createInsight()
    expect(rowOf(gone, insightOf(factsOf())).note).toMatchObject({
      departure: { text: 'left, how is not known' },
    })
    const ended = rowOf(gone, insightOf(factsOf(end)))
    expect(ended.note).toMatchObject({
      departure: { text: 'the conference was ended from here by Sam' },
    })
    expect(textOf(gone, insightOf(factsOf(end)))).toContain('ended from here by sam')
  })

  it('is the same row while the insight is the same', () => {
    const insightOf = createInsight()
    const [one, other] = [rowOf(here, insightOf(factsOf())), rowOf(gone, insightOf(factsOf()))]
    expect(rowOf(here, insightOf(factsOf()))).toBe(one)
    // Another participant is removed: rows of participants that have left are not made again.
    expect(rowOf(gone, insightOf(factsOf(removal)))).toBe(other)
    expect(rowOf(here, insightOf(factsOf(removal)))).not.toBe(one)
  })
})
