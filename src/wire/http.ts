import * as v from 'valibot'
import { isRedirect } from '~/util/is-redirect.ts'
import { parseJson } from '~/util/json.ts'
import { noteServerDate } from '~/clock.ts'
import { ApiError } from '~/domain/api-error.ts'
import { accountOf, isInterruption, type Credential } from '~/domain/session.ts'
import { keepAhead, takeAhead } from './ahead.ts'
import {
  awaitCredential,
  currentCredential,
  currentSessionScope,
  refuse,
  sessionStore,
} from './session.ts'

/** The settings of the installation that requests need. */
interface HttpSettings {
  /** The origin of the API; empty for the origin that served the page. */
  readonly apiBase: string
  /** Milliseconds. */
  readonly timeout: number
  /** Called for each request and handshake that the server counts against the customer (voipbin-api.md 8). */
  readonly onRequest?: () => void
}

let settings: HttpSettings = { apiBase: '', timeout: 10_000 }

/** Sets the installation that all requests go to. */
export function configureHttp(next: HttpSettings): void {
  settings = next
}

/** The current settings, for the socket. */
export const httpSettings = (): HttpSettings => settings

/** A request of an endpoint function. One that changes something names the account that asks. */
export type Request = RequestParts &
  (
    | { readonly method?: 'GET' }
    | { readonly method: 'POST' | 'PUT' | 'DELETE'; readonly account: string }
    | { readonly method: 'POST'; readonly credential: Credential | null }
  )

interface RequestParts {
  /** Starts with a slash and does not end with one: that is redirected without CORS (voipbin-api.md quirk 25). */
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly body?: unknown
  /** An empty body is a success, as that of a mute (voipbin-api.md 14). A web page is none. */
  readonly isBodyless?: boolean
  readonly signal?: AbortSignal | undefined
  /** Sent instead of the credential of the session; null sends none. */
  readonly credential?: Credential | null
  /** The request is sent with a credential of this account (`accountOf`), or not at all. */
  readonly account?: string
}

/** A part that is not text must not cost the others. */
const word = v.fallback(v.optional(v.string(), ''), '')

const Envelope = v.object({
  error: v.object({ reason: word, message: word, request_id: word }),
})

/**
 * Sends a request to the API. All requests of the application go through here.
 *
 * While the session is interrupted nothing is sent. A GET with a `signal` waits for the next session of the account,
 * also when its first try ended in 401. Any other request fails with 401, because the operator has to confirm again
 * what it does. A request that names an account which is not signed in fails with 401 too.
 *
 * @returns the parsed JSON body of a success
 * @throws ApiError for everything else; an AbortError when `signal` is aborted or another account signs in
 */
export async function request(wanted: Request): Promise<unknown> {
  if (wanted.credential !== undefined) return send(wanted, wanted.credential)
  const { session: now } = sessionStore.get()
  if (wanted.account !== undefined && (!now || accountOf(now) !== wanted.account))
    throw notSignedIn('The account that asked for this is not signed in.')
  const sessionScope = currentSessionScope()
  const mayWait = wanted.signal && (wanted.method ?? 'GET') === 'GET'
  const signal = mayWait ? AbortSignal.any([wanted.signal, sessionScope]) : undefined
  for (;;) {
    try {
      const isAway = isInterruption(sessionStore.get().reason)
      const answer = await send(wanted, isAway ? await nextCredential(signal) : currentCredential())
      // An answer for an account that is no longer signed in is dropped.
      sessionScope.throwIfAborted()
      return answer
    } catch (error) {
      sessionScope.throwIfAborted()
      const isRefused = error instanceof ApiError && error.isUnauthenticated
      const { session, reason } = sessionStore.get()
      if (!isRefused || !signal || (!session && !isInterruption(reason))) throw error
    }
  }
}

/** The credential of the next session; without a `signal` the request may not wait for it. */
async function nextCredential(signal: AbortSignal | undefined): Promise<Credential> {
  const credential = signal && (await awaitCredential(signal))
  if (credential) return credential
  throw notSignedIn('Nobody is signed in.')
}

const notSignedIn = (message: string): ApiError =>
  new ApiError({ kind: 'refused', status: 401, reason: 'AUTHENTICATION_REQUIRED', message })

/** Sends a GET with the credential of the session, if there is one, before the code that asks for it is there. */
export function sendAhead(wanted: RequestParts): void {
  const credential = currentCredential()
  if (!credential) return
  keepAhead(address(wanted, credential), credential, (signal) =>
    exchange({ ...wanted, signal }, credential),
  )
}

/** Sends a request once, unless it was sent ahead. A 401 ends the session whose credential the request carried. */
async function send(wanted: Request, credential: Credential | null): Promise<unknown> {
  const isGet = (wanted.method ?? 'GET') === 'GET'
  const ahead = isGet
    ? takeAhead(address(wanted, credential), credential, wanted.signal)
    : undefined
  try {
    return await (ahead ?? exchange(wanted, credential))
  } catch (error) {
    const isRefused = error instanceof ApiError && error.isUnauthenticated
    if (isRefused && credential && !wanted.signal?.aborted) refuse(credential)
    throw error
  }
}

/** One request and its answer. */
async function exchange(wanted: Request, credential: Credential | null): Promise<unknown> {
  const timeout = AbortSignal.timeout(settings.timeout)
  const signal = wanted.signal ? AbortSignal.any([wanted.signal, timeout]) : timeout
  const sentAt = Date.now()
  settings.onRequest?.()
  try {
    const response = await fetch(address(wanted, credential), init(wanted, credential, signal))
    if (isRedirect(response)) throw new ApiError({ kind: 'malformed', message: REDIRECTED })
    noteServerDate(response.headers.get('Date'), sentAt, Date.now())
    const text = await response.text()
    if (!response.ok) throw refusal(response, text)
    return wanted.isBodyless && text.trim() === '' ? undefined : parseBody(response, text)
  } catch (error) {
    throw wanted.signal?.aborted ? error : asApiError(error, timeout.aborted)
  }
}

const REDIRECTED = 'The server redirected the request, which is not followed.'

function address(wanted: Request, credential: Credential | null): string {
  const query = new URLSearchParams(wanted.query)
  if (credential?.kind === 'accesskey') query.set('accesskey', credential.accesskey)
  const search = query.toString()
  return `${settings.apiBase}${wanted.path}${search && `?${search}`}`
}

function init(wanted: Request, credential: Credential | null, signal: AbortSignal): RequestInit {
  const headers = new Headers({ Accept: 'application/json' })
  if (credential?.kind === 'token') headers.set('Authorization', `Bearer ${credential.token}`)
  if (wanted.body !== undefined) headers.set('Content-Type', 'application/json')
  return {
    method: wanted.method ?? 'GET',
    headers,
    body: wanted.body === undefined ? null : JSON.stringify(wanted.body),
    // A left-over login cookie would override the header on a same-origin installation (voipbin-api.md 2.3).
    credentials: 'omit',
    cache: 'no-store',
    // A redirect may lead to another origin, and a 307 would send the password there.
    redirect: 'manual',
    signal,
  }
}

function parseBody(response: Response, text: string): unknown {
  const body = parseJson(text)
  if (body !== undefined) return body
  const start = text.trimStart()
  const what = start === '' ? 'an empty body' : start.startsWith('<') ? 'a web page' : 'broken JSON'
  const requestId = response.headers.get('X-Request-Id')
  throw new ApiError({
    kind: 'malformed',
    status: response.status,
    ...(requestId && { requestId }),
    message: `The server answered with ${what} instead of data.`,
  })
}

/** The body of an error may be an envelope, empty or HTML, with any content type (voipbin-api.md 7). */
function refusal(response: Response, text: string): ApiError {
  const envelope = v.safeParse(Envelope, parseJson(text))
  const error = envelope.success ? envelope.output.error : undefined
  const requestId = error?.request_id || response.headers.get('X-Request-Id')
  const wait = Number(response.headers.get('Retry-After'))
  return new ApiError({
    kind: 'refused',
    status: response.status,
    message: error?.message || `The server answered HTTP ${response.status} without saying why.`,
    ...(error?.reason && { reason: error.reason }),
    ...(requestId && { requestId }),
    ...(wait > 0 && { retryAfter: wait * 1000 }),
  })
}

function asApiError(error: unknown, timedOut: boolean): ApiError {
  if (error instanceof ApiError) return error
  if (timedOut) {
    const seconds = settings.timeout / 1000
    return new ApiError({
      kind: 'timeout',
      message: `The server did not answer within ${seconds} s.`,
    })
  }
  return new ApiError({ kind: 'unreachable', message: 'The server could not be reached.' })
}
