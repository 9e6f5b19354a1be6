import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RawRecord } from '~/domain/record.ts'
import page from './fixtures/conferencecalls-page.json'
import fixture from './fixtures/conferencecall.json'
import seed from './fixtures/conferencecall-seed.json'
import { parseParticipant } from './participants.ts'
import { isRecord, parseRows } from './record.ts'

const micros = (iso: string, more = 0): number => Date.parse(iso) * 1000 + more

/** `conferencecall.json` as a domain object. */
const wanted = {
  id: 'b8aa51f6-5cc1-40ba-9737-45ca24dab153',
  customerId: '5e4a0680-804e-11ec-8477-2fea5968d85b',
  activeflowId: '0a7a9f1c-2f0e-4a55-9a0e-6a1d3f1a2b3c',
  conferenceId: '99accfb7-c0dd-4a54-997d-dd18af7bc280',
  referenceType: 'call',
  referenceId: '8f1e0f52-7c3b-4a39-9d5e-0b6f3f8e2a11',
  status: 'joined',
  createdAt: micros('2026-01-15T09:30:00Z', 123_456),
  updatedAt: null,
  deletedAt: null,
}

/** For each key of the wire the field, its value when the key is absent, and whether every record has the key. */
const KEYS = [
  ['customer_id', 'customerId', null, 'always there'],
  ['activeflow_id', 'activeflowId', null, 'may be absent'],
  ['conference_id', 'conferenceId', null, 'always there'],
  ['reference_type', 'referenceType', null, 'always there'],
  ['reference_id', 'referenceId', null, 'always there'],
  ['status', 'status', 'unknown', 'always there'],
  ['tm_create', 'createdAt', null, 'always there'],
  ['tm_update', 'updatedAt', null, 'may be absent'],
  ['tm_delete', 'deletedAt', null, 'may be absent'],
] as const

const without = (record: RawRecord, key: string): RawRecord =>
  Object.fromEntries(Object.entries(record).filter(([one]) => one !== key))

describe('parseParticipant', () => {
  it('parses every field of the record of today', () => {
    expect(parseParticipant(fixture)).toEqual({ ...wanted, raw: fixture, problems: [] })
  })

  it('parses the record of an older server: sentinel times, no zone, no activeflow_id', () => {
    expect(parseParticipant(seed)).toEqual({
      ...wanted,
      activeflowId: null,
      status: 'joining',
      createdAt: micros('2022-08-06T16:57:12Z', 247_946),
      raw: seed,
      problems: [],
    })
  })

  it('keeps unknown keys in raw', () => {
    const more = { ...fixture, room: { floor: 3 } }
    expect(parseParticipant(more)?.raw).toEqual(more)
    expect(parseParticipant(more)?.problems).toEqual([])
  })

  it('keeps an unknown status as it came', () => {
    expect(parseParticipant({ ...fixture, status: 'held' })).toMatchObject({
      status: 'held',
      problems: [],
    })
  })

  it('reads the zero UUID as none', () => {
    const none = '00000000-0000-0000-0000-000000000000'
    const read = parseParticipant({ ...fixture, reference_id: none, activeflow_id: none })
    expect(read).toMatchObject({ referenceId: null, activeflowId: null, problems: [] })
  })

  it.each(KEYS)('parses the other fields when %s is absent', (key, field, value, presence) => {
    const problems = presence === 'always there' ? [{ field: key, text: `${key} is missing` }] : []
    const record = without(fixture, key)
    expect(parseParticipant(record)).toEqual({ ...wanted, [field]: value, raw: record, problems })
  })

  it.each([[undefined], [null], [''], [7], [{}]])('returns null with the id %j', (id) => {
    expect(parseParticipant({ ...fixture, id })).toBeNull()
  })

  it('loses at most one field to one bad value, and names it', () => {
    fc.assert(
      fc.property(fc.constantFrom(...KEYS), fc.jsonValue(), ([key, field], value) => {
        const record = { ...fixture, [key]: value }
        const read = parseParticipant(record)
        const named = read?.problems ?? []
        expect(read).toEqual({
          ...wanted,
          [field]: read?.[field],
          raw: record,
          problems: named.map(() => ({ field: key, text: expect.stringContaining(key) })),
        })
        expect(named.length).toBeLessThanOrEqual(1)
        const isOfAnotherType = typeof value !== 'string' && value !== null
        expect(named.length).toBeGreaterThanOrEqual(Number(isOfAnotherType))
      }),
      { numRuns: 2000 },
    )
  })

  it('never throws', () => {
    const keys = ['id', ...KEYS.map(([key]) => key)]
    const record = fc.dictionary(fc.oneof(fc.constantFrom(...keys), fc.string()), fc.jsonValue())
    fc.assert(
      fc.property(record, (raw) => {
        const read = parseParticipant(raw)
        expect(read === null).toBe(typeof raw['id'] !== 'string' || raw['id'] === '')
      }),
      { numRuns: 2000 },
    )
  })
})

describe('parseRows', () => {
  it('parses the page of the fixture in its order', () => {
    const { records, unreadable } = parseRows(page.result, parseParticipant)
    expect(records.map(({ status }) => status)).toEqual(['joined', 'leaved'])
    expect(records.map(({ updatedAt }) => updatedAt)).toEqual([
      micros('2026-01-15T09:30:04Z', 500_000),
      micros('2026-01-15T09:28:13Z', 70_000),
    ])
    expect(unreadable).toEqual([])
  })

  it('keeps rows that are not records, and says why', () => {
    const rows = [null, 'joined', 7, [fixture], true, {}, fixture]
    const { records, unreadable } = parseRows(rows, parseParticipant)
    expect(records).toHaveLength(1)
    expect(unreadable).toEqual([
      ...[null, 'joined', 7, [fixture], true].map((raw) => ({
        raw,
        text: 'It is not a record.',
      })),
      { raw: {}, text: 'It has no id.' },
    ])
  })

  it('loses no row', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.jsonValue(), fc.constant(fixture))), (rows) => {
        const { records, unreadable } = parseRows(rows, parseParticipant)
        expect(records.length + unreadable.length).toBe(rows.length)
        expect(unreadable.filter(({ raw }) => isRecord(raw) && raw['id'] === fixture.id)).toEqual(
          [],
        )
      }),
    )
  })
})
