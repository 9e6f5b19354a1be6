import { describe, expect, it, vi } from 'vitest'
import { configureHttp } from './http.ts'
import { end } from './session.ts'
import { CUSTOMER, signIn, socketRig, START } from '~/testing/socket.fixture.ts'

const MINUTE = 60_000

const { states, sockets, state, pause, wait, last, living, keep } = socketRig()

describe('connecting', () => {
  it('goes to the installation with the token of the session', () => {
    keep()
    expect(last().url.href).toBe('wss://api.example/v1.0/ws?token=a.b-c_d')
    expect(states).toEqual([{ kind: 'connecting' }])
  })

  it('goes to the origin of the page when apiBase is empty, with an access key', () => {
    vi.stubGlobal('location', { origin: 'http://localhost:5173' })
    configureHttp({ apiBase: '', timeout: 1000 })
    signIn({ kind: 'accesskey', accesskey: 'k&y=/+ é' })
    keep()
    const { url } = last()
    expect(url.origin + url.pathname).toBe('ws://localhost:5173/v1.0/ws')
    expect(Object.fromEntries(url.searchParams)).toEqual({ accesskey: 'k&y=/+ é' })
  })

  it('is counted among the requests', () => {
    const onRequest = vi.fn<() => void>()
    configureHttp({ apiBase: 'https://api.example', timeout: 1000, onRequest })
    keep()
    expect(onRequest).toHaveBeenCalledTimes(1)
  })

  it('subscribes once to topics that bring each event once', () => {
    keep()
    expect(last().sent).toEqual([])
    vi.advanceTimersByTime(70)
    last().accept()
    const topics = [
      'conference:conference_',
      'conferencecall:conferencecall_',
      'call:call_',
      'recording:recording_',
    ]
    expect(last().sent).toEqual([
      { type: 'subscribe', topics: topics.map((topic) => `customer_id:${CUSTOMER}:${topic}`) },
    ])
    expect(state()).toEqual({ kind: 'open', since: START + 70 })
  })

  it('uses the current credential', () => {
    keep()
    signIn({ kind: 'token', token: 'newer' })
    last().fail()
    wait()
    expect(last().url.search).toBe('?token=newer')
  })

  it('ends a handshake that is not answered', () => {
    keep()
    vi.advanceTimersByTime(10_000)
    expect(state()).toMatchObject({ kind: 'waiting' })
    expect(living()).toBe(0)
  })
})

describe('keepSocket waits five minutes', () => {
  it.each([[null], [''], ['00000000-0000-0000-0000-000000000000'], ['5e4a0680']])(
    'and does not connect for the customer %j, whose topic would drop the socket',
    (customerId) => {
      keep(customerId)
      expect(state()).toMatchObject({ kind: 'refused', why: expect.stringContaining('whose') })
      vi.advanceTimersByTime(60 * MINUTE)
      expect(sockets).toEqual([])
    },
  )

  it('without a session, and then tries again', () => {
    end('expired')
    keep()
    expect(sockets).toEqual([])
    expect(state()).toMatchObject({ kind: 'refused', until: START + 5 * MINUTE })
    signIn({ kind: 'token', token: 'back' })
    wait()
    expect(state()).toEqual({ kind: 'connecting' })
  })

  it('when the browser forbids WebSockets', () => {
    vi.stubGlobal('WebSocket', function forbid() {
      throw new DOMException('insecure', 'SecurityError')
    })
    keep()
    expect(states).toMatchObject([{ kind: 'refused', why: expect.stringContaining('browser') }])
  })

  it('after four handshakes that never succeeded, as with a delegate token', () => {
    keep()
    for (let failed = 0; failed < 3; failed += 1) {
      last().fail()
      expect(state()?.kind).toBe('waiting')
      wait()
    }
    for (let failed = 0; failed < 3; failed += 1) {
      last().fail()
      expect(state()).toMatchObject({ kind: 'refused', why: expect.stringContaining('accept') })
      expect(pause()).toBe(5 * MINUTE)
      wait()
    }
    expect(sockets).toHaveLength(7)
    last().accept()
    expect(state()?.kind).toBe('open')
  })

  it('after two drops soon after subscribing, as for a forbidden topic', () => {
    keep()
    last().accept()
    last().fail()
    expect(state()?.kind).toBe('waiting')
    wait()
    last().accept()
    vi.advanceTimersByTime(3000)
    last().fail()
    expect(state()).toMatchObject({ kind: 'refused', why: expect.stringContaining('drops') })
    expect(pause()).toBe(5 * MINUTE)
  })

  it.each([
    ['later drops', 3001, 1006],
    ['ends with a close frame', 0, 1001],
  ])('but not after %s', (_name, lived, code) => {
    keep()
    for (let dropped = 0; dropped < 6; dropped += 1) {
      last().accept()
      vi.advanceTimersByTime(lived)
      last().fail(code)
      expect(state()?.kind).toBe('waiting')
      wait()
    }
  })
})

describe('reconnecting', () => {
  it('waits longer each time, up to a minute, and never stops once a connection has succeeded', () => {
    keep()
    last().accept()
    const pauses = Array.from({ length: 9 }, () => {
      last().fail()
      const taken = pause()
      wait()
      return taken
    })
    expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 52.5, 52.5, 52.5].map((s) => s * 1000))
  })

  it.each([
    [29_999, 4000],
    [30_000, 1000],
  ])('after a connection of %d ms waits %d ms', (lived, taken) => {
    keep()
    last().accept()
    last().fail()
    wait()
    last().fail()
    wait()
    last().accept()
    vi.advanceTimersByTime(lived)
    last().fail()
    expect(pause()).toBe(taken)
  })

  it('connects when the pause is over', () => {
    keep()
    last().fail()
    vi.advanceTimersByTime(pause() - 1)
    expect(sockets).toHaveLength(1)
    vi.advanceTimersByTime(1)
    expect(sockets).toHaveLength(2)
    expect(state()).toEqual({ kind: 'connecting' })
  })
})
