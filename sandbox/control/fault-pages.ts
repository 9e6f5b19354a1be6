import { goJson } from '../http/go-json.ts'
import { isObject, tryParse } from '../world/json.ts'
import type { Exchange, Reply } from '../http/reply.ts'
import { parseToken, tokenTime } from '../http/wire-time.ts'
import { SECOND } from '../world/time.ts'

/** How `next_page_token` of a list goes wrong. */
export const TOKEN_MODES = ['alternate', 'random', 'older'] as const
export type TokenMode = (typeof TOKEN_MODES)[number]

/** The two tokens that alternate, and the days that random ones are drawn from. */
const [FIRST, SECOND_ONE] = ['2026-01-01T00:00:00.000000Z', '2026-01-02T00:00:00.000000Z']
const DAYS = 3650
const DAY = 86_400 * SECOND

/** The same list with a wrong token; its rows are right. Anything but a list stays as it is. */
export function spoilToken(mode: TokenMode, request: Exchange, reply: Reply): Reply {
  const body = tryParse(reply.body)
  if (!isObject(body) || !Array.isArray(body['result'])) return reply
  const right = body['next_page_token']
  if (typeof right !== 'string') return reply
  const next = wrongToken(mode, request.query.get('page_token') ?? '', right)
  return { ...reply, body: goJson({ ...body, next_page_token: next }) }
}

/** The wrong token for a pair of the requested token and the right one; the same pair gives the same token. */
function wrongToken(mode: TokenMode, asked: string, right: string): string {
  if (mode === 'alternate') return asked === FIRST ? SECOND_ONE : FIRST
  const from = parseToken(asked) ?? parseToken(right) ?? 0
  if (mode === 'older') return tokenTime(Math.max(from - DAY, 0), 'rfc3339')
  return tokenTime((hash(asked + right) % DAYS) * DAY, 'rfc3339')
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (const char of text) value = Math.imul(value ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0
  return value
}

/** The request without its `page_token`, as for a server that ignores it. */
export function withoutToken(request: Exchange): Exchange {
  const query = new URLSearchParams(request.query)
  query.delete('page_token')
  return { ...request, query }
}
