import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseCall } from './calls.ts'
import { parseConference } from './conferences.ts'
import { parseEvent, type PushEvent } from './events.ts'
import hangup from './fixtures/call-hangup.json'
import call from './fixtures/call.json'
import emptyConference from './fixtures/conference-empty.json'
import conference from './fixtures/conference.json'
import seed from './fixtures/conferencecall-seed.json'
import participant from './fixtures/conferencecall.json'
import wrappedCall from './fixtures/event-call-wrapped.json'
import wrappedConference from './fixtures/event-conference-wrapped.json'
import recording from './fixtures/recording-running.json'
import wrappedParticipant from './fixtures/event-conferencecall-wrapped.json'
import { parseParticipant } from './participants.ts'
import { parseRecording } from './recordings.ts'

const CUSTOMER = '5e4a0680-804e-11ec-8477-2fea5968d85b'

const read = (frame: unknown): PushEvent => parseEvent(JSON.stringify(frame))

const aConference = {
  kind: 'conference',
  record: parseConference(conference),
  customerId: CUSTOMER,
}
const aParticipant = {
  kind: 'participant',
  record: parseParticipant(participant),
  customerId: CUSTOMER,
}
const aRecording = {
  kind: 'recording',
  record: parseRecording(recording),
  customerId: CUSTOMER,
}
const aCall = { kind: 'call', record: parseCall(call), customerId: CUSTOMER }

describe('parseEvent', () => {
  it.each([
    ['a bare conference', conference, aConference],
    ['a wrapped conference', wrappedConference, aConference],
    ['a bare participant', participant, aParticipant],
    ['a wrapped participant', wrappedParticipant, aParticipant],
    ['a bare call', call, aCall],
    ['a wrapped call', wrappedCall, aCall],
    ['a bare recording', recording, aRecording],
    ['a wrapped recording', { type: 'recording_started', data: recording }, aRecording],
  ])('parses %s', (_name, frame, wanted) => {
    expect(read(frame)).toEqual(wanted)
  })

  it.each([
    ['an empty conference', emptyConference, 'conference'],
    ['a call that ended', hangup, 'call'],
    ['a participant of an older server', seed, 'participant'],
    [
      'a conference known by its flow alone',
      { id: 'a', type: 'new', pre_flow_id: '' },
      'conference',
    ],
    ['a conference known by its type alone', { id: 'a', type: 'queue' }, 'conference'],
    ['a call known by its source alone', { id: 'a', source: {} }, 'call'],
  ])('recognises %s', (_name, frame, kind) => {
    expect(read(frame).kind).toBe(kind)
  })

  it('does not take the data or the type of a bare record for a wrapper', () => {
    const misleading = { ...conference, type: 'conference_updated', data: call }
    expect(read(misleading)).toMatchObject({ kind: 'conference', record: { id: conference.id } })
    expect(read({ ...conference, data: participant }).kind).toBe('conference')
  })

  it('drops the direct_hash of a conference, wrapped or not', () => {
    expect(JSON.stringify([read(conference), read(wrappedConference)])).not.toContain('direct.')
  })

  it('keeps a record with a bad field', () => {
    const { customer_id: _customer, ...nobodys } = participant
    expect(read({ ...participant, status: 7 })).toMatchObject({ record: { id: participant.id } })
    expect(read(nobodys)).toMatchObject({ kind: 'participant', customerId: null })
    expect(read({ ...participant, customer_id: 7 })).toMatchObject({ customerId: null })
  })

  it.each([
    ['', 'It is not JSON.'],
    ['{"id":', 'It is not JSON.'],
    ['null', 'It is not a record.'],
    ['[]', 'It is not a record.'],
    ['"conference"', 'It is not a record.'],
    ['{}', 'It is neither a conference, a participant, a call nor a recording.'],
    ['{"id":"a"}', 'It is neither a conference, a participant, a call nor a recording.'],
    [
      '{"type":"conference_updated","data":null}',
      'It is neither a conference, a participant, a call nor a recording.',
    ],
    ['{"type":"conference_updated","data":{"type":"conference"}}', 'It has no id.'],
    ['{"direction":"incoming"}', 'It has no id.'],
    [`"${'x'.repeat(1_000_000)}"`, 'It is too long for an event.'],
  ])('says why %.60s is unreadable', (text, why) => {
    expect(parseEvent(text)).toEqual({ kind: 'unreadable', text: why })
  })

  it('parses the event of a very full conference', () => {
    const ids = Array.from({ length: 10_000 }, () => participant.id)
    expect(read({ ...conference, conferencecall_ids: ids })).toMatchObject({
      kind: 'conference',
      record: { participantIds: { length: 10_000 } },
    })
  })

  it('never throws', () => {
    const value = fc.oneof(fc.jsonValue(), fc.constant('conference_updated'))
    const keys = fc.constantFrom(
      ...Object.keys({ ...conference, ...participant, ...call }),
      '__proto__',
    )
    const record = fc.dictionary(keys, value, { maxKeys: 12 })
    const wrapped = fc.record({ type: value, data: record }, { requiredKeys: [] })
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.oneof(record, wrapped).map((frame) => JSON.stringify(frame)),
        ),
        (text) => {
          expect(['conference', 'participant', 'call', 'unreadable']).toContain(
            parseEvent(text).kind,
          )
        },
      ),
    )
  })
})
