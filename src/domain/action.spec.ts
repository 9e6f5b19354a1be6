import { describe, expect, it } from 'vitest'
import { latestBy, type ActionState } from './action.ts'
import { actionOf, targetOf } from '~/testing/action.fixture.ts'

const target = targetOf()

describe('latestBy', () => {
  it('returns the latest action that is or will be sent, by kind', () => {
    const first = actionOf({ id: 'first', state: 'failed' })
    const second = actionOf({ id: 'second', requestedAt: first.requestedAt + 1 })
    const hangUp = actionOf({ id: 'hang-up', kind: 'hang-up', requestedAt: first.requestedAt + 2 })
    const all = [second, hangUp, first]
    expect(latestBy(all, ['remove']).get(target.id)).toBe(second)
    expect(latestBy(all, ['hang-up']).get(target.id)).toBe(hangUp)
    expect(latestBy(all, ['end']).size).toBe(0)
  })

  it.each<ActionState>(['skipped', 'changed', 'withdrawn'])(
    'passes over an action that was %s',
    (state) => {
      const sent = actionOf({ id: 'sent', state: 'accepted' })
      const never = actionOf({ id: 'never', state, requestedAt: sent.requestedAt + 1 })
      expect(latestBy([sent, never], ['remove']).get(target.id)).toBe(sent)
    },
  )
})
