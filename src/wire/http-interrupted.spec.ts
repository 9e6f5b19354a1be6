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

/** What was sent as whom. */
const tokens = (all: ReturnType<typeof stubFetch>) =>
  all.map(({ init }) => new Headers(init.headers).get('Authorization'))

describe('while a session is interrupted', () => {
  const NEW: Session = { ...OLD, credential: { kind: 'token', token: 'new' } }
  it('nothing is sent: what reads waits, and is sent with the next session', async () => {
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

  it('what was refused is asked again with the next session', async () => {
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

  it('a refused session that was replaced meanwhile costs one more request, not a failure', async () => {
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
    ['cannot be called off', { path: '/x' }],
    ['does something', { method: 'DELETE', path: '/x', account: accountOf(OLD) }],
  ])('what %s fails at once, unsent', async (_name, wanted) => {
    begin(OLD)
    end('refused')
    const sent = stubFetch(() => json({}))
    expect(await rejection(request(wanted))).toMatchObject({
      isUnauthenticated: true,
      reason: 'AUTHENTICATION_REQUIRED',
    })
    expect(sent).toEqual([])
  })

  it('nothing is sent in the name of an account that is not the one signed in', async () => {
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

  it('what waits can be called off', async () => {
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

  it('what waits fails when somebody signs out by choice', async () => {
    begin(OLD)
    end('refused')
    const sent = stubFetch(() => json({}))
    const { signal } = new AbortController()
    const failed = rejection(request({ path: '/x', signal }))
    end('by-choice')
    expect(await failed).toMatchObject({ isUnauthenticated: true })
    expect(sent).toEqual([])
  })

  it('signing in is asked for all the same', async () => {
    begin(OLD)
    end('refused')
    const sent = stubFetch(() => json({}))
    await request({ path: '/auth/login', credential: null })
    expect(sent).toHaveLength(1)
  })

  describe('and another account comes', () => {
    const OTHER: Session = { ...NEW, username: 'zoe' }

    it('what waits is called off, unsent', async () => {
      begin(OLD)
      end('refused')
      const sent = stubFetch(() => json({}))
      const failed = rejection(request({ path: '/x', signal: new AbortController().signal }))
      begin(OTHER)
      expect(await failed).toMatchObject({ name: 'AbortError' })
      expect(sent).toEqual([])
    })

    it.each([200, 401, 503])('what was under way is for nobody: HTTP %d', async (status) => {
      begin(OLD)
      stubFetch(() => {
        begin(OTHER)
        return new Response('{}', { status })
      })
      expect(await rejection(request({ path: '/x' }))).toMatchObject({ name: 'AbortError' })
      expect(sessionNow()).toEqual(OTHER)
    })
  })
})
