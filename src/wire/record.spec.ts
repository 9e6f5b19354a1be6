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

/** JSON text nested so many levels deep. */
const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels)

/** A record as text, with a value in one field that JSON.stringify could not write. */
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
  const fields = [...Object.keys(record), 'a_field_nobody_knows'].filter(
    // The secret is dropped before anything else.
    (field) => field !== 'id' && field !== 'direct_hash',
  )

  it.each(fields)('costs the field %s and nothing else', (field) => {
    const whole = read(record)
    const found = read(parse(withDeep(record, field, 100_000)))
    expect(found?.id).toBe(whole?.id)
    expect(found?.problems).toEqual([{ field, text: `${field} is nested too deep to be shown` }])
    // What is kept can be written, compared and handed to another tab.
    expect(JSON.stringify(found)).toContain('left out')
    expect(() => structuredClone(found)).not.toThrow()
  })

  it('is no record without an id that can be read', () => {
    expect(read(parse(withDeep(record, 'id', 100_000)))).toBeNull()
  })

  it('keeps what is nested less deep', () => {
    const raw = parse(withDeep(record, 'data', 100))
    expect(read(raw)?.raw['data']).toEqual(raw['data'])
    expect(read(raw)?.problems).toEqual([])
  })
})

it('keeps a row that is no record and nested too deep as one that cannot be read', () => {
  const { records, unreadable } = parseRows(
    [JSON.parse(nested(100_000)), participant],
    parseParticipant,
  )
  expect(records).toHaveLength(1)
  expect(unreadable).toHaveLength(1)
  expect(JSON.stringify(unreadable)).toContain('left out')
})

it('reads a frame nested too deep', () => {
  const event = parseEvent(withDeep(conference, 'data', 100_000))
  expect(event).toMatchObject({ kind: 'conference', record: { id: conference.id } })
})

it('merges a record nested too deep with the same record as it was', () => {
  const whole = parseParticipant(participant)
  const deep = parseParticipant(parse(withDeep(participant, 'room', 100_000)))
  if (!whole || !deep) throw new Error('both have an id')
  const held = merge(merge(undefined, whole), deep)
  expect(held.participant.problems).toEqual([])
  expect(merge(held, deep)).toBe(held)
})
