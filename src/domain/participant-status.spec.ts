import { describe, expect, it } from 'vitest'
import { hasLeft, isKnownStatus, NO_STATUS, statusRank } from './participant-status.ts'

describe('a status', () => {
  it.each([
    ['joining', 0, true, false],
    ['joined', 1, true, false],
    ['leaving', 2, true, false],
    ['leaved', 3, true, true],
    // The platform says `leaved`, not `left`.
    ['left', -1, false, false],
    ['LEAVED', -1, false, false],
    ['', -1, false, false],
    ['toString', -1, false, false],
    [NO_STATUS, -1, false, false],
  ])('%s: rank %d, known %s, left %s', (status, rank, isKnown, left) => {
    expect(statusRank(status)).toBe(rank)
    expect(isKnownStatus(status)).toBe(isKnown)
    expect(hasLeft(status)).toBe(left)
  })
})
