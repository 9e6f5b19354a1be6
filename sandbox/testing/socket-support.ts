import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import { onTestFinished } from 'vitest'
import { WebSocket, type ClientOptions } from 'ws'
import { tryParse, type Json } from '../world/json.ts'
import { freshTenant, text, type Rig } from './spec-support.ts'

/** The most milliseconds that a spec waits for a frame or an event of the socket. */
const PATIENCE_MS = 3000

export type Listener = Awaited<ReturnType<typeof connect>>

/** An open socket of a real client; its frames are kept until they are taken. */
export async function connect(rig: Rig, query: string, options: ClientOptions = {}) {
  const path = query.startsWith('/') ? query : `/v1.0/ws?${query}`
  const ws = new WebSocket(rig.origin.replace('http', 'ws') + path, options)
  const heard: string[] = []
  const pings: number[] = []
  let code: number | undefined
  ws.on('message', (data: Buffer) => heard.push(data.toString('utf8')))
  ws.on('ping', () => pings.push(rig.now()))
  ws.on('close', (closeCode) => {
    code = closeCode
  })
  onTestFinished(() => ws.terminate())
  await once(ws, 'open', { signal: AbortSignal.timeout(PATIENCE_MS) })

  const until = async (what: string, done: () => boolean): Promise<void> => {
    const deadline = performance.now() + PATIENCE_MS
    while (!done()) {
      if (performance.now() > deadline) throw new Error(`waited in vain for ${what}`)
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
  }
  /** Waits until the server has read all frames sent before: it answers a ping in order. */
  const settled = async (): Promise<void> => {
    const answered = once(ws, 'pong', { signal: AbortSignal.timeout(PATIENCE_MS) })
    ws.ping()
    await answered
  }
  return {
    ws,
    heard,
    pings,
    settled,
    /** Sends a text frame as it is, or JSON. */
    say: (value: Json): void => ws.send(typeof value === 'string' ? value : JSON.stringify(value)),
    subscribe: async (...topics: string[]): Promise<void> => {
      ws.send(JSON.stringify({ type: 'subscribe', topics }))
      await settled()
    },
    /** The next `count` frames, in order of arrival. */
    take: async (count: number): Promise<string[]> => {
      await until(`${count} frames, heard ${heard.length}`, () => heard.length >= count)
      return heard.splice(0, count)
    },
    /** The next frame, parsed. */
    next: async (): Promise<unknown> => {
      await until('a frame', () => heard.length > 0)
      return tryParse(heard.shift() ?? '')
    },
    closed: async (): Promise<number | undefined> => {
      await until('the end of the socket', () => code !== undefined)
      return code
    },
    until,
  }
}

/** How a handshake is answered, whether it is accepted or not. */
export async function handshake(rig: Rig, path: string, headers: Record<string, string> = {}) {
  const request = httpRequest(rig.origin + path, {
    headers: {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
      ...headers,
    },
  })
  request.end()
  return new Promise<{ status: number; text: string; body: unknown }>((resolve, reject) => {
    const answered = (status = 0, body = ''): void =>
      resolve({ status, text: body, body: tryParse(body) })
    request.once('error', reject)
    request.once('upgrade', (response, socket) => {
      socket.destroy()
      answered(response.statusCode)
    })
    request.once('response', (response) => {
      const chunks: string[] = []
      response.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk))
      response.once('end', () => answered(response.statusCode, chunks.join('')))
    })
  })
}

/** A tenant with one conference, the open socket of its admin, and what a spec does with them. */
export async function listening(rig: Rig) {
  const tenant = await freshTenant(rig, { limits: false, conferences: 1 })
  const conference = text(tenant.body, 'conferences', 0, 'id')
  const socket = await connect(rig, `token=${tenant.token}`)
  const control = async (path: string, body: Json) =>
    rig.control(`/tenants/${tenant.id}${path}`, body)
  /** All frames published before this call, in order of arrival. */
  const rest = async (from: Listener = socket): Promise<string[]> => {
    // Events leave within 4 ms, the last of these marks after 45.
    await control('/push/send', { frame: 'mark', repeat: 10, perSecond: 200 })
    const marks = (): number => from.heard.filter((frame) => frame === 'mark').length
    await from.until('ten marks', () => marks() === 10)
    return from.heard.splice(0).filter((frame) => frame !== 'mark')
  }
  return {
    rig,
    tenant,
    conference,
    socket,
    control,
    rest,
    /** A topic of this customer: `customer_id:<id>` and what follows. */
    topic: (tail = ''): string => `customer_id:${tenant.id}${tail}`,
    /** A record as REST sends it. */
    record: async (noun: string, id: string): Promise<string> =>
      (await rig.ask(`/v1.0/${noun}/${id}`, { token: tenant.token })).text,
    dialIn: async (fields: Record<string, Json> = {}) =>
      tenant.act('dial-in', { conference, ...fields }),
    push: async (switches: Json) => control('/push', switches),
    state: async () => (await rig.control(`/tenants/${tenant.id}/push`, undefined, 'GET')).body,
  }
}
