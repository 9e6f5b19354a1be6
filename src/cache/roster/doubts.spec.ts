import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Doubts } from './doubts.ts'

let doubts: Doubts

const always = () => true

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] })
  doubts = new Doubts(3000)
})

afterEach(() => {
  vi.useRealTimers()
})

const changed = (...ids: readonly string[]) => doubts.add({ unknown: [], changed: ids })
const unknown = (...ids: readonly string[]) => doubts.add({ unknown: ids, changed: [] })

describe('doubts', () => {
  it('are of those who are suspected, each once, until they are read', () => {
    changed('ann', 'bob')
    unknown('ann', 'cyd')
    expect(doubts.next(always)).toEqual(['ann', 'bob', 'cyd'])
    expect(doubts.size).toBe(3)
    doubts.wasRead('ann', true)
    doubts.wasRead('bob', false)
    expect(doubts.next(always)).toEqual(['cyd'])
  })

  it('come back at once after news, and ever later after a look in vain, up to an hour', () => {
    changed('ann')
    doubts.wasRead('ann', true)
    changed('ann')
    expect(doubts.size).toBe(1)
    const pauses = Array.from({ length: 13 }, () => {
      doubts.wasRead('ann', false)
      let seconds = 0
      for (; doubts.size === 0; changed('ann')) {
        vi.advanceTimersByTime(1000)
        seconds += 1
      }
      return seconds
    })
    expect(pauses.slice(0, 11)).toEqual([3, 6, 12, 24, 48, 96, 192, 384, 768, 1536, 3072])
    expect(pauses.slice(11)).toEqual([3600, 3600])
    // News that come while nobody suspects him count as well.
    doubts.wasRead('ann', false)
    doubts.wasRead('ann', true)
    changed('ann')
    expect(doubts.size).toBe(1)
  })

  it('do not wait longer because of who is read without being suspected', () => {
    doubts.wasRead('ann', false)
    changed('ann')
    expect(doubts.size).toBe(1)
  })

  it('put those first who were read in vain least often', () => {
    changed('ann', 'bob')
    doubts.wasRead('ann', false)
    vi.advanceTimersByTime(3000)
    changed('ann', 'cyd')
    expect(doubts.next(always)).toEqual(['bob', 'cyd'])
    doubts.wasRead('bob', false)
    doubts.wasRead('cyd', true)
    expect(doubts.next(always)).toEqual(['ann'])
  })

  it('passes over what may not be asked for yet', () => {
    changed('ann', 'bob')
    expect(doubts.next((id) => id !== 'ann')).toEqual(['bob'])
    doubts.wasRead('bob', false)
    vi.advanceTimersByTime(3000)
    changed('bob')
    expect(doubts.next((id) => id !== 'ann')).toEqual(['bob'])
    expect(doubts.next(() => false)).toEqual([])
  })

  it('do not count it in vain to read one early that a change was told of', () => {
    doubts.addTold(['ann'])
    expect(doubts.next(always)).toEqual(['ann'])
    doubts.wasRead('ann', false)
    expect(doubts.size).toBe(0)
    changed('ann')
    expect(doubts.size).toBe(1)
    doubts.wasRead('ann', false)
    // Told of again, it is read again, though it was in vain a moment ago.
    doubts.addTold(['ann'])
    expect(doubts.size).toBe(1)
  })

  it('know of no newcomers any more once all of them were read', () => {
    unknown('ann', 'bob')
    doubts.wasRead('ann', true)
    expect(doubts.hasNewcomers).toBe(true)
    doubts.wasRead('bob', true)
    expect(doubts.hasNewcomers).toBe(false)
  })

  it('take somebody nobody has heard of for a newcomer, once', () => {
    changed('ann')
    expect(doubts.hasNewcomers).toBe(false)
    unknown('bob')
    expect(doubts.hasNewcomers).toBe(true)
    doubts.hasNewcomers = false
    unknown('bob')
    expect(doubts.hasNewcomers).toBe(false)
    doubts.wasRead('bob', false)
    vi.advanceTimersByTime(9000)
    unknown('bob')
    expect(doubts.hasNewcomers).toBe(false)
    expect(doubts.size).toBe(2)
  })
})
