import { afterEach, beforeEach, expect, vi } from 'vitest'
import type { Credential } from '~/domain/session.ts'
import type { PushEvent } from '~/wire/events.ts'
import { stubStorage } from './fetch.fixture.ts'
import conference from '~/wire/fixtures/conference.json'
import { configureHttp } from '~/wire/http.ts'
import { begin, end } from '~/wire/session.ts'
import { keepSocket, type KeptSocket, type SocketState } from '~/wire/socket.ts'

/** A WebSocket whose other end is the spec. */
export class FakeSocket extends EventTarget {
  readonly url: URL
  readonly sent: unknown[] = []
  /** Milliseconds since the epoch. */
  readonly madeAt = Date.now()
  endedAt: number | null = null

  constructor(address: string) {
    super()
    this.url = new URL(address)
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text))
  }

  close(): void {
    this.endedAt ??= Date.now()
  }

  /** Connecting or open, as far as its owner and the line let it be. */
  get isLiving(): boolean {
    return this.endedAt === null
  }

  /** The handshake succeeds. */
  accept(): void {
    this.dispatchEvent(new Event('open'))
  }

  /** The server sends a frame: text as it is, anything else as JSON. */
  say(frame: unknown): void {
    const data = typeof frame === 'string' ? frame : JSON.stringify(frame)
    this.dispatchEvent(new MessageEvent('message', { data }))
  }

  /** The connection ends, by default as a browser reports a refused handshake or a lost line. */
  fail(code = 1006): void {
    this.endedAt ??= Date.now()
    this.dispatchEvent(new Event('error'))
    this.dispatchEvent(Object.assign(new Event('close'), { code }))
  }
}

/** What stands for the browser's WebSocket, and adds each that is made to `all`. */
const fakeSockets = (all: FakeSocket[]) =>
  class extends FakeSocket {
    constructor(address: string) {
      super(address)
      all.push(this)
    }
  }

/** The customer of the fixtures. */
export const CUSTOMER = conference.customer_id

/** An event about the conference of the fixtures, one of many. */
export const frame = (n: number, customer = CUSTOMER) => ({
  ...conference,
  customer_id: customer,
  timeout: n,
})

/** When each spec begins, milliseconds since the epoch. */
export const START = Date.parse('2026-01-15T12:00:00Z')

/** Signs in at the installation of the specs. */
export const signIn = (credential: Credential): void =>
  begin({
    credential,
    name: 'Sam',
    username: 'sam',
    customerId: CUSTOMER,
    permission: 32,
    expiresAt: null,
  })

/** A session, fake sockets and clock, and all that was told, fresh for each spec of the file. */
export function socketRig() {
  const states: SocketState[] = []
  const batches: (readonly PushEvent[])[] = []
  const sockets: FakeSocket[] = []
  let kept: KeptSocket | undefined

  beforeEach(() => {
    vi.useFakeTimers({ now: START })
    vi.spyOn(Math, 'random').mockReturnValue(0.5)
    vi.stubGlobal('WebSocket', fakeSockets(sockets))
    stubStorage()
    configureHttp({ apiBase: 'https://api.example', timeout: 10_000 })
    signIn({ kind: 'token', token: 'a.b-c_d' })
  })

  afterEach(() => {
    kept?.stop()
    end('by-choice')
    for (const list of [states, batches, sockets]) list.length = 0
    vi.useRealTimers()
    vi.restoreAllMocks()
    vi.unstubAllGlobals()
  })

  const state = (): SocketState | undefined => states.at(-1)
  /** Until the next try, in milliseconds. */
  const pause = (): number => {
    const now = state()
    return now && 'until' in now ? now.until - Date.now() : 0
  }
  return {
    states,
    batches,
    sockets,
    state,
    pause,
    wait: (): unknown => vi.advanceTimersByTime(pause()),
    last: (): FakeSocket => sockets.at(-1) ?? expect.fail('no socket was made'),
    living: (): number => sockets.filter(({ isLiving }) => isLiving).length,
    keep: (customerId: string | null = CUSTOMER): KeptSocket => {
      kept = keepSocket({
        customerId,
        onState: (next) => states.push(next),
        onEvents: (events) => batches.push(events),
      })
      return kept
    },
  }
}
