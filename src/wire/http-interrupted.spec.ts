import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { sessionOf } from '~/testing/session.fixture.ts'
import { accountOf, type Session } from '~/domain/session.ts'
import { json, rejection, stubFetch, stubStorage } from '~/testing/fetch.fixture.ts'
import { configureHttp, request, type Request } from './http.ts'
import { begin, end, sessionStore } from './session.ts'

const OLD = sessionOf({ customerId: null, permission: null })

const sessionNow = () => sessionStore.get().session

beforeEach(() => {
  stubStorage()
  configureHttp({ apiBase: 'https://api.example', timeout: 10_000 })
})

afterEach(() => {
  end('by-choice')
  vi.unstubAllGlobals()
})

/** The Authorization header of each request. */
const tokens = (all: ReturnType<typeof stubFetch>) =>
  all.map(({ init }) => new Headers(init.headers).get('Authorization'))

describe('while a session is interrupted', () => {
  const NEW: Session = { ...OLD, credential: { kind: 'token', token: 'new' } }
  it('a GET waits, and is sent with the next session', async () => {
    begin(OLD)
    end('expired')
    const sent = stubFetch(() => json({ a: 1 }))
    const answer = request({ path: '/x', signal: new AbortController().signal })
    await Promise.resolve()
    expect(sent).toEqual([])
    begin(NEW)
    expect(await answer).toEqual({ a: 1 })
    expect(tokens(sent)).toEqual(['Bearer new'])
  })

  it('a GET that got 401 is sent again with the next session', async () => {
    begin(OLD)
    const sent = stubFetch(({ init }) =>
      new Headers(init.headers).get('Authorization') === 'Bearer new'
        ? json({ a: 1 })
        : new Response('', { status: 401 }),
    )
    const answer = request({ path: '/x', signal: new AbortController().signal })
    await vi.waitUntil(() => sessionStore.get().reason === 'refused')
    begin(NEW)
    expect(await answer).toEqual({ a: 1 })
    expect(tokens(sent)).toEqual(['Bearer jwt', 'Bearer new'])
  })

  it('a GET whose session was replaced before the 401 is sent once more', async () => {
    begin(OLD)
    const sent = stubFetch(() => {
      if (sessionNow() !== OLD) return json({ a: 1 })
      begin(NEW)
      return new Response('', { status: 401 })
    })
    const { signal } = new AbortController()
    expect(await request({ path: '/x', signal })).toEqual({ a: 1 })
    expect(tokens(sent)).toEqual(['Bearer jwt', 'Bearer new'])
  })

  it.each<[string, Request]>([
    ['GET without a signal', { path: '/x' }],
    ['DELETE', { method: 'DELETE', path: '/x', account: accountOf(OLD) }],
  ])('a %s fails at once, unsent', async (_name, wanted) => {
    begin(OLD)
    end('refused')
    const sent = stubFetch(() => json({}))
    expect(await rejection(request(wanted))).toMatchObject({
      isUnauthenticated: true,
      reason: 'AUTHENTICATION_REQUIRED',
    })
    expect(sent).toEqual([])
  })

  it('a request for an account that is not signed in fails, unsent', async () => {
    begin(OLD)
    begin({ ...OLD, username: 'kim', credential: { kind: 'token', token: 'of Kim' } })
    const sent = stubFetch(() => json({}))
    const wanted = { method: 'DELETE', path: '/x', account: accountOf(OLD) } as const
    expect(await rejection(request(wanted))).toMatchObject({ isUnauthenticated: true })
    end('by-choice')
    expect(await rejection(request(wanted))).toMatchObject({ isUnauthenticated: true })
    expect(sent).toEqual([])
    begin(OLD)
    await request(wanted)
    expect(tokens(sent)).toEqual(['Bearer jwt'])
  })

  it('a waiting GET can be aborted', async () => {
    begin(OLD)
    end('refused')
    const sent = stubFetch(() => json({}))
    const caller = new AbortController()
    const failed = rejection(request({ path: '/x', signal: caller.signal }))
    caller.abort()
    expect(await failed).toMatchObject({ name: 'AbortError' })
    begin(OLD)
    expect(sent).toEqual([])
  })

  it('a waiting GET fails when the session ends by choice', async () => {
    begin(OLD)
    end('refused')
    const sent = stubFetch(() => json({}))
    const { signal } = new AbortController()
    const failed = rejection(request({ path: '/x', signal }))
    end('by-choice')
    expect(await failed).toMatchObject({ isUnauthenticated: true })
    expect(sent).toEqual([])
  })

  it('a sign-in is sent all the same', async () => {
    begin(OLD)
    end('refused')
    const sent = stubFetch(() => json({}))
    await request({ path: '/auth/login', credential: null })
    expect(sent).toHaveLength(1)
  })

  describe('and another account signs in', () => {
    const OTHER: Session = { ...NEW, username: 'zoe' }

    it('a waiting GET is aborted, unsent', async () => {
      begin(OLD)
      end('refused')
      const sent = stubFetch(() => json({}))
      const failed = rejection(request({ path: '/x', signal: new AbortController().signal }))
      begin(OTHER)
      expect(await failed).toMatchObject({ name: 'AbortError' })
      expect(sent).toEqual([])
    })

    it.each([200, 401, 503])(
      'the answer for the former account is dropped: HTTP %d',
      async (status) => {
        begin(OLD)
        stubFetch(() => {
          begin(OTHER)
          return new Response('{}', { status })
        })
        expect(await rejection(request({ path: '/x' }))).toMatchObject({ name: 'AbortError' })
        expect(sessionNow()).toEqual(OTHER)
      },
    )
  })
})
