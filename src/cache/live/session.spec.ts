import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { sessionOf } from '~/testing/session.fixture.ts'
import { stubStorage } from '~/testing/fetch.fixture.ts'
import { begin, end } from '~/wire/session.ts'
import { unlessInterrupted } from './session.ts'

const sam = sessionOf()

/** What happened, oldest first. */
const told: string[] = []

const keep = () =>
  unlessInterrupted(() => {
    told.push('begun')
    return () => told.push('ended')
  })

beforeEach(() => {
  told.length = 0
  stubStorage()
  begin(sam)
})

afterEach(() => {
  end('by-choice')
  vi.unstubAllGlobals()
})

describe('unlessInterrupted', () => {
  it.each(['expired', 'refused'] as const)(
    'ends when the session is %s, and begins anew',
    (why) => {
      const stop = keep()
      expect(told).toEqual(['begun'])
      end(why)
      expect(told).toEqual(['begun', 'ended'])
      begin({ ...sam, credential: { kind: 'token', token: 'new' } })
      expect(told).toEqual(['begun', 'ended', 'begun'])
      stop()
      expect(told).toEqual(['begun', 'ended', 'begun', 'ended'])
      end(why)
      begin(sam)
      expect(told).toHaveLength(4)
    },
  )

  it('goes on without a break when a session is replaced in time', () => {
    const stop = keep()
    begin({ ...sam, credential: { kind: 'token', token: 'new' } })
    expect(told).toEqual(['begun'])
    stop()
  })

  it('waits when it comes in the middle of an interruption', () => {
    end('refused')
    const stop = keep()
    expect(told).toEqual([])
    begin(sam)
    expect(told).toEqual(['begun'])
    stop()
  })

  it.each([true, false])('never begins for another account, interrupted: %s', (isInterrupted) => {
    const stop = keep()
    if (isInterrupted) end('refused')
    begin({ ...sam, username: 'zoe' })
    expect(told).toEqual(['begun', 'ended'])
    stop()
    expect(told).toEqual(['begun', 'ended'])
  })
})
