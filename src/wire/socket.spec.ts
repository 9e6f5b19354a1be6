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

  it('goes to the origin of the page when no other is set, with an access key', () => {
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
    const topics = ['conference:conference_', 'conferencecall:conferencecall_', 'call:call_']
    expect(last().sent).toEqual([
      { type: 'subscribe', topics: topics.map((topic) => `customer_id:${CUSTOMER}:${topic}`) },
    ])
    expect(state()).toEqual({ kind: 'open', since: START + 70 })
  })

  it('takes the credential of the moment', () => {
    keep()
    signIn({ kind: 'token', token: 'newer' })
    last().fail()
    wait()
    expect(last().url.search).toBe('?token=newer')
  })

  it('gives up a handshake that is not answered', () => {
    keep()
    vi.advanceTimersByTime(10_000)
    expect(state()).toMatchObject({ kind: 'waiting' })
    expect(living()).toBe(0)
  })
})

describe('refusing', () => {
  it.each([[null], [''], ['00000000-0000-0000-0000-000000000000'], ['5e4a0680']])(
    'to connect for the customer %j, whose topic would only drop the socket',
    (customerId) => {
      keep(customerId)
      expect(state()).toMatchObject({ kind: 'refused', why: expect.stringContaining('whose') })
      vi.advanceTimersByTime(60 * MINUTE)
      expect(sockets).toEqual([])
    },
  )

  it('to connect while nobody is signed in, and looking again', () => {
    end('expired')
    keep()
    expect(sockets).toEqual([])
    expect(state()).toMatchObject({ kind: 'refused', until: START + 5 * MINUTE })
    signIn({ kind: 'token', token: 'back' })
    wait()
    expect(state()).toEqual({ kind: 'connecting' })
  })

  it('to go on when the browser forbids it', () => {
    vi.stubGlobal('WebSocket', function forbid() {
      throw new DOMException('insecure', 'SecurityError')
    })
    keep()
    expect(states).toMatchObject([{ kind: 'refused', why: expect.stringContaining('browser') }])
  })

  it('to hurry after four handshakes that never succeeded, as for a delegate', () => {
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

  it('to hurry after two drops soon after subscribing, as for a topic without permission', () => {
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
    ['a drop that came later', 3001, 1006],
    ['a server that says goodbye', 0, 1001],
  ])('not for %s', (_name, lived, code) => {
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

describe('coming back', () => {
  it('takes ever longer, up to a minute, and never gives up who was in once', () => {
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
  ])('after a life of %d ms takes %d ms', (lived, taken) => {
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

  it('connects when the pause is over and not before', () => {
    keep()
    last().fail()
    vi.advanceTimersByTime(pause() - 1)
    expect(sockets).toHaveLength(1)
    vi.advanceTimersByTime(1)
    expect(sockets).toHaveLength(2)
    expect(state()).toEqual({ kind: 'connecting' })
  })
})
