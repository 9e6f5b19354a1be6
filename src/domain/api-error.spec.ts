import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ApiError, failureOf, type Failure, type FailureKind } from './api-error.ts'

const refused = (status: number, reason?: string) =>
  new ApiError({ kind: 'refused', message: 'No.', status, ...(reason && { reason }) })

describe('ApiError', () => {
  it('is an Error with the fields of the failure', () => {
    const known = { status: 429, reason: 'R', requestId: 'q', retryAfter: 5 }
    const error = new ApiError({ kind: 'refused', message: 'No.', ...known })
    expect(error).toBeInstanceOf(Error)
    expect(error).toMatchObject({ name: 'ApiError', kind: 'refused', message: 'No.', ...known })
  })

  it('leaves unknown fields undefined', () => {
    const { status, reason, requestId, retryAfter } = new ApiError({
      kind: 'timeout',
      message: 'Too late.',
    })
    expect([status, reason, requestId, retryAfter]).toEqual(Array(4).fill(undefined))
  })

  it.each([
    [400, 'INVALID_ARGUMENT', true],
    [400, 'INVALID_ID', false],
    [400, undefined, false],
    [404, 'CALL_NOT_FOUND', true],
    [404, undefined, true],
    [403, 'PERMISSION_DENIED', false],
    [409, 'STATE_INVALID', false],
    [500, 'INVALID_ARGUMENT', false],
    [503, 'REQUEST_TIMEOUT', false],
  ])('HTTP %d %s is missing: %s', (status, reason, isMissing) => {
    expect(refused(status, reason).isMissing).toBe(isMissing)
  })

  it.each([
    [400, false],
    [401, false],
    [402, false],
    [403, false],
    [404, false],
    [409, false],
    [429, true],
    [499, false],
    [500, true],
    [502, true],
    [503, true],
  ])('HTTP %d is transient: %s', (status, isTransient) => {
    expect(refused(status).isTransient).toBe(isTransient)
  })

  it.each<[FailureKind]>([['unreachable'], ['timeout'], ['malformed']])(
    '%s is transient and neither missing nor unauthenticated',
    (kind) => {
      const error = new ApiError({ kind, message: 'x' })
      expect(error.isTransient).toBe(true)
      expect(error.isMissing).toBe(false)
      expect(error.isUnauthenticated).toBe(false)
    },
  )

  it.each([
    [403, 'PERMISSION_DENIED', true],
    [403, 'AGENT_AUTH_REQUIRED', true],
    [403, 'DIRECT_ACCESS_NOT_SUPPORTED', true],
    // An account can be recovered, and the refusal of a proxy may be temporary.
    [403, 'ACCOUNT_FROZEN', false],
    [403, undefined, false],
    [401, 'PERMISSION_DENIED', false],
    [503, 'PERMISSION_DENIED', false],
  ])('HTTP %d %s is denied for good: %s', (status, reason, isDenied) => {
    expect(refused(status, reason).isDenied).toBe(isDenied)
  })

  it('is unauthenticated for 401 only', () => {
    expect([400, 401, 403].map((status) => refused(status).isUnauthenticated)).toEqual([
      false,
      true,
      false,
    ])
  })
})

describe('failureOf', () => {
  const failure: fc.Arbitrary<Failure> = fc.record(
    {
      kind: fc.constantFrom('unreachable', 'timeout', 'refused', 'malformed'),
      message: fc.string(),
      status: fc.integer({ min: 0, max: 599 }),
      reason: fc.string(),
      requestId: fc.string(),
      retryAfter: fc.nat(),
    },
    { requiredKeys: ['kind', 'message'] },
  )

  it('keeps all fields of an ApiError, also after a structured clone', () => {
    fc.assert(
      fc.property(failure, (known) => {
        const error = new ApiError(known)
        const sent = structuredClone(failureOf(error))
        expect(sent).toStrictEqual({ ...known })
        const received = new ApiError(sent)
        expect(failureOf(received)).toStrictEqual(sent)
        for (const judge of ['isTransient', 'isMissing', 'isUnauthenticated'] as const) {
          expect(received[judge]).toBe(error[judge])
        }
      }),
    )
  })

  it('turns any other error into "malformed"', () => {
    const sent = failureOf(new TypeError('x is not a function'))
    expect(sent).toStrictEqual({ kind: 'malformed', message: 'x is not a function' })
    expect(new ApiError(sent).isTransient).toBe(true)
  })
})
