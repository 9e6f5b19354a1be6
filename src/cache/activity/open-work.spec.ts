import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { actionOf, batchOf } from '~/testing/action.fixture.ts'
import { ActivityDatabase } from './activity-database.ts'
import { readOpenWork } from './open-work.ts'

const HOUR = 3600_000

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory())
  vi.stubGlobal('IDBKeyRange', IDBKeyRange)
})
afterEach(() => vi.unstubAllGlobals())

describe('readOpenWork', () => {
  it.each([
    [23, 1],
    [25, 0],
  ])('offers work that was touched %i hours ago: %i', async (hours, count) => {
    const touchedAt = Date.now() - hours * HOUR
    await new ActivityDatabase('c', 'sam').write({
      actions: [actionOf()],
      batches: [batchOf({ account: 'sam', touchedAt })],
    })
    expect(await readOpenWork('c', 'kim')).toHaveLength(count)
    expect(await readOpenWork('c', 'sam')).toEqual([])
  })
})
