import { describe, expect, it } from 'vitest'
import { participantOf } from '~/testing/participant.fixture.ts'
import fixture from '~/wire/fixtures/call.json'
import hangup from '~/wire/fixtures/call-hangup.json'
import { parseCall } from '~/wire/calls.ts'
import { CallerStore } from './caller-store.ts'
import { RosterStore } from './store.ts'

/** What both fixtures say of the call of Ann. */
const ANN = {
  name: 'Ann',
  number: '+15551230001',
  direction: 'incoming',
  other: '+15559870002',
}

/** As the record of the fixture has it. */
const UNMUTED = { direction: '', at: Date.parse('2026-01-15T09:29:58.2Z') * 1000 }

describe('callers', () => {
  it('adds a caller once, and notifies no listener while nothing is new', () => {
    const callers = new CallerStore(new RosterStore())
    const call = parseCall(fixture)
    if (!call) throw new Error('the fixture is a call')
    callers.applyCalls([call])
    expect([...callers.entries()]).toEqual([
      [fixture.id, { ...ANN, status: 'progressing', mute: UNMUTED }],
    ])
    const { version } = callers
    callers.applyCalls([{ ...call, status: 'ringing', updatedAt: null }])
    expect(callers.version).toBe(version)
    callers.applyCalls([{ ...call, status: 'terminating' }])
    expect(callers.get(call.id)).toEqual({ ...ANN, status: 'terminating', mute: UNMUTED })
  })

  it('records once that a known call has ended', () => {
    const callers = new CallerStore(new RosterStore())
    const [call, ended] = [parseCall(fixture), parseCall(hangup)]
    if (!call || !ended) throw new Error('the fixtures are calls')
    callers.applyCalls([call])
    callers.applyCalls([{ ...ended, id: call.id }])
    const end = { by: ended.hangupBy, reason: ended.hangupReason, at: ended.hangupAt }
    expect(callers.get(call.id)).toEqual({ ...ANN, end })
    expect(end.by).not.toBe('')
    const { version } = callers
    // A late frame of the running call does not reopen it, and a second end changes nothing.
    callers.applyCalls([call, { ...ended, id: call.id, hangupReason: 'busy' }])
    expect(callers.version).toBe(version)
  })

  it('tells listeners what changed, and its origin', () => {
    const callers = new CallerStore(new RosterStore())
    const told: unknown[] = []
    const stop = callers.subscribe((change) => told.push(change))
    const bob = { name: 'Bob', number: '' }
    callers.apply([['a', bob]], 'tab')
    callers.apply([
      ['a', bob],
      ['b', 'gone'],
    ])
    stop()
    callers.apply([['c', bob]])
    expect(told).toEqual([
      { callers: new Map([['a', bob]]), origin: 'tab' },
      { callers: new Map([['b', 'gone']]), origin: 'server' },
    ])
  })

  it('forgets callers of calls without participants, except the latest', () => {
    const roster = new RosterStore()
    const callers = new CallerStore(roster)
    const call = parseCall(fixture)
    if (!call) throw new Error('the fixture is a call')
    roster.apply({ facts: [participantOf({ id: 'ann', referenceId: 'call of ann' })] })
    callers.applyCalls([{ ...call, id: 'call of ann' }])
    const sizes = Array.from({ length: 5000 }, (_, number) => {
      callers.applyCalls([{ ...call, id: `call ${number}` }])
      return callers.size
    })
    expect(Math.max(...sizes)).toBeLessThanOrEqual(1001)
    expect(callers.has('call of ann')).toBe(true)
    for (let number = 4501; number < 5000; number++) {
      expect(callers.has(`call ${number}`)).toBe(true)
    }
  })

  it('keeps a caller when its participant arrives later, and forgets it with the participant', () => {
    const roster = new RosterStore()
    const callers = new CallerStore(roster)
    const fill = (name: string) =>
      callers.apply(Array.from({ length: 1001 }, (_, at) => [`${name} ${at}`, 'gone'] as const))
    callers.apply([['call of ann', 'gone']])
    const ann = participantOf({ id: 'ann', status: 'leaved', referenceId: 'call of ann' })
    roster.apply({ facts: [ann] })
    fill('first')
    expect(callers.has('call of ann')).toBe(true)
    roster.apply({ horizon: (ann.createdAt ?? 0) + 1e12 })
    expect(roster.size).toBe(0)
    fill('second')
    expect(callers.has('call of ann')).toBe(false)
  })
})
