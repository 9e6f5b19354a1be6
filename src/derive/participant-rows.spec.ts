import { describe, expect, it } from 'vitest'
import { actionOf } from '~/testing/action.fixture.ts'
import type { CallerFact } from '~/domain/call.ts'
import { merge, type RosterEntry } from '~/domain/merge.ts'
import { participantOf, THEN } from '~/testing/participant.fixture.ts'
import { type Asked } from './asked.ts'
import { participantRow, shownCounts, type ParticipantRow } from './participant-rows.ts'

const ANN: CallerFact = { name: 'Ann Lee', number: '+15551230001' }

const NOTHING: Asked = {
  permission: null,
  removals: new Map(),
  hangUps: new Map(),
  mutes: new Map(),
  holds: new Map(),
}
const removal = actionOf({ state: 'sending' })
const ASKED: Asked = { ...NOTHING, removals: new Map([[removal.target.id, removal]]) }

const held = (wish: Parameters<typeof participantOf>[0] = {}): RosterEntry =>
  merge(undefined, participantOf(wish))

const callers = (fact?: CallerFact, callId = '8f1e0f52-7c3b-4a39-9d5e-0b6f3f8e2a11') =>
  new Map(fact ? [[callId, fact]] : [])

const from = (known: ReturnType<typeof callers>, asked: Asked) => ({
  callers: known,
  asked,
  annotator: undefined,
})

const rowOf = (wish: Parameters<typeof participantOf>[0] = {}, fact?: CallerFact): ParticipantRow =>
  participantRow(held(wish), from(callers(fact), NOTHING))

describe('participantRow', () => {
  it.each<[string, CallerFact | undefined, Partial<ParticipantRow>]>([
    ['a name', ANN, { label: 'Ann Lee', number: '+15551230001', identity: 'known' }],
    ['a number', { name: '', number: '+1' }, { label: '+1', number: '', identity: 'known' }],
    ['neither', { name: '', number: '' }, { label: '8f1e0f52', number: '', identity: 'nameless' }],
    ['a call that is gone', 'gone', { label: '8f1e0f52', number: '', identity: 'gone' }],
    ['a call not read yet', undefined, { label: '8f1e0f52', number: '', identity: 'asking' }],
  ])('shows %s', (_name, fact, shown) => {
    expect(rowOf({}, fact)).toMatchObject(shown)
  })

  it('shows a name that reverses text with its code points', () => {
    expect(rowOf({}, { name: 'Ann\u202eeel', number: '' }).label).toBe('Ann⟨U+202E⟩eel')
  })

  it('returns the same object while nothing it shows has changed', () => {
    const one = held()
    const row = participantRow(one, from(callers(ANN), NOTHING))
    const more = new Map([...callers(ANN), ['another call', { name: 'Bob', number: '' }]])
    expect(participantRow(one, from(callers(ANN), NOTHING))).toBe(row)
    expect(participantRow(one, from(more, NOTHING))).toBe(row)
  })

  it('returns a new object with the reason when the permission of the account gets smaller', () => {
    const one = held()
    const row = participantRow(one, from(callers(ANN), NOTHING))
    const denied = participantRow(one, from(callers(ANN), { ...NOTHING, permission: 16 }))
    expect(row.removal).toEqual({ allowed: true })
    expect(denied.removal).toEqual({
      allowed: false,
      reason: expect.stringContaining('needs the admin or manager permission'),
    })
  })

  it('returns a new object when the caller, the action or the record changes', () => {
    const one = held()
    const row = participantRow(one, from(callers(), NOTHING))
    const known = participantRow(one, from(callers(ANN), NOTHING))
    const requested = participantRow(one, from(callers(ANN), ASKED))
    const left = merge(one, participantOf({ status: 'leaved', updatedAt: THEN + 1 }))
    const rows = [row, known, requested, participantRow(left, from(callers(ANN), NOTHING))]
    expect(new Set(rows).size).toBe(4)
  })

  it('overlays a requested removal without changing the record', () => {
    const one = held({ status: 'joined' })
    const row = participantRow(one, from(callers(), ASKED))
    expect(row).toMatchObject({ requested: true, removal: { allowed: false } })
    expect(row.participant).toBe(one.participant)
    expect(row.participant.status).toBe('joined')
    expect(participantRow(one, from(callers(), NOTHING))).toMatchObject({
      requested: false,
      removal: { allowed: true },
    })
  })

  it('tells which status the server reverted', () => {
    const back = merge(
      held({ status: 'leaving', updatedAt: THEN + 1 }),
      participantOf({ status: 'joined', updatedAt: THEN + 2 }),
    )
    expect(participantRow(back, from(callers(), NOTHING))).toMatchObject({
      steppedBack: { status: 'leaving', at: THEN + 1 },
      history: [{ status: 'leaving' }, { status: 'joined' }],
    })
    expect(rowOf().steppedBack).toBeUndefined()
  })
})

describe('the counts on the screen', () => {
  it('always have the four known statuses, by rank, then any other', () => {
    const byStatus = new Map([
      ['leaved', 1],
      ['held', 1],
      ['joined', 2],
    ])
    expect([...shownCounts(byStatus)]).toEqual([
      ['joining', 0],
      ['joined', 2],
      ['leaving', 0],
      ['leaved', 1],
      ['held', 1],
    ])
  })
})
