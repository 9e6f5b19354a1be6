import { describe, expect, it } from 'vitest'
import { ApiError } from '~/domain/api-error.ts'
import { createQueryClient, shouldRetry, unlessDenied } from './query-client.ts'

const refused = (status: number) => new ApiError({ kind: 'refused', message: 'No.', status })

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
  const denied = new ApiError({
    kind: 'refused',
    message: 'x',
    status: 403,
    reason: 'PERMISSION_DENIED',
  })
  const interval = unlessDenied(3000)
  const failed = (error: Error, errorUpdateCount: number, failingFor?: number) =>
    interval({
      state: {
        error,
        errorUpdateCount,
        dataUpdatedAt: failingFor === undefined ? 0 : 1000,
        errorUpdatedAt: 1000 + (failingFor ?? 0),
      },
    })

  it('polls at its interval while there are answers', () => {
    const state = { error: null, errorUpdateCount: 7, dataUpdatedAt: 9000, errorUpdatedAt: 8000 }
    expect(interval({ state })).toBe(3000)
  })

  it('polls ever more rarely while the first answer is a refusal, up to an hour', () => {
    const pauses = Array.from({ length: 13 }, (_, index) => failed(refused(400), index + 1))
    expect(pauses.slice(0, 4)).toEqual([3000, 6000, 12_000, 24_000])
    expect(pauses.at(-1)).toBeLessThanOrEqual(3600_000)
    expect(pauses).toEqual(pauses.toSorted((a, b) => Number(a) - Number(b)))
  })

  it('waits as long again as an answer that was there has been refused', () => {
    expect(failed(refused(404), 40, 3000)).toBe(3000)
    expect(failed(refused(404), 41, 60_000)).toBe(60_000)
    expect(failed(refused(404), 42, 9_000_000)).toBe(3600_000)
  })

  it('polls no more once it is denied', () => {
    expect(failed(denied, 1)).toBe(false)
    expect(failed(denied, 1, 5000)).toBe(false)
  })

  it('is the same each time it is asked, or the interval would begin anew with each drawing', () => {
    expect(failed(refused(400), 5)).toBe(failed(refused(400), 5))
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
