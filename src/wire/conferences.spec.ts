import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseConference } from './conferences.ts'
import empty from './fixtures/conference-empty.json'
import fixture from './fixtures/conference.json'

const { direct_hash: secret, ...safe } = fixture

/** `conference.json` as a domain object. */
const wanted = {
  id: '99accfb7-c0dd-4a54-997d-dd18af7bc280',
  customerId: '5e4a0680-804e-11ec-8477-2fea5968d85b',
  type: 'conference',
  status: 'progressing',
  name: 'Standup',
  detail: 'Every weekday',
  timeout: 3600,
  participantIds: ['b8aa51f6-5cc1-40ba-9737-45ca24dab153'],
  recordingId: null,
  recordingIds: ['c1d2e3f4-a5b6-4788-99aa-bbccddeeff00'],
  isTranscribing: false,
  createdAt: Date.parse('2026-01-15T09:00:00Z') * 1000,
  updatedAt: Date.parse('2026-01-15T09:30:04.512Z') * 1000,
  endedAt: null,
  deletedAt: null,
}

/** For each key of the wire the field, its value when the key is absent, and whether every record has the key. */
const KEYS = [
  ['customer_id', 'customerId', null, 'always there'],
  ['type', 'type', null, 'always there'],
  ['status', 'status', 'unknown', 'always there'],
  ['name', 'name', '', 'may be absent'],
  ['detail', 'detail', '', 'may be absent'],
  ['timeout', 'timeout', 0, 'may be absent'],
  ['conferencecall_ids', 'participantIds', [], 'may be absent'],
  ['recording_id', 'recordingId', null, 'may be absent'],
  ['recording_ids', 'recordingIds', [], 'may be absent'],
  ['transcribe_id', 'isTranscribing', false, 'may be absent'],
  ['tm_create', 'createdAt', null, 'always there'],
  ['tm_update', 'updatedAt', null, 'may be absent'],
  ['tm_end', 'endedAt', null, 'may be absent'],
  ['tm_delete', 'deletedAt', null, 'may be absent'],
] as const

describe('parseConference', () => {
  it('parses every field', () => {
    expect(parseConference(fixture)).toEqual({ ...wanted, raw: safe, problems: [] })
  })

  it('parses an empty conference, whose empty keys are absent', () => {
    expect(parseConference(empty)).toMatchObject({
      name: '',
      detail: '',
      timeout: 0,
      participantIds: [],
      updatedAt: null,
      problems: [],
    })
  })

  it('keeps the id of a recording, and sets isTranscribing, unless the id is all zeros', () => {
    const id = 'c1d2e3f4-a5b6-4788-99aa-bbccddeeff00'
    expect(parseConference({ ...fixture, recording_id: id })).toMatchObject({
      recordingId: id,
      isTranscribing: false,
    })
    expect(parseConference({ ...fixture, transcribe_id: id })).toMatchObject({
      recordingId: null,
      isTranscribing: true,
    })
  })

  it('parses the times of older servers', () => {
    const never = '9999-01-01 00:00:00.000000'
    const old = {
      ...fixture,
      tm_create: '2026-01-15 09:00:00.000000',
      tm_end: never,
      tm_delete: never,
    }
    expect(parseConference(old)).toMatchObject({
      createdAt: wanted.createdAt,
      endedAt: null,
      deletedAt: null,
      problems: [],
    })
  })

  it('drops direct_hash, with which anyone could dial in', () => {
    expect(secret).not.toBe('')
    expect(JSON.stringify(parseConference(fixture))).not.toContain(secret)
    expect(Object.keys(parseConference(fixture)?.raw ?? {})).not.toContain('direct_hash')
    // The record that was passed in stays as it was.
    expect(fixture.direct_hash).toBe(secret)
  })

  it.each(KEYS)('parses the other fields when %s is absent', (key, field, value, presence) => {
    const drop = (record: object) =>
      Object.fromEntries(Object.entries(record).filter(([one]) => one !== key))
    const problems = presence === 'always there' ? [{ field: key, text: `${key} is missing` }] : []
    expect(parseConference(drop(fixture))).toEqual({
      ...wanted,
      [field]: value,
      raw: drop(safe),
      problems,
    })
  })

  it.each([
    ['conferencecall_ids', 'x', 'is not a list'],
    ['conferencecall_ids', ['a', 7], 'is not a list of ids'],
    ['timeout', '3600', 'is not a number'],
    ['name', 7, 'is not text'],
    ['status', null, 'is not text'],
    ['tm_end', 'soon', 'is not a time'],
    ['tm_create', null, 'is missing'],
  ])('names the problem of %s: %j', (field, value, what) => {
    expect(parseConference({ ...fixture, [field]: value })?.problems).toEqual([
      { field, text: `${field} ${what}` },
    ])
  })

  it('returns null without an id', () => {
    expect(parseConference({ ...fixture, id: '' })).toBeNull()
    expect(parseConference({})).toBeNull()
  })

  it('loses at most one field to one bad value', () => {
    fc.assert(
      fc.property(fc.constantFrom(...KEYS), fc.jsonValue(), ([key, field], value) => {
        const read = parseConference({ ...fixture, [key]: value })
        expect(read).toEqual({
          ...wanted,
          [field]: read?.[field],
          raw: { ...safe, [key]: value },
          problems: (read?.problems ?? []).map(() => ({ field: key, text: expect.any(String) })),
        })
      }),
      { numRuns: 2000 },
    )
  })
})
