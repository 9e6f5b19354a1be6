import { isId } from '~/domain/ids.ts'
import type { Credential } from '~/domain/session.ts'
import { backoff, type Pauses } from '~/util/backoff.ts'
import { parseEvent, type PushEvent } from './events.ts'
import { httpSettings } from './http.ts'
import { currentCredential } from './session.ts'

/** The state of a kept socket. Moments are in milliseconds since the epoch; `why` is a sentence to show. */
export type SocketState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'open'; readonly since: number }
  /** The connection failed or was lost; the next attempt is at `until`. */
  | { readonly kind: 'waiting'; readonly until: number; readonly why: string }
  /** Another attempt will most likely fail; it is made at `until` all the same. */
  | { readonly kind: 'refused'; readonly until: number; readonly why: string }

/** The options of `keepSocket`. Both functions may call `restart` and `stop`. */
export interface SocketOptions {
  /** The customer whose events are subscribed to. */
  readonly customerId: string | null
  /** Called with each new state, for the first time before `keepSocket` returns. */
  readonly onState: (state: SocketState) => void
  /** Called at most once in 50 ms, with at least one event, all of this customer, in any order (voipbin-api.md 9.6). */
  readonly onEvents: (events: readonly PushEvent[]) => void
}

/** A socket that reconnects until it is stopped. */
export interface KeptSocket {
  /** Drops the connection and the undelivered events, and connects at once as if nothing had failed before. */
  readonly restart: () => void
  /** Final: neither function is called again. */
  readonly stop: () => void
}

/** Pauses between attempts; each handshake costs the customer a request (voipbin-api.md 8). */
const PAUSES: Pauses = { shortest: 1000, longest: 60_000 }

/** Milliseconds. */
const REFUSED_PAUSE = 5 * 60_000

/** How long frames are collected before they are delivered. Milliseconds. */
const BATCH = 50

/**
 * Keeps one WebSocket to the installation, subscribed to all conferences, participants, calls and recordings of one customer
 * (voipbin-api.md 9). Each connection uses the credential that the session has then. Events from while it was not
 * open are never delivered: after each 'open' the caller has to read what it missed.
 */
export function keepSocket({ customerId, onState, onEvents }: SocketOptions): KeptSocket {
  const inbox = createInbox(customerId, onEvents)
  let past = CLEAN
  let stopped = false
  /** Ends the current connection or wait; there is never more than one. */
  let drop: (() => void) | undefined

  const scheduleRetry = (kind: 'waiting' | 'refused', pause: number, why: string): void => {
    const timer = setTimeout(connect, pause)
    drop = () => clearTimeout(timer)
    onState({ kind, until: Date.now() + pause, why })
  }

  const onRefused = (why: string): void => scheduleRetry('refused', REFUSED_PAUSE, why)

  const onOpen = (send: (text: string) => void): void => {
    send(JSON.stringify({ type: 'subscribe', topics: topicsOf(customerId ?? '') }))
    past = { ...past, everOpen: true }
    onState({ kind: 'open', since: Date.now() })
  }

  const onEnd = (ending: Ending): void => {
    past = extend(past, ending)
    const why = refusalOf(past)
    if (why !== null) return onRefused(why)
    const lost = ending.lived === null ? 'could not be made' : 'was lost'
    scheduleRetry('waiting', backoff(past.failures - 1, PAUSES), `The live connection ${lost}.`)
  }

  function connect(): void {
    const credential = currentCredential()
    if (!credential) return onRefused('Nobody is signed in.')
    if (!isId(customerId ?? ''))
      return onRefused('This session does not say whose events to ask for.')
    try {
      drop = open(addressFor(credential), { onOpen, onText: inbox.add, onEnd })
    } catch {
      return onRefused('The browser does not allow a live connection to this server.')
    }
    onState({ kind: 'connecting' })
  }

  const end = (): void => {
    drop?.()
    inbox.clear()
  }

  connect()
  return {
    restart: () => {
      if (stopped) return
      end()
      past = { ...CLEAN, everOpen: past.everOpen }
      connect()
    },
    stop: () => {
      stopped = true
      end()
    },
  }
}

/** Each event has two topics; these prefixes match one of them, so that it arrives once (voipbin-api.md 9.3). */
const topicsOf = (customerId: string): readonly string[] =>
  ['conference', 'conferencecall', 'call', 'recording'].map(
    (resource) => `customer_id:${customerId}:${resource}:${resource}_`,
  )

/** A browser can put the credential only into the query (voipbin-api.md 9.1), so the address must not be logged. */
function addressFor(credential: Credential): string {
  const address = new URL(`${httpSettings().apiBase || location.origin}/v1.0/ws`)
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:'
  if (credential.kind === 'token') address.searchParams.set('token', credential.token)
  else address.searchParams.set('accesskey', credential.accesskey)
  return address.href
}

/** The end of a connection. */
interface Ending {
  /** How long it was open, in milliseconds; null when it never was. */
  readonly lived: number | null
  readonly code: number
}

interface Handlers {
  readonly onOpen: (send: (text: string) => void) => void
  readonly onText: (text: string) => void
  readonly onEnd: (ending: Ending) => void
}

/** The close code for an end without a close frame: a refused handshake, a dropped line (voipbin-api.md 9.1, 9.2). */
const ABNORMAL = 1006

/**
 * Opens one connection.
 *
 * @returns a function that drops it, after which no handler is called
 * @throws DOMException when the browser refuses to connect
 */
function open(address: string, { onOpen, onText, onEnd }: Handlers): () => void {
  const { timeout, onRequest } = httpSettings()
  const socket = new WebSocket(address)
  const listening = new AbortController()
  const { signal } = listening
  let openedAt: number | null = null
  const drop = (): void => {
    clearTimeout(handshakeTimer)
    listening.abort()
    socket.close()
  }
  const finish = (code: number): void => {
    drop()
    onEnd({ lived: openedAt === null ? null : Date.now() - openedAt, code })
  }
  const handshakeTimer = setTimeout(() => finish(ABNORMAL), timeout)
  const onSocketOpen = (): void => {
    clearTimeout(handshakeTimer)
    openedAt = Date.now()
    onOpen((text) => socket.send(text))
  }
  // The server sends text only (voipbin-api.md 9.1); a binary frame becomes an unreadable event.
  const onSocketMessage = ({ data }: MessageEvent<unknown>): void =>
    onText(typeof data === 'string' ? data : '')
  socket.addEventListener('open', onSocketOpen, { signal })
  socket.addEventListener('message', onSocketMessage, { signal })
  socket.addEventListener('close', ({ code }) => finish(code), { signal })
  onRequest?.()
  return drop
}

/** How the connections so far have ended. */
interface Past {
  /** Connections in a row that did not last. */
  readonly failures: number
  /** Connections in a row that the server dropped soon after the subscription. */
  readonly drops: number
  readonly everOpen: boolean
}

const CLEAN: Past = { failures: 0, drops: 0, everOpen: false }

/** A connection that lasted this long is opened again after the shortest pause. Milliseconds. */
const LONG_LIFE = 30_000

/** A forbidden topic drops the connection within this time (voipbin-api.md 9.2, quirk 19). Milliseconds. */
const DROPS_WITHIN = 3000

function extend(past: Past, { lived, code }: Ending): Past {
  if (lived === null) return { ...past, failures: past.failures + 1 }
  return {
    ...past,
    failures: lived >= LONG_LIFE ? 1 : past.failures + 1,
    drops: code === ABNORMAL && lived <= DROPS_WITHIN ? past.drops + 1 : 0,
  }
}

/** Why the next attempt has to wait long; null when it has not to. The browser hides the answer to a handshake. */
function refusalOf({ failures, drops, everOpen }: Past): string | null {
  if (drops >= 2) return 'The server drops the live connection: this login may not have the events.'
  // An expired token, a delegate token, or a proxy without WebSocket (voipbin-api.md 9.1).
  if (failures >= 4 && !everOpen) return 'The server does not accept a live connection.'
  return null
}

/** Collects frames, so that 1,000 a second make 20 deliveries, and drops those of other customers. */
function createInbox(customerId: string | null, onEvents: SocketOptions['onEvents']) {
  const texts = new Set<string>()
  let since = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const isForeign = (event: PushEvent): boolean =>
    event.kind !== 'unreadable' && event.customerId !== null && event.customerId !== customerId

  const clear = (): void => {
    clearTimeout(timer)
    texts.clear()
  }

  const flush = (): void => {
    const events = [...texts].map(parseEvent).filter((event) => !isForeign(event))
    clear()
    if (events.length > 0) onEvents(events)
  }

  const add = (text: string): void => {
    if (texts.size === 0) {
      since = Date.now()
      timer = setTimeout(flush, BATCH)
    }
    texts.add(text)
    // The timer of a hidden tab may be a minute late.
    if (Date.now() - since >= BATCH) flush()
  }

  return { add, clear }
}
