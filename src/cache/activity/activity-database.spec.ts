import { IDBDatabase } from 'fake-indexeddb'
import { describe, expect, it, vi } from 'vitest'
import type { Action } from '~/domain/action.ts'
import { accountOf } from '~/domain/session.ts'
import { actionOf, batchOf } from '~/testing/action.fixture.ts'
import { done, idsIn, keepBrowsers, note, SAM, stored, tabOf } from '~/testing/activity.fixture.ts'
import { ActivityDatabase } from './activity-database.ts'
import { clearActivity, currentActivity } from './activity.ts'
import { readOpenWork } from './open-work.ts'

keepBrowsers()

const storeOfSam = () => new ActivityDatabase('c', accountOf(SAM))
const writeForSam = (wish: Partial<Action>) =>
  storeOfSam().write({ actions: [actionOf(wish)], batches: [] })

describe('the store of an account', () => {
  it.each<[string, Partial<Action>, Partial<Action>]>([
    ['the newer of two revisions', { revision: 2, text: 'stays' }, { revision: 1 }],
    ['of one revision that by which less is sent', { state: 'withdrawn', text: 'stays' }, {}],
  ])('keeps %s, whichever is written last', async (_name, one, other) => {
    for (const [first, last] of [
      [one, other],
      [other, one],
    ] as const) {
      await writeForSam(first)
      await writeForSam(last)
      expect((await storeOfSam().read()).actions).toMatchObject([{ text: 'stays' }])
      await storeOfSam().remove(['action'])
    }
  })
})

/** Lets requests to open wait until the function it returns is called. */
function holdOpening(): () => void {
  const real = indexedDB
  const waiting: (() => void)[] = []
  vi.stubGlobal('indexedDB', {
    open: (name: string) => {
      const later = Object.assign(new EventTarget(), { result: undefined })
      waiting.push(() => {
        const request = real.open(name)
        for (const type of ['upgradeneeded', 'success', 'error'] as const)
          request.addEventListener(type, () => {
            Object.assign(later, {
              result: type === 'error' ? undefined : request.result,
              error: request.error,
              transaction: request.transaction,
            })
            const handler: unknown = Reflect.get(later, `on${type}`)
            if (typeof handler === 'function') handler()
            later.dispatchEvent(new Event(type))
          })
      })
      return later
    },
  })
  return () => {
    for (const go of waiting.splice(0)) go()
  }
}

describe('a database that does not open in time', () => {
  it('is gone on without, and written to when it opens after all', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const go = holdOpening()
    const { client, activity } = tabOf(SAM)
    await vi.advanceTimersByTimeAsync(3000)
    await activity.ready
    expect(currentActivity(client, accountOf(SAM)).isKept).toBe(false)
    note(client, SAM)
    for (let rounds = 0; rounds < 3; rounds++) {
      go()
      await stored()
    }
    expect(currentActivity(client, accountOf(SAM)).isKept).toBe(true)
    const again = tabOf(SAM)
    for (let rounds = 0; rounds < 3; rounds++) {
      go()
      await stored()
    }
    expect(idsIn(again.client, SAM)).toEqual(['action'])
  })

  it('keeps what another tab has written newer meanwhile, and what it has cleared cleared', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const other = storeOfSam()
    const batch = batchOf({ account: accountOf(SAM) })
    const [changed, cleared] = [done({ id: 'changed', revision: 1 }), done({ id: 'cleared' })]
    await other.write({ actions: [changed, cleared], batches: [batch] })
    vi.spyOn(ActivityDatabase.prototype, 'read').mockImplementationOnce(async () => {
      const before = await other.read()
      await other.write({ actions: [{ ...changed, revision: 2 }], batches: [] })
      await other.remove(['cleared'])
      return before
    })
    const { client, activity } = tabOf(SAM)
    note(client, SAM, done({ id: 'done before the database opened' }))
    await activity.ready
    await stored()
    const { actions } = await other.read()
    expect(Object.fromEntries(actions.map(({ id, revision }) => [id, revision]))).toEqual({
      changed: 2,
      'done before the database opened': 0,
    })
  })

  it('tells a stopped tab nothing any more', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const go = holdOpening()
    const { client, activity } = tabOf(SAM)
    activity.stop()
    clearActivity(client)
    for (let rounds = 0; rounds < 3; rounds++) {
      go()
      await stored()
    }
    expect(currentActivity(client, accountOf(SAM)).isKept).toBeNull()
  })
})

describe('the database of a customer', () => {
  it('is opened once for all looks, and again after a failure', async () => {
    const open = vi.spyOn(indexedDB, 'open')
    for (let looks = 0; looks < 5; looks++) await readOpenWork('c', 'kim')
    await new ActivityDatabase('c', 'sam').read()
    expect(open).toHaveBeenCalledTimes(1)
    const transaction = vi
      .spyOn(IDBDatabase.prototype, 'transaction')
      .mockImplementationOnce(() => {
        throw new DOMException('The connection is closing.', 'InvalidStateError')
      })
    await expect(readOpenWork('c', 'kim')).rejects.toThrow('closing')
    transaction.mockRestore()
    await readOpenWork('c', 'kim')
    expect(open).toHaveBeenCalledTimes(2)
    await readOpenWork('of another customer', 'kim')
    expect(open).toHaveBeenCalledTimes(3)
  })

  it('is opened again when it did not open in time', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const open = vi
      .spyOn(indexedDB, 'open')
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a request that is never answered
      .mockImplementationOnce(() => new EventTarget() as IDBOpenDBRequest)
    void readOpenWork('c', 'kim')
    await vi.advanceTimersByTimeAsync(3000)
    expect(await readOpenWork('c', 'kim')).toEqual([])
    expect(open).toHaveBeenCalledTimes(2)
  })
})
