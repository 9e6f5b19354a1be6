import * as v from 'valibot'
import type { Session } from '~/domain/session.ts'
import { request } from './http.ts'
import { parseAnswer } from './record.ts'
import { sessionFromToken } from './token.ts'

const Login = v.object({ token: v.pipe(v.string(), v.minLength(1)) })

/**
 * Signs in with user name and password. The server answers a wrong password, an unknown user and trouble in its
 * backend with the same empty 400 (voipbin-api.md 2.1).
 *
 * @throws ApiError
 */
export async function login(username: string, password: string): Promise<Session> {
  const body = { username, password }
  const answer = await request({ method: 'POST', path: '/auth/login', body, credential: null })
  const { token } = parseAnswer(Login, answer, 'The server accepted the sign-in but sent no token.')
  return sessionFromToken(token, username)
}

/** The record of the customer also has `webhook_secret`, so only these two keys are read (voipbin-api.md 2.5). */
const Customer = v.object({
  id: v.pipe(v.string(), v.minLength(1)),
  name: v.fallback(v.string(), ''),
})

/** An access key acts with exactly this permission (voipbin-api.md 2.3). */
const CUSTOMER_ADMIN = 32

/**
 * Signs in with an access key by fetching its customer, the only source of the customer's id (voipbin-api.md 2.5).
 *
 * @throws ApiError, 401 INVALID_CREDENTIALS for a wrong, expired or deleted key; 'malformed' when the answer has no
 *   customer id, by which activity is stored and events are subscribed to
 */
export async function loginWithAccesskey(accesskey: string): Promise<Session> {
  const credential = { kind: 'accesskey', accesskey } as const
  const { id, name } = parseAnswer(
    Customer,
    await request({ path: '/v1.0/customer', credential }),
    'The server accepted the access key but did not say which customer it belongs to.',
  )
  return {
    credential,
    name: name || 'Access key',
    username: null,
    customerId: id,
    permission: CUSTOMER_ADMIN,
    expiresAt: null,
  }
}
