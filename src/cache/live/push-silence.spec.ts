import { beforeEach, describe, expect, it, vi } from 'vitest'
import { participantOf } from '~/testing/participant.fixture.ts'
import { fromMillis } from '~/domain/time.ts'
import call from '~/wire/fixtures/call.json'
import conference from '~/wire/fixtures/conference.json'
import participant from '~/wire/fixtures/conferencecall.json'
import { noteServerDate } from '~/wire/server-clock.ts'
import { START } from '~/testing/socket.fixture.ts'
import { pushRig } from '~/testing/push.fixture.ts'

const SECOND = 1000

const { sockets, last, living, told, onOpen, found, say, keep } = pushRig()

const pass = (length: number) => vi.advanceTimersByTime(length)

/** Somebody of whom the poll finds that this happened at that moment, in milliseconds on the server's clock. */
const changed = (at: number, wish: Parameters<typeof participantOf>[0] = {}) =>
  participantOf({ status: 'leaved', updatedAt: fromMillis(at), ...wish })

/** Lets the server's clock be known to be so much ahead of ours. Milliseconds. */
function setServerClock(offset: number): void {
  noteServerDate(new Date(Date.now() + offset).toUTCString(), Date.now(), Date.now())
}

const SILENT = {
  kind: 'silent',
  why: 'The server announces nothing, though things change.',
}

describe('silence', () => {
  /** Something happens, push does not tell of it, and half a minute later the poll finds it. */
  function missOne(wish: Parameters<typeof participantOf>[0] = {}): void {
    pass(10 * SECOND)
    const at = Date.now()
    pass(30 * SECOND)
    found([changed(at, wish)])
  }

  beforeEach(() => {
    keep()
    last().accept()
  })

  it('is a reason to connect anew, and not to rely on push', () => {
    missOne()
    expect(sockets).toHaveLength(2)
    expect(living()).toBe(1)
    expect(told).toContainEqual(SILENT)
    last().accept()
    expect(onOpen).toHaveBeenCalledTimes(2)
    expect(told.at(-1)).toEqual(SILENT)
  })

  it('is worth one handshake a minute, no more', () => {
    missOne()
    last().accept()
    missOne()
    expect(sockets).toHaveLength(2)
    missOne()
    expect(sockets).toHaveLength(3)
    last().accept()
    expect(told.at(-1)).toEqual(SILENT)
  })

  it('lasts over a lost line', () => {
    missOne()
    last().accept()
    last().fail()
    expect(told.at(-1)?.kind).toBe('waiting')
    pass(5 * SECOND)
    last().accept()
    expect(told.at(-1)).toEqual(SILENT)
  })

  it.each([
    ['a conference', conference],
    ['a participant', participant],
    ['a call', call],
    ['what cannot be read', '{'],
  ])('is over with any frame: %s', (_name, frame) => {
    missOne()
    last().accept()
    say(frame)
    expect(told.at(-1)).toEqual({ kind: 'open' })
    missOne({ conferenceId: 'other' })
    expect(told.at(-1)).toEqual(SILENT)
  })

  it('is found in any of those that one look found', () => {
    pass(40 * SECOND)
    const at = Date.now() - 20 * SECOND
    found([changed(START - 1), changed(at, { id: 'a' }), changed(at, { id: 'b' })])
    expect(sockets).toHaveLength(2)
  })

  it.each([
    ['happened before the socket was open', -1],
    ['happened when it had just opened', 2 * SECOND],
    ['happened less than five seconds ago', 35 * SECOND],
  ])('is not proven by what %s', (_name, at) => {
    pass(40 * SECOND)
    found([changed(START + at)])
    expect(sockets).toHaveLength(1)
  })

  it.each([
    ['after the first seconds of the socket', 2 * SECOND + 1],
    ['more than five seconds ago', 35 * SECOND - 1],
  ])('is proven by what happened %s', (_name, at) => {
    pass(40 * SECOND)
    found([changed(START + at)])
    expect(sockets).toHaveLength(2)
  })

  it.each(['joining', 'leaving', 'held'])(
    'is not proven by somebody %s, which nobody announces',
    (status) => {
      missOne({ status })
      expect(sockets).toHaveLength(1)
    },
  )

  it('is proven by a change that was found at once, once it should have been told', () => {
    pass(40 * SECOND)
    found([changed(Date.now() - SECOND)])
    pass(6 * SECOND)
    expect(sockets).toHaveLength(1)
    pass(SECOND)
    expect(sockets).toHaveLength(2)
    expect(told).toContainEqual(SILENT)
  })

  it('is not proven by a change that was found before its conference was heard of', () => {
    pass(40 * SECOND)
    found([changed(Date.now() - SECOND)])
    pass(SECOND)
    say(conference)
    pass(30 * SECOND)
    expect(sockets).toHaveLength(1)
  })

  it('is proven by somebody who joined', () => {
    missOne({ status: 'joined' })
    expect(sockets).toHaveLength(2)
  })

  it('is not proven in a conference that was heard of since', () => {
    pass(10 * SECOND)
    const at = Date.now()
    say(conference)
    pass(30 * SECOND)
    found([changed(at)])
    expect(sockets).toHaveLength(1)
  })

  it.each([
    ['not proven by a change just after its conference was heard of, as clocks go', 2000, 1],
    ['proven by a change after its conference was heard of', 2001, 2],
  ])('is %s', (_name, after, made) => {
    pass(10 * SECOND)
    say(conference)
    const at = Date.now() + after
    pass(30 * SECOND)
    found([changed(at)])
    expect(sockets).toHaveLength(made)
  })

  it('is proven by another conference than the one that was heard of', () => {
    pass(10 * SECOND)
    const at = Date.now()
    say(conference)
    pass(30 * SECOND)
    found([changed(at, { conferenceId: 'other' })])
    expect(sockets).toHaveLength(2)
  })

  it('is not proven while there is no socket', () => {
    pass(40 * SECOND)
    last().fail()
    found([changed(START + 20 * SECOND)])
    expect(sockets).toHaveLength(1)
    expect(told.at(-1)?.kind).toBe('waiting')
  })

  it('is told by the clock of the server, whatever this computer’s says', () => {
    const ahead = 3600 * SECOND
    setServerClock(ahead)
    try {
      last().fail()
      pass(5 * SECOND)
      last().accept()
      pass(60 * SECOND)
      // Before the socket was open, though its number is greater.
      found([changed(START + ahead)])
      expect(sockets).toHaveLength(2)
      found([changed(Date.now() + ahead - 20 * SECOND)])
      expect(sockets).toHaveLength(3)
      expect(told).toContainEqual(SILENT)
    } finally {
      setServerClock(0)
    }
  })
})
