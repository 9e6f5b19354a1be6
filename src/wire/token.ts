import * as v from 'valibot'
import type { Session } from '~/domain/session.ts'
import { parseTime } from '~/domain/time.ts'

/** The claims that are read (voipbin-api.md 2.2). The expiry is `expire`, not `exp`. */
const Claims = v.object({
  expire: orNothing(v.string()),
  agent: orNothing(
    v.object({
      customer_id: orNothing(v.string()),
      username: orNothing(v.string()),
      name: orNothing(v.string()),
      permission: orNothing(v.number()),
    }),
  ),
})

/** A claim of another type must not cost the others. */
function orNothing<T extends v.GenericSchema>(schema: T) {
  return v.fallback(v.optional(schema), undefined)
}

/**
 * A session with the claims of a login token. The token is not verified: the server does that on each request. A
 * token that cannot be decoded still works as a credential, so its session has only the user name.
 */
export function sessionFromToken(token: string, username: string): Session {
  const claims = v.safeParse(Claims, decodePayload(token))
  const { expire, agent } = claims.success ? claims.output : {}
  const expiresAt = parseTime(expire)
  return {
    credential: { kind: 'token', token },
    name: agent?.name || agent?.username || username,
    username: agent?.username || username,
    customerId: agent?.customer_id ?? null,
    permission: agent?.permission ?? null,
    expiresAt: expiresAt === 'unreadable' ? null : expiresAt,
  }
}

function decodePayload(token: string): unknown {
  try {
    const part = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')
    const bytes = Uint8Array.from(atob(part), (char) => char.codePointAt(0) ?? 0)
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return undefined
  }
}
