import { beforeEach, describe, expect, it, vi } from 'vitest'
import { participantOf } from '~/testing/participant.fixture.ts'
import { fromMillis } from '~/domain/time.ts'
import call from '~/wire/fixtures/call.json'
import conference from '~/wire/fixtures/conference.json'
import participant from '~/wire/fixtures/conferencecall.json'
import { noteServerDate } from '~/clock.ts'
import { START } from '~/testing/socket.fixture.ts'
import { pushRig } from '~/testing/push.fixture.ts'

const SECOND = 1000

const { sockets, last, living, statuses, onOpen, found, say, keep } = pushRig()

const pass = (length: number) => vi.advanceTimersByTime(length)

/** A participant that the poll finds to have changed at that moment, in milliseconds on the server's clock. */
const changed = (at: number, wish: Parameters<typeof participantOf>[0] = {}) =>
  participantOf({ status: 'leaved', updatedAt: fromMillis(at), ...wish })

/** Lets the server's clock be known to be so much ahead of the clock of this computer. Milliseconds. */
function setServerClock(offset: number): void {
  noteServerDate(new Date(Date.now() + offset).toUTCString(), Date.now(), Date.now())
}

const SILENT = {
  kind: 'silent',
  why: 'The server announces nothing, though things change.',
}

describe('a socket that does not announce what the poll finds', () => {
  /** A participant changes, push does not announce it, and half a minute later the poll finds it. */
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

  it('is opened anew and not relied on', () => {
    missOne()
    expect(sockets).toHaveLength(2)
    expect(living()).toBe(1)
    expect(statuses).toContainEqual(SILENT)
    last().accept()
    expect(onOpen).toHaveBeenCalledTimes(2)
    expect(statuses.at(-1)).toEqual(SILENT)
  })

  it('is opened anew once a minute, not more often', () => {
    missOne()
    last().accept()
    missOne()
    expect(sockets).toHaveLength(2)
    missOne()
    expect(sockets).toHaveLength(3)
    last().accept()
    expect(statuses.at(-1)).toEqual(SILENT)
  })

  it('is still not relied on after a lost connection', () => {
    missOne()
    last().accept()
    last().fail()
    expect(statuses.at(-1)?.kind).toBe('waiting')
    pass(5 * SECOND)
    last().accept()
    expect(statuses.at(-1)).toEqual(SILENT)
  })

  it.each([
    ['a conference', conference],
    ['a participant', participant],
    ['a call', call],
    ['what cannot be read', '{'],
  ])('is relied on again after any frame: %s', (_name, frame) => {
    missOne()
    last().accept()
    say(frame)
    expect(statuses.at(-1)).toEqual({ kind: 'open' })
    missOne({ conferenceId: 'other' })
    expect(statuses.at(-1)).toEqual(SILENT)
  })

  it('is recognised by any of the participants that one poll finds', () => {
    pass(40 * SECOND)
    const at = Date.now() - 20 * SECOND
    found([changed(START - 1), changed(at, { id: 'a' }), changed(at, { id: 'b' })])
    expect(sockets).toHaveLength(2)
  })

  it.each([
    ['happened before the socket was open', -1],
    ['happened when it had just opened', 2 * SECOND],
    ['happened less than five seconds ago', 35 * SECOND],
  ])('is not recognised by a change that %s', (_name, at) => {
    pass(40 * SECOND)
    found([changed(START + at)])
    expect(sockets).toHaveLength(1)
  })

  it.each([
    ['after the first seconds of the socket', 2 * SECOND + 1],
    ['more than five seconds ago', 35 * SECOND - 1],
  ])('is recognised by a change that happened %s', (_name, at) => {
    pass(40 * SECOND)
    found([changed(START + at)])
    expect(sockets).toHaveLength(2)
  })

  it.each(['joining', 'leaving', 'held'])(
    'is not recognised by a participant that is %s, which no conference announces',
    (status) => {
      missOne({ status })
      expect(sockets).toHaveLength(1)
    },
  )

  it('is recognised by a change that was found at once, as soon as it should have been announced', () => {
    pass(40 * SECOND)
    found([changed(Date.now() - SECOND)])
    pass(6 * SECOND)
    expect(sockets).toHaveLength(1)
    pass(SECOND)
    expect(sockets).toHaveLength(2)
    expect(statuses).toContainEqual(SILENT)
  })

  it('is not recognised by a change that was found before the event about its conference', () => {
    pass(40 * SECOND)
    found([changed(Date.now() - SECOND)])
    pass(SECOND)
    say(conference)
    pass(30 * SECOND)
    expect(sockets).toHaveLength(1)
  })

  it('is recognised by a participant that has joined', () => {
    missOne({ status: 'joined' })
    expect(sockets).toHaveLength(2)
  })

  it('is not recognised in a conference that an event was about since', () => {
    pass(10 * SECOND)
    const at = Date.now()
    say(conference)
    pass(30 * SECOND)
    found([changed(at)])
    expect(sockets).toHaveLength(1)
  })

  it.each([
    [
      'not recognised by a change just after an event about its conference, as clocks differ',
      2000,
      1,
    ],
    ['recognised by a change after an event about its conference', 2001, 2],
  ])('is %s', (_name, after, made) => {
    pass(10 * SECOND)
    say(conference)
    const at = Date.now() + after
    pass(30 * SECOND)
    found([changed(at)])
    expect(sockets).toHaveLength(made)
  })

  it('is recognised in another conference than the one that an event was about', () => {
    pass(10 * SECOND)
    const at = Date.now()
    say(conference)
    pass(30 * SECOND)
    found([changed(at, { conferenceId: 'other' })])
    expect(sockets).toHaveLength(2)
  })

  it('is not recognised while it is closed', () => {
    pass(40 * SECOND)
    last().fail()
    found([changed(START + 20 * SECOND)])
    expect(sockets).toHaveLength(1)
    expect(statuses.at(-1)?.kind).toBe('waiting')
  })

  it('is recognised by the clock of the server, whatever this computer’s says', () => {
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
      expect(statuses).toContainEqual(SILENT)
    } finally {
      setServerClock(0)
    }
  })
})
