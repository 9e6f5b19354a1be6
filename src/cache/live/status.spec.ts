import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { rejection } from '~/testing/fetch.fixture.ts'
import { NOT_POLLED } from '~/domain/poll-status.ts'
import { StatusStore } from './status.ts'

const NOW = Date.UTC(2026, 0, 15)
const { signal } = new AbortController()

beforeEach(() => {
  vi.useFakeTimers({ now: NOW })
})

afterEach(() => {
  vi.useRealTimers()
})

const failing = (message: string) => () => Promise.reject(new Error(message))

describe('a poll', () => {
  it('is recorded with its failures, until there is an answer', async () => {
    const store = new StatusStore()
    await rejection(store.record(signal, failing('first')))
    await rejection(store.record(signal, failing('second')))
    expect(store.get()).toMatchObject({ updatedAt: 0, failure: { message: 'second' }, failures: 2 })
    expect(await store.record(signal, async () => NOW - 5)).toBe(NOW - 5)
    expect(store.get()).toEqual({ ...NOT_POLLED, updatedAt: NOW, readSince: NOW - 5 })
  })

  it('is not recorded when it is aborted', async () => {
    const store = new StatusStore()
    const stay = new AbortController()
    stay.abort()
    await rejection(store.record(stay.signal, failing('No.')))
    await store.record(stay.signal, async () => NOW)
    expect(store.get()).toBe(NOT_POLLED)
  })
})

describe('the status of the poll', () => {
  it('is passed on with its origin when it changes, and only then', () => {
    const store = new StatusStore()
    const changes: unknown[] = []
    const stop = store.subscribe(({ missing }, origin) => changes.push([missing, origin]))
    store.apply({ missing: 1 })
    store.apply({ missing: 1 }, 'tab')
    store.apply({ missing: 2 }, 'tab')
    stop()
    store.apply({ missing: 3 })
    expect(changes).toEqual([
      [1, 'server'],
      [2, 'tab'],
    ])
  })

  it('has no time that has not come yet after the clock of the computer was set back', () => {
    const store = new StatusStore()
    store.apply({ updatedAt: NOW })
    vi.setSystemTime(NOW - 1000)
    store.apply({ missing: 1 })
    expect(store.get().updatedAt).toBe(NOW - 1000)
  })
})
