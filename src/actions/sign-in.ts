import type { QueryClient } from '@tanstack/react-query'
import { ApiError } from '~/domain/api-error.ts'
import { login, loginWithAccesskey } from '~/wire/auth.ts'
import { begin, end, restoreSession, sessionStore } from '~/wire/session.ts'

/** What a person can prove themselves with. */
export type SignIn =
  | { readonly kind: 'password'; readonly username: string; readonly password: string }
  | { readonly kind: 'accesskey'; readonly accesskey: string }

/**
 * Signs in. What another account left in the cache is dropped first: it must not flash up for this one.
 *
 * @throws ApiError
 */
export async function signIn(client: QueryClient, wanted: SignIn): Promise<void> {
  const session =
    wanted.kind === 'password'
      ? await login(wanted.username, wanted.password)
      : await loginWithAccesskey(wanted.accesskey)
  client.clear()
  begin(session)
}

/** Signs out, in all tabs of this account. The platform has no way to revoke a token (voipbin-api.md 2.1). */
export const signOut = (): void => end('by-choice')

/** Why a sign-in failed and what to do, in one or two sentences. */
export function signInAdvice(error: unknown, kind: SignIn['kind']): string {
  if (!(error instanceof ApiError)) return String(error)
  if (error.kind === 'unreachable' || error.kind === 'timeout') {
    return `${error.message} Check your connection, then try again.`
  }
  if (error.status === 429)
    return 'Too many attempts from here. Wait a few seconds, then try again.'
  if (kind === 'accesskey' && error.status === 401) {
    return 'The access key is not accepted: it is wrong, expired or deleted.'
  }
  if (kind === 'password' && error.status === 400) {
    return 'User name and password do not match an account. If you are sure they do, the platform may be in trouble: try again in a minute.'
  }
  return error.isTransient
    ? `${error.message} Nothing is wrong with what you typed: try again in a minute.`
    : error.message
}

/**
 * Goes on with the session that a reload of this tab interrupted or another tab hands over, if there is one.
 * From then on what was read is dropped whenever somebody signs out, here or in another tab.
 */
export function resumeSession(client: QueryClient): Promise<void> {
  sessionStore.subscribe(() => {
    if (sessionStore.get().reason === 'by-choice') client.clear()
  })
  return restoreSession()
}
