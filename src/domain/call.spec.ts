import { describe, expect, it } from 'vitest'
import { callerOf, participantLabel, remoteParty, type Address, type Call } from './call.ts'

const NO_ADDRESS: Address = { type: '', target: '', targetName: '', name: '' }

const callOf = (wish: Partial<Call>): Call => ({
  id: '8f1e0f52-7c3b-4a39-9d5e-0b6f3f8e2a11',
  status: 'progressing',
  direction: 'incoming',
  source: NO_ADDRESS,
  destination: NO_ADDRESS,
  action: { id: '', type: '' },
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
    expect(callerOf(callOf({ source: { ...NO_ADDRESS, ...part } }))).toEqual(caller)
  })
})

describe('participantLabel', () => {
  const participant = { id: 'aaaaaaaa-1', referenceId: 'bbbbbbbb-2' }

  it.each([
    [{ name: 'Ann', number: '+1' }, 'Ann'],
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
