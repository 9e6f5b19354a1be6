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
  it('holds each suspect once, until it is read', () => {
    changed('ann', 'bob')
    unknown('ann', 'cyd')
    expect(queue.next(always)).toEqual(['ann', 'bob', 'cyd'])
    expect(queue.size).toBe(3)
    queue.recordRead('ann', true)
    queue.recordRead('bob', false)
    expect(queue.next(always)).toEqual(['cyd'])
  })

  it('accepts a suspect at once after a read with news, and later and later after reads without, up to an hour', () => {
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
    // News of a participant that is not suspected counts as well.
    queue.recordRead('ann', false)
    queue.recordRead('ann', true)
    changed('ann')
    expect(queue.size).toBe(1)
  })

  it('does not delay a participant that was read without being suspected', () => {
    queue.recordRead('ann', false)
    changed('ann')
    expect(queue.size).toBe(1)
  })

  it('returns the suspects with the fewest reads without news first', () => {
    changed('ann', 'bob')
    queue.recordRead('ann', false)
    vi.advanceTimersByTime(3000)
    changed('ann', 'cyd')
    expect(queue.next(always)).toEqual(['bob', 'cyd'])
    queue.recordRead('bob', false)
    queue.recordRead('cyd', true)
    expect(queue.next(always)).toEqual(['ann'])
  })

  it('skips what may not be requested yet', () => {
    changed('ann', 'bob')
    expect(queue.next((id) => id !== 'ann')).toEqual(['bob'])
    queue.recordRead('bob', false)
    vi.advanceTimersByTime(3000)
    changed('bob')
    expect(queue.next((id) => id !== 'ann')).toEqual(['bob'])
    expect(queue.next(() => false)).toEqual([])
  })

  it('does not count an early read of an announced change as one without news', () => {
    queue.addTold(['ann'])
    expect(queue.next(always)).toEqual(['ann'])
    queue.recordRead('ann', false)
    expect(queue.size).toBe(0)
    changed('ann')
    expect(queue.size).toBe(1)
    queue.recordRead('ann', false)
    // Announced again, it is read again, although it was just read without news.
    queue.addTold(['ann'])
    expect(queue.size).toBe(1)
  })

  it('has no newcomers left once all of them are read', () => {
    unknown('ann', 'bob')
    queue.recordRead('ann', true)
    expect(queue.hasNewcomers).toBe(true)
    queue.recordRead('bob', true)
    expect(queue.hasNewcomers).toBe(false)
  })

  it('counts an unknown suspect as a newcomer once', () => {
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
