import * as v from 'valibot'
import {
  accountOf,
  isInterruption,
  type Credential,
  type Session,
  type SignedOutReason,
} from '~/domain/session.ts'
import { fromMillis, toMillis } from '~/domain/time.ts'
import { openChannel, type Channel } from '~/util/channel.ts'
import { parseJson } from '~/util/json.ts'
import { valueStore, type ValueStore } from '~/util/value-store.ts'
import { serverClockError, serverNow } from '~/clock.ts'

/** The session, or the reason why there is none. */
export type SessionState =
  | { readonly session: Session; readonly reason?: never }
  | { readonly session: null; readonly reason: SignedOutReason }

const STORAGE_KEY = 'rollcall.session'

const Stored = v.object({
  credential: v.variant('kind', [
    v.object({ kind: v.literal('token'), token: v.string() }),
    v.object({ kind: v.literal('accesskey'), accesskey: v.string() }),
  ]),
  name: v.string(),
  username: v.optional(v.nullable(v.string()), null),
  customerId: v.nullable(v.string()),
  permission: v.nullable(v.number()),
  expiresAt: v.nullable(v.number()),
})

/** The messages between the tabs of one browser. They stay in memory and are never stored. */
const Message = v.variant('kind', [
  v.object({ kind: v.literal('ask') }),
  // isProved: the server has just accepted the credential, so that one it refused before counts again.
  v.object({ kind: v.literal('offer'), session: Stored, isProved: v.optional(v.boolean(), false) }),
  v.object({ kind: v.literal('end'), account: v.string() }),
])

/** Installations that share an origin must not share sessions. */
const CHANNEL = `rollcall.session ${import.meta.env.BASE_URL}`

/** How long a new tab waits for the session of another tab. Milliseconds. */
const OFFER_TIMEOUT = 150

const current = valueStore<SessionState>({ session: null, reason: 'not-yet' })
/** The last session of this tab. Only a session of the same account is adopted without a sign-in. */
let lastSession: Session | null = null
/** Aborted when another account signs in, which drops the requests and answers of the former one. */
let sessionScope = new AbortController()
let channel: Channel | null = null
let isWaitingForOffer = false
let expiry: ReturnType<typeof setTimeout> | undefined

/** The session as a store for useSyncExternalStore. */
export const sessionStore: Pick<ValueStore<SessionState>, 'get' | 'subscribe'> = current

/** The credential for requests; null while there is no session. */
export const currentCredential = (): Credential | null => current.get().session?.credential ?? null

const isInterrupted = (): boolean => isInterruption(current.get().reason)

/** The session this tab works for: the current one, or the interrupted one that can be resumed. */
export const currentOwner = (): Session | null =>
  current.get().session ?? (isInterrupted() ? lastSession : null)

/** The account this tab works for (`accountOf`); empty when there is none. */
export function currentAccount(): string {
  const owner = currentOwner()
  return owner ? accountOf(owner) : ''
}

/** Aborted as soon as another account signs in. */
export const currentSessionScope = (): AbortSignal => sessionScope.signal

/** Whether a session may resume what the interrupted one had open; otherwise it starts empty. */
export const canResume = (session: Session): boolean =>
  current.get().reason !== 'by-choice' && isOfLastAccount(session)

/**
 * The credential for a request. While the session is interrupted, waits for the credential of the next one.
 *
 * @throws the signal's reason when it is aborted first
 */
export async function awaitCredential(signal: AbortSignal): Promise<Credential | null> {
  await until(() => !isInterrupted(), signal)
  signal.throwIfAborted()
  return currentCredential()
}

/** Waits for a state of the session, or for the signal. */
function until(isReached: () => boolean, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const settle = (): void => {
      if (!isReached() && !signal.aborted) return
      stop()
      signal.removeEventListener('abort', settle)
      resolve()
    }
    const stop = current.subscribe(settle)
    signal.addEventListener('abort', settle)
    settle()
  })
}

/** Where the browser forbids storage, the session lasts until the tab is reloaded. */
function readStored(): string | null {
  try {
    return sessionStorage.getItem(STORAGE_KEY)
  } catch {
    return null
  }
}

function writeStored(text: string | null): void {
  try {
    if (text === null) sessionStorage.removeItem(STORAGE_KEY)
    else sessionStorage.setItem(STORAGE_KEY, text)
  } catch {
    // See readStored().
  }
}

/**
 * Adopts the session that sessionStorage still has after a reload, if it can be parsed and has not expired; else the
 * first one that another tab offers in time. From then on the tab follows the messages of the others.
 */
export async function restoreSession(): Promise<void> {
  const stored = v.safeParse(Stored, parseJson(readStored() ?? ''))
  if (stored.success) adopt(stored.output)
  channel = openChannel(CHANNEL, onMessage)
  if (channel && !current.get().session) await requestSession()
}

/** Starts a session in this tab and in the tabs that wait for its account. An expired session ends at once. */
export function begin(session: Session): void {
  adopt(session)
  offer(true)
}

/** Ends the session and drops the credential; with 'by-choice' in all tabs of the account. */
export function end(reason: SignedOutReason): void {
  const account = currentAccount()
  if (reason === 'by-choice' && account !== '') broadcast({ kind: 'end', account })
  clear(reason)
}

/** Ends the session whose credential the server refused (401); a session with another credential goes on. */
export function refuse(credential: Credential): void {
  const { session } = current.get()
  if (!session || !isSame(session.credential, credential)) return
  const slack = EXPIRY_SLACK + serverClockError()
  end(isExpired(session, slack) ? 'expired' : 'refused')
}

function adopt(session: Session): void {
  if (lastSession && !isOfLastAccount(session)) {
    sessionScope.abort()
    sessionScope = new AbortController()
  }
  lastSession = session
  writeStored(JSON.stringify(session))
  current.set({ session })
  watchExpiry(session)
}

function clear(reason: SignedOutReason): void {
  clearTimeout(expiry)
  writeStored(null)
  current.set({ session: null, reason })
}

const isSame = (one: Credential, other: Credential): boolean =>
  JSON.stringify(one) === JSON.stringify(other)

const isOfLastAccount = (session: Session): boolean =>
  lastSession !== null && accountOf(lastSession) === accountOf(session)

const endOf = (session: Session | null): number => (session ? (session.expiresAt ?? Infinity) : 0)

/** Whether a session has expired, or does so within some milliseconds, as far as the server's clock is known. */
const isExpired = (session: Session, slack = 0): boolean =>
  endOf(session) <= fromMillis(serverNow() + slack)

/** Expiry is in whole seconds (voipbin-api.md 2.2), so a refusal may come that much before it. Milliseconds. */
const EXPIRY_SLACK = 1000

const broadcast = (message: v.InferOutput<typeof Message>): void => channel?.send(message)

function offer(isProved = false): void {
  const { session } = current.get()
  if (session) broadcast({ kind: 'offer', session, isProved })
}

/** Asks the other tabs for a session. Waits for an offer, or for the message that the session has just ended. */
async function requestSession(): Promise<void> {
  const before = current.get()
  const patience = new AbortController()
  setTimeout(() => patience.abort(), OFFER_TIMEOUT)
  isWaitingForOffer = true
  broadcast({ kind: 'ask' })
  await until(() => current.get() !== before, patience.signal)
  isWaitingForOffer = false
}

function onMessage(data: unknown): void {
  const { success, output: message } = v.safeParse(Message, data)
  if (!success) return
  switch (message.kind) {
    case 'ask':
      return offer()
    case 'offer':
      if (isWanted(message.session, message.isProved)) adopt(message.session)
      return
    case 'end': {
      // A tab that waits for an offer must not get the ended session from a slower tab.
      const { account } = message
      if (currentOwner() ? currentAccount() === account : isWaitingForOffer) clear('by-choice')
    }
  }
}

/** No offer undoes a sign-out by choice, and only a session of the same account that lasts longer replaces one. */
function isWanted(offered: Session, isProved: boolean): boolean {
  if (isExpired(offered) || current.get().reason === 'by-choice') return false
  if (!lastSession) return true
  return (
    isOfLastAccount(offered) &&
    (isProved || !isSame(lastSession.credential, offered.credential)) &&
    endOf(current.get().session) < endOf(offered)
  )
}

/** A timer holds at most 2^31 ms and stops while the computer sleeps, so a long wait is split. Milliseconds. */
const LONGEST_WAIT = 60_000

function watchExpiry(session: Session): void {
  clearTimeout(expiry)
  if (session.expiresAt === null) return
  const left = toMillis(session.expiresAt) - serverNow()
  if (left <= 0) return clear('expired')
  expiry = setTimeout(() => watchExpiry(session), Math.min(left, LONGEST_WAIT))
}
