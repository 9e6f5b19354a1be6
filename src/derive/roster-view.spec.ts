import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Action } from '~/domain/action.ts'
import type { CallerFact } from '~/domain/call.ts'
import { merge, type RosterEntry } from '~/domain/merge.ts'
import { toMillis } from '~/domain/time.ts'
import { actionOf } from '~/testing/action.fixture.ts'
import { participantOf, THEN } from '~/testing/participant.fixture.ts'
import { localText } from '~/util/time-text.ts'
import type { IdList } from './id-list.ts'
import { sortRows } from './order.ts'
import type { Annotator, RowSources } from './participant-rows.ts'
import { searchTextOf, sortValueOf } from './participant-search.ts'
import { RosterView } from './roster-view.ts'
import {
  PARTICIPANT_COLUMNS,
  readParticipantView,
  type ParticipantColumn,
  type ParticipantView,
} from './view.ts'

const DEFAULT = readParticipantView(new URLSearchParams())
const HERE = participantOf().conferenceId ?? ''
const CALL = participantOf().referenceId ?? ''

type Wish = NonNullable<Parameters<typeof participantOf>[0]>

const entryOf = (wish: Wish = {}): RosterEntry => merge(undefined, participantOf(wish))

const sourcesOf = (
  callers: ReadonlyMap<string, CallerFact> = new Map(),
  removals: ReadonlyMap<string, Action> = new Map(),
  annotator?: Annotator,
): RowSources => ({
  callers,
  asked: { permission: null, removals, hangUps: new Map(), mutes: new Map(), holds: new Map() },
  annotator,
  conferenceName: () => 'Sales',
})

const read = (
  entries: readonly RosterEntry[],
  wish: Partial<ParticipantView> = {},
  sources = sourcesOf(),
) => new RosterView(HERE, entries).read({ ...DEFAULT, ...wish }, sources).ids.slice()

describe('the filter', () => {
  const updatedAt = THEN + 90_000_000
  const entry = entryOf({ updatedAt })
  const ann = new Map([[CALL, { name: 'Ann Lee', number: '+15551230001' }]])
  const found = (text: string) => read([entry], { text }, sourcesOf(ann)).length

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
  ])('finds a participant by %s', (_name, text) => {
    expect(found(text)).toBe(1)
  })

  it.each(['bob', 'ann bob', 'leaving', 'requested', 'annlee', '99accfb7'])(
    'does not find it by %s',
    (text) => {
      expect(found(text)).toBe(0)
    },
  )

  it('finds a participant that is being removed by the word in its row', () => {
    const removal = actionOf({ state: 'sending' })
    const sources = sourcesOf(new Map(), new Map([[removal.target.id, removal]]))
    const one = entryOf({ id: removal.target.id })
    expect(read([one], { text: 'requested' }, sources)).toEqual([one.participant.id])
  })

  it('finds a status and an id that the server sends with capitals', () => {
    const odd = entryOf({ id: 'ABC', status: 'OnHold' })
    expect(read([odd], { text: 'onhold abc' })).toEqual(['ABC'])
  })

  it('hides the given statuses and shows all others', () => {
    const all = ['joining', 'joined', 'leaved', 'held'].map((status) =>
      entryOf({ id: status, status }),
    )
    const shown = (hidden: readonly string[]) => read(all, { hidden }).toSorted()
    expect(shown(DEFAULT.hidden)).toEqual(['held', 'joined', 'joining'])
    expect(shown([])).toEqual(['held', 'joined', 'joining', 'leaved'])
    expect(shown(['held', 'joined'])).toEqual(['joining', 'leaved'])
  })
})

describe('the order', () => {
  it.each<[ParticipantColumn, string]>([
    ['who', 'abc'],
    ['status', 'cab'],
    // The participant with the shortest time in its status has the smallest value.
    ['since', 'bac'],
    ['created', 'cab'],
    ['updated', 'cab'],
    ['reference', 'bca'],
    ['id', 'abc'],
  ])('is by %s', (column, order) => {
    const all = [
      entryOf({
        id: 'a',
        status: 'joined',
        createdAt: THEN + 2,
        updatedAt: THEN + 8,
        referenceId: '3',
      }),
      entryOf({
        id: 'b',
        status: 'leaving',
        createdAt: THEN + 3,
        updatedAt: THEN + 9,
        referenceId: '1',
      }),
      entryOf({
        id: 'c',
        status: 'joining',
        createdAt: THEN + 1,
        updatedAt: THEN + 7,
        referenceId: '2',
      }),
    ]
    const callers = new Map(
      all.map(({ participant: { id, referenceId } }) => [
        referenceId ?? '',
        { name: id, number: '' },
      ]),
    )
    const sorted = (descending: boolean) =>
      read(all, { sort: { column, descending } }, sourcesOf(callers)).join('')
    expect(sorted(false)).toBe(order)
    expect(sorted(true)).toBe(order.split('').toReversed().join(''))
  })
})

describe('a second read of the view', () => {
  it('returns the same object while nothing has changed, and the same ids while the order has not', () => {
    const view = new RosterView(HERE, [entryOf({ id: 'a' }), entryOf({ id: 'b' })])
    const sources = sourcesOf()
    const first = view.read(DEFAULT, sources)
    expect(view.read({ ...DEFAULT }, sources)).toBe(first)
    view.note([{ id: 'a', after: entryOf({ id: 'a', status: 'leaving', updatedAt: THEN + 1 }) }])
    const second = view.read(DEFAULT, sources)
    expect(second).not.toBe(first)
    expect(second.ids).toBe(first.ids)
    expect(second.byStatus.get('leaving')).toBe(1)
  })

  it('leaves out one that no longer matches, whatever else has changed with it', () => {
    const view = new RosterView(HERE, [entryOf({ id: 'a' }), entryOf({ id: 'b' })])
    const options = {
      ...DEFAULT,
      text: 'status:joined',
      sort: { column: 'id', descending: false },
    } as const
    view.read(options, sourcesOf())
    view.note([
      { id: 'a', after: entryOf({ id: 'a', status: 'leaving', updatedAt: THEN + 1 }) },
      { id: 'b', after: entryOf({ id: 'b', updatedAt: THEN + 1 }) },
    ])
    expect(view.read(options, sourcesOf()).ids.slice()).toEqual(['b'])
  })

  it('draws a forgotten participant as it was last held', () => {
    const one = entryOf({ id: 'a' })
    const view = new RosterView(HERE, [one])
    view.note([{ id: 'a', after: undefined }])
    expect(view.read(DEFAULT, sourcesOf()).ids.slice()).toEqual([])
    expect(view.rowOf('a', sourcesOf())?.participant).toBe(one.participant)
  })

  it('prepares search texts for as long as it may', () => {
    const view = new RosterView(
      HERE,
      Array.from({ length: 1000 }, (_, at) => entryOf({ id: `p${at}` })),
    )
    view.read(DEFAULT, sourcesOf())
    let asked = 0
    expect(view.prepare(() => (asked += 1) < 3)).toBe(false)
    expect(view.prepare(() => true)).toBe(true)
    expect(view.prepare(() => false)).toBe(true)
    expect(view.read({ ...DEFAULT, text: 'p999' }, sourcesOf()).ids.slice()).toEqual(['p999'])
  })
})

interface Found {
  readonly entry: RosterEntry
  readonly sources: RowSources
  readonly now: number
}

/** What a query asks for, with the same said in code. */
const TERMS = new Map<string, (found: Found) => boolean>([
  ...['a', 'ann', '"ann lee"', 'join', '"call 1"', 'came', 'requested'].map(
    (term) => [term, (found: Found) => textOf(found).includes(term.replaceAll('"', ''))] as const,
  ),
  ['-ann', (found) => !textOf(found).includes('ann')],
  ['-"came back"', (found) => !textOf(found).includes('came back')],
  ['(555) 01', ({ entry, sources }) => callerOf(entry, sources)?.number === '+1 555-01'],
  ['status:joined', ({ entry }) => entry.participant.status === 'joined'],
  ['-status:joined,left', ({ entry }) => !/^(joined|leaved)$/.test(entry.participant.status)],
  ['name:ann', ({ entry, sources }) => callerOf(entry, sources)?.name === 'Ann Lee'],
  ['-name:ann', ({ entry, sources }) => callerOf(entry, sources)?.name !== 'Ann Lee'],
  ['number:155502', () => false],
  ['number:00155501', ({ entry, sources }) => callerOf(entry, sources)?.number === '+1 555-01'],
  ['number:+1555', ({ entry, sources }) => callerOf(entry, sources)?.number === '+1 555-01'],
  ['direction:out', ({ entry, sources }) => callerOf(entry, sources)?.direction === 'outgoing'],
  ['conf:sales', () => true],
  ['-conf:sales', () => false],
  ['type:call', () => true],
  ['call:"call 2"', ({ entry }) => entry.participant.referenceId === 'call 2'],
  [
    'older:1m',
    ({
      entry: {
        participant: { createdAt },
      },
      now,
    }) => createdAt !== null && now - toMillis(createdAt) > 60_000,
  ],
  [
    'newer:1m',
    ({
      entry: {
        participant: { createdAt },
      },
      now,
    }) => createdAt !== null && now - toMillis(createdAt) <= 60_000,
  ],
  ['came-back', ({ entry, sources }) => textOf({ entry, sources }).includes('came back')],
  [
    'stuck',
    ({
      entry: {
        participant: { status, updatedAt, createdAt },
      },
      now,
    }) => {
      const since = updatedAt ?? createdAt
      const limit = { leaving: 60_000, joining: 180_000 }[status]
      return since !== null && limit !== undefined && now - toMillis(since) > limit
    },
  ],
  [
    'removed',
    ({ entry, sources }) => sources.asked.removals.get(entry.participant.id)?.state === 'accepted',
  ],
])

const textOf = ({ entry, sources }: Pick<Found, 'entry' | 'sources'>) =>
  searchTextOf(entry, sources)

function callerOf({ participant }: RosterEntry, { callers }: RowSources) {
  const caller = callers.get(participant.referenceId ?? '')
  return caller === 'gone' ? undefined : caller
}

/** The clock of the server at first. Milliseconds. */
const NOW = toMillis(THEN) + 90_000

/** A view with its query by terms. */
interface Asked extends ParticipantView {
  readonly terms: readonly string[]
  /** Milliseconds after NOW. */
  readonly now: number
}

const ids = 'abcdefghij'.split('')
const wish = fc.record({
  id: fc.constantFrom(...ids),
  status: fc.constantFrom('joining', 'joined', 'leaving', 'leaved', 'on hold'),
  conferenceId: fc.constantFrom(HERE, HERE, HERE, 'elsewhere'),
  referenceId: fc.constantFrom('call 1', 'call 2', null),
  createdAt: fc.constantFrom(THEN, THEN + 1, THEN + 60_000_000, null),
  updatedAt: fc.constantFrom(null, THEN + 2, THEN + 90_000_000),
})
const caller = fc.constantFrom<CallerFact[]>(
  'gone',
  { name: 'Ann Lee', number: '+1 555-01', direction: 'incoming' },
  { name: 'bob', number: '', direction: 'outgoing' },
)
const annotator = fc.constantFrom<(Annotator | undefined)[]>(
  undefined,
  {
    mayComeBack: true,
    here: () => ({ search: 'came back', rejoin: { removedAt: 0, times: 1 } }),
    gone: () => undefined,
  },
  { mayComeBack: false, here: () => undefined, gone: () => ({ search: 'hung up' }) },
)
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ change: fc.array(wish, { minLength: 1, maxLength: 3 }) }) },
  { weight: 1, arbitrary: fc.record({ forget: fc.constantFrom(...ids) }) },
  { weight: 2, arbitrary: fc.record({ call: fc.constantFrom('call 1', 'call 2'), caller }) },
  {
    weight: 2,
    arbitrary: fc.record({
      annotator,
      removed: fc.constantFrom(null, ...ids),
      state: fc.constantFrom('sending', 'accepted'),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ terms: fc.subarray([...TERMS.keys()], { maxLength: 3 }) }),
  },
  { weight: 1, arbitrary: fc.record({ now: fc.constantFrom(0, 30_000, 3600_000) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      hidden: fc.constantFrom([], ['leaved'], ['joined', 'leaved']),
      sort: fc.record({
        column: fc.constantFrom(...PARTICIPANT_COLUMNS),
        descending: fc.boolean(),
      }),
    }),
  },
)

/** What matches, by looking at everything. */
function naive(
  all: ReadonlyMap<string, RosterEntry>,
  { terms, ...options }: Asked,
  sources: RowSources,
) {
  const isStatusAsked = terms.some((term) => term.includes('status:'))
  const rows = [...all.values()].flatMap((entry) => {
    const { id, status, conferenceId } = entry.participant
    const found = { entry, sources, now: NOW + options.now }
    const isFound = terms.every((term) => TERMS.get(term)?.(found))
    const isHidden = !isStatusAsked && options.hidden.includes(status)
    const isShown = conferenceId === HERE && !isHidden && isFound
    return isShown ? [{ id, key: sortValueOf(entry, options.sort.column, sources) }] : []
  })
  return sortRows(rows, ({ key }) => key, options.sort.descending).map(({ id }) => id)
}

describe('whatever changes', () => {
  it('a view shows the same as a new view of all participants', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), fc.boolean(), (steps, isPrepared) => {
        const all = new Map<string, RosterEntry>()
        const callers = new Map<string, CallerFact>()
        let sources = sourcesOf(callers)
        let options: Asked = { ...DEFAULT, terms: [], now: 0 }
        const handedOut: Array<{ list: IdList; was: readonly string[] }> = []
        const view = new RosterView(HERE, [])
        for (const one of steps) {
          if ('change' in one) {
            const changed = new Set(one.change.map(({ id }) => id))
            for (const each of one.change) all.set(each.id, entryOf(each))
            view.note([...changed].map((id) => ({ id, after: all.get(id) })))
          } else if ('forget' in one) {
            all.delete(one.forget)
            view.note([{ id: one.forget, after: undefined }])
          } else if ('call' in one) {
            callers.set(one.call, one.caller)
            const ofCall = [...all.values()].filter(
              ({ participant }) => participant.referenceId === one.call,
            )
            view.touch(ofCall.map(({ participant }) => participant.id))
          } else if ('annotator' in one) {
            const removal =
              one.removed === null ? [] : [[one.removed, actionOf({ state: one.state })] as const]
            sources = sourcesOf(callers, new Map(removal), one.annotator)
          } else options = Object.assign({}, options, one)
          const text = options.terms.join(' ')
          const shown = view.read({ ...options, text, now: NOW + options.now }, sources)
          expect(shown.ids.slice()).toEqual(naive(all, options, sources))
          handedOut.push({ list: shown.ids, was: naive(all, options, sources) })
          const here = [...all.values()].filter(
            ({ participant }) => participant.conferenceId === HERE,
          )
          expect(shown.total).toBe(here.length)
          for (const [status, count] of shown.byStatus) {
            expect(here.filter(({ participant }) => participant.status === status)).toHaveLength(
              count,
            )
          }
          if (isPrepared) view.prepare(() => true)
        }
        // A frozen table goes on drawing an old list.
        for (const { list, was } of handedOut) expect(list.slice()).toEqual(was)
      }),
      { numRuns: 500 },
    )
  })
})
