import { createHmac, timingSafeEqual } from 'node:crypto'
import { goJson } from './go-json.ts'
import { isObject, tryParse, type JsonObject } from '../world/json.ts'

const HEADER = Buffer.from('{"alg":"HS256","typ":"JWT"}').toString('base64url')

/** An HS256 JSON web token of the claims (voipbin-api.md 2.2). */
export function signToken(claims: JsonObject, secret: string): string {
  const signed = `${HEADER}.${Buffer.from(goJson(claims)).toString('base64url')}`
  return `${signed}.${signature(signed, secret)}`
}

/** The claims of a token with a valid signature, else undefined; the caller checks expiry. */
export function verifyToken(token: string, secret: string): JsonObject | undefined {
  const [header = '', payload = '', given = '', ...rest] = token.split('.')
  const expected = Buffer.from(signature(`${header}.${payload}`, secret))
  const actual = Buffer.from(given)
  if (rest.length > 0 || actual.length !== expected.length) return undefined
  return timingSafeEqual(actual, expected) ? peekClaims(token) : undefined
}

/** The claims without verification: only to learn which tenant a request claims. */
export function peekClaims(token: string): JsonObject | undefined {
  const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')
  const claims = tryParse(payload)
  return isObject(claims) ? claims : undefined
}

function signature(signed: string, secret: string): string {
  return createHmac('sha256', secret).update(signed).digest('base64url')
}
