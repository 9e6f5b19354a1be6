import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ApiError } from '~/domain/api-error.ts'
import { createQueryClient, retryPause, shouldRetry, unlessDenied } from './query-client.ts'

const refused = (status: number, retryAfter?: number) =>
  new ApiError({
    kind: 'refused',
    message: 'No.',
    status,
    ...(retryAfter !== undefined && { retryAfter }),
  })

const chance = fc.double({ min: 0, max: 1, noNaN: true })
const failures = fc.nat({ max: 10_000 })

describe('retryPause', () => {
  it('doubles up to half a minute, give or take a quarter', () => {
    fc.assert(
      fc.property(failures, chance, (count, random) => {
        const middle = Math.min(1000 * 2 ** count, 30_000)
        const pause = retryPause(count, new Error('x'), random)
        expect(pause).toBeGreaterThanOrEqual(0.75 * middle)
        expect(pause).toBeLessThanOrEqual(1.25 * middle)
      }),
    )
  })

  it('is never shorter than the server asked', () => {
    fc.assert(
      fc.property(failures, fc.nat({ max: 600_000 }), chance, (count, asked, random) => {
        expect(retryPause(count, refused(429, asked), random)).toBeGreaterThanOrEqual(asked)
      }),
    )
  })

  it('keeps many tabs apart', () => {
    const pauses = new Set(
      [0, 0.25, 0.5, 0.75, 1].map((random) => retryPause(3, refused(503), random)),
    )
    expect(pauses.size).toBe(5)
  })
})

describe('shouldRetry', () => {
  it.each([
    [400, false],
    [401, false],
    [403, false],
    [404, false],
    [409, false],
    [429, true],
    [500, true],
    [503, true],
  ])('HTTP %d: %s', (status, expected) => {
    expect(shouldRetry(refused(status))).toBe(expected)
  })

  it('tries again when there was no answer', () => {
    expect(shouldRetry(new ApiError({ kind: 'unreachable', message: 'x' }))).toBe(true)
    expect(shouldRetry(new ApiError({ kind: 'timeout', message: 'x' }))).toBe(true)
  })
})

describe('unlessDenied', () => {
  it('asks again but for what is denied', () => {
    const denied = new ApiError({
      kind: 'refused',
      message: 'x',
      status: 403,
      reason: 'PERMISSION_DENIED',
    })
    const interval = unlessDenied(3000)
    expect(interval({ state: { error: null } })).toBe(3000)
    expect(interval({ state: { error: refused(503) } })).toBe(3000)
    expect(interval({ state: { error: refused(403) } })).toBe(3000)
    expect(interval({ state: { error: denied } })).toBe(false)
  })
})

describe('createQueryClient', () => {
  it('never fires a mutation later or twice, for nobody would expect the removal then', () => {
    expect(createQueryClient().getDefaultOptions().mutations).toEqual({
      networkMode: 'always',
      retry: false,
    })
  })
})
