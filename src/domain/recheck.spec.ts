import { describe, expect, it } from 'vitest'
import { actionOf, targetOf } from '~/testing/action.fixture.ts'
import { participantOf, THEN } from '~/testing/participant.fixture.ts'
import { recheck, targetNow } from './recheck.ts'

const target = targetOf()

describe('recheck', () => {
  it.each(['joining', 'joined'])('goes on while the participant is %s', (status) => {
    expect(recheck(target, participantOf({ status }))).toEqual({ kind: 'same' })
  })

  it.each([
    ['leaved', { status: 'leaved' }, /already left/],
    ['deleted', { deletedAt: THEN }, /already left/],
    ['leaving', { status: 'leaving' }, /already being disconnected/],
  ])('is over once the participant is %s', (_name, wish, text) => {
    const found = recheck(target, participantOf(wish))
    expect(found).toEqual({ kind: 'over', text: expect.stringMatching(text) })
  })

  it.each([
    ['another record', { id: 'another' }, /another record/],
    ['elsewhere', { conferenceId: 'elsewhere' }, /another conference/],
    ['of no conference', { conferenceId: null }, /another conference/],
    ['of another call', { referenceId: 'another' }, /another call/],
    ['in an unknown status', { status: 'holding' }, /“holding”/],
  ])('has changed when the participant is %s', (_name, wish, text) => {
    const found = recheck(target, participantOf(wish))
    expect(found).toEqual({ kind: 'changed', text: expect.stringMatching(text) })
  })

  it('has changed when the participant has left and is back under a new id', () => {
    const back = participantOf({ id: 'back' })
    const found = recheck(target, participantOf({ status: 'leaved' }), back)
    expect(found).toEqual({ kind: 'changed', text: expect.stringContaining('back under a new id') })
  })
})

const labelOf = (id: string) => `Room ${id}`

describe('targetNow', () => {
  const action = actionOf()

  it('is the same participant as it is now', () => {
    const now = participantOf({ status: 'joining' })
    expect(targetNow(action, [now], labelOf)).toEqual({ ...target, status: 'joining' })
  })

  it('is named by the conference it is in now', () => {
    const now = participantOf({ conferenceId: 'elsewhere' })
    expect(targetNow(action, [now], labelOf)).toEqual({
      ...target,
      conferenceId: 'elsewhere',
      conferenceLabel: 'Room elsewhere',
    })
    const nowhere = participantOf({ conferenceId: null })
    expect(targetNow(action, [nowhere], labelOf)).toMatchObject({ conferenceLabel: '' })
  })

  it('is a participant that is back with the same call, and none that has left', () => {
    const left = participantOf({ status: 'leaved' })
    const back = participantOf({ id: 'back' })
    expect(targetNow(action, [left, back], labelOf)).toMatchObject({
      id: 'back',
      callId: target.callId,
    })
    expect(targetNow(action, [left], labelOf)).toBeUndefined()
  })

  it('is no other participant because both have no call', () => {
    const nameless = actionOf({ target: targetOf({ callId: null }) })
    const other = participantOf({ id: 'other', referenceId: null })
    expect(targetNow(nameless, [other], labelOf)).toBeUndefined()
  })
})
