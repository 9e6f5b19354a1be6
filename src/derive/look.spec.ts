import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DEFAULT_LOOK, isZone, movedColumn, parseLook, readLook, writeLook } from './look.ts'
import { PARTICIPANT_COLUMNS } from './view.ts'

describe('a look that was stored', () => {
  it.each([null, 'x', [], { columns: 'who', widths: 3, density: 'huge', zone: 'Mars', times: 1 }])(
    'and is damaged, %j, is the default',
    (found) => {
      expect(parseLook(found)).toEqual(DEFAULT_LOOK)
    },
  )

  it('keeps what is understood, and the name of the participant always', () => {
    const found = {
      columns: ['id', 'gone', 'status', 'id'],
      widths: { id: 'wide', gone: 'wide', status: 'enormous' },
      density: 'compact',
      zone: 'Asia/Tokyo',
      times: 'relative',
    }
    expect(parseLook(found)).toEqual({
      columns: ['who', 'id', 'status'],
      widths: { id: 'wide' },
      density: 'compact',
      zone: 'Asia/Tokyo',
      times: 'relative',
    })
  })
})

describe('the look of a link', () => {
  it('stays the same through it', () => {
    const look = fc.record({
      columns: fc
        .shuffledSubarray([...PARTICIPANT_COLUMNS])
        .filter((columns) => columns.includes('who')),
      widths: fc.constant({}),
      density: fc.constantFrom('normal' as const, 'compact' as const),
      zone: fc.constantFrom('local', 'utc', 'Europe/Berlin'),
      times: fc.constantFrom('absolute' as const, 'relative' as const),
    })
    fc.assert(
      fc.property(look, (one) => {
        const sent = new URLSearchParams(String(writeLook(one)))
        expect({ ...DEFAULT_LOOK, ...readLook(sent).look }).toEqual(one)
      }),
    )
  })

  it.each([
    ['zone=Mars', ['The link asks for zone=Mars, which is ignored.']],
    [
      'density=huge&times=never',
      [
        'The link asks for density=huge, which is ignored.',
        'The link asks for times=never, which is ignored.',
      ],
    ],
    ['cols=who,gone', ['There is no column gone.']],
  ])('%s says what is ignored', (query, problems) => {
    expect(readLook(new URLSearchParams(query)).problems).toEqual(problems)
  })
})

describe('a column', () => {
  it('moves by one place, and not past the ends', () => {
    expect(movedColumn(['who', 'id', 'status'], 'status', -1)).toEqual(['who', 'status', 'id'])
    expect(movedColumn(['who', 'id'], 'who', 1)).toEqual(['id', 'who'])
    const all = ['who', 'id'] as const
    expect(movedColumn(all, 'who', -1)).toBe(all)
    expect(movedColumn(all, 'id', 1)).toBe(all)
  })
})

describe('isZone', () => {
  it.each([
    ['local', true],
    ['utc', true],
    ['America/New_York', true],
    ['Mars/Olympus', false],
    ['', false],
  ])('%j: %j', (zone, is) => {
    expect(isZone(zone)).toBe(is)
  })
})
