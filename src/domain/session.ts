import { fingerprint } from '~/util/fingerprint.ts'
import type { Micros } from './time.ts'

/** The credential that requests carry. An access key has no header form (voipbin-api.md 2.3). */
export type Credential =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'accesskey'; readonly accesskey: string }

/** A signed-in account and its credential. */
export interface Session {
  readonly credential: Credential
  /** The name to show: of the agent, else the user name; for an access key that of the customer. */
  readonly name: string
  /** The user name of the sign-in, which the next sign-in offers; null for an access key. */
  readonly username: string | null
  readonly customerId: string | null
  /** Permission bits (voipbin-api.md 2.4); null when the credential has none. */
  readonly permission: number | null
  /** From the token's `expire` claim; null when it is absent or cannot be parsed. */
  readonly expiresAt: Micros | null
}

/** Why there is no session. */
export type SignedOutReason = 'not-yet' | 'by-choice' | 'expired' | 'refused'

/** True when the session ended without a sign-out, so that the next one of the account resumes the work. */
export const isInterruption = (reason: SignedOutReason | undefined): boolean =>
  reason === 'expired' || reason === 'refused'

/**
 * The account of a session, as a text that is equal for all sessions of one account. Access keys of one customer may be
 * used by different people, so each key is an account of its own; its text has a fingerprint, not the key.
 */
export const accountOf = ({ credential, customerId, username, name }: Session): string =>
  JSON.stringify([
    credential.kind,
    customerId,
    credential.kind === 'accesskey' ? fingerprint(credential.accesskey) : (username ?? name),
  ])

/** The customer of a session; where that is unknown the account, so that two accounts never share one. */
export const customerOf = (session: Session): string => session.customerId ?? accountOf(session)

/** How long before its end a session is warned about. Milliseconds. */
export const EXPIRY_WARNING = 10 * 60_000
