import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ApiError } from '~/domain/api-error.ts'
import { sessionOf } from '~/testing/session.fixture.ts'
import { json, redirected, rejection, stubFetch, stubStorage } from '~/testing/fetch.fixture.ts'
import invalidArgument from './fixtures/error-invalid-argument.json'
import rateLimited from './fixtures/error-rate-limited.json'
import { configureHttp, request, sendAhead, type Request } from './http.ts'
import { serverClockError, serverOffset } from '~/clock.ts'
import { begin, end, sessionStore } from './session.ts'

const TOKEN = sessionOf({ customerId: null, permission: null })

const sessionNow = () => sessionStore.get().session

beforeEach(() => {
  stubStorage()
  configureHttp({ apiBase: 'https://api.example', timeout: 10_000 })
})

afterEach(() => {
  end('by-choice')
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

/** The single request that `wanted` sends. */
async function sentFor(wanted: Parameters<typeof request>[0]) {
  const all = stubFetch(() => json({}))
  await request(wanted)
  const [one, ...more] = all
  if (!one || more.length > 0) throw new Error('a request must be sent once')
  return { ...one, headers: new Headers(one.init.headers) }
}

describe('a request', () => {
  it('is a plain GET to the installation without a session', async () => {
    const { url, init, headers } = await sentFor({ path: '/v1.0/calls' })
    expect(url.href).toBe('https://api.example/v1.0/calls')
    expect(init).toMatchObject({ method: 'GET', body: null, cache: 'no-store' })
    expect([...headers.keys()]).toEqual(['accept'])
  })

  it('goes to the origin of the page when apiBase is empty', async () => {
    configureHttp({ apiBase: '', timeout: 1000 })
    expect((await sentFor({ path: '/ping' })).url.href).toBe('https://page.example/ping')
  })

  it('never carries cookies, which would override the header', async () => {
    expect((await sentFor({ path: '/ping' })).init.credentials).toBe('omit')
    begin(TOKEN)
    expect((await sentFor({ path: '/ping' })).init.credentials).toBe('omit')
  })

  it('carries a token in the header and nowhere else', async () => {
    begin(TOKEN)
    const { url, headers } = await sentFor({ path: '/v1.0/calls', query: { page_size: '100' } })
    expect(headers.get('Authorization')).toBe('Bearer jwt')
    expect(url.search).toBe('?page_size=100')
  })

  it('carries an access key in the query, the only place the platform looks', async () => {
    begin({ ...TOKEN, credential: { kind: 'accesskey', accesskey: 'k&y=/+ é' } })
    const { url, headers } = await sentFor({ path: '/v1.0/calls', query: { page_size: '1' } })
    expect(headers.has('Authorization')).toBe(false)
    expect(Object.fromEntries(url.searchParams)).toEqual({ page_size: '1', accesskey: 'k&y=/+ é' })
  })

  it('carries the credential it was given instead of the session’s, or none', async () => {
    begin(TOKEN)
    const none = await sentFor({ path: '/auth/login', credential: null })
    expect(none.headers.has('Authorization')).toBe(false)
    const other = await sentFor({ path: '/x', credential: { kind: 'token', token: 'other' } })
    expect(other.headers.get('Authorization')).toBe('Bearer other')
  })

  it('has a body and its content type when a body is given', async () => {
    const { init, headers } = await sentFor({
      method: 'POST',
      path: '/x',
      body: { a: 1 },
      credential: null,
    })
    expect(init).toMatchObject({ method: 'POST', body: '{"a":1}' })
    expect(headers.get('Content-Type')).toBe('application/json')
  })
})

describe('after each request', () => {
  it('onRequest was called once, whatever the answer', async () => {
    const onRequest = vi.fn<() => void>()
    configureHttp({ apiBase: '', timeout: 1000, onRequest })
    await sentFor({ path: '/x' })
    expect(onRequest).toHaveBeenCalledTimes(1)
    stubFetch(() => Promise.reject(new TypeError('Failed to fetch')))
    await rejection(request({ path: '/x' }))
    expect(onRequest).toHaveBeenCalledTimes(2)
  })

  it.each([200, 503])('the server’s clock is known from an answer with HTTP %d', async (status) => {
    const ahead = status * 3_600_000
    const headers = { Date: new Date(Date.now() + ahead).toUTCString() }
    stubFetch(() => new Response('{}', { status, headers }))
    await request({ path: '/x' }).catch(() => undefined)
    expect(Math.abs(serverOffset() - ahead)).toBeLessThanOrEqual(serverClockError())
  })
})

const failureFor = async (answer: Parameters<typeof stubFetch>[0]) => {
  stubFetch(answer)
  return rejection(request({ path: '/v1.0/calls' }))
}

describe('the answer', () => {
  it('is the parsed body of a success, whatever its content type', async () => {
    stubFetch(() => json({ a: [1] }, { headers: { 'Content-Type': 'text/plain' } }))
    expect(await request({ path: '/x' })).toEqual({ a: [1] })
  })

  it('is an ApiError with the words of the envelope', async () => {
    const headers = { 'Retry-After': '2', 'X-Request-Id': 'from-the-header' }
    const error = await failureFor(() => json(rateLimited, { status: 429, headers }))
    expect(error).toBeInstanceOf(ApiError)
    expect(error).toMatchObject({
      kind: 'refused',
      status: 429,
      reason: 'RATE_LIMIT_EXCEEDED',
      message: 'Too many requests.',
      requestId: 'req_ABCDEFGHIJKLMNOPQRSTUVWX23',
      retryAfter: 2000,
    })
  })

  it('isMissing for the platform’s 400', async () => {
    const error = await failureFor(() => json(invalidArgument, { status: 400 }))
    expect(error).toMatchObject({ isMissing: true, requestId: 'req_ZYXWVUTSRQPONMLKJIHGFEDC76' })
  })

  it.each([
    ['an empty body', ''],
    ['the page of a proxy', '<html><h1>502 Bad Gateway</h1></html>'],
    ['other JSON', '{"message":"no"}'],
    ['no object', 'null'],
    ['broken JSON', '{"error":{'],
  ])('is an ApiError for an error status with %s', async (_name, body) => {
    const headers = { 'X-Request-Id': 'abc' }
    const error = await failureFor(() => new Response(body, { status: 502, headers }))
    expect(error).toMatchObject({
      kind: 'refused',
      status: 502,
      reason: undefined,
      requestId: 'abc',
      message: 'The server answered HTTP 502 without saying why.',
    })
  })

  it.each([[''], ['Thu, 15 Jan 2026 09:30:00 GMT'], ['0'], ['-1']])(
    'has no retryAfter when Retry-After is "%s"',
    async (wait) => {
      const headers = { 'Retry-After': wait }
      const error = await failureFor(() => new Response('', { status: 503, headers }))
      expect(error).toMatchObject({ status: 503, retryAfter: undefined })
    },
  )

  it.each([
    ['', /an empty body/],
    ['  \n', /an empty body/],
    [' <!doctype html><title>Sign in to Wi-Fi</title>', /a web page/],
    ['{"result":[', /broken JSON/],
  ])('is malformed for a success with the body %j', async (body, message) => {
    const error = await failureFor(() => new Response(body))
    expect(error).toMatchObject({ kind: 'malformed', message: expect.stringMatching(message) })
  })

  it('is unreachable when the network fails', async () => {
    const error = await failureFor(() => Promise.reject(new TypeError('Failed to fetch')))
    expect(error).toBeInstanceOf(ApiError)
    expect(error).toMatchObject({ kind: 'unreachable', status: undefined })
  })

  it('is unreachable when the body ends early', async () => {
    const broken = new ReadableStream({
      start: (controller) => controller.error(new TypeError('network error')),
    })
    expect(await failureFor(() => new Response(broken))).toMatchObject({ kind: 'unreachable' })
  })
})

/** An endpoint that does not answer until the signal is aborted. */
const silence = ({ init }: { init: RequestInit }) =>
  new Promise<Response>((_resolve, reject) => {
    const { signal } = init
    signal?.addEventListener('abort', () => reject(asError(signal.reason)))
  })

const asError = (reason: unknown): Error =>
  reason instanceof Error ? reason : new Error(String(reason))

describe('a redirect', () => {
  it.each<[string, Request]>([
    ['GET', { path: '/x', credential: null }],
    ['POST', { method: 'POST', path: '/x', credential: null }],
    ['DELETE', { method: 'DELETE', path: '/x', account: '', credential: null }],
  ])('of %s is not followed, and is not reported as a lost connection', async (_method, wanted) => {
    const sent = stubFetch(redirected)
    const error = await rejection(request(wanted))
    expect(sent.map(({ init }) => init.redirect)).toEqual(['manual'])
    expect(error).toMatchObject({
      kind: 'malformed',
      message: 'The server redirected the request, which is not followed.',
    })
  })
})

describe('waiting', () => {
  it('ends in a timeout, whose message says how long it was', async () => {
    const clock = new AbortController()
    const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(clock.signal)
    configureHttp({ apiBase: '', timeout: 7000 })
    stubFetch(silence)
    const failed = rejection(request({ path: '/x' }))
    clock.abort(new DOMException('', 'TimeoutError'))
    expect(await failed).toMatchObject({ kind: 'timeout', message: expect.stringContaining('7 s') })
    expect(timeout).toHaveBeenCalledWith(7000)
  })

  it('really times out', async () => {
    configureHttp({ apiBase: '', timeout: 1 })
    stubFetch(silence)
    expect(await rejection(request({ path: '/x' }))).toMatchObject({ kind: 'timeout' })
  })

  it('ends with the abort of the caller, which is not a failure of the server', async () => {
    const caller = new AbortController()
    stubFetch(silence)
    const failed = rejection(request({ path: '/x', signal: caller.signal }))
    caller.abort()
    const error = await failed
    expect(error).not.toBeInstanceOf(ApiError)
    expect(error).toMatchObject({ name: 'AbortError' })
  })
})

const refuseAll = () => stubFetch(() => new Response('', { status: 401 }))

describe('HTTP 401', () => {
  it('ends the session', async () => {
    begin(TOKEN)
    refuseAll()
    expect(await rejection(request({ path: '/x' }))).toMatchObject({ isUnauthenticated: true })
    expect(sessionStore.get()).toEqual({ session: null, reason: 'refused' })
  })

  it('does not end a session that began after the request', async () => {
    begin(TOKEN)
    const other = { ...TOKEN, credential: { kind: 'token', token: 'newer' } } as const
    stubFetch(() => {
      begin(other)
      return new Response('', { status: 401 })
    })
    await rejection(request({ path: '/x' }))
    expect(sessionNow()).toEqual(other)
  })

  it('for another credential does not end the session', async () => {
    begin(TOKEN)
    refuseAll()
    const credential = { kind: 'accesskey', accesskey: 'wrong' } as const
    await rejection(request({ path: '/v1.0/customer', credential }))
    expect(sessionNow()).toEqual(TOKEN)
  })

  it.each([400, 403, 404, 429, 500, 503])(
    'only: HTTP %d does not end the session',
    async (status) => {
      begin(TOKEN)
      stubFetch(() => new Response('', { status }))
      await rejection(request({ path: '/x' }))
      expect(sessionNow()).toEqual(TOKEN)
    },
  )
})

describe('a request that was sent ahead', () => {
  const wanted = { path: '/v1.0/calls', query: { page_size: '100' } }

  it('is sent once, and counted once', async () => {
    const onRequest = vi.fn<() => void>()
    configureHttp({ apiBase: 'https://api.example', timeout: 1000, onRequest })
    begin(TOKEN)
    const sent = stubFetch(() => json({ some: 'answer' }))
    sendAhead(wanted)
    expect(await request(wanted)).toEqual({ some: 'answer' })
    expect(sent).toHaveLength(1)
    expect(onRequest).toHaveBeenCalledTimes(1)
    await request(wanted)
    expect(sent).toHaveLength(2)
  })

  it('is not sent without a session', () => {
    const sent = stubFetch(() => json({}))
    sendAhead(wanted)
    expect(sent).toHaveLength(0)
  })

  it('ends the session when the server refuses its credential, as any request does', async () => {
    begin(TOKEN)
    stubFetch(() => json({ error: { reason: 'AUTHENTICATION_REQUIRED' } }, { status: 401 }))
    sendAhead(wanted)
    expect(await rejection(request(wanted))).toMatchObject({ status: 401 })
    expect(sessionNow()).toBeNull()
  })
})
