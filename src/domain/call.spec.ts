import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  callerOf,
  callStatusOf,
  mergeCaller,
  participantLabel,
  remoteParty,
  type Address,
  type Call,
  type Caller,
  type CallerFact,
} from './call.ts'

const NO_ADDRESS: Address = { type: '', target: '', targetName: '', name: '' }

const callOf = (wish: Partial<Call>): Call => ({
  id: '8f1e0f52-7c3b-4a39-9d5e-0b6f3f8e2a11',
  status: 'progressing',
  direction: 'incoming',
  source: NO_ADDRESS,
  destination: NO_ADDRESS,
  action: { id: '', type: '' },
  muteDirection: '',
  hangupBy: '',
  hangupReason: '',
  createdAt: null,
  updatedAt: null,
  hangupAt: null,
  raw: {},
  problems: [],
  ...wish,
})

describe('remoteParty', () => {
  const source = { ...NO_ADDRESS, target: 'from' }
  const destination = { ...NO_ADDRESS, target: 'to' }

  it.each([
    ['incoming', 'from'],
    ['outgoing', 'to'],
    // Without a direction the source is more likely: most callers dial in.
    ['', 'from'],
  ])('of an "%s" call is %s', (direction, target) => {
    expect(remoteParty(callOf({ direction, source, destination })).target).toBe(target)
  })
})

describe('callerOf', () => {
  it.each([
    [
      { targetName: 'Ann', name: 'Bob', target: '+1' },
      { name: 'Ann', number: '+1' },
    ],
    [
      { targetName: '', name: 'Bob', target: '+1' },
      { name: 'Bob', number: '+1' },
    ],
    [
      { targetName: '  ', name: ' Bob ', target: ' +1 ' },
      { name: 'Bob', number: '+1' },
    ],
    [{ target: '+1' }, { name: '', number: '+1' }],
    [
      { name: 'Ann', target: '8f1e0f52-7c3b-4a39-9d5e-0b6f3f8e2a11' },
      { name: 'Ann', number: '8f1e0f52' },
    ],
    [{}, { name: '', number: '' }],
  ])('%j is %j', (part, caller) => {
    const call = callOf({ source: { ...NO_ADDRESS, ...part } })
    expect(callerOf(call)).toEqual({ ...caller, direction: 'incoming', status: 'progressing' })
  })

  it.each([
    ['incoming', { number: 'from', other: 'to', direction: 'incoming' }],
    ['outgoing', { number: 'to', other: 'from', direction: 'outgoing' }],
    ['sideways', { number: 'from', other: 'to', direction: 'sideways' }],
    ['', { number: 'from', other: 'to' }],
  ])('of an "%s" call has both parties', (direction, caller) => {
    const source = { ...NO_ADDRESS, target: ' from ' }
    const destination = { ...NO_ADDRESS, target: 'to', targetName: 'not the caller' }
    expect(callerOf(callOf({ direction, source, destination }))).toEqual({
      name: direction === 'outgoing' ? 'not the caller' : '',
      status: 'progressing',
      ...caller,
    })
  })

  it('leaves out what the server did not say', () => {
    const caller = callerOf(callOf({ direction: '', status: 'unknown' }))
    expect(Object.keys(caller)).toEqual(['name', 'number'])
    expect(callStatusOf(caller)).toBeUndefined()
  })

  it('has the end of a call in place of its status', () => {
    const caller = callerOf(callOf({ status: 'hangup', hangupBy: 'remote', hangupReason: 'busy' }))
    expect(caller.end).toEqual({ by: 'remote', reason: 'busy', at: null })
    expect(Object.keys(caller)).not.toContain('status')
    expect(callStatusOf(caller)).toBe('hangup')
  })
})

const ANN: Caller = { name: '', number: '+1', direction: 'incoming', other: '+2' }

const END = { by: 'remote', reason: 'normal', at: 1 }

/** Answers about one call; without a direction the number is a guess. */
const factOf = (known: object, isGuess: boolean): CallerFact => {
  const said = Object.entries(known).filter(([, value]) => value !== undefined)
  return Object.assign(isGuess ? { name: '', number: '+2' } : { ...ANN }, Object.fromEntries(said))
}

const known = fc.record({
  status: fc.constantFrom(undefined, 'dialing', 'holding', 'waiting', 'terminating', 'canceling'),
  contact: fc.constantFrom(undefined, '', 'Grace', 'Grace Okafor'),
  end: fc.constantFrom(undefined, END),
})

const answer = fc.oneof(
  fc.constant<CallerFact>('gone'),
  fc.tuple(known, fc.boolean()).map(([said, isGuess]) => factOf(said, isGuess)),
)

/** Some answers, and the same in another order with some repeated. */
const shuffled = fc
  .array(answer, { minLength: 1, maxLength: 6 })
  .chain((facts) =>
    fc.tuple(
      fc.constant(facts),
      fc.shuffledSubarray(facts, { minLength: facts.length }),
      fc.array(fc.constantFrom(...facts)),
    ),
  )

const merged = (facts: readonly CallerFact[]): CallerFact | undefined =>
  facts.reduce<CallerFact | undefined>(mergeCaller, undefined)

describe('mergeCaller', () => {
  it.each<[CallerFact | undefined, CallerFact, CallerFact]>([
    [undefined, 'gone', 'gone'],
    [undefined, ANN, ANN],
    // What is known is not forgotten when another account, or a later read, has nothing.
    ['gone', ANN, ANN],
    [ANN, 'gone', ANN],
    [
      { ...ANN, status: 'ringing' },
      { ...ANN, status: 'progressing' },
      { ...ANN, status: 'progressing' },
    ],
    [
      { ...ANN, status: 'progressing' },
      { ...ANN, end: END },
      { ...ANN, end: END },
    ],
    [
      { ...ANN, end: END },
      { ...ANN, status: 'progressing' },
      { ...ANN, end: END },
    ],
    [ANN, { ...ANN, contact: 'Grace' }, { ...ANN, contact: 'Grace' }],
    [
      { ...ANN, contact: '' },
      { ...ANN, contact: 'Grace' },
      { ...ANN, contact: 'Grace' },
    ],
    [
      { ...ANN, contact: 'Grace' },
      { ...ANN, contact: '' },
      { ...ANN, contact: 'Grace' },
    ],
    // A status of a newer platform is shown until the call ends.
    [
      { ...ANN, status: 'progressing' },
      { ...ANN, status: 'holding' },
      { ...ANN, status: 'holding' },
    ],
    // Without a direction the number was a guess, and so was the contact of it.
    [{ name: '', number: '+2', contact: 'Bob' }, ANN, ANN],
  ])('of %j and %j is %j', (held, fact, caller) => {
    expect(mergeCaller(held, fact)).toEqual(caller)
  })

  it('returns the same caller when nothing is new', () => {
    const held = mergeCaller(undefined, { ...ANN, status: 'progressing', contact: 'Grace' })
    for (const fact of [ANN, { ...ANN, status: 'ringing', contact: 'Bob' }, 'gone'] as const)
      expect(mergeCaller(held, fact)).toBe(held)
  })

  it('ends in the same caller, however late, often and in whichever order answers arrive', () => {
    fc.assert(
      fc.property(shuffled, ([facts, order, repeated]) => {
        expect(merged([...order, ...repeated])).toEqual(merged(facts))
      }),
      { numRuns: 2000 },
    )
  })
})

describe('participantLabel', () => {
  const participant = { id: 'aaaaaaaa-1', referenceId: 'bbbbbbbb-2' }

  it.each([
    [{ name: 'Ann', number: '+1' }, 'Ann'],
    [{ name: 'Ann', number: '+1', contact: 'Grace' }, 'Ann'],
    [{ name: '', number: '+1', contact: 'Grace' }, 'Grace'],
    [{ name: '', number: '+1', contact: '' }, '+1'],
    [{ name: '', number: '+1' }, '+1'],
    [{ name: '', number: '' }, 'bbbbbbbb'],
    ['gone' as const, 'bbbbbbbb'],
    [undefined, 'bbbbbbbb'],
  ])('with caller %j it is %s', (caller, label) => {
    expect(participantLabel(participant, caller)).toBe(label)
  })

  it('is the short id of the participant when there is no call', () => {
    expect(participantLabel({ ...participant, referenceId: null }, undefined)).toBe('aaaaaaaa')
  })
})
