import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { lazyCode } from './lazy.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

it('loads nothing until the code is asked for, and then once', async () => {
  const load = vi.fn<() => Promise<string>>(async () => 'code')
  const code = lazyCode(load)
  expect(load).not.toHaveBeenCalled()
  await expect(code.preload()).resolves.toBe('code')
  await expect(code.preload()).resolves.toBe('code')
  expect(load).toHaveBeenCalledTimes(1)
})

it('gives loaded code to a component without suspending it', async () => {
  const code = lazyCode(async () => 'code')
  await code.preload()
  // React's `use` would throw here, outside of a component.
  expect(code.useCode()).toBe('code')
})

it('tries again after a failure', async () => {
  const load = vi
    .fn<() => Promise<string>>(async () => 'code')
    .mockRejectedValueOnce(new Error('offline'))
  const loaded = lazyCode(load).preload()
  await vi.runAllTimersAsync()
  await expect(loaded).resolves.toBe('code')
  expect(load).toHaveBeenCalledTimes(2)
})
