import type { QueryClient } from '@tanstack/react-query'
import { ApiError } from '~/domain/api-error.ts'
import { login, loginWithAccesskey } from '~/wire/auth.ts'
import { begin, canResume } from '~/wire/session.ts'
import { dropHeld } from './drop-held.ts'

/** A proof of identity. */
export type SignIn =
  | { readonly kind: 'password'; readonly username: string; readonly password: string }
  | { readonly kind: 'accesskey'; readonly accesskey: string }

/**
 * Signs in. Data held for another account is dropped first, so that this one never sees it. An interrupted session is
 * resumed with all its data.
 *
 * @throws ApiError
 */
export async function signIn(client: QueryClient, wanted: SignIn): Promise<void> {
  const session =
    wanted.kind === 'password'
      ? await login(wanted.username, wanted.password)
      : await loginWithAccesskey(wanted.accesskey)
  if (!canResume(session)) dropHeld(client)
  begin(session)
}

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
