import { describe, expect, it } from 'vitest'
import { participantOf, THEN } from '~/testing/participant.fixture.ts'
import {
  changedAt,
  isGone,
  isStuck,
  STUCK_JOINING_AFTER,
  STUCK_LEAVING_AFTER,
} from './participant.ts'
import { toMillis } from './time.ts'

describe('changedAt', () => {
  it.each([
    [THEN, THEN + 5, THEN + 5],
    [THEN, null, THEN],
    [null, THEN + 5, THEN + 5],
    [null, null, 0],
  ])('created %s, updated %s: %s', (createdAt, updatedAt, at) => {
    expect(changedAt(participantOf({ createdAt, updatedAt }))).toBe(at)
  })
})

describe('isGone', () => {
  it.each([
    ['joining', null, false],
    ['joined', null, false],
    ['leaving', null, false],
    ['held', null, false],
    ['leaved', null, true],
    ['joined', THEN, true],
  ])('%s, deleted %s: %s', (status, deletedAt, gone) => {
    expect(isGone(participantOf({ status, deletedAt }))).toBe(gone)
  })
})

describe('isStuck', () => {
  it.each([
    ['leaving', STUCK_LEAVING_AFTER, false],
    ['leaving', STUCK_LEAVING_AFTER + 1, true],
    ['joining', STUCK_JOINING_AFTER, false],
    ['joining', STUCK_JOINING_AFTER + 1, true],
    ['joined', STUCK_JOINING_AFTER * 100, false],
    ['leaved', STUCK_JOINING_AFTER * 100, false],
    ['held', STUCK_JOINING_AFTER * 100, false],
    // A local clock behind the server's must not mark a participant as stuck.
    ['leaving', -5000, false],
  ])('%s for %d ms: %s', (status, age, stuck) => {
    const participant = participantOf({ status, createdAt: THEN - 1e9, updatedAt: THEN })
    expect(isStuck(participant, toMillis(THEN) + age)).toBe(stuck)
  })

  it('counts from the creation when nothing has changed', () => {
    const participant = participantOf({ status: 'joining', createdAt: THEN })
    expect(isStuck(participant, toMillis(THEN) + STUCK_JOINING_AFTER + 1)).toBe(true)
  })
})
