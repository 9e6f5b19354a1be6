import type { QueryClient } from '@tanstack/react-query'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { createStore, entries, setMany } from 'idb-keyval'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Action } from '~/domain/action.ts'
import { actionOf, batchOf } from '~/testing/action.fixture.ts'
import { sessionOf } from '~/testing/session.fixture.ts'
import { accountOf, type Session } from '~/domain/session.ts'
import { settled, stubChannels } from '~/testing/channel.fixture.ts'
import { ActivityStore } from './activity-store.ts'
import { currentActivity, settledOf, takeActivity } from './activity.ts'
import { keepActivity, type KeptActivity } from './activity-keeper.ts'
import { createQueryClient } from '~/cache/queries/query-client.ts'

const SAM = sessionOf()
const KIM = sessionOf({ name: 'Kim', username: 'kim' })
const DAY = 24 * 3600_000

const kept: KeptActivity[] = []

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

/** A tab in which an account is at work. */
function tabOf(session: Session): {
  readonly client: QueryClient
  readonly activity: KeptActivity
} {
  const client = createQueryClient()
  const activity = keepActivity(client, session)
  kept.push(activity)
  return { client, activity }
}

const idsIn = (client: QueryClient, session: Session): readonly string[] => [
  ...currentActivity(client, accountOf(session)).actions.keys(),
]

const done = (wish: Partial<Action> = {}) =>
  actionOf({ state: 'accepted', requestedAt: Date.now(), ...wish })

/** Notes an action in a tab, as what was just done. */
const note = (client: QueryClient, session: Session, action = done()) =>
  takeActivity(
    client,
    { actions: [action], batches: [batchOf({ account: accountOf(session) })] },
    accountOf(session),
  )

/** Until what was asked of the database is done. */
const stored = async () => {
  for (let rounds = 0; rounds < 40; rounds++) await new Promise(setImmediate)
}

describe('the activity that is kept', () => {
  it('is that of the account alone, in the database and between tabs', async () => {
    const [sam, kim] = [tabOf(SAM), tabOf(KIM)]
    await Promise.all([sam.activity.ready, kim.activity.ready])
    note(sam.client, SAM)
    await stored()
    await settled()
    const [samAgain, kimAgain] = [tabOf(SAM), tabOf(KIM)]
    await Promise.all([samAgain.activity.ready, kimAgain.activity.ready])
    expect(idsIn(samAgain.client, SAM)).toEqual(['action'])
    expect(idsIn(kimAgain.client, KIM)).toEqual([])
    expect(idsIn(kim.client, KIM)).toEqual([])
  })

  it('is not forgotten when signing out empties the cache', async () => {
    const { client, activity } = tabOf(SAM)
    await activity.ready
    note(client, SAM)
    await stored()
    client.clear()
    takeActivity(client, { isKept: true }, accountOf(SAM))
    await stored()
    const again = tabOf(SAM)
    await again.activity.ready
    expect(idsIn(again.client, SAM)).toEqual(['action'])
  })

  it('is gone from the database once it is cleared', async () => {
    const { client, activity } = tabOf(SAM)
    await activity.ready
    note(client, SAM)
    const forgotten = settledOf(currentActivity(client, accountOf(SAM)))
    takeActivity(client, { forgotten }, accountOf(SAM))
    activity.stop()
    await stored()
    const again = tabOf(SAM)
    await again.activity.ready
    expect(idsIn(again.client, SAM)).toEqual([])
  })
})

const storeOfSam = () => new ActivityStore('c', accountOf(SAM))
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

const storeOfAll = () => createStore('rollcall activity by account of c', 'entries')
const keysOfAll = async () => {
  const all = await entries<IDBValidKey, unknown>(storeOfAll())
  return all.map(([key]) => key)
}

describe('what is older than 90 days', () => {
  it('is deleted when any account of the customer is back', async () => {
    const [old, now] = [Date.now() - 91 * DAY, Date.now()]
    const account = 'never back'
    await setMany(
      [
        done({ id: 'old action', batch: 'old batch', requestedAt: old }),
        batchOf({ id: 'old batch', account, startsAt: old, touchedAt: old }),
        done({ id: 'new action', batch: 'new batch', requestedAt: now }),
        batchOf({ id: 'new batch', account, startsAt: now, touchedAt: now }),
        { ...done({ id: 'of another build', requestedAt: old }), kind: 'unknown' },
      ].map((one) => [[account, one.id], one]),
      storeOfAll(),
    )
    await tabOf(SAM).activity.ready
    expect(await keysOfAll()).toEqual([
      [account, 'new action'],
      [account, 'new batch'],
    ])
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
    vi.spyOn(ActivityStore.prototype, 'read').mockImplementationOnce(async () => {
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
    client.clear()
    for (let rounds = 0; rounds < 3; rounds++) {
      go()
      await stored()
    }
    expect(currentActivity(client, accountOf(SAM)).isKept).toBeNull()
  })
})

const { account: _account, ...batch } = batchOf()
const old = () => createStore('rollcall activity of c', 'entries')
const write = (...actions: readonly Action[]) =>
  setMany(
    [...actions, batch].map((one) => [one.id, one]),
    old(),
  )
const readBy = async (session: Session) => {
  const { client, activity } = tabOf(session)
  await activity.ready
  return [...currentActivity(client, accountOf(session)).actions.values()]
}

describe('what builds without accounts have kept', () => {
  it('goes to the account of that name, once', async () => {
    await write(done({ id: 'of Sam', by: 'Sam' }), done({ id: 'of Kim', by: 'Kim' }))
    expect((await readBy(SAM)).map(({ id }) => id)).toEqual(['of Sam'])
    expect((await readBy(SAM)).map(({ id }) => id)).toEqual(['of Sam'])
    expect((await readBy(KIM)).map(({ id }) => id)).toEqual(['of Kim'])
    expect(await readBy({ ...SAM, username: 'another Sam' })).toEqual([])
  })

  it('is not given to an account that may not remove anyone', async () => {
    await write(done({ by: 'Sam' }))
    expect(await readBy({ ...SAM, permission: 16 })).toEqual([])
    expect(await readBy(SAM)).toHaveLength(1)
  })

  it('is never sent: what was open has come to an end', async () => {
    const now = Date.now()
    await write(
      actionOf({ id: '1', requestedAt: now, state: 'waiting' }),
      actionOf({ id: '2', requestedAt: now, state: 'sending' }),
      actionOf({ id: '3', requestedAt: now, state: 'sending', sentAt: now }),
    )
    const states = (await readBy(SAM)).map(({ state }) => state)
    expect(states).toEqual(['withdrawn', 'withdrawn', 'unsure'])
  })

  it('expires after 90 days, whatever account it belongs to', async () => {
    await write(done({ id: 'old', by: 'Lea', requestedAt: Date.now() - 91 * DAY }))
    await readBy(SAM)
    expect((await entries<string, unknown>(old())).map(([id]) => id)).not.toContain('old')
  })

  it('makes no database where there was none', async () => {
    await readBy(SAM)
    const names = (await indexedDB.databases()).map(({ name }) => name)
    expect(names).not.toContain('rollcall activity of c')
  })
})
