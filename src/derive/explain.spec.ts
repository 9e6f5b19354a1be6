import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ApiError, type FailureKind } from '~/domain/api-error.ts'
import { explain, traceOf } from './explain.ts'

/** The reasons of voipbin-api.md 7, and the status each comes with. */
const REASONS: readonly (readonly [reason: string, status: number])[] = [
  ['AUTHENTICATION_REQUIRED', 401],
  ['INVALID_CREDENTIALS', 401],
  ['PERMISSION_DENIED', 403],
  ['AGENT_AUTH_REQUIRED', 403],
  ['DIRECT_ACCESS_NOT_SUPPORTED', 403],
  ['ACCOUNT_FROZEN', 403],
  ['IDENTITY_VERIFICATION_REQUIRED', 403],
  ['INVALID_ID', 400],
  ['INVALID_JSON_BODY', 400],
  ['INVALID_REQUEST_PARAMETER', 400],
  ['MISSING_REQUEST_PARAMETER', 400],
  ['INVALID_ARGUMENT', 400],
  ['ROUTE_NOT_FOUND', 404],
  ['RESOURCE_NOT_FOUND', 404],
  ['CALL_NOT_FOUND', 404],
  ['CONFERENCE_NOT_FOUND', 404],
  ['CONFERENCECALL_NOT_FOUND', 404],
  ['STATE_INVALID', 409],
  ['CALL_ALREADY_HANGUP', 409],
  ['CALL_STATE_INVALID', 409],
  ['INSUFFICIENT_BALANCE', 402],
  ['RATE_LIMIT_EXCEEDED', 429],
  ['REQUEST_TIMEOUT', 503],
  ['REQUEST_CANCELED', 503],
  ['SERVICE_UNAVAILABLE', 503],
  ['INTERNAL', 500],
]

/** At least one word of more than a few letters: not a number, not a code. */
const WORDS = /[A-Za-z]{3}/

const refusal = (status: number, reason: string) =>
  new ApiError({
    kind: 'refused',
    message: 'The server said so.',
    status,
    reason,
    requestId: 'req_1',
  })

const titleOf = (kind: FailureKind) =>
  explain(new ApiError({ kind, message: 'The server slept.' })).title

describe('explain', () => {
  it.each(REASONS)('%s gives words, and keeps the trace', (reason, status) => {
    const { title, advice, trace } = explain(refusal(status, reason))
    expect(title).toMatch(WORDS)
    expect(title).not.toContain(reason)
    expect(advice).toMatch(WORDS)
    expect(trace).toBe(`HTTP ${status} · ${reason} · request req_1`)
  })

  it.each([
    ['AUTHENTICATION_REQUIRED', 401, /not signed in/],
    ['INVALID_CREDENTIALS', 401, /no longer accepted/],
    ['PERMISSION_DENIED', 403, /Not allowed/],
    ['ACCOUNT_FROZEN', 403, /frozen/],
    ['RATE_LIMIT_EXCEEDED', 429, /Too many/],
    ['REQUEST_TIMEOUT', 503, /timed out/],
    ['IDENTITY_VERIFICATION_REQUIRED', 403, /refused/],
    ['REQUEST_CANCELED', 503, /failed/],
  ])('%s (HTTP %d) says %s', (reason, status, title) => {
    expect(explain(refusal(status, reason)).title).toMatch(title)
  })

  it.each(REASONS)('%s promises to try again only when that may help', (reason, status) => {
    const error = refusal(status, reason)
    expect(explain(error).advice.includes('tries again')).toBe(error.isTransient)
  })

  it('has words for failures without an answer', () => {
    expect(titleOf('unreachable')).toMatch(/cannot be reached/)
    expect(titleOf('malformed')).toMatch(/cannot be read/)
    expect(titleOf('timeout')).toMatch(WORDS)
  })

  it('has words for any ApiError', () => {
    const words = fc.string().map((text) => `Words: ${text}`)
    const failure = fc.record(
      {
        kind: fc.constantFrom<FailureKind>('unreachable', 'timeout', 'refused', 'malformed'),
        message: words,
        status: fc.integer({ min: 100, max: 599 }),
        reason: fc.oneof(fc.constantFrom(...REASONS.map(([reason]) => reason)), words),
        requestId: fc.string({ minLength: 1 }),
      },
      { requiredKeys: ['kind', 'message'] },
    )
    fc.assert(
      fc.property(failure, (known) => {
        const { title, advice, trace } = explain(new ApiError(known))
        expect(title).toMatch(WORDS)
        expect(advice).toMatch(WORDS)
        const parts = [known.status, known.reason, known.requestId]
        expect(parts.filter((part) => part && !trace.includes(String(part)))).toEqual([])
      }),
    )
  })

  it.each([[new Error('Out of cheese')], ['Out of cheese']])(
    'does not blame the server for an error of our own',
    (error) => {
      const { title, advice, trace } = explain(error)
      expect(title).toMatch(/in Rollcall/)
      expect(advice).toContain('Out of cheese')
      expect(trace).toBe('')
    },
  )
})

describe('traceOf', () => {
  it.each([
    [{}, ''],
    [{ status: 503 }, 'HTTP 503'],
    [{ requestId: 'req_1' }, 'request req_1'],
    [{ status: 500, requestId: 'req_1' }, 'HTTP 500 · request req_1'],
  ])('names %j as far as known', (known, trace) => {
    expect(traceOf(new ApiError({ kind: 'refused', message: 'x', ...known }))).toBe(trace)
  })

  it('is empty for an error that is not the server’s', () => {
    expect(traceOf(new Error('x'))).toBe('')
    expect(traceOf(undefined)).toBe('')
  })
})
