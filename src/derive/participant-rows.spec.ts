import { describe, expect, it } from 'vitest'
import { actionOf } from '~/testing/action.fixture.ts'
import type { CallerFact } from '~/domain/call.ts'
import { merge, type RosterEntry } from '~/domain/merge.ts'
import { participantOf, THEN } from '~/testing/participant.fixture.ts'
import type { Participant } from '~/domain/participant.ts'
import { toMillis } from '~/domain/time.ts'
import { localText } from '~/util/time-text.ts'
import {
  countByStatus,
  inConference,
  participantRow,
  viewParticipants,
  type Asked,
  type ParticipantRow,
} from './participant-rows.ts'
import { readParticipantView, type ParticipantColumn } from './view.ts'

const DEFAULT = readParticipantView(new URLSearchParams())
const ANN: CallerFact = { name: 'Ann Lee', number: '+15551230001' }

const NOTHING: Asked = { permission: null, removals: new Map(), hangUps: new Map() }
const removal = actionOf({ state: 'sending' })
const ASKED: Asked = { ...NOTHING, removals: new Map([[removal.target.id, removal]]) }

const held = (wish: Parameters<typeof participantOf>[0] = {}): RosterEntry =>
  merge(undefined, participantOf(wish))

const callers = (fact?: CallerFact, callId = '8f1e0f52-7c3b-4a39-9d5e-0b6f3f8e2a11') =>
  new Map(fact ? [[callId, fact]] : [])

const rowOf = (wish: Parameters<typeof participantOf>[0] = {}, fact?: CallerFact): ParticipantRow =>
  participantRow(held(wish), callers(fact), NOTHING)

/** A row whose caller is called like its id. */
const named = (wish: Partial<Participant> & { id: string; referenceId: string }) =>
  participantRow(held(wish), callers({ name: wish.id, number: '' }, wish.referenceId), NOTHING)

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

  it('shows a name that turns text around by its code points', () => {
    expect(rowOf({}, { name: 'Ann\u202eeel', number: '' }).label).toBe('Ann⟨U+202E⟩eel')
  })

  it('is the very same object while nothing it shows has changed', () => {
    const one = held()
    const row = participantRow(one, callers(ANN), NOTHING)
    const more = new Map([...callers(ANN), ['another call', { name: 'Bob', number: '' }]])
    expect(participantRow(one, callers(ANN), NOTHING)).toBe(row)
    expect(participantRow(one, more, NOTHING)).toBe(row)
  })

  it('is another object when somebody signs in who may do less, and says why', () => {
    const one = held()
    const row = participantRow(one, callers(ANN), NOTHING)
    const denied = participantRow(one, callers(ANN), { ...NOTHING, permission: 16 })
    expect(row.removal).toEqual({ allowed: true })
    expect(denied.removal).toEqual({
      allowed: false,
      reason: expect.stringContaining('needs the admin or manager permission'),
    })
  })

  it('is another object when the caller, the request or the record is another', () => {
    const one = held()
    const row = participantRow(one, callers(), NOTHING)
    const known = participantRow(one, callers(ANN), NOTHING)
    const requested = participantRow(one, callers(ANN), ASKED)
    const left = merge(one, participantOf({ status: 'leaved', updatedAt: THEN + 1 }))
    const rows = [row, known, requested, participantRow(left, callers(ANN), NOTHING)]
    expect(new Set(rows).size).toBe(4)
  })

  it('lays a request over the record without touching it', () => {
    const one = held({ status: 'joined' })
    const row = participantRow(one, callers(), ASKED)
    expect(row).toMatchObject({ requested: true, removal: { allowed: false } })
    expect(row.participant).toBe(one.participant)
    expect(row.participant.status).toBe('joined')
    expect(participantRow(one, callers(), NOTHING)).toMatchObject({
      requested: false,
      removal: { allowed: true },
    })
  })

  it('tells what the server turned back', () => {
    const back = merge(
      held({ status: 'leaving', updatedAt: THEN + 1 }),
      participantOf({ status: 'joined', updatedAt: THEN + 2 }),
    )
    expect(participantRow(back, callers(), NOTHING)).toMatchObject({
      steppedBack: { status: 'leaving', at: THEN + 1 },
      history: [{ status: 'leaving' }, { status: 'joined' }],
    })
    expect(rowOf().steppedBack).toBeUndefined()
  })
})

describe('viewParticipants', () => {
  const updatedAt = THEN + 90_000_000
  const row = rowOf({ updatedAt }, ANN)
  const found = (text: string) => viewParticipants([row], { ...DEFAULT, text }).length

  it.each([
    ['nothing', ''],
    ['the name', 'ann'],
    ['capitals', 'LEE'],
    ['words in any order', 'lee ann'],
    ['the number', '555123'],
    ['the status', 'joined'],
    ['the reference type', 'call'],
    ['the reference', '8f1e0f52-7c3b'],
    ['the id', 'b8aa51f6'],
    ['the creation', localText(toMillis(THEN))],
    ['the last change', localText(toMillis(updatedAt))],
    ['words of several columns', 'lee joined b8aa'],
  ])('finds a row by %s', (_name, text) => {
    expect(found(text)).toBe(1)
  })

  it.each(['bob', 'ann bob', 'leaving', 'requested', 'annlee', '99accfb7'])(
    'does not find it by %s',
    (text) => {
      expect(found(text)).toBe(0)
    },
  )

  it('finds who is being removed by the word the row shows', () => {
    const requested = participantRow(held(), callers(), ASKED)
    expect(viewParticipants([requested], { ...DEFAULT, text: 'requested' })).toEqual([requested])
  })

  it('finds a status whose capitals are the server’s own', () => {
    const odd = rowOf({ status: 'OnHold' })
    expect(viewParticipants([odd], { ...DEFAULT, text: 'onhold' })).toEqual([odd])
  })

  it('hides the statuses it is told to, and shows any other', () => {
    const rows = ['joining', 'joined', 'leaved', 'held'].map((status) =>
      rowOf({ id: status, status }),
    )
    const shown = (hidden: readonly string[]) =>
      viewParticipants(rows, { ...DEFAULT, hidden })
        .map(({ id }) => id)
        .toSorted()
    expect(shown(DEFAULT.hidden)).toEqual(['held', 'joined', 'joining'])
    expect(shown([])).toEqual(['held', 'joined', 'joining', 'leaved'])
    expect(shown(['held', 'joined'])).toEqual(['joining', 'leaved'])
  })

  it.each<[ParticipantColumn, string]>([
    ['who', 'abc'],
    ['status', 'cab'],
    // Who is in their state for the shortest time is the smallest.
    ['since', 'bac'],
    ['created', 'cab'],
    ['updated', 'cab'],
    ['reference', 'bca'],
    ['id', 'abc'],
  ])('sorts by %s', (column, order) => {
    const rows = [
      named({
        id: 'a',
        status: 'joined',
        createdAt: THEN + 2,
        updatedAt: THEN + 8,
        referenceId: '3',
      }),
      named({
        id: 'b',
        status: 'leaving',
        createdAt: THEN + 3,
        updatedAt: THEN + 9,
        referenceId: '1',
      }),
      named({
        id: 'c',
        status: 'joining',
        createdAt: THEN + 1,
        updatedAt: THEN + 7,
        referenceId: '2',
      }),
    ]
    const sorted = (descending: boolean) =>
      viewParticipants(rows, { ...DEFAULT, sort: { column, descending } })
        .map(({ id }) => id)
        .join('')
    expect(sorted(false)).toBe(order)
    expect(sorted(true)).toBe(order.split('').toReversed().join(''))
  })
})

describe('countByStatus', () => {
  it('counts the four known statuses always, in order of the ladder, then any other', () => {
    const rows = ['leaved', 'held', 'joined', 'joined'].map((status) => rowOf({ status }))
    expect([...countByStatus(rows)]).toEqual([
      ['joining', 0],
      ['joined', 2],
      ['leaving', 0],
      ['leaved', 1],
      ['held', 1],
    ])
  })
})

describe('inConference', () => {
  it('picks those of one conference', () => {
    const [here, there, nowhere] = [
      held({ conferenceId: 'here' }),
      held({ conferenceId: 'there' }),
      held({ conferenceId: null }),
    ]
    const all = new Map([here, there, nowhere].map((one, index) => [`p${index}`, one]))
    expect(inConference(all, 'here')).toEqual([here])
    expect(inConference(all, 'elsewhere')).toEqual([])
  })
})
