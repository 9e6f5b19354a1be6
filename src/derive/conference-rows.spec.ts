import { describe, expect, it } from 'vitest'
import type { Conference } from '~/domain/conference.ts'
import { THEN } from '~/testing/participant.fixture.ts'
import { toMillis } from '~/domain/time.ts'
import { localText } from '~/util/time-text.ts'
import { parseConference } from '~/wire/conferences.ts'
import fixture from '~/wire/fixtures/conference.json'
import {
  conferenceRow,
  rowKeeper,
  unlistedIds,
  viewConferences,
  type ConferenceRow,
} from './conference-rows.ts'
import { readConferenceView, type ConferenceColumn, type ConferenceView } from './view.ts'

const DEFAULT = readConferenceView(new URLSearchParams())

function conferenceOf(wish: Partial<Conference> = {}): Conference {
  const conference = parseConference(fixture)
  if (!conference) throw new Error('the fixture is a conference')
  return { ...conference, ...wish }
}

const countsOf = (byStatus: Readonly<Record<string, number>>, changedAt: number) => ({
  byStatus: new Map(Object.entries(byStatus)),
  live: 0,
  changedAt,
})

const counts = new Map([
  [
    'a',
    {
      byStatus: new Map([
        ['joined', 2],
        ['leaved', 1],
        ['held', 1],
      ]),
      live: 3,
      changedAt: THEN + 9,
    },
  ],
  [
    'b',
    {
      byStatus: new Map([
        ['leaved', 1],
        ['joined', 1],
      ]),
      live: 0,
      changedAt: THEN,
    },
  ],
])
const roster = { conferences: () => counts.keys(), countsOf: (id: string) => counts.get(id) }

describe('unlistedIds', () => {
  it('are conferences with live participants that the server does not list', () => {
    expect(unlistedIds(roster, [])).toEqual(['a'])
    expect(unlistedIds(roster, [conferenceOf({ id: 'a' })])).toEqual([])
    expect(unlistedIds(roster, [conferenceOf({ id: 'b' })])).toEqual(['a'])
  })
})

describe('conferenceRow', () => {
  it('takes its label from the conference, else from the short id', () => {
    const id = '99accfb7-c0dd-4a54-997d-dd18af7bc280'
    expect(conferenceRow(id, conferenceOf()).label).toBe('Standup')
    expect(conferenceRow(id, conferenceOf({ name: '' })).label).toBe('99accfb7')
    expect(conferenceRow(id, null).label).toBe('99accfb7')
    expect(conferenceRow(id, conferenceOf({ name: 'a\u202eb' })).label).toBe('a⟨U+202E⟩b')
  })

  it.each([
    [THEN, THEN + 1, THEN + 2, THEN + 2],
    [THEN, THEN + 3, THEN + 2, THEN + 3],
    [THEN + 4, null, THEN + 2, THEN + 4],
    [THEN, null, 0, THEN],
    [null, null, 0, null],
  ])(
    'created %s, updated %s, latest participant %s: changed %s',
    (createdAt, updatedAt, inIt, at) => {
      const one = { byStatus: new Map(), live: 0, changedAt: inIt }
      expect(
        conferenceRow('a', conferenceOf({ createdAt, updatedAt }), { counts: one }).changedAt,
      ).toBe(at)
    },
  )

  it('uses the change of its participants when the conference is not read yet', () => {
    expect(conferenceRow('a', null, { counts: counts.get('a') })).toMatchObject({
      conference: null,
      changedAt: THEN + 9,
    })
    expect(conferenceRow('a', null).changedAt).toBeNull()
  })
})

describe('the count of participants that came back', () => {
  it('is found by its words, and is zero where none is known', () => {
    const [back, none] = [conferenceRow('a', null, { cameBack: 2 }), conferenceRow('b', null)]
    expect([back.cameBack, none.cameBack]).toEqual([2, 0])
    expect(viewConferences([back, none], { ...DEFAULT, text: 'came back' }).shown).toEqual([back])
  })
})

describe('the count of stuck participants', () => {
  it('is found by its word, and is zero where none is known', () => {
    const [stuck, none] = [conferenceRow('a', null, { stuck: 1 }), conferenceRow('b', null)]
    expect([stuck.stuck, none.stuck]).toEqual([1, 0])
    expect(viewConferences([stuck, none], { ...DEFAULT, text: 'stuck' }).shown).toEqual([stuck])
  })
})

describe('viewConferences', () => {
  const row = conferenceRow('99accfb7-c0dd', conferenceOf(), { counts: counts.get('a') })
  const found = (text: string) => viewConferences([row], { ...DEFAULT, text }).shown.length

  it.each([
    '',
    'stand',
    'STANDUP',
    '99accfb7',
    'conference',
    'progressing',
    'progressing standup',
    'in progress',
    localText(Date.parse(fixture.tm_create)),
    localText(Date.parse(fixture.tm_update)),
  ])('finds a row by "%s"', (text) => {
    expect(found(text)).toBe(1)
  })

  it.each(['sales', 'standup sales', 'null', 'undefined', localText(toMillis(THEN) - 86_400_000)])(
    'does not find a row by "%s"',
    (text) => {
      expect(found(text)).toBe(0)
      expect(viewConferences([conferenceRow('x', null)], { ...DEFAULT, text }).shown).toEqual([])
    },
  )

  it.each<[ConferenceColumn, string, string]>([
    ['name', 'abc', 'cba'],
    ['type', 'bac', 'abc'],
    ['status', 'bac', 'abc'],
    ['joining', 'acb', 'bac'],
    ['joined', 'bca', 'abc'],
    ['leaving', 'abc', 'abc'],
    ['leaved', 'abc', 'cab'],
    ['created', 'bac', 'abc'],
    ['changed', 'cba', 'abc'],
  ])('sorts by %s, unknown values last', (column, ascending, descending) => {
    const [a, b] = [
      conferenceOf({
        name: 'a',
        type: 'queue',
        status: 'terminated',
        createdAt: 9,
        updatedAt: null,
      }),
      conferenceOf({ name: 'b', type: 'connect', status: 'starting', createdAt: 7, updatedAt: 8 }),
    ]
    const rows = [
      conferenceRow('c', null, { counts: countsOf({ leaved: 2 }, 3) }),
      conferenceRow('a', a, { counts: countsOf({ joined: 10 }, 1) }),
      conferenceRow('b', b, { counts: countsOf({ joining: 1 }, 1) }),
    ]
    const sorted = (isDescending: boolean) =>
      viewConferences(rows, {
        ...DEFAULT,
        withEmpty: true,
        sort: { column, descending: isDescending },
      })
        .shown.map(({ id }) => id)
        .join('')
    expect(sorted(false)).toBe(ascending)
    expect(sorted(true)).toBe(descending)
  })
})

const nowRow = (id: string, live: number, further: { stuck?: number; cameBack?: number } = {}) =>
  conferenceRow(id, conferenceOf({ createdAt: id.codePointAt(0) ?? 0 }), {
    counts: { ...countsOf({}, 1), live },
    ...further,
  })

const orderOf = (rows: readonly ConferenceRow[], descending = true) =>
  viewConferences(rows, { ...DEFAULT, withEmpty: true, sort: { column: 'now', descending } })
    .shown.map(({ id }) => id)
    .join('')

describe('the order by what matters now', () => {
  it('is that of a list whose address says no other', () => {
    expect(DEFAULT.sort).toEqual({ column: 'now', descending: true })
  })

  it('has stuck participants and returns first, then most people in, then the newest', () => {
    const rows = [
      nowRow('a', 3),
      nowRow('b', 3),
      nowRow('c', 9),
      nowRow('d', 0),
      nowRow('e', 1, { cameBack: 1 }),
      nowRow('f', 2, { stuck: 5 }),
    ]
    expect(orderOf(rows)).toBe('fecbad')
    expect(orderOf(rows, false)).toBe('dbacef')
  })

  it('does not change by what happens to the same people in equal conferences', () => {
    const [a, b] = [nowRow('a', 3), nowRow('b', 3)]
    const busy = { ...a, changedAt: 9e15, counts: { ...countsOf({ joined: 3 }, 9), live: 3 } }
    expect(orderOf([a, b])).toBe('ba')
    expect(orderOf([busy, b])).toBe('ba')
  })
})

function idsOf(rows: readonly ConferenceRow[], view: Partial<ConferenceView> = {}) {
  const { shown, empty } = viewConferences(rows, { ...DEFAULT, ...view })
  return [shown.map(({ id }) => id).toSorted(), empty]
}

describe('empty conferences', () => {
  const busy = conferenceRow('busy', null, { counts: { ...countsOf({ joined: 1 }, 1), live: 1 } })
  const empty = conferenceRow('empty', null)
  const unread = conferenceRow('unread', null, { isPartial: true })
  it('are folded away where others are not empty, and counted', () => {
    expect(idsOf([busy, empty, unread])).toEqual([['busy', 'unread'], 1])
    expect(idsOf([busy, empty, unread], { withEmpty: true })).toEqual([
      ['busy', 'empty', 'unread'],
      1,
    ])
  })

  it('are listed where all are empty, and when they are searched for', () => {
    expect(idsOf([empty])).toEqual([['empty'], 0])
    expect(idsOf([busy, empty], { text: 'empty' })).toEqual([['empty'], 0])
  })
})

/** A row with so many participants that are present. */
const fullRow = (id: string, live: number, more = {}) =>
  conferenceRow(id, null, { counts: { ...countsOf({ joined: live }, 1), live }, ...more })

describe('what needs a look', () => {
  it('puts conferences with stuck or returned participants first, then the fullest', () => {
    const rows = [
      fullRow('a', 3),
      fullRow('b', 1, { stuck: 1 }),
      fullRow('c', 40),
      fullRow('d', 2, { cameBack: 1 }),
    ]
    expect(viewConferences(rows, DEFAULT).shown.map(({ id }) => id)).toEqual(['d', 'b', 'c', 'a'])
    expect(idsOf(rows, { text: 'stuck' })).toEqual([['b'], 0])
  })
})

describe('rowKeeper', () => {
  const [a, b] = [conferenceOf({ id: 'a' }), conferenceOf({ id: 'b' })]
  const sources = () => [
    { id: 'a', conference: a, counts: counts.get('a') },
    { id: 'b', conference: b, counts: counts.get('b'), isPartial: true },
  ]

  it('keeps the list and its rows while nothing has changed', () => {
    const keep = rowKeeper()
    const rows = keep(sources())
    expect(rows.map(({ id }) => id)).toEqual(['a', 'b'])
    expect(keep(sources())).toBe(rows)
  })

  it.each([
    ['conference', { conference: conferenceOf({ id: 'b' }) }],
    ['counts', { counts: countsOf({ joined: 1 }, 1) }],
    ['known part', { isPartial: false }],
    ['returns', { cameBack: 1 }],
    ['known returns', { isCameBackPartial: true }],
    ['number of stuck participants', { stuck: 1 }],
  ])('makes only that row anew whose %s changed', (_what, change) => {
    const keep = rowKeeper()
    const [kept, old] = keep(sources())
    const [first, second] = sources()
    const rows = first && second ? keep([first, { ...second, ...change }]) : []
    expect(rows[0]).toBe(kept)
    expect(rows[1]).not.toBe(old)
    expect(rows[1]).toMatchObject(change)
  })

  it('makes another list for another order, and drops what is not there any more', () => {
    const keep = rowKeeper()
    const rows = keep(sources())
    expect(keep(sources().toReversed())).toEqual(rows.toReversed())
    expect(keep(sources().slice(1))).toEqual([rows[1]])
  })
})
