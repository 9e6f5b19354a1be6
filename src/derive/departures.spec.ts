import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { actionOf } from '~/testing/action.fixture.ts'
import type { Action } from '~/domain/action.ts'
import type { CallEnd } from '~/domain/call.ts'
import type { Conference } from '~/domain/conference.ts'
import { historyOf, merge, type RosterEntry } from '~/domain/merge.ts'
import { participantOf, THEN } from '~/testing/participant.fixture.ts'
import { toMillis, type Micros } from '~/domain/time.ts'
import { parseConference } from '~/wire/conferences.ts'
import fixture from '~/wire/fixtures/conference.json'
import { departureOf, endWhileJoining, type Evidence } from './departures.ts'

const SECOND: Micros = 1_000_000

/** So many seconds after the participant joined. */
const at = (seconds: number): Micros => THEN + seconds * SECOND
const millis = (seconds: number): number => toMillis(at(seconds))

/** A participant that joined and then had these statuses, at these seconds. */
const lived = (...states: readonly (readonly [status: string, seconds: number])[]): RosterEntry =>
  states.reduce(
    (held, [status, seconds]) => merge(held, participantOf({ status, updatedAt: at(seconds) })),
    merge(undefined, participantOf()),
  )

/** Left after ten seconds, with or without `leaving` before. */
const left = lived(['leaved', 10])
const disconnected = lived(['leaving', 9], ['leaved', 10])

const removal = (wish: Partial<Action> = {}): Action =>
  actionOf({
    state: 'accepted',
    sentAt: millis(8),
    answeredAt: millis(9),
    leavingAt: at(9),
    ...wish,
  })

function conferenceOf(wish: Partial<Conference>): Conference {
  const conference = parseConference(fixture)
  if (!conference) throw new Error('the fixture is a conference')
  return { ...conference, ...wish }
}

const call = (wish: Partial<CallEnd> = {}): CallEnd => ({
  by: 'remote',
  reason: 'normal',
  at: at(10),
  ...wish,
})

const textOf = (held: RosterEntry, evidence: Evidence) => departureOf(held, evidence)?.text

const NOT_FROM_HERE = 'removed or disconnected, not from here'
const UNKNOWN = 'left (reason unknown)'

describe('endWhileJoining', () => {
  const joining = merge(undefined, participantOf({ status: 'joining' }))

  it('tells that a call has ended in the pre-flow, by the call’s own record', () => {
    const proof = { proof: 'the call’s own record', at: millis(10) }
    expect(endWhileJoining(joining, call())).toEqual({ text: 'hung up while joining', ...proof })
    expect(endWhileJoining(joining, call({ by: 'local' }))).toEqual({
      text: 'call ended while joining',
      ...proof,
    })
    expect(endWhileJoining(joining, call({ at: null }))?.at).toBeNull()
  })

  it.each([
    ['while the call goes on', joining, undefined],
    ['of a call that ended before this participant came', joining, call({ at: at(-1) })],
    ['of one that has joined', lived(), call()],
    ['of one that is leaving', lived(['leaving', 9]), call()],
    ['of one that has left', left, call()],
  ])('tells nothing %s', (_name, held, end) => {
    expect(endWhileJoining(held, end)).toBeUndefined()
  })
})

describe('departureOf', () => {
  it('says nothing of a connected participant, whatever happened', () => {
    const all = { removal: removal(), conference: conferenceOf({ deletedAt: at(1) }), call: call() }
    expect(departureOf(lived(), all)).toBeUndefined()
    expect(departureOf(lived(['leaving', 9]), all)).toBeUndefined()
  })

  it.each<[string, RosterEntry, Evidence, ReturnType<typeof departureOf>]>([
    [
      'our own removal',
      disconnected,
      { removal: removal() },
      { text: 'removed from here by Sam', proof: 'our DELETE was accepted', at: millis(9) },
    ],
    [
      'our own removal, not confirmed',
      disconnected,
      { removal: removal({ state: 'unsure' }) },
      {
        text: 'removal requested from here, not confirmed',
        proof: 'the server did not confirm our DELETE',
        at: millis(9),
      },
    ],
    [
      'our own hang-up',
      left,
      { hangUp: removal({ kind: 'hang-up', leavingAt: null }) },
      { text: 'hung up on from here by Sam', proof: 'our POST was accepted', at: millis(9) },
    ],
    [
      'our own end of the conference',
      disconnected,
      { ending: removal({ kind: 'end' }), conference: conferenceOf({ deletedAt: at(9) }) },
      {
        text: 'the conference was ended from here by Sam',
        proof: 'our DELETE was accepted',
        at: millis(9),
      },
    ],
    [
      'the end of the conference',
      left,
      { conference: conferenceOf({ deletedAt: at(10) }) },
      { text: 'the conference was ended', proof: 'its record says ended', at: millis(10) },
    ],
    [
      'the end of a conference that disconnects one by one',
      disconnected,
      { conference: conferenceOf({ deletedAt: at(30), endedAt: null }) },
      {
        text: 'the conference was ended',
        proof: 'disconnected right before its record says ended',
        at: millis(30),
      },
    ],
    [
      'a caller that hung up',
      left,
      { call: call() },
      { text: 'hung up by the caller', proof: 'the call’s own record', at: millis(10) },
    ],
    [
      'the platform',
      left,
      { call: call({ by: 'local' }) },
      {
        text: 'call ended by the platform, normal',
        proof: 'the call’s own record',
        at: millis(10),
      },
    ],
    [
      'a removal from elsewhere',
      disconnected,
      { call: call({ by: 'local', at: at(10.3) }) },
      { text: NOT_FROM_HERE, proof: 'seen leaving first', at: millis(9) },
    ],
    ['nothing', left, {}, { text: UNKNOWN, proof: '', at: null }],
  ])('tells %s', (_what, held, evidence, departure) => {
    expect(departureOf(held, evidence)).toEqual(departure)
  })

  it('does not claim a removal that was not the reason', () => {
    // It had left before our DELETE came, which is answered with 200 and the record as it is.
    expect(textOf(left, { removal: removal({ leavingAt: null }), call: call() })).toBe(
      'hung up by the caller',
    )
    // The kick failed, it was joined again, and hung up later.
    const back = lived(['leaving', 9], ['joined', 12], ['leaved', 60])
    expect(textOf(back, { removal: removal() })).toBe(UNKNOWN)
    expect(textOf(back, { removal: removal(), call: call({ at: at(60) }) })).toBe(
      'hung up by the caller',
    )
    // And it was removed once more from elsewhere.
    const again = lived(['leaving', 9], ['joined', 12], ['leaving', 59], ['leaved', 60])
    expect(textOf(again, { removal: removal() })).toBe(NOT_FROM_HERE)
    for (const state of [
      'waiting',
      'sending',
      'failed',
      'skipped',
      'changed',
      'withdrawn',
    ] as const)
      expect(textOf(disconnected, { removal: removal({ state }) })).toBe(NOT_FROM_HERE)
  })

  it('does not name the end of a conference at another time as the reason', () => {
    expect(textOf(left, { conference: conferenceOf({ deletedAt: at(11) }) })).toBe(UNKNOWN)
    expect(textOf(disconnected, { conference: conferenceOf({ deletedAt: at(80) }) })).toBe(
      NOT_FROM_HERE,
    )
    expect(textOf(left, { conference: conferenceOf({ deletedAt: null, endedAt: null }) })).toBe(
      UNKNOWN,
    )
    expect(textOf(left, { ending: removal({ kind: 'end', sentAt: millis(11) }) })).toBe(UNKNOWN)
  })

  it('does not name a hang-up long after, or after a disconnection, as the reason', () => {
    expect(textOf(left, { call: call({ at: at(20) }) })).toBe(UNKNOWN)
    expect(textOf(left, { call: call({ by: 'local', at: at(20) }) })).toBe(UNKNOWN)
    expect(textOf(disconnected, { call: call({ at: at(11) }) })).toBe(NOT_FROM_HERE)
    expect(textOf(disconnected, { call: call({ at: at(10) }) })).toBe('hung up by the caller')
  })

  it.each([
    [{ reason: 'busy' }, 'hung up by the caller, busy'],
    [{ by: 'local', reason: '' }, 'call ended by the platform'],
    [{ by: '', reason: 'timeout' }, 'call ended, timeout'],
    [{ by: 'robot\u202E', reason: '' }, 'call ended by robot⟨U+202E⟩'],
    [{ at: null }, 'hung up by the caller'],
  ])('words a call that says %j', (wish, text) => {
    expect(textOf(left, { call: call(wish) })).toBe(text)
  })

  it('says “removed from here” only where our DELETE was accepted and the participant left after it', () => {
    const states = fc.constantFrom('joined', 'leaving', 'leaved')
    const time = fc.integer({ min: 1, max: 9 })
    const kind = fc.constantFrom<Action['state'][]>('accepted', 'unsure', 'failed', 'sending')
    const life = fc.array(fc.tuple(states, time), { maxLength: 5 })
    fc.assert(
      fc.property(life, kind, fc.option(time), (steps, state, leavingAt) => {
        const held = lived(...steps)
        const action = removal({ state, leavingAt: leavingAt === null ? null : at(leavingAt) })
        const text = textOf(held, { removal: action }) ?? ''
        if (!text.startsWith('removed from here')) return
        expect(state).toBe('accepted')
        expect(leavingAt).not.toBeNull()
        expect(held.participant.status).toBe('leaved')
        expect(held.participant.updatedAt).toBeGreaterThanOrEqual(action.leavingAt ?? Infinity)
        const later = historyOf(held).filter((one) => one.at > (action.leavingAt ?? 0))
        expect(later.map(({ status }) => status)).not.toContain('joined')
      }),
    )
  })
})
