/** How a request failed. */
export type FailureKind =
  /** No answer: refused, dropped, DNS, CORS. */
  | 'unreachable'
  /** No answer in time. */
  | 'timeout'
  /** An answer with an error status. */
  | 'refused'
  /** A success status with a body that the endpoint does not send. */
  | 'malformed'

/** The facts about a failed request. */
export interface Failure {
  readonly kind: FailureKind
  readonly message: string
  /** HTTP status; absent when there was no answer. */
  readonly status?: number
  /** `error.reason` of the envelope, such as RATE_LIMIT_EXCEEDED (voipbin-api.md 7). */
  readonly reason?: string
  /** The id by which the server's logs have the request; support quotes it. */
  readonly requestId?: string
  /** The pause that the server asks for. Milliseconds. */
  readonly retryAfter?: number
}

/** The reasons of a 403 that last as long as the session. ACCOUNT_FROZEN is not one: the account can be recovered. */
const PERMANENT: ReadonlySet<string> = new Set([
  'PERMISSION_DENIED',
  'AGENT_AUTH_REQUIRED',
  'DIRECT_ACCESS_NOT_SUPPORTED',
])

/** The error of every failed request. */
export class ApiError extends Error implements Failure {
  override readonly name = 'ApiError'
  readonly kind: FailureKind
  readonly status?: number
  readonly reason?: string
  readonly requestId?: string
  readonly retryAfter?: number
  /** All of it as plain data. */
  readonly failure: Failure

  constructor(failure: Failure) {
    super(failure.message)
    this.kind = failure.kind
    this.failure = failure
    Object.assign(this, failure)
  }

  /** The server does not accept the credential. */
  get isUnauthenticated(): boolean {
    return this.status === 401
  }

  /**
   * The server has no such record: 404, or the bare 400 INVALID_ARGUMENT that it sends instead on `{id}` routes
   * (voipbin-api.md 4.2).
   */
  get isMissing(): boolean {
    return this.status === 404 || (this.status === 400 && this.reason === 'INVALID_ARGUMENT')
  }

  /** The session has no permission, which does not change while it lasts (voipbin-api.md 2.2, 2.4). */
  get isDenied(): boolean {
    return this.status === 403 && PERMANENT.has(this.reason ?? '')
  }

  /** Not about the requested record: any other request would fail now, too. */
  get isGeneral(): boolean {
    return this.kind === 'unreachable' || this.status === 429 || this.isUnauthenticated
  }

  /**
   * The server may have carried out the request: there was no answer, an unreadable one, or a timeout of the server or
   * a proxy (voipbin-api.md 4.3, 7). With any other refusal it did not.
   */
  get isOpen(): boolean {
    return this.kind !== 'refused' || [408, 502, 503, 504].includes(this.status ?? 0)
  }

  /** A later retry may succeed: no answer, an unreadable one, too many requests, or a fault of the server. */
  get isTransient(): boolean {
    if (this.kind !== 'refused') return true
    return this.status === undefined || this.status === 429 || this.status >= 500
  }
}

/** Any error as plain data, which can be sent to another tab. */
export const failureOf = (error: Error): Failure =>
  error instanceof ApiError ? error.failure : { kind: 'malformed', message: error.message }
