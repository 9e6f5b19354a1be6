import { describe, expect, it } from 'vitest'
import { ApiError } from '~/domain/api-error.ts'
import { clockText, freshness, refreshText, type Freshness, type PollState } from './freshness.ts'

const NOW = 1_000_000_000

const poll = (wish: Partial<PollState> = {}): PollState => ({
  isOnline: true,
  isSignedOut: false,
  failure: null,
  failures: 0,
  updatedAt: NOW - 1000,
  readSince: NOW - 1000,
  missing: 0,
  isWhole: true,
  push: { kind: 'off' },
  pollInterval: 3000,
  rereadInterval: 3000,
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
const never = { updatedAt: 0, isWhole: false }
const old = { updatedAt: NOW - 9001 }
const pushed = { push: { kind: 'open' } } as const

describe('freshness', () => {
  it.each<[string, Partial<PollState>, Freshness['kind'], boolean]>([
    ['all is well', {}, 'polling', false],
    ['nothing yet', never, 'starting', false],
    ['not all was read', { isWhole: false }, 'catching-up', false],
    ['three intervals', { updatedAt: NOW - 9000 }, 'polling', false],
    ['more than three intervals', old, 'delayed', true],
    ['old before catching up', { ...old, isWhole: false }, 'delayed', true],
    ['a failure', failing, 'delayed', false],
    ['a failure, and old', { ...failing, ...old }, 'delayed', true],
    ['a failure before the first poll', { ...failing, ...never }, 'delayed', false],
    ['a failure before catching up', { ...failing, isWhole: false }, 'delayed', false],
    ['offline', { isOnline: false }, 'offline', true],
    ['offline before a failure', { isOnline: false, ...failing, ...old }, 'offline', true],
    ['offline from the start', { isOnline: false, ...never }, 'offline', false],
    ['signed out', { isSignedOut: true }, 'signed-out', true],
    ['signed out before a failure', { isSignedOut: true, ...failing }, 'signed-out', true],
    ['signed out, and old', { isSignedOut: true, ...old }, 'signed-out', true],
    ['signed out before the first poll', { isSignedOut: true, ...never }, 'signed-out', false],
    ['signed out, with push', { isSignedOut: true, ...pushed }, 'signed-out', true],
    ['offline before signed out', { isOnline: false, isSignedOut: true }, 'offline', true],
    ['a clock that went back', { updatedAt: NOW + 60_000 }, 'polling', false],
    ['push', pushed, 'live', false],
    ['push that only connects', { push: { kind: 'connecting' } }, 'polling', false],
    ['push that keeps silent', { push: { kind: 'silent', why: 'No.' } }, 'polling', false],
    ['push before the first poll', { ...pushed, ...never }, 'starting', false],
    ['push, and not all was read', { ...pushed, isWhole: false }, 'catching-up', false],
    ['push, and some are known to be missing', { ...pushed, missing: 1 }, 'catching-up', false],
    ['old before what is missing', { ...old, missing: 1 }, 'delayed', true],
    ['push, and old', { ...pushed, ...old }, 'delayed', true],
    ['push, and a failure', { ...pushed, ...failing }, 'delayed', false],
    ['push, and offline', { ...pushed, isOnline: false }, 'offline', true],
  ])('sets kind and age for: %s', (_name, wish, kind, isOld) => {
    const { text, ticking, ...rest } = freshness(poll(wish))
    expect(rest).toEqual({ kind, isOld })
    expect(text).toMatch(/\S[.…]$/)
    // All that changes each second is in the ticking part.
    expect(text.replace(ticking, '')).not.toContain(' ago')
  })

  it.each([
    ['nothing after forty intervals', 120_000, ''],
    ['how long ago after that', 120_001, ' Some rows were last checked 2 min ago.'],
    ['whole minutes', 14.9 * 60_000, ' Some rows were last checked 14 min ago.'],
  ])('tells the age of rows that were not read for long: %s', (_name, length, words) => {
    const unread = { readSince: NOW - 1000 - length }
    expect(freshness(poll({ ...unread, ...pushed })).text).toBe(`Live.${words}`)
    const push = { kind: 'silent', why: 'No.' } as const
    expect(freshness(poll({ ...unread, push })).text).toBe(
      `Polling every 3 s.${words} No push: No.`,
    )
    expect(freshness(poll(unread)).ticking).toBe(words.trim())
    // Evaluated as of the last poll, so the words stay the same until the next one.
    const updatedAt = NOW - 2900
    const text = length > 120_000 ? /Some/ : /^Live\.$/
    expect(freshness(poll({ updatedAt, readSince: updatedAt - length, ...pushed })).text).toMatch(
      text,
    )
  })

  it('does not promise to retry a denied request', () => {
    const denied = new ApiError({
      kind: 'refused',
      message: 'No.',
      status: 403,
      reason: 'PERMISSION_DENIED',
    })
    expect(freshness(poll({ failure: denied, failures: 1, ...never })).text).toBe(
      'Not allowed. Nothing is known yet. Not asked again by itself.',
    )
  })

  it('tells why, since when, and what happens next', () => {
    const { text } = freshness(poll({ failure, failures: 4, updatedAt: NOW - 75_000 }))
    expect(text).toBe(
      'Delayed: Too many requests. Shown as of 1 m 15 s ago. Trying again, 4 tries failed.',
    )
  })

  it('tells the age of the data after the session has ended', () => {
    const { text } = freshness(poll({ isSignedOut: true, updatedAt: NOW - 12_000 }))
    expect(text).toBe('Signed out. Shown as of 12 s ago. Sign in to go on.')
  })

  it('tells no age while no data is known', () => {
    expect(freshness(poll({ ...failing, ...never })).text).toContain('Nothing is known yet.')
    expect(freshness(poll({ isOnline: false, ...never })).text).not.toContain('ago')
  })

  it('tells the pace, and why push is not open', () => {
    const why = 'The live connection was lost.'
    expect(freshness(poll({ pollInterval: 1500 })).text).toBe('Polling every 1.5 s.')
    expect(freshness(poll({ push: { kind: 'waiting', why } })).text).toBe(
      'Polling every 3 s. No push: The live connection was lost.',
    )
  })
})

describe('refreshText', () => {
  it.each([
    [0, 'Nothing new.'],
    [1, '1 change.'],
    [2, '2 changes.'],
  ])('reports %d changes', (changes, text) => {
    expect(refreshText(changes)).toBe(text)
  })
})

describe('clockText', () => {
  it.each([0, 2000, -2000, 1999])('is empty for %d ms', (offset) => {
    expect(clockText(offset)).toBe('')
  })

  it.each([
    [2001, '2 s behind the server’s'],
    [-2001, '2 s ahead of the server’s'],
    [3_900_000, '1 h 05 m behind the server’s'],
    [-120_000, '2 m 00 s ahead of the server’s'],
    // An estimate is a little off.
    [7_199_600, '2 h 00 m behind the server’s'],
  ])('reports %d ms', (offset, text) => {
    expect(clockText(offset)).toBe(`This computer’s clock is ${text}, whose time counts here.`)
  })
})
