import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { rejection } from '~/testing/fetch.fixture.ts'
import { keepAhead, takeAhead } from './ahead.ts'

const ann = { kind: 'token', token: 'ann' } as const
const { signal: never } = new AbortController()

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

describe('a GET that was sent ahead', () => {
  it('answers the first request of the same address and credential, once', async () => {
    keepAhead('/list', ann, async () => 'answer')
    expect(takeAhead('/other', ann, never)).toBeUndefined()
    await expect(takeAhead('/list', ann, never)).resolves.toBe('answer')
    expect(takeAhead('/list', ann, never)).toBeUndefined()
  })

  it('fails for the request that takes it, and for nothing else', async () => {
    keepAhead('/list', ann, () => Promise.reject(new Error('no network')))
    await vi.advanceTimersByTimeAsync(1)
    const taken = takeAhead('/list', ann, never)
    expect(await rejection(taken ?? Promise.resolve())).toMatchObject({ message: 'no network' })
  })

  it.each([
    ['another credential', { kind: 'token', token: 'bob' } as const, 0],
    ['no credential', null, 0],
    ['more than five seconds later', ann, 5001],
  ])('is not taken with %s', (_when, credential, later) => {
    keepAhead('/list', ann, async () => 'answer')
    vi.advanceTimersByTime(later)
    expect(takeAhead('/list', credential, never)).toBeUndefined()
  })

  it.each([false, true])('is aborted with the request that takes it, at once: %s', (isAborted) => {
    const sent: AbortSignal[] = []
    keepAhead('/list', ann, (signal) => {
      sent.push(signal)
      return new Promise(() => {})
    })
    const request = new AbortController()
    if (isAborted) request.abort()
    void takeAhead('/list', ann, request.signal)
    request.abort()
    expect(sent[0]?.aborted).toBe(true)
  })
})
