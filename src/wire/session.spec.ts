import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Session } from '~/domain/session.ts'
import { stubStorage } from '~/testing/fetch.fixture.ts'
import type * as sessionModule from './session.ts'

const DAY = 24 * 3600_000
const NOW = Date.UTC(2026, 0, 15)

const sessionUntil = (millis: number | null, token = 'jwt'): Session => ({
  credential: { kind: 'token', token },
  name: 'Sam',
  username: 'sam',
  customerId: 'c',
  permission: 32,
  expiresAt: millis === null ? null : millis * 1000,
})

let storage: Map<string, string>
let store: typeof sessionModule

beforeEach(async () => {
  storage = stubStorage()
  // One tab alone; session-tabs.spec.ts has several.
  vi.stubGlobal('BroadcastChannel', undefined)
  vi.useFakeTimers({ now: NOW })
  // The module is imported anew, as after a page load.
  vi.resetModules()
  store = await import('./session.ts')
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** Reloads the tab: the state of the module is new, sessionStorage stays. */
async function reload() {
  vi.resetModules()
  store = await import('./session.ts')
  await store.restoreSession()
}

const state = () => store.sessionStore.get()

describe('begin and end', () => {
  it('start without a session', () => {
    expect(state()).toEqual({ session: null, reason: 'not-yet' })
    expect(store.currentCredential()).toBeNull()
  })

  it('set and clear the session', () => {
    const session = sessionUntil(null)
    store.begin(session)
    expect(state()).toEqual({ session })
    expect(store.currentCredential()).toEqual({ kind: 'token', token: 'jwt' })
    store.end('by-choice')
    expect(state()).toEqual({ session: null, reason: 'by-choice' })
    expect(store.currentCredential()).toBeNull()
  })

  it('store the credential and remove it', () => {
    store.begin(sessionUntil(null, 'secret'))
    expect([...storage.values()].join('')).toContain('secret')
    store.end('by-choice')
    expect(storage.size).toBe(0)
  })

  it('notify subscribers until they unsubscribe', () => {
    const listener = vi.fn<() => void>()
    const stop = store.sessionStore.subscribe(listener)
    store.begin(sessionUntil(null))
    store.end('by-choice')
    expect(listener).toHaveBeenCalledTimes(2)
    stop()
    store.begin(sessionUntil(null))
    expect(listener).toHaveBeenCalledTimes(2)
  })
})

describe('restoreSession', () => {
  it.each<[string, Session]>([
    ['a token', sessionUntil(NOW + DAY)],
    ['a token without an expiry', sessionUntil(null)],
    [
      'an access key',
      {
        ...sessionUntil(null),
        credential: { kind: 'accesskey', accesskey: 'k' },
        customerId: null,
      },
    ],
  ])('adopts %s after a reload', async (_name, session) => {
    store.begin(session)
    await reload()
    expect(state()).toEqual({ session })
  })

  it('ends a stored session that has expired', async () => {
    store.begin(sessionUntil(NOW + DAY))
    vi.setSystemTime(NOW + DAY)
    await reload()
    expect(state()).toEqual({ session: null, reason: 'expired' })
    expect(storage.size).toBe(0)
  })

  it.each([['{'], ['null'], ['{}'], ['{"credential":{"kind":"token"}}'], ['']])(
    'finds no session in %j',
    async (text) => {
      store.begin(sessionUntil(null))
      for (const key of storage.keys()) storage.set(key, text)
      await reload()
      expect(state()).toEqual({ session: null, reason: 'not-yet' })
    },
  )

  it('finds no session in an empty storage', async () => {
    await reload()
    expect(state()).toEqual({ session: null, reason: 'not-yet' })
  })
})

describe('expiry', () => {
  // 40 days are more than the 2^31 ms of a timer, which would fire at once.
  it.each([1, 59_999, 60_000, 60_001, 3 * 3600_000 + 7, 7 * DAY, 40 * DAY])(
    'comes after %d ms and not before',
    (length) => {
      store.begin(sessionUntil(NOW + length))
      vi.advanceTimersByTime(length - 1)
      expect(state().session).not.toBeNull()
      vi.advanceTimersByTime(1)
      expect(state()).toEqual({ session: null, reason: 'expired' })
    },
  )

  it('comes at once for an expired session', () => {
    store.begin(sessionUntil(NOW))
    expect(state()).toEqual({ session: null, reason: 'expired' })
    expect(storage.size).toBe(0)
  })

  it('never comes without an expiry', () => {
    store.begin(sessionUntil(null))
    expect(vi.getTimerCount()).toBe(0)
  })

  it('of an earlier session does not end the current one', () => {
    store.begin(sessionUntil(NOW + 1000))
    store.begin(sessionUntil(NOW + 5000, 'later'))
    vi.advanceTimersByTime(4999)
    expect(store.currentCredential()).toEqual({ kind: 'token', token: 'later' })
  })

  it('does not come after the session has ended', () => {
    store.begin(sessionUntil(NOW + 1000))
    store.end('by-choice')
    vi.advanceTimersByTime(2000)
    expect(state()).toEqual({ session: null, reason: 'by-choice' })
  })
})

describe('refuse', () => {
  it('ends the session with that credential', () => {
    store.begin(sessionUntil(NOW + DAY))
    store.refuse({ kind: 'token', token: 'jwt' })
    expect(state()).toEqual({ session: null, reason: 'refused' })
  })

  it('says "expired" when the session has expired', () => {
    store.begin(sessionUntil(NOW + DAY))
    // The computer slept: time has passed, no timer has fired.
    vi.setSystemTime(NOW + DAY)
    store.refuse({ kind: 'token', token: 'jwt' })
    expect(state()).toEqual({ session: null, reason: 'expired' })
  })

  it.each([
    [1000, 'expired'],
    [1001, 'refused'],
  ])('with %i ms left says "%s", for expiry is in whole seconds', (left, reason) => {
    store.begin(sessionUntil(NOW + left))
    store.refuse({ kind: 'token', token: 'jwt' })
    expect(state()).toEqual({ session: null, reason })
  })

  it('does not end a session with another credential', () => {
    store.refuse({ kind: 'token', token: 'jwt' })
    expect(state()).toEqual({ session: null, reason: 'not-yet' })
    store.begin(sessionUntil(null))
    store.refuse({ kind: 'token', token: 'older' })
    store.refuse({ kind: 'accesskey', accesskey: 'jwt' })
    expect(state().session).not.toBeNull()
  })
})

const asks = (signal = new AbortController().signal) => {
  const told = vi.fn<(credential: unknown) => void>()
  const done = store.awaitCredential(signal).then(told)
  return { told, done }
}

describe('awaitCredential', () => {
  it('resolves at once during a session', async () => {
    store.begin(sessionUntil(null))
    expect(await store.awaitCredential(new AbortController().signal)).toEqual({
      kind: 'token',
      token: 'jwt',
    })
  })

  it.each(['expired', 'refused'] as const)('waits while the session is %s', async (reason) => {
    store.begin(sessionUntil(null))
    store.end(reason)
    const { told, done } = asks()
    await vi.advanceTimersByTimeAsync(DAY)
    expect(told).not.toHaveBeenCalled()
    store.begin(sessionUntil(null, 'new'))
    await done
    expect(told).toHaveBeenCalledWith({ kind: 'token', token: 'new' })
  })

  it('resolves with null after a sign-out by choice', async () => {
    store.begin(sessionUntil(null))
    store.end('refused')
    const { told, done } = asks()
    store.end('by-choice')
    await done
    expect(told).toHaveBeenCalledWith(null)
  })

  it('can be aborted, and removes its listeners', async () => {
    store.begin(sessionUntil(null))
    store.end('refused')
    const caller = new AbortController()
    const remove = vi.spyOn(caller.signal, 'removeEventListener')
    const { told, done } = asks(caller.signal)
    caller.abort()
    await expect(done).rejects.toMatchObject({ name: 'AbortError' })
    expect(remove).toHaveBeenCalledOnce()
    store.begin(sessionUntil(null))
    expect(told).not.toHaveBeenCalled()
  })
})

describe('canResume and currentSessionScope', () => {
  const other: Session = { ...sessionUntil(null, 'other'), username: 'zoe' }

  it('allow the same account to resume, unless it signed out by choice', () => {
    expect(store.canResume(sessionUntil(null))).toBe(false)
    store.begin(sessionUntil(null))
    expect(store.canResume(sessionUntil(null, 'new'))).toBe(true)
    expect(store.canResume(other)).toBe(false)
    store.end('refused')
    expect(store.canResume(sessionUntil(null, 'new'))).toBe(true)
    expect(store.canResume(other)).toBe(false)
    store.end('by-choice')
    expect(store.canResume(sessionUntil(null, 'new'))).toBe(false)
  })

  it('abort the scope before subscribers are notified of another account', () => {
    store.begin(sessionUntil(null))
    const sessionScope = store.currentSessionScope()
    store.end('refused')
    store.begin(sessionUntil(null, 'new'))
    expect(store.currentSessionScope()).toBe(sessionScope)
    const seen: boolean[] = []
    store.sessionStore.subscribe(() => seen.push(sessionScope.aborted))
    store.begin(other)
    expect(seen).toEqual([true])
    expect(store.currentSessionScope().aborted).toBe(false)
  })
})
