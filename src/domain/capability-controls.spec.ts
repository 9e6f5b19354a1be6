import { describe, expect, it } from 'vitest'
import { conferenceOf } from '~/testing/conference.fixture.ts'
import { participantOf } from '~/testing/participant.fixture.ts'
import type { Mute } from './call.ts'
import { canControl, permits, type Verdict } from './capability.ts'
import { canControlRoom } from './capability-room.ts'

const ADMIN = { permission: 32, isAsked: false }
const AGENT = { permission: 16, isAsked: false }

const said = (verdict: Verdict): string => (verdict.allowed ? 'allowed' : verdict.reason)

const muted = (direction: Mute['direction'], overwritten?: Mute['overwritten']): Mute => ({
  direction,
  at: 1,
  ...(overwritten && { overwritten }),
})

const CONTROLS = ['mute', 'unmute', 'hold', 'unhold', 'say'] as const

describe('controls of a call', () => {
  it.each(CONTROLS)('%s works while joining and joined, and not later', (kind) => {
    const verdicts = ['joining', 'joined', 'leaving', 'leaved', 'paused'].map((status) =>
      said(canControl(kind, participantOf({ status }), undefined, ADMIN)),
    )
    expect(verdicts).toEqual([
      'allowed',
      'allowed',
      'Is being disconnected.',
      'Has already left.',
      'The status is not one this version knows.',
    ])
  })

  it.each(CONTROLS)('%s tells a plain agent which permission is missing', (kind) => {
    expect(said(canControl(kind, participantOf(), undefined, AGENT))).toMatch(
      /^Your account may not .* needs the admin or manager permission/,
    )
  })

  it.each(CONTROLS)('%s needs a call that has not ended', (kind) => {
    const over = { isOver: true }
    expect(said(canControl(kind, participantOf(), over, ADMIN))).toBe('The call has already ended.')
    const none = participantOf({ referenceId: null })
    expect(said(canControl(kind, none, undefined, ADMIN))).toMatch(/no call behind/)
  })

  it.each([
    ['mute', muted(''), 'allowed'],
    ['mute', muted('in'), 'allowed'],
    ['mute', muted('out'), /Unmute that first/],
    ['mute', muted('both'), /already muted/],
    ['hold', muted('in'), 'allowed'],
    ['hold', muted('both'), 'allowed'],
    ['hold', muted('out'), /Unmute that first/],
    ['unmute', muted('out'), 'allowed'],
    ['unmute', muted(''), 'Is not muted.'],
    ['unmute', muted('', 'out'), 'allowed'],
    ['say', muted('both'), 'allowed'],
  ] as const)('%s of a call whose record says %o', (kind, mute, expected) => {
    expect(said(canControl(kind, participantOf(), { mute }, ADMIN))).toMatch(expected)
  })
})

describe('controls of a conference', () => {
  it.each(['edit', 'new-link', 'dial'] as const)('%s needs one that goes on', (kind) => {
    const verdicts = ['starting', 'progressing', 'terminating', 'terminated'].map((status) =>
      said(canControlRoom(kind, conferenceOf({ status }), ADMIN)),
    )
    expect(verdicts).toEqual([
      'The conference has not started yet.',
      'allowed',
      'The conference is ending.',
      'The conference has ended.',
    ])
    expect(said(canControlRoom(kind, conferenceOf(), AGENT))).toMatch(/admin or manager/)
  })

  it('creating one needs the permission', () => {
    expect([ADMIN, AGENT].map((actor) => permits('create', actor.permission).allowed)).toEqual([
      true,
      false,
    ])
  })
})
