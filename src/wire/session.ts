import * as v from 'valibot'
import type { Credential, Session, SignedOutReason } from '~/domain/session.ts'
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
  customerId: v.nullable(v.string()),
  permission: v.nullable(v.number()),
  expiresAt: v.nullable(v.number()),
})

/** What the tabs of one browser tell each other. It stays in their memory and is never stored. */
const Message = v.variant('kind', [
  v.object({ kind: v.literal('ask') }),
  v.object({ kind: v.literal('offer'), session: Stored }),
  v.object({ kind: v.literal('end'), account: v.string() }),
])

/** Installations that share an origin keep their sessions to themselves. */
const CHANNEL = `rollcall.session ${import.meta.env.BASE_URL}`

/** How long a new tab waits for the others to hand it a session. Milliseconds. */
const PATIENCE = 150

let state: SessionState = { session: null, reason: 'not-yet' }
/** What this tab was signed in with last: its account is the only one the tab goes on with by itself. */
let last: Session | null = null
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
  if (stored.success) take(stored.output)
  others = openChannel(CHANNEL, hear)
  if (others && !state.session) await ask()
}

/** Signs in, here and in those tabs that wait for this account. A session that is over already ends at once. */
export function begin(session: Session): void {
  take(session)
  offer()
}

/** Signs out and forgets the credential; by choice, in all tabs of the same account. */
export function end(reason: SignedOutReason): void {
  if (reason === 'by-choice' && state.session) {
    tell({ kind: 'end', account: accountOf(state.session) })
  }
  leave(reason)
}

/** The server refused this credential (401): ends the session, unless another one has begun meanwhile. */
export function refuse(credential: Credential): void {
  const { session } = state
  if (session && isSame(session.credential, credential))
    end(isOver(session) ? 'expired' : 'refused')
}

function take(session: Session): void {
  last = session
  write(JSON.stringify(session))
  become({ session })
  watchExpiry(session)
}

function leave(reason: SignedOutReason): void {
  clearTimeout(expiry)
  write(null)
  become({ session: null, reason })
}

const isSame = (one: Credential, other: Credential): boolean =>
  JSON.stringify(one) === JSON.stringify(other)

const accountOf = ({ credential, customerId, name }: Session): string =>
  JSON.stringify([credential.kind, customerId, name])

const endOf = (session: Session | null): number => (session ? (session.expiresAt ?? Infinity) : 0)

const isOver = (session: Session): boolean => endOf(session) <= fromMillis(serverNow())

const tell = (message: v.InferOutput<typeof Message>): void => others?.send(message)

function offer(): void {
  const { session } = state
  if (session) tell({ kind: 'offer', session })
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
      if (isWanted(message.session)) take(message.session)
      return
    case 'end': {
      const { session } = state
      // A tab still asking must not be handed by a slower one what has just been given up.
      if (session ? accountOf(session) === message.account : isAsking) leave('by-choice')
    }
  }
}

/** Signing out by choice is undone by nobody else; a session is replaced by a longer one of its account only. */
function isWanted(offered: Session): boolean {
  if (isOver(offered) || state.reason === 'by-choice') return false
  if (!last) return true
  return (
    accountOf(last) === accountOf(offered) &&
    !isSame(last.credential, offered.credential) &&
    endOf(state.session) < endOf(offered)
  )
}

/** Timers hold at most 2^31 ms and stop while a laptop sleeps, so a long wait is taken in stretches. */
const LONGEST_WAIT = 60_000

function watchExpiry(session: Session): void {
  clearTimeout(expiry)
  if (session.expiresAt === null) return
  const left = toMillis(session.expiresAt) - serverNow()
  if (left <= 0) return leave('expired')
  expiry = setTimeout(() => watchExpiry(session), Math.min(left, LONGEST_WAIT))
}

function become(next: SessionState): void {
  state = next
  for (const listener of listeners) listener()
}
