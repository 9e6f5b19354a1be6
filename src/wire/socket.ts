import { isId } from '~/domain/ids.ts'
import type { Credential } from '~/domain/session.ts'
import { backoff, type Pauses } from '~/util/backoff.ts'
import { parseEvent, type PushEvent } from './events.ts'
import { httpSettings } from './http.ts'
import { currentCredential } from './session.ts'

/** What a kept socket is doing. Moments are in milliseconds since the epoch, `why` is a sentence to show. */
export type SocketState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'open'; readonly since: number }
  /** The connection failed or was lost; the next try is at `until`. */
  | { readonly kind: 'waiting'; readonly until: number; readonly why: string }
  /** Trying again will most likely not help; it is tried all the same, rarely. */
  | { readonly kind: 'refused'; readonly until: number; readonly why: string }

/** What a socket is kept for. Both functions may call `restart` and `stop`. */
export interface SocketOptions {
  /** Whose events are wanted. */
  readonly customerId: string | null
  /** Told of each new state, the first one before `keepSocket` returns. */
  readonly onState: (state: SocketState) => void
  /** Never empty, at most once in 50 ms, never of another customer. Order means nothing (voipbin-api.md 9.6). */
  readonly onEvents: (events: readonly PushEvent[]) => void
}

/** A socket that is kept until it is stopped. */
export interface KeptSocket {
  /** Drops the connection and what has not been delivered, and connects at once with a clean record. */
  readonly restart: () => void
  /** Final: no state and no events come after it. */
  readonly stop: () => void
}

/** Each handshake costs the customer a request (voipbin-api.md 8). */
const PAUSES: Pauses = { shortest: 1000, longest: 60_000 }

const REFUSED_PAUSE = 5 * 60_000

const BATCH = 50

/**
 * Keeps one WebSocket to the installation, with the credential of the session at each connect, subscribed to
 * all conferences, participants and calls of one customer (voipbin-api.md 9). Nothing that happened while it
 * was not open is ever delivered: after each 'open' the reader has to ask for what it missed.
 */
export function keepSocket({ customerId, onState, onEvents }: SocketOptions): KeptSocket {
  const inbox = createInbox(customerId, onEvents)
  let past = CLEAN
  let stopped = false
  /** Ends what is under way, a connection or a wait: there is never more than one. */
  let drop: (() => void) | undefined

  const scheduleRetry = (kind: 'waiting' | 'refused', pause: number, why: string): void => {
    const timer = setTimeout(connect, pause)
    drop = () => clearTimeout(timer)
    onState({ kind, until: Date.now() + pause, why })
  }

  const refused = (why: string): void => scheduleRetry('refused', REFUSED_PAUSE, why)

  const onOpen = (send: (text: string) => void): void => {
    send(JSON.stringify({ type: 'subscribe', topics: topicsOf(customerId ?? '') }))
    past = { ...past, everOpen: true }
    onState({ kind: 'open', since: Date.now() })
  }

  const onEnd = (ending: Ending): void => {
    past = extend(past, ending)
    const why = refusalOf(past)
    if (why !== null) return refused(why)
    const lost = ending.lived === null ? 'could not be made' : 'was lost'
    scheduleRetry('waiting', backoff(past.failures - 1, PAUSES), `The live connection ${lost}.`)
  }

  function connect(): void {
    const credential = currentCredential()
    if (!credential) return refused('Nobody is signed in.')
    if (!isId(customerId ?? ''))
      return refused('This session does not say whose events to ask for.')
    try {
      drop = open(addressFor(credential), { onOpen, onText: inbox.add, onEnd })
    } catch {
      return refused('The browser does not allow a live connection to this server.')
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

/** Each event is published under two topics; these match one of them, so that each comes once (voipbin-api.md 9.3). */
const topicsOf = (customerId: string): readonly string[] =>
  ['conference', 'conferencecall', 'call'].map(
    (resource) => `customer_id:${customerId}:${resource}:${resource}_`,
  )

/** The query is the only place where a browser can put a credential here (voipbin-api.md 9.1). Never to be logged. */
function addressFor(credential: Credential): string {
  const address = new URL(`${httpSettings().apiBase || location.origin}/v1.0/ws`)
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:'
  if (credential.kind === 'token') address.searchParams.set('token', credential.token)
  else address.searchParams.set('accesskey', credential.accesskey)
  return address.href
}

/** How a connection ended. */
interface Ending {
  /** Milliseconds it was open; null when it never was. */
  readonly lived: number | null
  readonly code: number
}

interface Handlers {
  readonly onOpen: (send: (text: string) => void) => void
  readonly onText: (text: string) => void
  readonly onEnd: (ending: Ending) => void
}

/** A browser's code for an end without a goodbye: a refused handshake, a dropped line (voipbin-api.md 9.1, 9.2). */
const ABNORMAL = 1006

/**
 * One connection, from handshake to end. Returns what drops it, after which nothing is heard of it.
 *
 * @throws DOMException when the browser refuses even to try
 */
function open(address: string, { onOpen, onText, onEnd }: Handlers): () => void {
  const { timeout, onRequest } = httpSettings()
  const socket = new WebSocket(address)
  const listening = new AbortController()
  const { signal } = listening
  let openedAt: number | null = null
  const drop = (): void => {
    clearTimeout(patience)
    listening.abort()
    socket.close()
  }
  const finish = (code: number): void => {
    drop()
    onEnd({ lived: openedAt === null ? null : Date.now() - openedAt, code })
  }
  const patience = setTimeout(() => finish(ABNORMAL), timeout)
  const opened = (): void => {
    clearTimeout(patience)
    openedAt = Date.now()
    onOpen((text) => socket.send(text))
  }
  // The server sends text only (voipbin-api.md 9.1); anything else is counted as unreadable.
  const heard = ({ data }: MessageEvent<unknown>): void =>
    onText(typeof data === 'string' ? data : '')
  socket.addEventListener('open', opened, { signal })
  socket.addEventListener('message', heard, { signal })
  socket.addEventListener('close', ({ code }) => finish(code), { signal })
  onRequest?.()
  return drop
}

/** How it went so far. */
interface Past {
  /** Connections in a row that did not last. */
  readonly failures: number
  /** Connections in a row that were dropped as soon as they asked for something. */
  readonly drops: number
  readonly everOpen: boolean
}

const CLEAN: Past = { failures: 0, drops: 0, everOpen: false }

/** Who lived this long may be missed for a second only. Milliseconds. */
const LONG_LIFE = 30_000

/** A topic that may not be had drops the connection, this soon (voipbin-api.md 9.2, quirk 19). Milliseconds. */
const SOON = 3000

function extend(past: Past, { lived, code }: Ending): Past {
  if (lived === null) return { ...past, failures: past.failures + 1 }
  return {
    ...past,
    failures: lived >= LONG_LIFE ? 1 : past.failures + 1,
    drops: code === ABNORMAL && lived <= SOON ? past.drops + 1 : 0,
  }
}

/** Why it is no use to try again soon; null while it is. The browser does not tell what was answered. */
function refusalOf({ failures, drops, everOpen }: Past): string | null {
  if (drops >= 2) return 'The server drops the live connection: this login may not have the events.'
  // An expired token, a delegate's token, a proxy that knows no WebSocket (voipbin-api.md 9.1).
  if (failures >= 4 && !everOpen) return 'The server does not accept a live connection.'
  return null
}

/** Collects frames, so that a thousand a second are twenty deliveries, and drops what nobody wants. */
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
    // In a hidden tab the timer may come a minute late.
    if (Date.now() - since >= BATCH) flush()
  }

  return { add, clear }
}
