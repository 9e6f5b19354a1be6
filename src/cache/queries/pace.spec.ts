import { getEventListeners } from 'node:events'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { rejection } from '~/testing/fetch.fixture.ts'
import { pause } from '~/util/pause.ts'
import { Pace, type Lane } from './pace.ts'

const [PER_SECOND, BURST] = [3, 6]

const LANES: readonly Lane[] = ['action', 'screen', 'poll', 'recheck', 'sweep', 'callers', 'list']

let pace: Pace

/** Starts with a full bucket, on a clock that only the spec moves. */
function begin(): void {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] })
  pace = new Pace()
}

beforeEach(begin)
afterEach(() => {
  vi.useRealTimers()
})

const { signal: never } = new AbortController()

/**
 * Sends this many requests in the background, one after another. Returns their times in
 * milliseconds; the array grows.
 */
function send(count: number, signal = never, lane: Lane = 'sweep'): number[] {
  const times: number[] = []
  void (async () => {
    while (times.length < count) {
      await pace.acquireSlot(signal, lane)
      times.push(performance.now())
      pace.spend()
    }
  })()
  return times
}

const spend = (count: number): void => {
  for (let sent = 0; sent < count; sent++) pace.spend()
}

describe('turn', () => {
  it('grants the burst at once, and then three slots a second', async () => {
    const times = send(12)
    await vi.advanceTimersByTimeAsync(1999)
    expect(times).toEqual([0, 0, 0, 0, 0, 0, 334, 667, 1000, 1334, 1667])
    // An idle bucket refills to one burst and no more.
    await vi.advanceTimersByTimeAsync(60_000)
    expect(times).toHaveLength(12)
    const again = send(20)
    await vi.advanceTimersByTimeAsync(0)
    expect(again).toHaveLength(BURST)
  })

  it('grants slots to waiting requests one at a time, in the order of arrival', async () => {
    spend(BURST)
    const all: number[][] = []
    for (let waiting = 0; waiting < 8; waiting++) {
      all.push(send(1))
      await vi.advanceTimersByTimeAsync(1)
    }
    await vi.advanceTimersByTimeAsync(9000)
    expect(all.flat()).toEqual([334, 667, 1000, 1334, 1667, 2000, 2334, 2667])
  })

  it('grants slots to an urgent lane before a lane that has waited longer, but not every time', async () => {
    spend(BURST)
    const list = send(3, never, 'list')
    const poll = send(6, never, 'poll')
    await vi.advanceTimersByTimeAsync(9000)
    expect(poll).toEqual([334, 1000, 1334, 1667, 2000, 2667])
    expect(list).toEqual([667, 2334, 3000])
  })

  it('grants a slot at once to a lane that was idle, however long other lanes were busy', async () => {
    send(100, never, 'list')
    send(100, never, 'callers')
    await vi.advanceTimersByTimeAsync(10_000)
    const now = performance.now()
    const poll = send(1, never, 'poll')
    await vi.advanceTimersByTimeAsync(1000)
    expect(poll[0]).toBeLessThanOrEqual(now + 334)
  })

  it('lets no lane wait for more than 25 slots, whatever other lanes request', async () => {
    const arrival = fc.record({
      after: fc.constantFrom(0, 0, 100, 1000, 5000),
      lane: fc.constantFrom(...LANES),
      count: fc.integer({ min: 1, max: 40 }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(arrival, { minLength: 1, maxLength: 10 }), async (arrivals) => {
        begin()
        /**
         * For each slot, how many slots were granted since the lane's last one or since the lane
         * was empty.
         */
        const waits: number[] = []
        const since = new Map<Lane, number>()
        const waiting = new Map<Lane, number>()
        let turns = 0
        const ask = async (lane: Lane) => {
          if (!waiting.get(lane)) since.set(lane, turns)
          waiting.set(lane, (waiting.get(lane) ?? 0) + 1)
          await pace.acquireSlot(new AbortController().signal, lane)
          pace.spend()
          turns += 1
          waits.push(turns - (since.get(lane) ?? 0))
          since.set(lane, turns)
          waiting.set(lane, (waiting.get(lane) ?? 0) - 1)
        }
        let wanted = 0
        for (const { after, lane, count } of arrivals) {
          await vi.advanceTimersByTimeAsync(after)
          for (let asked = 0; asked < count; asked++) void ask(lane)
          wanted += count
        }
        await vi.advanceTimersByTimeAsync(wanted * 334 + 1000)
        expect(turns).toBe(wanted)
        expect(Math.max(...waits)).toBeLessThanOrEqual(25)
      }),
      { numRuns: 30 },
    )
  })

  it('passes the place of an aborted request to the next', async () => {
    spend(BURST)
    const gone = new AbortController()
    const rejected = rejection(pace.acquireSlot(gone.signal, 'poll'))
    const times = send(1)
    gone.abort(new Error('gone'))
    await rejected
    await vi.advanceTimersByTimeAsync(1000)
    expect(times).toEqual([334])
  })

  it('waits until requests sent without a slot are paid off', async () => {
    spend(BURST + 3)
    const times = send(2)
    await vi.advanceTimersByTimeAsync(5000)
    expect(times).toEqual([1334, 1667])
  })

  it('never exceeds burst and rate, whatever is sent at whatever time', async () => {
    const wish = fc.record({
      after: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 4000 })),
      count: fc.integer({ min: 1, max: 8 }),
      isAPerson: fc.boolean(),
      lane: fc.constantFrom(...LANES),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(wish, { maxLength: 12 }), async (wishes) => {
        begin()
        const sent: number[][] = []
        for (const { after, count, isAPerson, lane } of wishes) {
          await vi.advanceTimersByTimeAsync(after)
          if (isAPerson) spend(count)
          else sent.push(send(count, never, lane))
        }
        await vi.advanceTimersByTimeAsync(60_000)
        const wanted = wishes.reduce((sum, one) => sum + (one.isAPerson ? 0 : one.count), 0)
        const times = sent.flat().toSorted((a, b) => a - b)
        expect(times).toHaveLength(wanted)
        for (const [index, from] of times.entries()) {
          const to = times[index + BURST] ?? Infinity
          expect(to - from).toBeGreaterThanOrEqual(1000 / PER_SECOND - 1)
          const later = times[index + BURST + 3 * PER_SECOND] ?? Infinity
          expect(later - from).toBeGreaterThanOrEqual(3333 - 1)
        }
      }),
      { numRuns: 100 },
    )
  })

  it('rejects at once with the reason when aborted, even if no wait is needed', async () => {
    const reason = new Error('signed out')
    const early = new AbortController()
    early.abort(reason)
    expect(await rejection(pace.acquireSlot(early.signal, 'poll'))).toBe(reason)
    spend(BURST)
    const late = new AbortController()
    const rejected = rejection(pace.acquireSlot(late.signal, 'poll'))
    await vi.advanceTimersByTimeAsync(100)
    late.abort(reason)
    expect(await rejected).toBe(reason)
    expect(performance.now()).toBe(100)
  })

  it('leaves no timer and no listener behind', async () => {
    const { signal } = new AbortController()
    send(30, signal)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
    spend(BURST)
    const controller = new AbortController()
    const rejected = rejection(pace.acquireSlot(controller.signal, 'poll'))
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(1)
    expect(vi.getTimerCount()).toBe(1)
    controller.abort()
    await rejected
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0)
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('pause', () => {
  it('resolves after the given time, or at once when aborted', async () => {
    const ends: number[] = []
    const controller = new AbortController()
    const rest = async (length: number) => {
      await pause(length, controller.signal)
      ends.push(performance.now())
    }
    void rest(500)
    void rest(9000)
    await vi.advanceTimersByTimeAsync(700)
    expect(ends).toEqual([500])
    controller.abort()
    await vi.advanceTimersByTimeAsync(0)
    expect(ends).toEqual([500, 700])
    expect(vi.getTimerCount()).toBe(0)
  })
})
