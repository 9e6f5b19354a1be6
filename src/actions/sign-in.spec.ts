import { focusManager, QueryClient, QueryObserver } from '@tanstack/react-query'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { applyActivity, currentActivity } from '~/cache/activity/activity.ts'
import { ApiError, type FailureKind } from '~/domain/api-error.ts'
import { actionOf } from '~/testing/action.fixture.ts'
import { sessionOf } from '~/testing/session.fixture.ts'
import { settled, stubChannels } from '~/testing/channel.fixture.ts'
import { json, rejection, stubFetch, stubStorage } from '~/testing/fetch.fixture.ts'
import customer from '~/wire/fixtures/customer.json'
import login from '~/wire/fixtures/login.json'
import type * as sessionModule from '~/wire/session.ts'
import { begin, currentAccount, end, restoreSession, sessionStore } from '~/wire/session.ts'
import { followSession, signOut } from './session.ts'
import { signIn, signInAdvice, type SignIn } from './sign-in.ts'

const refused = (status: number, message = 'The server said so.') =>
  new ApiError({ kind: 'refused', message, status })

const sam = sessionOf()

const unanswered = (kind: FailureKind) => new ApiError({ kind, message: 'Nothing came.' })

describe('signInAdvice', () => {
  it.each<[SignIn['kind'], string, unknown, RegExp]>([
    ['password', 'unreachable', unanswered('unreachable'), /^Nothing came\. Check your connection/],
    ['accesskey', 'timeout', unanswered('timeout'), /^Nothing came\. Check your connection/],
    ['password', 'HTTP 429', refused(429), /Too many attempts/],
    ['accesskey', 'HTTP 429', refused(429), /Too many attempts/],
    ['accesskey', 'HTTP 401', refused(401), /access key is not accepted/],
    ['password', 'HTTP 400', refused(400), /do not match/],
    ['password', 'HTTP 500', refused(500), /Nothing is wrong with what you typed/],
    ['accesskey', 'HTTP 503', refused(503), /Nothing is wrong with what you typed/],
    ['password', 'malformed', unanswered('malformed'), /Nothing is wrong with what you typed/],
    // The words for one way to sign in do not fit the other.
    ['accesskey', 'HTTP 400', refused(400), /^The server said so\.$/],
    ['password', 'HTTP 401', refused(401), /^The server said so\.$/],
    ['accesskey', 'HTTP 403', refused(403), /^The server said so\.$/],
    ['password', 'an error of our own', new Error('Out of cheese'), /Out of cheese/],
  ])('%s: %s', (kind, _name, error, advice) => {
    expect(signInAdvice(error, kind)).toMatch(advice)
  })
})

describe('signing in and out', () => {
  let client: QueryClient

  beforeEach(() => {
    vi.useFakeTimers({ now: Date.UTC(2026, 0, 15) })
    stubStorage()
    stubChannels()
    client = new QueryClient()
    client.setQueryData(['what', 'another', 'account', 'left'], 1)
  })

  afterEach(() => {
    signOut()
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  it.each<[SignIn, unknown, string]>([
    [{ kind: 'password', username: 'sam', password: 'x' }, login, 'Sam Support'],
    [{ kind: 'accesskey', accesskey: 'k' }, customer, 'Northwind Support'],
  ])('begins a session with an empty cache: %j', async (wanted, answer, name) => {
    stubFetch(() => json(answer))
    await signIn(client, wanted)
    expect(sessionStore.get().session?.name).toBe(name)
    expect(client.getQueryCache().getAll()).toEqual([])
  })

  it('changes nothing when it fails', async () => {
    stubFetch(() => new Response('', { status: 400 }))
    const failed = await rejection(
      signIn(client, { kind: 'password', username: 'a', password: 'b' }),
    )
    expect(failed).toBeInstanceOf(ApiError)
    expect(sessionStore.get().session).toBeNull()
    expect(client.getQueryCache().getAll()).toHaveLength(1)
  })

  it('ends the session and drops what is held, whichever tab signs out', async () => {
    followSession(client)
    void restoreSession()
    vi.resetModules()
    const other: typeof sessionModule = await import('~/wire/session.ts')
    void other.restoreSession()
    for (const leave of [signOut, () => other.end('by-choice')]) {
      begin(sam)
      other.begin(sam)
      client.setQueryData(['read'], 1)
      leave()
      await settled()
      expect(sessionStore.get()).toEqual({ session: null, reason: 'by-choice' })
      expect(client.getQueryCache().getAll()).toEqual([])
    }
  })

  describe('after an interruption', () => {
    const password: SignIn = { kind: 'password', username: login.username, password: 'x' }
    const action = actionOf()

    /** Signs in as in the fixture, reads something and confirms something; then the session is refused. */
    async function interrupted() {
      followSession(client)
      await Promise.all([restoreSession(), vi.advanceTimersByTimeAsync(150)])
      stubFetch(() => json(login))
      await signIn(client, password)
      client.setQueryData(['read'], 1)
      applyActivity(client, { actions: [action] })
      end('refused')
      return currentAccount()
    }

    it('keeps what was read and what is to be done for the same account', async () => {
      await interrupted()
      const before = client.getQueryCache().getAll()
      await signIn(client, password)
      expect(client.getQueryCache().getAll()).toEqual(before)
      expect(currentActivity(client).actions.get(action.id)).toBe(action)
    })

    it('keeps nothing for another account', async () => {
      const before = await interrupted()
      stubFetch(() => json(customer))
      await signIn(client, { kind: 'accesskey', accesskey: 'k' })
      expect(sessionStore.get().session?.name).toBe('Northwind Support')
      expect(client.getQueryCache().getAll()).toEqual([])
      expect(currentActivity(client, before).actions.size).toBe(0)
    })

    it('keeps nothing after signing out', async () => {
      const before = await interrupted()
      signOut()
      expect(currentActivity(client, before).actions.size).toBe(0)
      client.setQueryData(['late'], 1)
      await signIn(client, password)
      expect(client.getQueryCache().getAll()).toEqual([])
    })

    it.each([
      ['is visible reads again', true, 2],
      ['is hidden waits until it is visible', false, 1],
    ])('a page that %s', async (_name, isFocused, times) => {
      await interrupted()
      const queryFn = vi.fn<() => Promise<number>>().mockResolvedValue(1)
      const stop = new QueryObserver(client, { queryKey: ['watched'], queryFn }).subscribe(() => {})
      await settled()
      focusManager.setFocused(isFocused)
      await signIn(client, password)
      expect(queryFn).toHaveBeenCalledTimes(times)
      focusManager.setFocused(undefined)
      stop()
    })

    it('reads nothing again when a session is replaced in time', async () => {
      await interrupted()
      await signIn(client, password)
      const queryFn = vi.fn<() => Promise<number>>().mockResolvedValue(1)
      const stop = new QueryObserver(client, { queryKey: ['watched'], queryFn }).subscribe(() => {})
      await settled()
      await signIn(client, password)
      expect(queryFn).toHaveBeenCalledTimes(1)
      stop()
    })
  })
})
