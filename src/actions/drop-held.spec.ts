import { QueryClient } from '@tanstack/react-query'
import { describe, expect, it } from 'vitest'
import { statusOf } from '~/cache/live/status.ts'
import { callersOf } from '~/cache/roster/caller-store.ts'
import { rosterOf } from '~/cache/roster/store.ts'
import { participantOf } from '~/testing/participant.fixture.ts'
import { dropHeld } from './drop-held.ts'

const NOW = Date.UTC(2026, 0, 15)

const contentOf = (one: QueryClient) => ({
  queries: one.getQueryCache().getAll().length,
  participants: rosterOf(one).size,
  isPaused: rosterOf(one).extent.isPaused,
  callers: callersOf(one).size,
  updatedAt: statusOf(one).get().updatedAt,
})

describe('dropHeld', () => {
  it('drops what was read of one client, and of no other', () => {
    const [client, other] = [new QueryClient(), new QueryClient()]
    for (const one of [client, other]) {
      one.setQueryData(['conferences'], 'all')
      rosterOf(one).apply({ facts: [participantOf({ id: 'ann' })], isPaused: true })
      callersOf(one).apply([['call', 'gone']])
      statusOf(one).apply({ updatedAt: NOW, missing: 3 })
    }
    dropHeld(client)
    expect(contentOf(client)).toEqual({
      queries: 0,
      participants: 0,
      isPaused: false,
      callers: 0,
      updatedAt: 0,
    })
    expect(contentOf(other)).toEqual({
      queries: 1,
      participants: 1,
      isPaused: true,
      callers: 1,
      updatedAt: NOW,
    })
  })
})
