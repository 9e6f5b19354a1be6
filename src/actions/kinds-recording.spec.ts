import { describe, expect, it } from 'vitest'
import { applyRecordings } from '~/cache/queries/recordings.ts'
import type { RawRecord } from '~/domain/record.ts'
import {
  fateOf,
  kindRig,
  LOST,
  refusal,
  ROOM,
  room,
  roomAction,
  RECORDING,
  recordingAs,
  wireTime,
  ZEROS,
} from '~/testing/kinds.fixture.ts'
import { sessionOf } from '~/testing/session.fixture.ts'
import { parseRecording } from '~/wire/recordings.ts'
import { begin } from '~/wire/session.ts'
import { lookAt } from './jobs.ts'
import { stepsOf } from './kinds.ts'

const rig = kindRig()
const START = `POST conferences/${ROOM}/recording_start`
const STOP = `POST conferences/${ROOM}/recording_stop`
const GET_ROOM = `GET conferences/${ROOM}`
const GET_TAPE = `GET recordings/${RECORDING}`

const recorded = room({ recording_id: RECORDING, recording_ids: [RECORDING] })
const running = () => recordingAs('recording', { tm_start: wireTime(200) })
const ended = (at = 500) =>
  recordingAs('ended', { tm_start: wireTime(-9000), tm_end: wireTime(at) })

describe('a recording that is started', () => {
  it('is accepted with its id, and has begun once its own record says so', async () => {
    rig.on(GET_ROOM, room())
    rig.on(START, recorded)
    const action = await rig.run({ kind: 'record' })
    expect(action).toMatchObject({ state: 'accepted', madeId: RECORDING, goneAt: null, text: '' })
    expect(rig.bodies).toEqual([{ format: 'wav', duration: 0, on_end_flow_id: '' }])
    expect(fateOf(action)).toBe('leaving')
    rig.on(GET_TAPE, recordingAs('initiating'), running())
    expect(await lookAt(rig.client, action)).toEqual({})
    expect(await lookAt(rig.client, action)).toEqual({ goneAt: expect.any(Number) })
  })

  it('has begun as soon as a held record says so', async () => {
    const action = roomAction({ kind: 'record', state: 'accepted', madeId: RECORDING })
    expect(stepsOf('record').noted(rig.client, action)).toBeUndefined()
    applyRecordings(
      rig.client,
      [parseRecording(running())].flatMap((one) => one ?? []),
    )
    expect(stepsOf('record').noted(rig.client, action)).toEqual({ goneAt: expect.any(Number) })
  })

  it.each<[string, RawRecord, RawRecord | null, string, RegExp]>([
    ['goes on already', recorded, recordingAs('recording'), 'skipped', /already being recorded/],
    ['is being stopped', recorded, recordingAs('stopping'), 'failed', /still being stopped/],
    ['has left its id behind', recorded, recordingAs('ended'), 'failed', /id was not cleared/],
    ['is named and has no record', recorded, null, 'failed', /no record of the recording/],
    ['cannot be: it has ended', room({ status: 'terminated' }), null, 'failed', /has ended/],
  ])('is not asked for when one %s', async (_name, conference, recording, state, text) => {
    rig.on(GET_ROOM, conference)
    if (recording) rig.on(GET_TAPE, recording)
    const action = await rig.run({ kind: 'record' })
    expect(action).toMatchObject({ state, text: expect.stringMatching(text) })
    expect(rig.sent()).toEqual([])
  })

  it.each<[string, RawRecord | Response, RegExp]>([
    [
      'with a record of zeros',
      ZEROS,
      /^The server refused\. The conference names no recording\. A start needs/,
    ],
    ['as nobody ever joined', refusal(400, 'INVALID_ARGUMENT'), /names no recording/],
    ['as it is of another customer', refusal(403, 'PERMISSION_DENIED'), /^Not allowed\./],
  ])('is refused %s: failed, in plain words', async (_name, answer, text) => {
    rig.on(GET_ROOM, room())
    rig.on(START, answer)
    const action = await rig.run({ kind: 'record' })
    expect(action).toMatchObject({ state: 'failed', text: expect.stringMatching(text) })
    expect(action.text).not.toMatch(/0000|another record/)
    expect(fateOf(action)).toBe('failed')
  })

  it('says after a record of zeros that an earlier recording is in the way', async () => {
    rig.on(GET_ROOM, room(), recorded)
    rig.on(START, ZEROS)
    rig.on(GET_TAPE, ended(-5000))
    expect(await rig.run({ kind: 'record' })).toMatchObject({
      state: 'failed',
      text: 'The server refused. An earlier recording still keeps it from being recorded.',
    })
  })

  it.each([refusal(503, 'REQUEST_TIMEOUT'), LOST] as const)(
    'without an answer is read, found, and never asked for again',
    async (answer) => {
      rig.on(GET_ROOM, room(), recorded)
      rig.on(START, answer)
      rig.on(GET_TAPE, running())
      const action = await rig.run({ kind: 'record' })
      expect(action).toMatchObject({
        state: 'unsure',
        madeId: RECORDING,
        goneAt: expect.any(Number),
      })
      expect(fateOf(action)).toBe('gone')
      expect(rig.sent()).toEqual([START])
    },
  )

  it('without an answer and without effect is not confirmed, then not recording', async () => {
    rig.on(GET_ROOM, room())
    rig.on(START, refusal(503, 'REQUEST_TIMEOUT'))
    const action = await rig.run({ kind: 'record' })
    expect(action).toMatchObject({ state: 'unsure', goneAt: null })
    expect(fateOf(action)).toBe('leaving')
    expect(fateOf(action, 16_000)).toBe('unconfirmed')
    const looked = { ...action, lookedAt: (action.answeredAt ?? 0) + 15_000 }
    expect(fateOf(looked, 16_000)).toBe('still-connected')
  })

  it('by a plain agent is denied without a request', async () => {
    begin(sessionOf({ permission: 16 }))
    expect(await stepsOf('record').check(rig.client, roomAction({ kind: 'record' }))).toEqual({
      kind: 'denied',
      text: expect.stringContaining('may not record conferences'),
    })
    expect(rig.asked).toEqual([])
  })
})

describe('a recording that is stopped', () => {
  const stop = { kind: 'stop-recording', input: { recordingId: RECORDING } } as const

  it('has ended once its own record says so', async () => {
    rig.on(GET_ROOM, recorded)
    rig.on(GET_TAPE, running())
    rig.on(STOP, room({ recording_ids: [RECORDING] }))
    const action = await rig.run(stop)
    expect(action).toMatchObject({ state: 'accepted', goneAt: null })
    rig.on(GET_TAPE, recordingAs('stopping'), ended())
    expect(await lookAt(rig.client, action)).toEqual({})
    expect(await lookAt(rig.client, action)).toEqual({ goneAt: expect.any(Number) })
    expect(stepsOf('stop-recording').noted(rig.client, action)).toHaveProperty('goneAt')
  })

  it.each<[string, RawRecord, RawRecord | null, string, RegExp]>([
    ['is not there', room(), null, 'skipped', /not being recorded any more/],
    ['has ended by itself', recorded, recordingAs('ended'), 'skipped', /already ended/],
    ['is being stopped', recorded, recordingAs('stopping'), 'skipped', /already being stopped/],
    ['is in an ended conference', room({ status: 'terminated' }), null, 'failed', /has ended/],
  ])('is not asked for when it %s', async (_name, conference, recording, state, text) => {
    rig.on(GET_ROOM, conference)
    if (recording) rig.on(GET_TAPE, recording)
    expect(await rig.run(stop)).toMatchObject({ state, text: expect.stringMatching(text) })
    expect(rig.sent()).toEqual([])
  })

  it('is left alone when another has begun since it was confirmed', async () => {
    rig.on(GET_ROOM, recorded)
    rig.on(GET_TAPE, running())
    const other = { recordingId: 'd2e3f4a5-b6c7-4899-aabb-ccddeeff0011' }
    expect(await rig.run({ ...stop, input: other })).toMatchObject({ state: 'changed' })
    expect(rig.sent()).toEqual([])
  })

  it.each<[string, Response | typeof LOST, () => RawRecord, string, string]>([
    ['refused, as it ended meanwhile', refusal(400, 'INVALID_ARGUMENT'), ended, 'unsure', 'gone'],
    ['refused', refusal(403, 'PERMISSION_DENIED'), running, 'failed', 'failed'],
    ['unanswered with effect', refusal(503, 'REQUEST_TIMEOUT'), ended, 'unsure', 'gone'],
    ['unanswered without effect', LOST, running, 'unsure', 'leaving'],
  ])('is %s', async (_name, answer, then, state, fate) => {
    rig.on(GET_ROOM, recorded)
    rig.on(GET_TAPE, running(), then())
    rig.on(STOP, answer)
    const action = await rig.run(stop)
    expect([action.state, fateOf(action)]).toEqual([state, fate])
  })
})

const end = () => rig.run({ kind: 'end' })

describe('a recording at the end of a conference', () => {
  const DELETE = `DELETE conferences/${ROOM}`
  const ending = room({ status: 'terminating', tm_delete: wireTime(), recording_id: RECORDING })

  it('is stopped first, and the action says so', async () => {
    rig.on(GET_ROOM, recorded)
    rig.on(GET_TAPE, running())
    rig.on(STOP, room())
    rig.on(DELETE, ending)
    expect(await end()).toMatchObject({
      state: 'accepted',
      text: expect.stringMatching(/^The recording was stopped first\./),
    })
    expect(rig.sent()).toEqual([STOP, DELETE])
  })

  it.each<[string, RawRecord]>([
    ['none', room()],
    ['one that is over', recorded],
  ])('is left alone where there is %s', async (_name, conference) => {
    rig.on(GET_ROOM, conference)
    rig.on(GET_TAPE, ended())
    rig.on(DELETE, ending)
    expect((await end()).text).not.toContain('recording')
    expect(rig.sent()).toEqual([DELETE])
  })

  it('that cannot be stopped does not keep the conference, and is told with its request id', async () => {
    rig.on(GET_ROOM, recorded)
    rig.on(GET_TAPE, running())
    rig.on(STOP, refusal(500, 'INTERNAL'))
    rig.on(DELETE, ending)
    expect(await end()).toMatchObject({
      state: 'accepted',
      text: expect.stringMatching(
        /^The recording could not be stopped first: The platform failed\./,
      ),
      trace: expect.stringContaining('req_1'),
    })
    expect(rig.sent()).toEqual([STOP, DELETE])
  })

  it('whose stop was not answered was stopped if its record says so', async () => {
    rig.on(GET_ROOM, recorded)
    rig.on(GET_TAPE, running(), ended())
    rig.on(STOP, LOST)
    rig.on(DELETE, ending)
    expect((await end()).text).toMatch(/^The recording was stopped first\./)
  })

  it('that goes on after an end without an answer is told', async () => {
    rig.on(GET_ROOM, recorded, recorded, ending)
    rig.on(GET_TAPE, running())
    rig.on(STOP, refusal(500, 'INTERNAL'))
    rig.on(DELETE, LOST)
    expect(await end()).toMatchObject({
      state: 'unsure',
      text: expect.stringContaining('It is still being recorded'),
    })
  })
})
