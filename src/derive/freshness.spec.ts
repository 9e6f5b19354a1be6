import { describe, expect, it } from 'vitest'
import { ApiError } from '~/domain/api-error.ts'
import { freshness, type Freshness, type PollState } from './freshness.ts'

const NOW = 1_000_000_000

const poll = (wish: Partial<PollState> = {}): PollState => ({
  isOnline: true,
  failure: null,
  failures: 0,
  updatedAt: NOW - 1000,
  isComplete: true,
  pollInterval: 3000,
  now: NOW,
  ...wish,
})

const failure = new ApiError({
  kind: 'refused',
  message: 'Too many requests.',
  status: 429,
  reason: 'RATE_LIMIT_EXCEEDED',
})
const failing = { failure, failures: 1 }
const never = { updatedAt: 0, isComplete: false }
const old = { updatedAt: NOW - 9001 }

describe('freshness', () => {
  it.each<[string, Partial<PollState>, Freshness['kind'], boolean]>([
    ['all is well', {}, 'polling', false],
    ['nothing yet', never, 'starting', false],
    ['the walk is not through', { isComplete: false }, 'catching-up', false],
    ['three intervals', { updatedAt: NOW - 9000 }, 'polling', false],
    ['more than three intervals', old, 'delayed', true],
    ['old before catching up', { ...old, isComplete: false }, 'delayed', true],
    ['a failure', failing, 'delayed', false],
    ['a failure, and old', { ...failing, ...old }, 'delayed', true],
    ['a failure before the first walk', { ...failing, ...never }, 'delayed', false],
    ['a failure before catching up', { ...failing, isComplete: false }, 'delayed', false],
    ['offline', { isOnline: false }, 'offline', true],
    ['offline before a failure', { isOnline: false, ...failing, ...old }, 'offline', true],
    ['offline from the start', { isOnline: false, ...never }, 'offline', false],
    ['a clock that went back', { updatedAt: NOW + 60_000 }, 'polling', false],
  ])('%s', (_name, wish, kind, isOld) => {
    expect(freshness(poll(wish))).toEqual({ kind, isOld, text: expect.stringMatching(/\S[.…]$/) })
  })

  it('tells why, since when, and what is done about it', () => {
    const { text } = freshness(poll({ failure, failures: 4, updatedAt: NOW - 75_000 }))
    expect(text).toBe(
      'Delayed: Too many requests. Shown as of 1 m 15 s ago. Trying again, 4 tries failed.',
    )
  })

  it('does not speak of an age while nothing is known', () => {
    expect(freshness(poll({ ...failing, ...never })).text).toContain('Nothing is known yet.')
    expect(freshness(poll({ isOnline: false, ...never })).text).not.toContain('ago')
  })

  it('tells the pace', () => {
    expect(freshness(poll({ pollInterval: 1500 })).text).toBe('Polling every 1.5 s.')
  })
})
