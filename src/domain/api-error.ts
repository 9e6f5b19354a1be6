/** How a request failed, before any server's words. */
export type FailureKind =
  /** No answer: refused, dropped, DNS, CORS. */
  | 'unreachable'
  /** No answer in time. */
  | 'timeout'
  /** An answer with an error status. */
  | 'refused'
  /** A success status with a body that is not what the endpoint promises. */
  | 'malformed'

/** What is known of a failed request. */
export interface Failure {
  readonly kind: FailureKind
  readonly message: string
  /** HTTP status, where there was an answer. */
  readonly status?: number
  /** `error.reason` of the envelope, such as RATE_LIMIT_EXCEEDED (voipbin-api.md 7). */
  readonly reason?: string
  /** The only trace the server keeps: support quotes it. */
  readonly requestId?: string
  /** Milliseconds the server asked to wait. */
  readonly retryAfter?: number
}

/** Of the reasons for a 403: an account that is frozen can be recovered, these stay. */
const FOR_GOOD: ReadonlySet<string> = new Set([
  'PERMISSION_DENIED',
  'AGENT_AUTH_REQUIRED',
  'DIRECT_ACCESS_NOT_SUPPORTED',
])

/** The one error a request can end in. */
export class ApiError extends Error implements Failure {
  override readonly name = 'ApiError'
  readonly kind: FailureKind
  readonly status?: number
  readonly reason?: string
  readonly requestId?: string
  readonly retryAfter?: number

  constructor({ kind, message, status, reason, requestId, retryAfter }: Failure) {
    super(message)
    this.kind = kind
    if (status !== undefined) this.status = status
    if (reason !== undefined) this.reason = reason
    if (requestId !== undefined) this.requestId = requestId
    if (retryAfter !== undefined) this.retryAfter = retryAfter
  }

  /** The credential is not accepted (any more). */
  get isUnauthenticated(): boolean {
    return this.status === 401
  }

  /**
   * The server has no such record, or says so in its own way: a bare 400 INVALID_ARGUMENT on `{id}` routes
   * (voipbin-api.md 4.2), where documents promise a 404.
   */
  get isMissing(): boolean {
    return this.status === 404 || (this.status === 400 && this.reason === 'INVALID_ARGUMENT')
  }

  /** Whoever is signed in may not have it, and will not for as long as this session lasts (voipbin-api.md 2.2, 2.4). */
  get isDenied(): boolean {
    return this.status === 403 && FOR_GOOD.has(this.reason ?? '')
  }

  /** Says nothing of what was asked for: any other request would fail now, too. */
  get isGeneral(): boolean {
    return this.kind === 'unreachable' || this.status === 429 || this.isUnauthenticated
  }

  /**
   * Whether it was carried out is not known: no answer, one that cannot be read, or a 503 or a proxy's word that
   * no caller waited any longer (voipbin-api.md 4.3, 7). Any other refusal is the server's own word.
   */
  get isOpen(): boolean {
    return this.kind !== 'refused' || [408, 502, 503, 504].includes(this.status ?? 0)
  }

  /** Asking the same again later may work: no answer, not understood, too many, or the server's fault. */
  get isTransient(): boolean {
    if (this.kind !== 'refused') return true
    return this.status === undefined || this.status === 429 || this.status >= 500
  }
}

/** What is known of any error, as plain data that can be handed to another tab. */
export function failureOf(error: Error): Failure {
  if (!(error instanceof ApiError)) return { kind: 'malformed', message: error.message }
  const { kind, message, status, reason, requestId, retryAfter } = error
  return {
    kind,
    message,
    ...(status !== undefined && { status }),
    ...(reason !== undefined && { reason }),
    ...(requestId !== undefined && { requestId }),
    ...(retryAfter !== undefined && { retryAfter }),
  }
}
