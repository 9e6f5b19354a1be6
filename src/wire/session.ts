import * as v from 'valibot'
import type { Credential, Session, SignedOutReason } from '~/domain/session.ts'
import { fromMillis, toMillis } from '~/domain/time.ts'

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

let state: SessionState = { session: null, reason: 'not-yet' }
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

/** Takes up the session that a reload of this tab left in sessionStorage, if it is readable and still runs. */
export function restoreSession(): void {
  const stored = v.safeParse(v.pipe(v.string(), v.parseJson(), Stored), read())
  if (stored.success) begin(stored.output)
}

/** Signs in. A session that is over already ends at once. */
export function begin(session: Session): void {
  write(JSON.stringify(session))
  become({ session })
  watchExpiry(session)
}

/** Signs out and forgets the credential. */
export function end(reason: SignedOutReason): void {
  clearTimeout(expiry)
  write(null)
  become({ session: null, reason })
}

/** The server refused this credential (401): ends the session, unless another one has begun meanwhile. */
export function refuse(credential: Credential): void {
  const { session } = state
  if (!session || JSON.stringify(session.credential) !== JSON.stringify(credential)) return
  const over = session.expiresAt !== null && session.expiresAt <= fromMillis(Date.now())
  end(over ? 'expired' : 'refused')
}

/** Timers hold at most 2^31 ms and stop while a laptop sleeps, so a long wait is taken in stretches. */
const LONGEST_WAIT = 60_000

function watchExpiry(session: Session): void {
  clearTimeout(expiry)
  if (session.expiresAt === null) return
  const left = toMillis(session.expiresAt) - Date.now()
  if (left <= 0) return end('expired')
  expiry = setTimeout(() => watchExpiry(session), Math.min(left, LONGEST_WAIT))
}

function become(next: SessionState): void {
  state = next
  for (const listener of listeners) listener()
}
