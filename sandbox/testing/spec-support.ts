import { once } from 'node:events'
import { onTestFinished } from 'vitest'
import { isObject, tryParse, type Json } from '../world/json.ts'
import { portOf, serverOf } from '../listen.ts'
import { DEFAULTS, type SandboxOptions } from '../options.ts'
import { createSandbox } from '../sandbox.ts'
import type { Micros } from '../world/time.ts'

/** 2026-01-15T09:30:00.123456Z, the instant of the fixtures. */
export const START: Micros = Date.UTC(2026, 0, 15, 9, 30) * 1000 + 123_456

/** An answer of the server. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The parsed body, or undefined. */
  readonly body: unknown
}

export interface Ask {
  readonly method?: string
  readonly token?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Json | string
}

export type Rig = Awaited<ReturnType<typeof startRig>>

/** A sandbox on an ephemeral port whose clock only the spec moves; closed when the test ends. */
export async function startRig(options: Partial<SandboxOptions> = {}) {
  let now = START
  const sandbox = createSandbox({ ...DEFAULTS, rate: 0, ...options }, () => now)
  const server = serverOf(sandbox)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    sandbox.close()
    server.close()
    server.closeAllConnections()
  })
  const origin = `http://127.0.0.1:${portOf(server)}`

  const ask = async (
    path: string,
    { method = 'GET', token, headers = {}, body }: Ask = {},
  ): Promise<Answer> => {
    const authorization = token === undefined ? {} : { Authorization: `Bearer ${token}` }
    const sent = typeof body === 'string' ? body : JSON.stringify(body)
    const response = await fetch(origin + path, {
      method,
      headers: { ...authorization, ...headers },
      redirect: 'manual',
      ...(body === undefined ? {} : { body: sent }),
    })
    const received = await response.text()
    return {
      status: response.status,
      headers: response.headers,
      text: received,
      body: tryParse(received),
    }
  }

  return {
    sandbox,
    origin,
    ask,
    /** Lets time pass. */
    advance: (by: Micros) => {
      now += by
      sandbox.platform.advance()
    },
    now: () => now,
    login: async (username: string, password = 'rollcall'): Promise<string> => {
      const answer = await ask('/auth/login', { method: 'POST', body: { username, password } })
      return text(answer.body, 'token')
    },
    control: async (path: string, body?: Json, method = 'POST'): Promise<Answer> =>
      ask(`/sandbox${path}`, { method, ...(body === undefined ? {} : { body }) }),
  }
}

/** A fresh tenant with rate 0, its admin signed in. */
export async function freshTenant(rig: Rig, options: Json = { limits: false }) {
  const { body } = await rig.control('/tenants', options)
  const id = text(body, 'id')
  const username = text(body, 'username')
  const act = async (name: string, fields: Readonly<Record<string, Json>>): Promise<unknown> => {
    const answer = await rig.control(`/tenants/${id}/act`, { act: name, ...fields })
    if (answer.status !== 200) throw new Error(answer.text)
    return answer.body
  }
  return {
    id,
    username,
    body,
    act,
    token: await rig.login(username),
    accesskey: text(body, 'accesskey'),
  }
}

/** A value deep inside a JSON body; undefined when there is none. */
export function dig(value: unknown, ...keys: readonly (string | number)[]): unknown {
  return keys.reduce<unknown>((inner, key) => {
    if (Array.isArray(inner)) return inner[Number(key)]
    return isObject(inner) ? inner[key] : undefined
  }, value)
}

/** As `dig`, for what must be a string. */
export function text(value: unknown, ...keys: readonly (string | number)[]): string {
  const found = dig(value, ...keys)
  if (typeof found !== 'string')
    throw new TypeError(`no string at ${keys.join('.')} in ${JSON.stringify(value)}`)
  return found
}

/** The rows of a list answer. */
export function rows(answer: Answer): readonly unknown[] {
  const result = dig(answer.body, 'result')
  if (!Array.isArray(result)) throw new TypeError(`not a list: ${answer.text}`)
  return result
}

/** `[status, reason]` of an answer, the reason from the envelope. */
export function verdict(answer: Answer): [number, unknown] {
  return [answer.status, dig(answer.body, 'error', 'reason')]
}
