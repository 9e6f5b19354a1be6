import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Burst } from './burst.ts'

const INTERVAL = 100

let log: string[]
let burst: Burst

beforeEach(() => {
  vi.useFakeTimers()
  log = []
  burst = new Burst(INTERVAL)
})

afterEach(() => vi.useRealTimers())

const [one, other] = [() => void log.push('one'), () => void log.push('other')]

function fail(): void {
  throw new Error('broken')
}

const momentEnds = (): unknown => vi.advanceTimersByTime(0)

describe('a burst', () => {
  it('runs the callbacks of its first moment together', () => {
    burst.run(one)
    burst.run(other)
    burst.run(one)
    expect(log).toEqual([])
    momentEnds()
    expect(log).toEqual(['one', 'other'])
  })

  it('runs all that follow once per interval', () => {
    burst.run(one)
    momentEnds()
    for (let time = 0; time < 3 * INTERVAL; time += 10) {
      burst.run(one)
      vi.advanceTimersByTime(10)
    }
    expect(log).toHaveLength(1 + 3)
  })

  it('runs a callback at once again after an interval without any', () => {
    burst.run(one)
    momentEnds()
    vi.advanceTimersByTime(INTERVAL)
    burst.run(one)
    momentEnds()
    expect(log).toEqual(['one', 'one'])
  })

  it('runs no callback that was dropped', () => {
    burst.run(one)
    burst.run(other)
    burst.drop(one)
    momentEnds()
    expect(log).toEqual(['other'])
  })

  it('goes on after a callback that throws', () => {
    burst.run(one)
    momentEnds()
    burst.run(fail)
    expect(() => vi.advanceTimersByTime(INTERVAL)).toThrow('broken')
    burst.run(other)
    vi.advanceTimersByTime(INTERVAL)
    expect(log).toEqual(['one', 'other'])
  })
})
