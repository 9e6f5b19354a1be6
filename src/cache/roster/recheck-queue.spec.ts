import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { RecheckQueue } from './recheck-queue.ts'

let queue: RecheckQueue

const always = () => true

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] })
  queue = new RecheckQueue(3000)
})

afterEach(() => {
  vi.useRealTimers()
})

const changed = (...ids: readonly string[]) => queue.add({ unknown: [], changed: ids })
const unknown = (...ids: readonly string[]) => queue.add({ unknown: ids, changed: [] })

describe('queue', () => {
  it('are of those who are suspected, each once, until they are read', () => {
    changed('ann', 'bob')
    unknown('ann', 'cyd')
    expect(queue.next(always)).toEqual(['ann', 'bob', 'cyd'])
    expect(queue.size).toBe(3)
    queue.recordRead('ann', true)
    queue.recordRead('bob', false)
    expect(queue.next(always)).toEqual(['cyd'])
  })

  it('come back at once after news, and ever later after a look in vain, up to an hour', () => {
    changed('ann')
    queue.recordRead('ann', true)
    changed('ann')
    expect(queue.size).toBe(1)
    const pauses = Array.from({ length: 13 }, () => {
      queue.recordRead('ann', false)
      let seconds = 0
      for (; queue.size === 0; changed('ann')) {
        vi.advanceTimersByTime(1000)
        seconds += 1
      }
      return seconds
    })
    expect(pauses.slice(0, 11)).toEqual([3, 6, 12, 24, 48, 96, 192, 384, 768, 1536, 3072])
    expect(pauses.slice(11)).toEqual([3600, 3600])
    // News that come while nobody suspects him count as well.
    queue.recordRead('ann', false)
    queue.recordRead('ann', true)
    changed('ann')
    expect(queue.size).toBe(1)
  })

  it('do not wait longer because of who is read without being suspected', () => {
    queue.recordRead('ann', false)
    changed('ann')
    expect(queue.size).toBe(1)
  })

  it('put those first who were read in vain least often', () => {
    changed('ann', 'bob')
    queue.recordRead('ann', false)
    vi.advanceTimersByTime(3000)
    changed('ann', 'cyd')
    expect(queue.next(always)).toEqual(['bob', 'cyd'])
    queue.recordRead('bob', false)
    queue.recordRead('cyd', true)
    expect(queue.next(always)).toEqual(['ann'])
  })

  it('passes over what may not be asked for yet', () => {
    changed('ann', 'bob')
    expect(queue.next((id) => id !== 'ann')).toEqual(['bob'])
    queue.recordRead('bob', false)
    vi.advanceTimersByTime(3000)
    changed('bob')
    expect(queue.next((id) => id !== 'ann')).toEqual(['bob'])
    expect(queue.next(() => false)).toEqual([])
  })

  it('do not count it in vain to read one early that a change was told of', () => {
    queue.addTold(['ann'])
    expect(queue.next(always)).toEqual(['ann'])
    queue.recordRead('ann', false)
    expect(queue.size).toBe(0)
    changed('ann')
    expect(queue.size).toBe(1)
    queue.recordRead('ann', false)
    // Told of again, it is read again, though it was in vain a moment ago.
    queue.addTold(['ann'])
    expect(queue.size).toBe(1)
  })

  it('know of no newcomers any more once all of them were read', () => {
    unknown('ann', 'bob')
    queue.recordRead('ann', true)
    expect(queue.hasNewcomers).toBe(true)
    queue.recordRead('bob', true)
    expect(queue.hasNewcomers).toBe(false)
  })

  it('take somebody nobody has heard of for a newcomer, once', () => {
    changed('ann')
    expect(queue.hasNewcomers).toBe(false)
    unknown('bob')
    expect(queue.hasNewcomers).toBe(true)
    queue.hasNewcomers = false
    unknown('bob')
    expect(queue.hasNewcomers).toBe(false)
    queue.recordRead('bob', false)
    vi.advanceTimersByTime(9000)
    unknown('bob')
    expect(queue.hasNewcomers).toBe(false)
    expect(queue.size).toBe(2)
  })
})
