import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Call } from '~/domain/call.ts'
import { callOf } from '~/testing/call.fixture.ts'
import { participantOf, THEN } from '~/testing/participant.fixture.ts'
import { CallWatch } from './call-watch.ts'
import { RosterStore } from './store.ts'

let roster: RosterStore
let watch: CallWatch

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] })
  roster = new RosterStore()
  watch = new CallWatch(roster)
})

afterEach(() => {
  vi.useRealTimers()
})

const CALL = callOf().id

/** A frame of the call at a step of its flow. */
const at = (type: string, wish: Partial<Call> = {}): Call =>
  callOf({ action: { id: type, type }, updatedAt: THEN, ...wish })

const BRIDGE = 'confbridge_join'

/** A participant of the call. */
const present = (status: string, id = 'ann') => participantOf({ id, status, referenceId: CALL })

/** Applies a participant of the call to the roster. */
function note(participant: ReturnType<typeof present>): void {
  roster.apply({ facts: [participant] })
  watch.note(CALL)
}

/** Advances the clock, looks whenever a look is due, and returns the number of looks. */
function looksIn(milliseconds: number): number {
  let looks = 0
  for (let passed = 0; passed <= milliseconds; passed += 100) {
    if (watch.wait <= 0) {
      watch.startLook()
      looks += 1
    }
    vi.advanceTimersByTime(100)
  }
  return looks
}

describe('a call without a participant', () => {
  it.each(['talk', BRIDGE, 'what_comes_tomorrow'])(
    'is looked for at once at the step %s, and once more a moment later',
    (step) => {
      expect(watch.wait).toBe(Infinity)
      expect(watch.hear([at(step)])).toEqual([])
      expect(watch.wait).toBe(0)
      watch.startLook()
      expect(watch.wait).toBe(700)
      expect(looksIn(60_000)).toBe(1)
      expect(watch.wait).toBe(Infinity)
    },
  )

  it('is no longer looked for once the roster holds a participant of it', () => {
    watch.hear([at(BRIDGE)])
    watch.startLook()
    note(present('joining'))
    expect(watch.wait).toBe(Infinity)
  })

  it('is looked for again only at its next step', () => {
    watch.hear([at('talk')])
    expect(looksIn(5000)).toBe(2)
    watch.hear([at('talk', { updatedAt: THEN + 1 })])
    expect(looksIn(5000)).toBe(0)
    watch.hear([at(BRIDGE, { updatedAt: THEN + 2 })])
    expect(looksIn(5000)).toBe(2)
  })

  it.each([
    ['has ended', at('talk', { status: 'hangup' })],
    ['has ended long since', at('talk', { hangupAt: THEN })],
    ['has not taken an action yet', at('')],
  ])('is not looked for when it %s', (_name, call) => {
    watch.hear([call])
    expect(watch.wait).toBe(Infinity)
  })

  it('is not looked for because of a frame older than the last one', () => {
    watch.hear([at('talk', { status: 'hangup', updatedAt: THEN + 1 })])
    watch.hear([at(BRIDGE)])
    expect(watch.wait).toBe(Infinity)
  })

  it('shares its looks with all other calls: 50 frames a second cost one look in 700 ms', () => {
    let looks = 0
    for (let frame = 0; frame < 50 * 20; frame++) {
      watch.hear([at(`step ${frame % 6}`, { id: `call ${Math.floor(frame / 6)}` })])
      vi.advanceTimersByTime(20)
      if (watch.wait > 0) continue
      watch.startLook()
      looks += 1
    }
    expect(looks).toBeGreaterThan(24)
    expect(looks).toBeLessThanOrEqual(Math.ceil(20_000 / 700))
  })
})

describe('a call of a participant', () => {
  it.each([
    ['joining', BRIDGE, true],
    ['joining', 'talk', false],
    ['joined', BRIDGE, false],
    ['joined', 'talk', true],
    ['leaving', 'talk', true],
    ['leaving', BRIDGE, false],
    ['joined', '', false],
  ])('suspects a participant that is %s at the step “%s”: %s', (status, step, isDoubted) => {
    note(present(status))
    expect(watch.hear([at(step)])).toEqual(isDoubted ? ['ann'] : [])
  })

  it.each(['joining', 'joined', 'leaving'])(
    'suspects a participant that is %s when it ends',
    (status) => {
      note(present(status))
      expect(watch.hear([at(BRIDGE, { status: 'hangup' })])).toEqual(['ann'])
      expect(watch.wait).toBe(Infinity)
    },
  )

  it('suspects the participant once at each step', () => {
    note(present('joined'))
    const calls = [at('talk'), at('talk', { updatedAt: THEN + 1 }), at('play')]
    expect(calls.map((call) => watch.hear([call]).length)).toEqual([1, 0, 1])
  })

  it('has no participant once that participant is gone', () => {
    note(present('joined'))
    note(present('leaved'))
    expect(watch.hear([at('talk')])).toEqual([])
    expect(watch.wait).toBe(0)
  })

  it('is looked for when its only participant is leaving, because it may be in a conference again', () => {
    note(present('leaving'))
    watch.hear([at('talk')])
    expect(watch.wait).toBe(0)
    note(present('joining', 'ann again'))
    expect(watch.wait).toBe(Infinity)
  })
})
