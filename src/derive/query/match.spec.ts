import { describe, expect, it } from 'vitest'
import { merge } from '~/domain/merge.ts'
import { participantOf } from '~/testing/participant.fixture.ts'
import { RosterView } from '../roster-view.ts'
import { readParticipantView } from '../view.ts'
import { numberNeedles } from './match.ts'

const CALL = participantOf().referenceId ?? ''

/** Whether a query finds one participant with this caller. */
function finds(
  text: string,
  caller: { name?: string; number?: string },
  status = 'joined',
  isAcross = true,
): boolean {
  const view = new RosterView(null, [merge(undefined, participantOf({ status }))])
  const known = { name: '', number: '', ...caller }
  const shown = view.read(
    { ...readParticipantView(new URLSearchParams()), text },
    {
      callers: new Map([[CALL, known]]),
      asked: {
        permission: null,
        removals: new Map(),
        hangUps: new Map(),
        mutes: new Map(),
        holds: new Map(),
      },
      annotator: undefined,
      conferenceName: () => 'Café Sales, EMEA',
      isAcross,
    },
  )
  return shown.ids.length === 1
}

describe('a number', () => {
  it.each([
    '+1 555 010',
    '(555) 010',
    '555-0104711',
    '4711',
    '001 555 010',
    'tel:+1-555-010-4711',
    '０１０４７１１',
    '٤٧١١',
    '+1.555.010.4711',
    'number:4711',
    '-number:4712',
    '1 555',
  ])('is found by %s', (text) => {
    expect(finds(text, { number: '+15550104711' })).toBe(true)
  })

  it.each(['+555', '4712', '+1 555 011', 'number:+4711', '-number:4711'])(
    'is not found by %s',
    (text) => {
      expect(finds(text, { number: '+15550104711' })).toBe(false)
    },
  )

  it('is found as it is dialled within the country', () => {
    expect(finds('0171 234', { number: '+491712345' })).toBe(true)
  })

  it('that is written with gaps is found without', () => {
    expect(finds('5550104711', { number: '+1 (555) 010-4711' })).toBe(true)
  })

  it('may be part of a name', () => {
    expect(finds('room 5 3', { name: 'Room 3, line 5' })).toBe(true)
  })

  it.each([
    ['+1 (555)', ['+1555']],
    ['0049 30', ['+4930', '004930']],
    ['030 12', ['03012', '3012']],
    ['07', ['07']],
  ])('%s is looked for as %j', (written, needles) => {
    expect(numberNeedles(written)).toEqual(needles)
  })
})

describe('a name', () => {
  it.each(['jose', 'JOSÉ', 'ｊｏｓｅ', 'jo"se m"', '"José  María"', 'name:maria', '-name:ann'])(
    'is found by %s',
    (text) => {
      expect(finds(text, { name: 'José \u00A0María' })).toBe(true)
    },
  )

  it('is not found across words by a phrase in another order', () => {
    expect(finds('"maria jose"', { name: 'José María' })).toBe(false)
  })

  it.each(['.*', 'a|b', '^jose', 'jo.e'])('is not matched by the pattern %s', (text) => {
    expect(finds(text, { name: 'José' })).toBe(false)
  })
})

describe('a conference', () => {
  it.each(['conf:cafe', 'conf:"sales, emea"', 'conf:99accfb7', 'emea', 'conf:other,cafe'])(
    'is found by %s',
    (text) => {
      expect(finds(text, {})).toBe(true)
    },
  )
})

describe('the name of the conference', () => {
  it('finds its participants by a word where there are several conferences, and by its field everywhere', () => {
    expect(finds('emea', {}, 'joined', false)).toBe(false)
    expect(finds('conf:emea', {}, 'joined', false)).toBe(true)
  })
})

describe('a status', () => {
  it.each(['status:left', 'status:leaved', 'status:LEF', 'status:joining,left'])(
    'that is hidden is shown when asked for by %s',
    (text) => {
      expect(finds(text, {}, 'leaved')).toBe(true)
      expect(finds(text, {}, 'leaving')).toBe(false)
    },
  )

  it('that is hidden stays so while another condition is asked for', () => {
    expect(finds('type:call', {}, 'leaved')).toBe(false)
  })
})
