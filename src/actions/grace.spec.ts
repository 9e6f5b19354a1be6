import { describe, expect, it } from 'vitest'
import type { ActionKind } from '~/domain/action.ts'
import { graceFor } from './grace.ts'

describe('the time in which a request can be undone', () => {
  it.each<[ActionKind, number, number]>([
    ['remove', 1, 2000],
    ['remove', 2, 5000],
    ['hang-up', 1, 0],
    ['end', 1, 0],
  ])('of %s for %i is %i ms', (kind, count, grace) => {
    expect(graceFor({ graceSeconds: 5, singleGraceSeconds: 2 }, kind, count)).toBe(grace)
  })
})
