import { describe, expect, it } from 'vitest'
import { canRemove } from './capability.ts'
import { participantOf, THEN } from './participant.build.ts'

describe('canRemove', () => {
  it.each(['joining', 'joined'])('allows it while %s', (status) => {
    expect(canRemove(participantOf({ status }), false)).toEqual({ allowed: true })
  })

  it.each([
    ['leaving', /already being disconnected/i],
    ['leaved', /already left/i],
    ['held', /“held”/],
    // An object's own words must not pass for a status.
    ['constructor', /“constructor”/],
  ])('refuses it while %s, and says why', (status, reason) => {
    expect(canRemove(participantOf({ status }), false)).toEqual({
      allowed: false,
      reason: expect.stringMatching(reason),
    })
  })

  it.each(['joining', 'joined', 'leaving', 'leaved', 'held'])(
    'refuses a second request while the first is under way: %s',
    (status) => {
      expect(canRemove(participantOf({ status }), true)).toEqual({
        allowed: false,
        reason: expect.stringMatching(/on its way/),
      })
    },
  )

  it('refuses it for a deleted record, whatever its status says', () => {
    expect(canRemove(participantOf({ status: 'joined', deletedAt: THEN }), false)).toEqual({
      allowed: false,
      reason: expect.stringMatching(/deleted/),
    })
  })
})
