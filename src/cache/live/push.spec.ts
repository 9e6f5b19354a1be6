import { beforeEach, describe, expect, it, vi } from 'vitest'
import call from '~/wire/fixtures/call.json'
import conference from '~/wire/fixtures/conference.json'
import recording from '~/wire/fixtures/recording-running.json'
import participant from '~/wire/fixtures/conferencecall.json'
import { end } from '~/wire/session.ts'
import { pushRig } from '~/testing/push.fixture.ts'
import { callersOf } from '~/cache/roster/caller-store.ts'
import { rosterOf } from '~/cache/roster/store.ts'

const {
  last,
  living,
  statuses,
  conferenceBatches,
  callBatches,
  recordingBatches,
  onOpen,
  client,
  kinds,
  stop,
  say,
  keep,
} = pushRig()

describe('what is pushed', () => {
  beforeEach(() => {
    keep()
    last().accept()
  })

  it('of conferences is passed on, a batch at once', () => {
    last().say(conference)
    last().say({ ...conference, id: 'other', name: 'Retro' })
    expect(conferenceBatches).toEqual([])
    vi.advanceTimersByTime(50)
    expect(conferenceBatches.map((all) => all.map(({ name }) => name))).toEqual([
      ['Standup', 'Retro'],
    ])
    expect(client().getQueryCache().getAll()).toEqual([])
  })

  it('of participants goes into the roster', () => {
    say(participant)
    expect(rosterOf(client()).get(participant.id)?.participant).toMatchObject({
      status: 'joined',
      conferenceId: conference.id,
    })
    say({ ...participant, status: 'leaved', tm_update: '2026-01-15T12:00:00Z' })
    expect(rosterOf(client()).get(participant.id)?.participant.status).toBe('leaved')
    expect(conferenceBatches).toEqual([])
  })

  it('of calls goes to the callers, and is passed on', () => {
    say(call)
    expect(callBatches.map((all) => all.map(({ id }) => id))).toEqual([[call.id]])
    expect([...callersOf(client()).entries()]).toEqual([
      [
        call.id,
        {
          name: 'Ann',
          number: '+15551230001',
          direction: 'incoming',
          other: '+15559870002',
          status: 'progressing',
          mute: { direction: '', at: expect.any(Number) },
        },
      ],
    ])
    expect(conferenceBatches).toEqual([])
    expect(rosterOf(client()).size).toBe(0)
  })

  it('of recordings is passed on', () => {
    say(recording)
    expect(recordingBatches.map((all) => all.map(({ id }) => id))).toEqual([[recording.id]])
    expect(conferenceBatches).toEqual([])
  })

  it('changes nothing when it cannot be read', () => {
    say('{')
    expect(conferenceBatches).toEqual([])
    expect(client().getQueryCache().getAll()).toEqual([])
  })

  it('is dropped after the end', () => {
    last().say(conference)
    stop()
    vi.advanceTimersByTime(1000)
    expect(conferenceBatches).toEqual([])
    expect(living()).toBe(0)
  })
})

describe('the state of push', () => {
  it('is that of the socket, and each opening is passed on', () => {
    keep()
    expect(statuses).toEqual([{ kind: 'connecting' }])
    last().accept()
    expect(onOpen).toHaveBeenCalledTimes(1)
    last().fail()
    expect(statuses.at(-1)).toEqual({ kind: 'waiting', why: 'The live connection was lost.' })
    vi.advanceTimersByTime(5000)
    expect(onOpen).toHaveBeenCalledTimes(1)
    last().accept()
    expect(onOpen).toHaveBeenCalledTimes(2)
    expect(kinds()).toEqual(['connecting', 'open', 'waiting', 'connecting', 'open'])
  })

  it('keeps the reason while the next try lasts', () => {
    keep()
    last().fail()
    const why = 'The live connection could not be made.'
    expect(statuses.at(-1)).toEqual({ kind: 'waiting', why })
    vi.advanceTimersByTime(5000)
    expect(statuses.at(-1)).toEqual({ kind: 'connecting', why })
    last().accept()
    last().fail()
    vi.advanceTimersByTime(5000)
    expect(statuses.at(-1)).toEqual({ kind: 'connecting', why: 'The live connection was lost.' })
  })

  it('is passed on before the opening', () => {
    keep()
    onOpen.mockImplementationOnce(() => expect(kinds()).toEqual(['connecting', 'open']))
    last().accept()
    expect(onOpen).toHaveBeenCalledTimes(1)
  })

  it.each([
    ['without a customer', () => keep(null), 'This session does not say whose events to ask for.'],
    [
      'without a session',
      () => {
        end('expired')
        keep()
      },
      'Nobody is signed in.',
    ],
  ])('is refused %s', (_name, start, why) => {
    start()
    expect(statuses).toEqual([{ kind: 'refused', why }])
    expect(onOpen).not.toHaveBeenCalled()
  })
})
