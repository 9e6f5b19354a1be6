import { describe, expect, it } from 'vitest'
import type { Recording } from '~/domain/recording.ts'
import { toMillis } from '~/domain/time.ts'
import { conferenceOf } from '~/testing/conference.fixture.ts'
import { THEN } from '~/testing/participant.fixture.ts'
import { recordingOf } from '~/testing/recording.fixture.ts'
import { recordingState } from './recording-text.ts'

const RECORDING = recordingOf()
const NAMED = conferenceOf({ recordingId: RECORDING.id })
const NAMELESS = conferenceOf()
const NOW = toMillis(THEN)
const ENDED: Partial<Recording> = { status: 'ended', endedAt: THEN }

describe('whether a conference is recorded', () => {
  it.each<[string, Partial<Recording>]>([
    ['starting', { status: 'initiating' }],
    ['recording', {}],
    ['stopping', { status: 'stopping' }],
    ['unknown', { status: 'paused' }],
  ])('is %s by the record %j', (state, wish) => {
    expect(recordingState(NAMED, recordingOf(wish), NOW)).toBe(state)
  })

  it('is not known while a record is missing, whatever the conference names', () => {
    expect(recordingState(undefined, null, NOW)).toBe('unknown')
    expect(recordingState(NAMED, undefined, NOW)).toBe('unknown')
  })

  it('is no where the conference names none', () => {
    expect(recordingState(NAMELESS, null, NOW)).toBe('none')
    expect(recordingState(NAMELESS, recordingOf(ENDED), NOW)).toBe('none')
  })

  it('is being stopped while the conference has let go of one that is not over', () => {
    expect(recordingState(NAMELESS, RECORDING, NOW)).toBe('stopping')
  })

  it('is blocked by one that is over and still named, once the conference had time to let go', () => {
    expect(recordingState(NAMED, recordingOf(ENDED), NOW + 9000)).toBe('stopping')
    expect(recordingState(NAMED, recordingOf(ENDED), NOW + 11_000)).toBe('blocked')
  })

  it('is no in a conference that has ended with its recording', () => {
    const over = conferenceOf({ recordingId: RECORDING.id, status: 'terminated' })
    expect(recordingState(over, recordingOf(ENDED), NOW + 11_000)).toBe('none')
  })
})
