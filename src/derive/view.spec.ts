import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codePoint } from '~/testing/code-point.fixture.ts'
import {
  CONFERENCE_COLUMNS,
  DEFAULT_HIDDEN,
  PARTICIPANT_COLUMNS,
  linkProblems,
  mendedQuery,
  readConferenceView,
  readParticipantView,
  toggleHidden,
  writeConferenceView,
  writeParticipantView,
} from './view.ts'

/** Any text that a URL can hold, often with characters that could break the list. */
const text = fc.oneof(
  fc.string({ unit: codePoint }),
  fc.string({ unit: fc.constantFrom('%', ',', '2', '5', 'C', 'c', '&', '=', '+', '-', ' ', '#') }),
)

const sortOf = <C extends string>(columns: readonly C[]) =>
  fc.record({ column: fc.constantFrom(...columns), descending: fc.boolean() })

const participantView = fc.record({
  text,
  hidden: fc.uniqueArray(
    text.filter((status) => status !== ''),
    { maxLength: 5 },
  ),
  sort: sortOf(PARTICIPANT_COLUMNS),
  isGrouped: fc.boolean(),
  participant: fc.option(text.filter((id) => id !== '')),
  look: fc.constantFrom('', 'cols=who%2Cid&zone=utc', 'density=compact'),
})

/** The query string as another browser parses it from a link. */
const sent = (query: URLSearchParams): URLSearchParams =>
  new URL(`https://page.example/?${query}`).searchParams

describe('the view of a conference', () => {
  it('stays the same through a link', () => {
    fc.assert(
      fc.property(participantView, (view) => {
        expect(readParticipantView(sent(writeParticipantView(view)))).toEqual(view)
      }),
      { numRuns: 2000 },
    )
  })

  it('writes nothing for the default', () => {
    const view = readParticipantView(new URLSearchParams())
    expect(view).toEqual({
      text: '',
      hidden: ['leaved'],
      sort: { column: 'created', descending: true },
      isGrouped: false,
      participant: null,
      look: '',
    })
    expect(writeParticipantView(view).toString()).toBe('')
  })

  it('tells an empty hide list from the default', () => {
    const query = writeParticipantView({
      ...readParticipantView(new URLSearchParams()),
      hidden: [],
    })
    expect(query.toString()).toBe('hide=')
    expect(readParticipantView(query).hidden).toEqual([])
  })

  it('writes readable links', () => {
    const query = writeParticipantView({
      text: 'ann',
      hidden: ['leaving', 'leaved'],
      sort: { column: 'who', descending: true },
      isGrouped: true,
      participant: 'p1',
      look: 'zone=utc',
    })
    expect(decodeURIComponent(query.toString())).toBe(
      'q=ann&hide=leaving,leaved&sort=-who&group=conference&participant=p1&zone=utc',
    )
  })

  it.each([
    'sort=',
    'sort=-',
    'sort=--created',
    'sort=Created',
    'sort=name',
    'sort=toString',
    'sort=created ',
    'participant=',
    'q=',
    'something=else',
  ])('reads the invalid %s as the default', (query) => {
    expect(readParticipantView(new URLSearchParams(query))).toEqual(
      readParticipantView(new URLSearchParams()),
    )
  })

  it('hides a status once, even if a link repeats it', () => {
    expect(readParticipantView(new URLSearchParams('hide=a,,b,a,')).hidden).toEqual(['a', 'b'])
  })

  it('never throws, whatever the query', () => {
    fc.assert(
      fc.property(text, text, text, (hide, sort, rest) => {
        const query = new URLSearchParams(`hide=${hide}&sort=${sort}&${rest}`)
        expect(PARTICIPANT_COLUMNS).toContain(readParticipantView(query).sort.column)
      }),
    )
  })
})

describe('the view of the conferences', () => {
  it('stays the same through a link', () => {
    const view = fc.record({ text, withEmpty: fc.boolean(), sort: sortOf(CONFERENCE_COLUMNS) })
    fc.assert(
      fc.property(view, (one) => {
        expect(readConferenceView(sent(writeConferenceView(one)))).toEqual(one)
      }),
    )
  })

  it('writes nothing for the default', () => {
    const view = readConferenceView(new URLSearchParams('sort=who'))
    expect(view).toEqual({
      text: '',
      withEmpty: false,
      sort: { column: 'now', descending: true },
    })
    expect(writeConferenceView(view).toString()).toBe('')
  })
})

describe('toggleHidden', () => {
  it('hides a status and shows it again', () => {
    expect(toggleHidden(DEFAULT_HIDDEN, 'held')).toEqual(['leaved', 'held'])
    expect(toggleHidden(['leaved', 'held'], 'leaved')).toEqual(['held'])
    expect(DEFAULT_HIDDEN).toEqual(['leaved'])
  })
})

describe('a link that this version does not wholly understand', () => {
  it.each([
    ['q=ann&sort=-who&zone=utc&save=x', []],
    ['later=1&q=ann', ['The link has parts that are not known here: later.']],
    ['sort=nope', ['There is no column nope to sort by.']],
  ])('%s says what is ignored', (query, problems) => {
    expect(linkProblems(new URLSearchParams(query))).toEqual(problems)
  })

  it('is mended where a mail program has escaped its parts', () => {
    const query = mendedQuery(new URLSearchParams('q=ann&amp;sort=-who&amp;amp;hide='))
    expect(readParticipantView(query)).toMatchObject({
      text: 'ann',
      hidden: [],
      sort: { column: 'who', descending: true },
    })
    expect(linkProblems(query)).toEqual([])
  })
})
