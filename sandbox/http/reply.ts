import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { goJson } from './go-json.ts'
import type { Json } from '../world/json.ts'

/** The parts of a request that handlers need. */
export interface Exchange {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  /** Lower-cased names. */
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: string
  readonly ip: string
  readonly requestId: string
}

export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** With 101: takes the connection over from HTTP. */
  readonly takeOver?: (upgrade: Upgrade) => void
}

/** A connection that asks to become a WebSocket. */
export interface Upgrade {
  readonly request: IncomingMessage
  readonly socket: Duplex
  /** The bytes that the client has sent after the request. */
  readonly head: Buffer
}

/** 200 with a JSON body as gin sends it. */
export function ok(value: Json): Reply {
  return json(200, value)
}

/** A JSON body with any status. */
export function json(status: number, value: Json): Reply {
  return {
    status,
    headers: { 'Content-Type': 'application/json; charset=utf-8' },
    body: goJson(value),
  }
}

/** A status with an empty body, as `/auth/*` handlers answer (voipbin-api.md 7). */
export function empty(status: number): Reply {
  return { status, headers: {}, body: '' }
}
