import { QueryObserver, skipToken } from '@tanstack/react-query'
import { describe, expect, it, vi } from 'vitest'
import { ApiError } from '~/domain/api-error.ts'
import { askNow, createQueryClient, pollUnlessForbidden } from './query-client.ts'
import { shouldRetry } from './retry.ts'

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

  it('retries when there is no answer', () => {
    expect(shouldRetry(new ApiError({ kind: 'unreachable', message: 'x' }))).toBe(true)
    expect(shouldRetry(new ApiError({ kind: 'timeout', message: 'x' }))).toBe(true)
  })
})

describe('pollUnlessForbidden', () => {
  const denied = new ApiError({
    kind: 'refused',
    message: 'x',
    status: 403,
    reason: 'PERMISSION_DENIED',
  })
  const interval = pollUnlessForbidden(3000)

  /** A query that fails from now on, at each answer. */
  function failing(error: Error, { failedBefore = 0, dataUpdatedAt = 0 } = {}) {
    const query = {
      state: { error, errorUpdateCount: failedBefore, dataUpdatedAt } as {
        error: Error | null
        errorUpdateCount: number
        dataUpdatedAt: number
      },
    }
    return {
      query,
      next: () => {
        query.state.errorUpdateCount += 1
        return interval(query)
      },
    }
  }

  it('polls at its interval while the server answers', () => {
    expect(interval({ state: { error: null, errorUpdateCount: 7, dataUpdatedAt: 9000 } })).toBe(
      3000,
    )
  })

  it('polls more and more rarely while the server refuses, at least once an hour', () => {
    const { next } = failing(refused(400))
    const pauses = Array.from({ length: 13 }, next)
    expect(pauses.slice(0, 4)).toEqual([3000, 6000, 12_000, 24_000])
    expect(pauses.at(-1)).toBeLessThanOrEqual(3600_000)
    expect(pauses).toEqual(pauses.toSorted((a, b) => Number(a) - Number(b)))
  })

  it('starts over after an answer, however many failures came before it', () => {
    const { query, next } = failing(refused(404), { failedBefore: 40, dataUpdatedAt: 1000 })
    expect([next(), next()]).toEqual([3000, 6000])
    query.state.dataUpdatedAt = 2000
    expect([next(), next()]).toEqual([3000, 6000])
  })

  it('stops polling once the query is denied', () => {
    expect(failing(denied).next()).toBe(false)
    expect(failing(denied, { dataUpdatedAt: 5000 }).next()).toBe(false)
  })

  it('returns the same interval at each call, because a changed interval restarts at each render', () => {
    const { query, next } = failing(refused(400))
    next()
    expect(next()).toBe(interval(query))
  })
})

describe('createQueryClient', () => {
  it('never sends a mutation late or twice, because an operator would not expect a late removal', () => {
    expect(createQueryClient().getDefaultOptions().mutations).toEqual({
      networkMode: 'always',
      retry: false,
    })
  })
})

describe('askNow', () => {
  // A tab that becomes the leader may receive a message of its socket before React has enabled the
  // poll.
  it('fetches once the query is enabled', async () => {
    const client = createQueryClient()
    const options = { queryKey: ['one'], staleTime: Infinity, initialData: 0 }
    const observer = new QueryObserver<number>(client, { ...options, queryFn: skipToken })
    const stop = observer.subscribe(() => {})
    await askNow(client, options.queryKey)
    expect(client.getQueryData(options.queryKey)).toBe(0)
    observer.setOptions({ ...options, queryFn: () => 1 })
    await vi.waitFor(() => {
      expect(client.getQueryData(options.queryKey)).toBe(1)
    })
    stop()
  })
})
