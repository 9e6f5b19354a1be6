import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Random } from '../world/random.ts'
import type { Exchange, Reply } from './reply.ts'

/** The whole body of a request. */
export async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of incoming as AsyncIterable<Uint8Array>) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

/** A request as handlers need it; `ids` gives a request id when the client sent no usable one. */
export function exchangeOf(incoming: IncomingMessage, body: string, ids: Random): Exchange {
  // The parser needs some host.
  const url = new URL(`http://sandbox${incoming.url ?? '/'}`)
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : value,
    ]),
  )
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers,
    body,
    ip: incoming.socket.remoteAddress ?? '',
    requestId: requestIdFor(headers['x-request-id'], ids),
  }
}

/** An inbound id of a sane shape is kept, any other replaced (voipbin-api.md 1). */
function requestIdFor(inbound: string | undefined, ids: Random): string {
  if (inbound !== undefined && /^[A-Za-z0-9_-]{1,64}$/.test(inbound)) return inbound
  return `req_${ids.text('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 26)}`
}

/** Sends a reply; a truncated one promises its whole length and breaks off half way. */
export function send(response: ServerResponse, reply: Reply, truncated = false): void {
  const body = Buffer.from(reply.body)
  const length = reply.status === 204 ? {} : { 'Content-Length': String(body.length) }
  response.writeHead(reply.status, { ...reply.headers, ...length })
  if (truncated) response.write(body.subarray(0, body.length >> 1), () => response.destroy())
  else response.end(body)
}
