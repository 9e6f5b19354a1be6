import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { recordingOf } from '~/testing/recording.fixture.ts'
import { newerRecording, type Recording } from './recording.ts'

const STATUSES = ['initiating', 'recording', 'stopping', 'ended']

const recordings = fc
  .constantFrom(...STATUSES)
  .chain((status) =>
    fc
      .record({ updatedAt: fc.nat(5), endedAt: fc.constant(status === 'ended' ? 5 : null) })
      .map((wish): Recording => recordingOf({ ...wish, status })),
  )

/** What is held after all of these were told. */
const last = (some: readonly Recording[]) => {
  const { status, updatedAt } = some.reduce(newerRecording)
  return [status, updatedAt]
}

describe('the newer of two records of a recording', () => {
  it('is the same in whatever order many are told', () => {
    fc.assert(
      fc.property(fc.array(recordings, { minLength: 1 }), (all) => {
        expect(last(all)).toEqual(last(all.toReversed()))
      }),
    )
  })

  it('is the one further on, whatever its time', () => {
    const ended = recordingOf({ status: 'ended', endedAt: 1, updatedAt: 1 })
    expect(newerRecording(ended, recordingOf({ updatedAt: 9 }))).toBe(ended)
  })
})
