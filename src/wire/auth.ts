import * as v from 'valibot'
import { ApiError } from '~/domain/api-error.ts'
import type { Session } from '~/domain/session.ts'
import { request } from './http.ts'
import { sessionFromToken } from './token.ts'

const Login = v.object({ token: v.pipe(v.string(), v.minLength(1)) })

/**
 * Signs in with a user's password. A wrong password, an unknown user and a backend in trouble are the same
 * empty 400 (voipbin-api.md 2.1).
 *
 * @throws ApiError
 */
export async function login(username: string, password: string): Promise<Session> {
  const body = { username, password }
  const answer = await request({ method: 'POST', path: '/auth/login', body, credential: null })
  const found = v.safeParse(Login, answer)
  if (found.success) return sessionFromToken(found.output.token, username)
  throw new ApiError({
    kind: 'malformed',
    message: 'The server accepted the sign-in but sent no token.',
  })
}

/** The customer also carries `webhook_secret`: only these two keys are ever read (voipbin-api.md 2.5). */
const Customer = v.object({
  id: v.pipe(v.string(), v.minLength(1)),
  name: v.fallback(v.string(), ''),
})

/** Access keys act as CustomerAdmin and nothing else (voipbin-api.md 2.3). */
const CUSTOMER_ADMIN = 32

/**
 * Tries an access key by asking whose it is; that is the only way to learn it (voipbin-api.md 2.5).
 *
 * @throws ApiError, 401 INVALID_CREDENTIALS for a wrong, expired or deleted key; malformed when the answer does not tell
 *   the customer, by whom activity is kept and events are asked for
 */
export async function loginWithAccesskey(accesskey: string): Promise<Session> {
  const credential = { kind: 'accesskey', accesskey } as const
  const found = v.safeParse(Customer, await request({ path: '/v1.0/customer', credential }))
  if (!found.success)
    throw new ApiError({
      kind: 'malformed',
      message: 'The server accepted the access key but did not say which customer it belongs to.',
    })
  const { id, name } = found.output
  return {
    credential,
    name: name || 'Access key',
    username: null,
    customerId: id,
    permission: CUSTOMER_ADMIN,
    expiresAt: null,
  }
}
