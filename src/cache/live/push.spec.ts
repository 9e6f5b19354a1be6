import { beforeEach, describe, expect, it, vi } from 'vitest'
import call from '~/wire/fixtures/call.json'
import conference from '~/wire/fixtures/conference.json'
import participant from '~/wire/fixtures/conferencecall.json'
import { end } from '~/wire/session.ts'
import { keys } from '~/cache/queries/keys.ts'
import { pushRig } from '~/testing/push.fixture.ts'
import { rosterOf } from '~/cache/roster/store.ts'

const { last, living, told, heard, steps, onOpen, client, kinds, stop, say, keep } = pushRig()

describe('what is pushed', () => {
  beforeEach(() => {
    keep()
    last().accept()
  })

  it('of conferences is told on, each batch at once', () => {
    last().say(conference)
    last().say({ ...conference, id: 'other', name: 'Retro' })
    expect(heard).toEqual([])
    vi.advanceTimersByTime(50)
    expect(heard.map((all) => all.map(({ name }) => name))).toEqual([['Standup', 'Retro']])
    expect(client().getQueryCache().getAll()).toEqual([])
  })

  it('of participants goes into the roster', () => {
    say(participant)
    expect(rosterOf(client()).held.get(participant.id)?.participant).toMatchObject({
      status: 'joined',
      conferenceId: conference.id,
    })
    say({ ...participant, status: 'leaved', tm_update: '2026-01-15T12:00:00Z' })
    expect(rosterOf(client()).held.get(participant.id)?.participant.status).toBe('leaved')
    expect(heard).toEqual([])
  })

  it('of calls goes to the callers, and is told on', () => {
    say(call)
    expect(steps.map((all) => all.map(({ id }) => id))).toEqual([[call.id]])
    expect(client().getQueryData(keys.callers)).toEqual(
      new Map([[call.id, { name: 'Ann', number: '+15551230001' }]]),
    )
    expect(heard).toEqual([])
    expect(rosterOf(client()).held.size).toBe(0)
  })

  it('and cannot be read changes nothing', () => {
    say('{')
    expect(heard).toEqual([])
    expect(client().getQueryCache().getAll()).toEqual([])
  })

  it('is heard no more after the end', () => {
    last().say(conference)
    stop()
    vi.advanceTimersByTime(1000)
    expect(heard).toEqual([])
    expect(living()).toBe(0)
  })
})

describe('the state of push', () => {
  it('is that of the socket, and what was missed is asked for at each opening', () => {
    keep()
    expect(told).toEqual([{ kind: 'connecting' }])
    last().accept()
    expect(onOpen).toHaveBeenCalledTimes(1)
    last().fail()
    expect(told.at(-1)).toEqual({ kind: 'waiting', why: 'The live connection was lost.' })
    vi.advanceTimersByTime(5000)
    expect(onOpen).toHaveBeenCalledTimes(1)
    last().accept()
    expect(onOpen).toHaveBeenCalledTimes(2)
    expect(kinds()).toEqual(['connecting', 'open', 'waiting', 'connecting', 'open'])
  })

  it('is told before what was missed is asked for', () => {
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
    expect(told).toEqual([{ kind: 'refused', why }])
    expect(onOpen).not.toHaveBeenCalled()
  })
})
