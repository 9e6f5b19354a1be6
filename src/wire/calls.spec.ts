import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { callerOf } from '~/domain/call.ts'
import { parseCall } from './calls.ts'
import hangup from './fixtures/call-hangup.json'
import fixture from './fixtures/call.json'

const noAddress = { type: '', target: '', targetName: '', name: '' }

/** `call.json` as a domain object. */
const wanted = {
  id: '8f1e0f52-7c3b-4a39-9d5e-0b6f3f8e2a11',
  status: 'progressing',
  direction: 'incoming',
  source: { type: 'tel', target: '+15551230001', targetName: 'Ann', name: '' },
  destination: { type: 'tel', target: '+15559870002', targetName: '', name: '' },
  action: { id: '7b6c5d4e-3f2a-4b1c-8d9e-0f1a2b3c4d5e', type: 'confbridge_join' },
  muteDirection: '',
  hangupBy: '',
  hangupReason: '',
  createdAt: Date.parse('2026-01-15T09:29:54Z') * 1000 + 901_234,
  updatedAt: Date.parse('2026-01-15T09:29:58.2Z') * 1000,
  hangupAt: null,
}

/** For each key of the wire the field, and its value when the key is absent. The wire omits empty values. */
const KEYS = [
  ['status', 'status', 'unknown'],
  ['direction', 'direction', ''],
  ['source', 'source', noAddress],
  ['destination', 'destination', noAddress],
  ['action', 'action', { id: '', type: '' }],
  ['mute_direction', 'muteDirection', ''],
  ['hangup_by', 'hangupBy', ''],
  ['hangup_reason', 'hangupReason', ''],
  ['tm_create', 'createdAt', null],
  ['tm_update', 'updatedAt', null],
  ['tm_hangup', 'hangupAt', null],
] as const

describe('parseCall', () => {
  it('parses a call in progress, whose unset times are absent', () => {
    expect(parseCall(fixture)).toEqual({ ...wanted, raw: fixture, problems: [] })
  })

  it('parses a call that has ended', () => {
    expect(parseCall(hangup)).toMatchObject({
      status: 'hangup',
      direction: 'outgoing',
      hangupBy: 'remote',
      hangupReason: 'normal',
      hangupAt: Date.parse('2026-01-15T09:28:12.9Z') * 1000,
      problems: [],
    })
  })

  it('keeps the far end of an incoming and of an outgoing call', () => {
    expect(
      [fixture, hangup].map((raw) => parseCall(raw)).map((call) => call && callerOf(call)),
    ).toEqual([
      {
        name: 'Ann',
        number: '+15551230001',
        direction: 'incoming',
        other: '+15559870002',
        status: 'progressing',
        mute: { direction: '', at: expect.any(Number) },
      },
      {
        name: 'Bob',
        number: 'bob@pbx.example.com',
        direction: 'outgoing',
        other: '+15559870002',
        end: {
          by: 'remote',
          reason: 'normal',
          at: Date.UTC(2026, 0, 15, 9, 28, 12, 900) * 1000,
        },
      },
    ])
  })

  it.each(KEYS)('parses the other fields when %s is absent', (key, field, value) => {
    const record = Object.fromEntries(Object.entries(fixture).filter(([one]) => one !== key))
    expect(parseCall(record)).toEqual({ ...wanted, [field]: value, raw: record, problems: [] })
  })

  it.each([
    [{}, noAddress, 0],
    [null, noAddress, 0],
    [{ target: '+1', detail: 'x' }, { ...noAddress, target: '+1' }, 0],
    // A bad part of an address does not cost the others.
    [{ target: 1, name: 'Ann' }, { ...noAddress, name: 'Ann' }, 0],
    ['+1', noAddress, 1],
    [7, noAddress, 1],
  ])('parses the address %j', (source, address, problems) => {
    const read = parseCall({ ...fixture, source })
    expect(read?.source).toEqual(address)
    expect(read?.problems).toHaveLength(problems)
  })

  it.each([
    [{}, { id: '', type: '' }, 0],
    [null, { id: '', type: '' }, 0],
    [{ type: 'talk', option: { text: 'Hi' } }, { id: '', type: 'talk' }, 0],
    [{ id: 7, type: ['talk'] }, { id: '', type: '' }, 0],
    ['talk', { id: '', type: '' }, 1],
  ])('parses the action %j', (action, wish, problems) => {
    const read = parseCall({ ...fixture, action })
    expect(read?.action).toEqual(wish)
    expect(read?.problems).toHaveLength(problems)
  })

  it('returns null without an id', () => {
    expect(parseCall({ ...fixture, id: undefined })).toBeNull()
  })

  it('never throws for a bad value, and keeps the other fields', () => {
    fc.assert(
      fc.property(fc.constantFrom(...KEYS), fc.jsonValue(), ([key, field], value) => {
        const record = { ...fixture, [key]: value }
        const read = parseCall(record)
        expect(read).toEqual({
          ...wanted,
          [field]: read?.[field],
          raw: record,
          problems: (read?.problems ?? []).map(() => ({ field: key, text: expect.any(String) })),
        })
      }),
      { numRuns: 2000 },
    )
  })
})
