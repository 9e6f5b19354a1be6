import { fingerprint } from '~/util/fingerprint.ts'
import type { Micros } from './time.ts'

/** What is sent to prove who asks. Access keys have no header form (voipbin-api.md 2.3). */
export type Credential =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'accesskey'; readonly accesskey: string }

/** Someone signed in. */
export interface Session {
  readonly credential: Credential
  /** Who it is, for the eye: agent name, user name, or the customer's name for an access key. */
  readonly name: string
  /** What one signs in with, so that it can be offered again; null for an access key. */
  readonly username: string | null
  readonly customerId: string | null
  /** Permission bits (voipbin-api.md 2.4); null when the credential does not tell. */
  readonly permission: number | null
  /** From the token's `expire` claim; null when it has none or cannot be read. */
  readonly expiresAt: Micros | null
}

/** Why nobody is signed in. */
export type SignedOutReason = 'not-yet' | 'by-choice' | 'expired' | 'refused'

/** Ended by nobody's wish: whoever is at work may sign in again and go on. */
export const isInterruption = (reason: SignedOutReason | undefined): boolean =>
  reason === 'expired' || reason === 'refused'

/**
 * Whose session it is: sessions with the same words are of one account. Access keys of one customer may be in different
 * hands, so that each is an account of its own; the key itself is not part of it.
 */
export const accountOf = ({ credential, customerId, username, name }: Session): string =>
  JSON.stringify([
    credential.kind,
    customerId,
    credential.kind === 'accesskey' ? fingerprint(credential.accesskey) : (username ?? name),
  ])

/** The customer it acts for; of a credential that does not tell, the account stands for it, so that none is shared. */
export const customerOf = (session: Session): string => session.customerId ?? accountOf(session)

/** Warn this long before a session ends. Milliseconds. */
export const EXPIRY_WARNING = 10 * 60_000
