import type { QueryClient } from '@tanstack/react-query'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { afterEach, beforeEach, vi } from 'vitest'
import { keepActivity, type KeptActivity } from '~/cache/activity/activity-keeper.ts'
import { applyActivity, currentActivity } from '~/cache/activity/activity.ts'
import { createQueryClient } from '~/cache/queries/query-client.ts'
import type { Action } from '~/domain/action.ts'
import { accountOf, type Session } from '~/domain/session.ts'
import { actionOf, batchOf } from './action.fixture.ts'
import { stubChannels } from './channel.fixture.ts'
import { sessionOf } from './session.fixture.ts'

/** Two accounts of the customer `c`. */
export const SAM = sessionOf()
export const KIM = sessionOf({ name: 'Kim', username: 'kim' })

/** Milliseconds. */
export const DAY = 24 * 3600_000

const kept: KeptActivity[] = []

/** A browser with empty storage for each spec of the file, and no tabs left of the one before. */
export function keepBrowsers(): void {
  beforeEach(() => {
    stubChannels()
    vi.stubGlobal('indexedDB', new IDBFactory())
    vi.stubGlobal('IDBKeyRange', IDBKeyRange)
  })
  afterEach(() => {
    for (const one of kept.splice(0)) one.stop()
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })
}

/** A tab in which an account is at work. */
export function tabOf(session: Session): {
  readonly client: QueryClient
  readonly activity: KeptActivity
} {
  const client = createQueryClient()
  const activity = keepActivity(client, session)
  kept.push(activity)
  return { client, activity }
}

/** Ids of the actions that a tab holds of an account. */
export const idsIn = (client: QueryClient, session: Session): readonly string[] => [
  ...currentActivity(client, accountOf(session)).actions.keys(),
]

/** A removal that was just accepted. */
export const done = (wish: Partial<Action> = {}): Action =>
  actionOf({ state: 'accepted', requestedAt: Date.now(), ...wish })

/** Notes an action in a tab, as what was just done there. */
export const note = (client: QueryClient, session: Session, action = done()): void =>
  applyActivity(
    client,
    { actions: [action], batches: [batchOf({ account: accountOf(session) })] },
    accountOf(session),
  )

/** Until what was asked of the database is done. */
export async function stored(): Promise<void> {
  for (let rounds = 0; rounds < 40; rounds++) await new Promise(setImmediate)
}
