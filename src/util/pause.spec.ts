import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { pause } from './pause.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

it('ends after its length, and at once when aborted before or meanwhile', async () => {
  const ended = vi.fn<(name: string) => void>()
  const meanwhile = new AbortController()
  void pause(1000, new AbortController().signal).then(() => ended('in full'))
  void pause(1000, AbortSignal.abort()).then(() => ended('aborted before'))
  void pause(1000, meanwhile.signal).then(() => ended('aborted meanwhile'))
  await vi.advanceTimersByTimeAsync(400)
  meanwhile.abort()
  await vi.advanceTimersByTimeAsync(599)
  expect(ended.mock.calls.flat()).toEqual(['aborted before', 'aborted meanwhile'])
  await vi.advanceTimersByTimeAsync(1)
  expect(ended).toHaveBeenLastCalledWith('in full')
})
