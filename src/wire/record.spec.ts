import { describe, expect, it } from 'vitest'
import { merge } from '~/domain/merge.ts'
import { parseCall } from './calls.ts'
import { parseConference } from './conferences.ts'
import { parseEvent } from './events.ts'
import call from './fixtures/call.json'
import conference from './fixtures/conference.json'
import participant from './fixtures/conferencecall.json'
import { parseParticipant } from './participants.ts'
import { parseRows } from './record.ts'

/** JSON text that is nested `levels` deep. */
const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels)

/** A record as JSON text, with a value in one field that is too deep for JSON.stringify. */
const withDeep = (record: object, field: string, levels: number): string =>
  JSON.stringify({ ...record, [field]: 'DEEP' }).replace('"DEEP"', nested(levels))

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a record was written
const parse = (text: string) => JSON.parse(text) as Record<string, unknown>

const NOUNS = [
  ['participant', participant, parseParticipant],
  ['conference', conference, parseConference],
  ['call', call, parseCall],
] as const

describe.each(NOUNS)('a %s nested too deep', (_noun, record, read) => {
  const fields = [...Object.keys(record), 'an_unknown_field'].filter(
    // direct_hash is dropped before the record is parsed.
    (field) => field !== 'id' && field !== 'direct_hash',
  )

  it.each(fields)('loses the field %s and no other', (field) => {
    const whole = read(record)
    const found = read(parse(withDeep(record, field, 100_000)))
    expect(found?.id).toBe(whole?.id)
    expect(found?.problems).toEqual([{ field, text: `${field} is nested too deep to be shown` }])
    // The result can be stringified, compared and cloned.
    expect(JSON.stringify(found)).toContain('left out')
    expect(() => structuredClone(found)).not.toThrow()
  })

  it('is not a record when its id cannot be parsed', () => {
    expect(read(parse(withDeep(record, 'id', 100_000)))).toBeNull()
  })

  it('keeps values that are nested less deep', () => {
    const raw = parse(withDeep(record, 'data', 100))
    expect(read(raw)?.raw['data']).toEqual(raw['data'])
    expect(read(raw)?.problems).toEqual([])
  })
})

it('keeps a deeply nested row that is not a record as unreadable', () => {
  const { records, unreadable } = parseRows(
    [JSON.parse(nested(100_000)), participant],
    parseParticipant,
  )
  expect(records).toHaveLength(1)
  expect(unreadable).toHaveLength(1)
  expect(JSON.stringify(unreadable)).toContain('left out')
})

it('parses a frame that is nested too deep', () => {
  const event = parseEvent(withDeep(conference, 'data', 100_000))
  expect(event).toMatchObject({ kind: 'conference', record: { id: conference.id } })
})

it('merges a record that is nested too deep with an earlier one', () => {
  const whole = parseParticipant(participant)
  const deep = parseParticipant(parse(withDeep(participant, 'room', 100_000)))
  if (!whole || !deep) throw new Error('both have an id')
  const held = merge(merge(undefined, whole), deep)
  expect(held.participant.problems).toEqual([])
  expect(merge(held, deep)).toBe(held)
})
