import { beforeEach, describe, expect, it, vi } from 'vitest'
import { stubStorage } from '~/testing/fetch.fixture.ts'
import { stored } from './stored.ts'

const parse = (found: unknown): readonly string[] =>
  Array.isArray(found) ? found.filter((one) => typeof one === 'string') : []

describe('a stored value', () => {
  beforeEach(() => {
    vi.stubGlobal('addEventListener', () => {})
  })

  it('is kept, and told to those who listen', () => {
    const kept = stubStorage()
    vi.stubGlobal('localStorage', sessionStorage)
    const store = stored('key', parse)
    const listener = vi.fn<() => void>()
    const stop = store.subscribe(listener)
    store.set(['a'])
    expect(store.get()).toEqual(['a'])
    expect(listener).toHaveBeenCalledOnce()
    expect(store.isKept()).toBe(true)
    expect(kept.get('key')).toBe('["a"]')
    expect(stored('key', parse).get()).toEqual(['a'])
    stop()
    store.set([])
    expect(listener).toHaveBeenCalledOnce()
  })

  it('that is damaged is as nothing', () => {
    const kept = stubStorage()
    vi.stubGlobal('localStorage', sessionStorage)
    kept.set('key', '{not JSON')
    expect(stored('key', parse).get()).toEqual([])
  })

  it('holds where storage is forbidden, and says that it is not kept', () => {
    vi.stubGlobal('localStorage', {
      getItem: () => {
        throw new Error('forbidden')
      },
      setItem: () => {
        throw new Error('full')
      },
    })
    const store = stored('key', parse)
    store.set(['a'])
    expect(store.get()).toEqual(['a'])
    expect(store.isKept()).toBe(false)
  })
})
