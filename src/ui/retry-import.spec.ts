import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { onlineManager } from '@tanstack/react-query'
import { retryImport } from './retry-import.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

it('tries again every 2 s until the import succeeds', async () => {
  let tries = 0
  const found = retryImport(async () => {
    tries++
    if (tries < 3) throw new Error('offline')
    return 'code'
  })
  await vi.advanceTimersByTimeAsync(1999)
  expect(tries).toBe(1)
  await vi.advanceTimersByTimeAsync(2001)
  expect(tries).toBe(3)
  await expect(found).resolves.toBe('code')
})

it('does not try while the browser has no network, and tries at once when it has', async () => {
  const load = vi.fn<() => Promise<string>>(async () => 'code')
  onlineManager.setOnline(false)
  const found = retryImport(load)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(load).not.toHaveBeenCalled()
  onlineManager.setOnline(true)
  await expect(found).resolves.toBe('code')
  expect(load).toHaveBeenCalledTimes(1)
})
