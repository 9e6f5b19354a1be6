import { describe, expect, it, vi } from 'vitest'
import conference from './fixtures/conference.json'
import participant from './fixtures/conferencecall.json'
import { frame, socketRig, type FakeSocket } from '~/testing/socket.fixture.ts'

const { batches, last, keep } = socketRig()

/** The numbers n of the frames that were delivered. */
const numbers = (): readonly unknown[] =>
  batches.flat().map((event) => event.kind === 'conference' && event.record.timeout)

function listen(): FakeSocket {
  keep()
  last().accept()
  return last()
}

describe('events', () => {
  it('are delivered as one batch, 50 ms after the first', () => {
    const socket = listen()
    socket.say(conference)
    vi.advanceTimersByTime(49)
    socket.say(participant)
    socket.say('{')
    expect(batches).toEqual([])
    vi.advanceTimersByTime(1)
    expect(batches.map((events) => events.map(({ kind }) => kind))).toEqual([
      ['conference', 'participant', 'unreadable'],
    ])
  })

  it('are delivered at most every 50 ms, all 1,000 of a second', () => {
    const socket = listen()
    for (let n = 0; n < 1000; n += 1) {
      socket.say(frame(n))
      vi.advanceTimersByTime(1)
    }
    vi.advanceTimersByTime(50)
    expect(batches.length).toBeLessThanOrEqual(20)
    expect(numbers()).toEqual(Array.from({ length: 1000 }, (_, n) => n))
  })

  it('are delivered without the timer too, which may be late in a hidden tab', () => {
    const socket = listen()
    socket.say(frame(1))
    vi.setSystemTime(Date.now() + 50)
    socket.say(frame(2))
    expect(numbers()).toEqual([1, 2])
    vi.advanceTimersByTime(1000)
    expect(batches).toHaveLength(1)
  })

  it('are delivered once when their text is the same', () => {
    const socket = listen()
    for (const n of [1, 2, 1, 1]) socket.say(frame(n))
    vi.advanceTimersByTime(50)
    expect(numbers()).toEqual([1, 2])
  })

  it('of another customer are dropped', () => {
    const socket = listen()
    socket.say(frame(1, 'b1b1b1b1-804e-11ec-8477-2fea5968d85b'))
    vi.advanceTimersByTime(50)
    expect(batches).toEqual([])
    socket.say(frame(2, 'b1b1b1b1-804e-11ec-8477-2fea5968d85b'))
    socket.say(frame(3))
    vi.advanceTimersByTime(50)
    expect(numbers()).toEqual([3])
  })

  it('without a customer are delivered: only those of this customer were subscribed to', () => {
    const socket = listen()
    const { customer_id: _customer, ...unowned } = frame(1)
    socket.say(unowned)
    vi.advanceTimersByTime(50)
    expect(numbers()).toEqual([1])
  })

  it('of a megabyte, and binary ones, become unreadable events', () => {
    const socket = listen()
    socket.say('x'.repeat(1_000_000))
    socket.dispatchEvent(new MessageEvent('message', { data: new Blob(['{}']) }))
    vi.advanceTimersByTime(50)
    expect(batches).toEqual([
      [
        { kind: 'unreadable', text: 'It is too long for an event.' },
        { kind: 'unreadable', text: 'It is not JSON.' },
      ],
    ])
  })

  it('that arrived before the connection was lost are delivered', () => {
    const socket = listen()
    socket.say(frame(1))
    socket.fail()
    vi.advanceTimersByTime(50)
    expect(numbers()).toEqual([1])
  })
})
