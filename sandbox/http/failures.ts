import { STATUS_CODES } from 'node:http'
import type { Json } from '../world/json.ts'
import { SECOND } from '../world/time.ts'
import { json, type Reply } from './reply.ts'

const CANONICAL: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  402: 'PAYMENT_REQUIRED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  409: 'FAILED_PRECONDITION',
  429: 'RESOURCE_EXHAUSTED',
  500: 'INTERNAL',
  503: 'UNAVAILABLE',
}

export interface FailureExtras {
  readonly details?: readonly Json[]
  readonly headers?: Readonly<Record<string, string>>
}

/** A refusal that becomes an error envelope (voipbin-api.md 7). */
export class Failure extends Error {
  readonly status: number
  readonly reason: string
  readonly extras: FailureExtras

  constructor(status: number, reason: string, message: string, extras: FailureExtras = {}) {
    super(message)
    this.name = 'Failure'
    this.status = status
    this.reason = reason
    this.extras = extras
  }
}

/** The envelope of a failure; `details` only when non-empty (voipbin-api.md 7). */
export function failureReply(failure: Failure, requestId: string): Reply {
  const { details = [], headers = {} } = failure.extras
  const reply = json(failure.status, {
    error: {
      status: CANONICAL[failure.status] ?? STATUS_CODES[failure.status] ?? 'UNKNOWN',
      reason: failure.reason,
      message: failure.message,
      request_id: requestId,
      ...(details.length === 0 ? {} : { details }),
    },
  })
  return { ...reply, headers: { ...reply.headers, ...headers } }
}

export const failures = {
  authenticationRequired: () =>
    new Failure(401, 'AUTHENTICATION_REQUIRED', 'Authentication is required.'),
  invalidCredentials: () =>
    new Failure(401, 'INVALID_CREDENTIALS', 'The provided credentials are invalid.'),
  permissionDenied: () =>
    new Failure(403, 'PERMISSION_DENIED', 'You do not have permission to access this resource.'),
  agentRequired: () =>
    new Failure(403, 'AGENT_AUTH_REQUIRED', 'This endpoint requires agent authentication.'),
  invalidId: () => new Failure(400, 'INVALID_ID', 'The provided id is not a valid UUID.'),
  invalidArgument: (message = 'The request contains invalid data.') =>
    new Failure(400, 'INVALID_ARGUMENT', message),
  /** The headers have left before the envelope is written, hence the content type (voipbin-api.md 7). */
  invalidJsonBody: () =>
    new Failure(400, 'INVALID_JSON_BODY', 'The request body is not valid JSON.', {
      headers: { 'Content-Type': 'text/plain; charset=utf-8' },
    }),
  identityVerificationRequired: () =>
    new Failure(
      403,
      'IDENTITY_VERIFICATION_REQUIRED',
      'Identity verification is required for this operation.',
    ),
  invalidParameter: (name: string) =>
    new Failure(400, 'INVALID_REQUEST_PARAMETER', `The parameter "${name}" has an invalid format.`),
  notFound: (reason: string) => new Failure(404, reason, 'The requested resource was not found.'),
  routeNotFound: () =>
    new Failure(404, 'ROUTE_NOT_FOUND', 'The requested endpoint does not exist.'),
  stateInvalid: () =>
    new Failure(409, 'STATE_INVALID', 'The operation is invalid for the current resource state.'),
  requestTimeout: () => new Failure(503, 'REQUEST_TIMEOUT', 'The request timed out.'),
  internal: () => new Failure(500, 'INTERNAL', 'An internal error occurred.'),
  /** `wait` in microseconds; Retry-After is whole seconds, rounded up (voipbin-api.md 8). */
  rateLimited: (limitedBy: 'ip' | 'customer', wait: number) =>
    new Failure(429, 'RATE_LIMIT_EXCEEDED', 'Too many requests. Please try again later.', {
      details: [{ limited_by: limitedBy }],
      headers: { 'Retry-After': String(Math.ceil(wait / 1_000_000)) },
    }),
}

/** What the platform says with this status (voipbin-api.md 7); any other is an INTERNAL. */
export function usualFailure(status: number): Failure {
  if (status === 400) return failures.invalidArgument()
  if (status === 401) return failures.invalidCredentials()
  if (status === 403) return failures.permissionDenied()
  if (status === 404) return failures.notFound('RESOURCE_NOT_FOUND')
  if (status === 409) return failures.stateInvalid()
  if (status === 429) return failures.rateLimited('customer', SECOND)
  if (status === 503) return failures.requestTimeout()
  return failures.internal()
}
