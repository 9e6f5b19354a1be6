import { isSuperadmin, mayManage } from '../http/auth.ts'
import { Failure, usualFailure } from '../http/failures.ts'
import { empty, type Exchange, type Reply, type Upgrade } from '../http/reply.ts'
import type { Scene } from '../http/scene.ts'
import type { PushSwitches } from './push.ts'
import type { Subscriber } from './topics.ts'

/** The paths that open the socket; both have the same handler (voipbin-api.md 9.1). */
export const SOCKET_PATHS: readonly string[] = ['/v1.0/ws', '/v1.0/service_agents/ws']

/**
 * GET /v1.0/ws: 101 if all is well; a delegate gets an empty 200 instead (voipbin-api.md 9.1).
 *
 * @param accept takes over the connection of a handshake that passed all checks
 */
export function openSocket(
  { identity, request }: Scene,
  { refuse }: PushSwitches,
  accept: (upgrade: Upgrade, subscriber: Subscriber) => void,
): Reply {
  if (refuse !== false) {
    const { reason, message, extras } = usualFailure(refuse)
    throw new Failure(refuse, reason, message, extras)
  }
  if (identity.kind === 'delegate') return empty(200)
  if (!isHandshake(request)) return NOT_A_HANDSHAKE
  const subscriber = {
    customerId: identity.customerId,
    agentId: identity.agentId,
    manages: mayManage(identity, identity.customerId),
    superadmin: isSuperadmin(identity),
  }
  // Permissions are settled here for good: an open socket outlives its token (voipbin-api.md 9.1).
  return { ...empty(101), takeOver: (upgrade) => accept(upgrade, subscriber) }
}

/** The answer of gorilla's upgrader to anything that is not a handshake. */
const NOT_A_HANDSHAKE: Reply = {
  status: 400,
  headers: {
    'Content-Type': 'text/plain; charset=utf-8',
    'Sec-Websocket-Version': '13',
    'X-Content-Type-Options': 'nosniff',
  },
  body: 'Bad Request\n',
}

function isHandshake({ headers }: Exchange): boolean {
  const { connection = '', upgrade = '' } = headers
  return (
    /\bupgrade\b/i.test(connection) &&
    upgrade.toLowerCase() === 'websocket' &&
    headers['sec-websocket-version'] === '13' &&
    /^[+/0-9A-Za-z]{22}==$/.test(headers['sec-websocket-key'] ?? '')
  )
}
