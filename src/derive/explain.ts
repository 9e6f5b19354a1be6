import { ApiError } from '~/domain/api-error.ts'

/** A failure in words: what happened, what to do, and what support quotes. */
export interface Explanation {
  readonly title: string
  readonly advice: string
  /** Reason and request id as the server gave them, or empty. */
  readonly trace: string
}

/** The reasons of voipbin-api.md 7 in an operator's words. */
const BY_REASON = new Map<string, readonly [title: string, advice: string]>(
  Object.entries<readonly [title: string, advice: string]>({
    AUTHENTICATION_REQUIRED: ['You are not signed in', 'Sign in again.'],
    INVALID_CREDENTIALS: ['Your session is no longer accepted', 'Sign in again.'],
    PERMISSION_DENIED: [
      'Not allowed',
      'It belongs to another customer, or your account lacks the admin or manager permission. Ask an administrator.',
    ],
    AGENT_AUTH_REQUIRED: [
      'Not allowed with this credential',
      'Sign in with a user name and password.',
    ],
    DIRECT_ACCESS_NOT_SUPPORTED: [
      'Not allowed with this credential',
      'Sign in with a user name and password.',
    ],
    ACCOUNT_FROZEN: [
      'This account is frozen',
      'It is scheduled for deletion. An administrator can recover it.',
    ],
    RATE_LIMIT_EXCEEDED: [
      'Too many requests',
      'The limit is shared with everything else this customer runs. Rollcall slows down and tries again.',
    ],
    REQUEST_TIMEOUT: ['The platform timed out', 'Rollcall tries again automatically.'],
    SERVICE_UNAVAILABLE: ['The platform is not available', 'Rollcall tries again automatically.'],
    INTERNAL: ['The platform failed', 'Rollcall tries again automatically.'],
  }),
)

/** Puts any error into words. Never empty, and never only a number. */
export function explain(error: unknown): Explanation {
  if (!(error instanceof ApiError)) {
    const advice = error instanceof Error ? error.message : String(error)
    return { title: 'Something went wrong in Rollcall', advice, trace: '' }
  }
  const [title, advice] = BY_REASON.get(error.reason ?? '') ?? byKind(error)
  return { title, advice, trace: traceOf(error) }
}

function byKind(error: ApiError): readonly [title: string, advice: string] {
  switch (error.kind) {
    case 'unreachable':
      return [
        'The server cannot be reached',
        'Check your connection. Rollcall tries again automatically.',
      ]
    case 'timeout':
      return [
        'The server did not answer in time',
        `${error.message} Rollcall tries again automatically.`,
      ]
    case 'malformed':
      return ['The answer cannot be read', `${error.message} Rollcall tries again automatically.`]
    case 'refused':
      return error.isTransient
        ? ['The server failed', `${error.message} Rollcall tries again automatically.`]
        : ['The server refused', error.message]
  }
}

/** `HTTP 503 · REQUEST_TIMEOUT · request req_…`, as far as known. */
export function traceOf(error: unknown): string {
  if (!(error instanceof ApiError)) return ''
  const { status, reason, requestId } = error
  return [status && `HTTP ${status}`, reason, requestId && `request ${requestId}`]
    .filter(Boolean)
    .join(' · ')
}
