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
import { serverNow } from './server-clock.ts'

/** Who is signed in, or why nobody is. */
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

/** What the tabs of one browser tell each other. It stays in their memory and is never stored. */
const Message = v.variant('kind', [
  v.object({ kind: v.literal('ask') }),
  // Proved: the server has taken it just now, so that even one it refused before is good again.
  v.object({ kind: v.literal('offer'), session: Stored, isProved: v.optional(v.boolean(), false) }),
  v.object({ kind: v.literal('end'), account: v.string() }),
])

/** Installations that share an origin keep their sessions to themselves. */
const CHANNEL = `rollcall.session ${import.meta.env.BASE_URL}`

/** How long a new tab waits for the others to hand it a session. Milliseconds. */
const PATIENCE = 150

let state: SessionState = { session: null, reason: 'not-yet' }
/** What this tab was signed in with last: its account is the only one the tab goes on with by itself. */
let last: Session | null = null
/** Aborted when another account comes: what was asked for before is then for nobody any more. */
let sessionScope = new AbortController()
let others: Channel | null = null
let isAsking = false
let expiry: ReturnType<typeof setTimeout> | undefined
const listeners = new Set<() => void>()

/** The store as React's useSyncExternalStore takes it. */
export const sessionStore = {
  get: (): SessionState => state,
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
}

/** The credential that requests carry now, if anyone is signed in. */
export const currentCredential = (): Credential | null => state.session?.credential ?? null

/** The session this tab works for: signed in, or interrupted and expected back. */
export const currentOwner = (): Session | null =>
  state.session ?? (isInterruption(state.reason) ? last : null)

/** The account at work here, as `accountOf`; empty when there is none. */
export function currentAccount(): string {
  const owner = currentOwner()
  return owner ? accountOf(owner) : ''
}

/** Aborted once another account than that of now has signed in here. */
export const currentSessionScope = (): AbortSignal => sessionScope.signal

/** Whether somebody who signs in goes on with what is open here, or begins anew. */
export const canResume = (session: Session): boolean =>
  state.reason !== 'by-choice' && isOfLast(session)

/**
 * The credential for a request. While a session is interrupted: that of the next one, as soon as it begins.
 *
 * @throws the signal's reason when it is aborted first
 */
export async function awaitCredential(signal: AbortSignal): Promise<Credential | null> {
  await new Promise<void>((resolve) => {
    const look = (): void => {
      if (isInterruption(state.reason) && !signal.aborted) return
      listeners.delete(look)
      signal.removeEventListener('abort', look)
      resolve()
    }
    listeners.add(look)
    signal.addEventListener('abort', look)
    look()
  })
  signal.throwIfAborted()
  return currentCredential()
}

/** A browser that forbids storage keeps the session until the tab is reloaded, no longer. */
function read(): string | null {
  try {
    return sessionStorage.getItem(STORAGE_KEY)
  } catch {
    return null
  }
}

function write(text: string | null): void {
  try {
    if (text === null) sessionStorage.removeItem(STORAGE_KEY)
    else sessionStorage.setItem(STORAGE_KEY, text)
  } catch {
    // See read().
  }
}

/**
 * Takes up the session that a reload of this tab left in sessionStorage, if it is readable and still runs; else
 * the first that another tab of this browser hands over, if one does in time. From then on the tabs stay together.
 */
export async function restoreSession(): Promise<void> {
  const stored = v.safeParse(v.pipe(v.string(), v.parseJson(), Stored), read())
  if (stored.success) adopt(stored.output)
  others = openChannel(CHANNEL, hear)
  if (others && !state.session) await ask()
}

/** Signs in, here and in those tabs that wait for this account. A session that is over already ends at once. */
export function begin(session: Session): void {
  adopt(session)
  offer(true)
}

/** Signs out and forgets the credential; by choice, in all tabs of the same account. */
export function end(reason: SignedOutReason): void {
  if (reason === 'by-choice' && last && (state.session || isInterruption(state.reason))) {
    tell({ kind: 'end', account: accountOf(last) })
  }
  clear(reason)
}

/** The server refused this credential (401): ends the session, unless another one has begun meanwhile. */
export function refuse(credential: Credential): void {
  const { session } = state
  if (session && isSame(session.credential, credential))
    end(isOver(session) ? 'expired' : 'refused')
}

function adopt(session: Session): void {
  if (last && !isOfLast(session)) {
    sessionScope.abort()
    sessionScope = new AbortController()
  }
  last = session
  write(JSON.stringify(session))
  become({ session })
  watchExpiry(session)
}

function clear(reason: SignedOutReason): void {
  clearTimeout(expiry)
  write(null)
  become({ session: null, reason })
}

const isSame = (one: Credential, other: Credential): boolean =>
  JSON.stringify(one) === JSON.stringify(other)

const isOfLast = (session: Session): boolean =>
  last !== null && accountOf(last) === accountOf(session)

const endOf = (session: Session | null): number => (session ? (session.expiresAt ?? Infinity) : 0)

const isOver = (session: Session): boolean => endOf(session) <= fromMillis(serverNow())

const tell = (message: v.InferOutput<typeof Message>): void => others?.send(message)

function offer(isProved = false): void {
  const { session } = state
  if (session) tell({ kind: 'offer', session, isProved })
}

/** Waits for any change: a session offered, or word that one was just given up. */
async function ask(): Promise<void> {
  isAsking = true
  await new Promise<void>((resolve) => {
    const settle = () => {
      listeners.delete(settle)
      resolve()
    }
    setTimeout(settle, PATIENCE)
    listeners.add(settle)
    tell({ kind: 'ask' })
  })
  isAsking = false
}

function hear(data: unknown): void {
  const { success, output: message } = v.safeParse(Message, data)
  if (!success) return
  switch (message.kind) {
    case 'ask':
      return offer()
    case 'offer':
      if (isWanted(message.session, message.isProved)) adopt(message.session)
      return
    case 'end': {
      const isOurs = last !== null && accountOf(last) === message.account
      const isIn = state.session !== null || isInterruption(state.reason)
      // A tab still asking must not be handed by a slower one what has just been given up.
      if (isIn ? isOurs : isAsking) clear('by-choice')
    }
  }
}

/** Signing out by choice is undone by nobody else; a session is replaced by a longer one of its account only. */
function isWanted(offered: Session, isProved: boolean): boolean {
  if (isOver(offered) || state.reason === 'by-choice') return false
  if (!last) return true
  return (
    isOfLast(offered) &&
    (isProved || !isSame(last.credential, offered.credential)) &&
    endOf(state.session) < endOf(offered)
  )
}

/** Timers hold at most 2^31 ms and stop while a laptop sleeps, so a long wait is taken in stretches. */
const LONGEST_WAIT = 60_000

function watchExpiry(session: Session): void {
  clearTimeout(expiry)
  if (session.expiresAt === null) return
  const left = toMillis(session.expiresAt) - serverNow()
  if (left <= 0) return clear('expired')
  expiry = setTimeout(() => watchExpiry(session), Math.min(left, LONGEST_WAIT))
}

function become(next: SessionState): void {
  state = next
  for (const listener of listeners) listener()
}
