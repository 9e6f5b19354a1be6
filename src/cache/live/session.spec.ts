import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { sessionOf } from '~/testing/session.fixture.ts'
import { stubStorage } from '~/testing/fetch.fixture.ts'
import { begin, end } from '~/wire/session.ts'
import { unlessInterrupted } from './session.ts'

const sam = sessionOf()

/** What happened, oldest first. */
const events: string[] = []

const keep = () =>
  unlessInterrupted(() => {
    events.push('begun')
    return () => events.push('ended')
  })

beforeEach(() => {
  events.length = 0
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
      expect(events).toEqual(['begun'])
      end(why)
      expect(events).toEqual(['begun', 'ended'])
      begin({ ...sam, credential: { kind: 'token', token: 'new' } })
      expect(events).toEqual(['begun', 'ended', 'begun'])
      stop()
      expect(events).toEqual(['begun', 'ended', 'begun', 'ended'])
      end(why)
      begin(sam)
      expect(events).toHaveLength(4)
    },
  )

  it('goes on without a break when a session is replaced in time', () => {
    const stop = keep()
    begin({ ...sam, credential: { kind: 'token', token: 'new' } })
    expect(events).toEqual(['begun'])
    stop()
  })

  it('waits when it comes in the middle of an interruption', () => {
    end('refused')
    const stop = keep()
    expect(events).toEqual([])
    begin(sam)
    expect(events).toEqual(['begun'])
    stop()
  })

  it.each([true, false])('never begins for another account, interrupted: %s', (isInterrupted) => {
    const stop = keep()
    if (isInterrupted) end('refused')
    begin({ ...sam, username: 'zoe' })
    expect(events).toEqual(['begun', 'ended'])
    stop()
    expect(events).toEqual(['begun', 'ended'])
  })
})
