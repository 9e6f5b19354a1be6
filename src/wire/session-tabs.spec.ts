import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Session } from '~/domain/session.ts'
import { openChannel } from '~/util/channel.ts'
import { settled, stubChannels } from '~/testing/channel.fixture.ts'
import { stubStorage } from '~/testing/fetch.fixture.ts'
import type * as sessionModule from './session.ts'

type Tab = typeof sessionModule

const HOUR = 3600_000
const NOW = Date.UTC(2026, 0, 15)

const sam = (hours: number | null, token = `sam ${hours}`): Session => ({
  credential: { kind: 'token', token },
  name: 'Sam',
  username: 'sam',
  customerId: 'c',
  permission: 32,
  expiresAt: hours === null ? null : (NOW + hours * HOUR) * 1000,
})

const zoe = (hours: number | null, token?: string): Session => ({
  ...sam(hours, token),
  name: 'Zoe',
  username: 'zoe',
})

beforeEach(() => {
  stubStorage()
  stubChannels()
  vi.useFakeTimers({ now: NOW })
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** A tab is a copy of the module. Its sessionStorage is empty or has the given session. */
async function loadTab(stored?: Session): Promise<Tab> {
  const storage = stubStorage()
  if (stored) storage.set('rollcall.session', JSON.stringify(stored))
  vi.resetModules()
  return import('./session.ts')
}

async function openTab(stored?: Session): Promise<Tab> {
  const tab = await loadTab(stored)
  await Promise.all([tab.restoreSession(), vi.advanceTimersByTimeAsync(150)])
  return tab
}

const state = (tab: Tab) => tab.sessionStore.get()

const NOT_YET = { session: null, reason: 'not-yet' }
const BY_CHOICE = { session: null, reason: 'by-choice' }
const REFUSED = { session: null, reason: 'refused' }

function forbidden(): never {
  throw new DOMException('No.', 'SecurityError')
}

describe('a new tab', () => {
  it('adopts the session of another tab as soon as it is offered', async () => {
    const first = await openTab()
    first.begin(sam(1))
    const second = await loadTab()
    await second.restoreSession()
    expect(state(second)).toEqual({ session: sam(1) })
    await vi.advanceTimersByTimeAsync(HOUR)
    expect(state(second)).toEqual({ session: null, reason: 'expired' })
  })

  it('waits 150 ms for an offer', async () => {
    await openTab()
    const tab = await loadTab()
    const ready = vi.fn<() => void>()
    void tab.restoreSession().then(ready)
    await vi.advanceTimersByTimeAsync(149)
    expect(ready).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    expect(ready).toHaveBeenCalledOnce()
    expect(state(tab)).toEqual(NOT_YET)
  })

  it.each([
    ['undefined', undefined],
    ['forbidden', forbidden],
  ])('does not wait where BroadcastChannel is %s', async (_name, channel) => {
    vi.stubGlobal('BroadcastChannel', channel)
    const tab = await loadTab()
    await tab.restoreSession()
    expect(state(tab)).toEqual(NOT_YET)
    tab.begin(sam(1))
    expect(state(tab).session).not.toBeNull()
  })

  it('adopts the session of its own storage without asking', async () => {
    const first = await openTab()
    first.begin(zoe(9))
    const second = await loadTab(sam(1))
    const ready = second.restoreSession()
    expect(state(second)).toEqual({ session: sam(1) })
    await ready
    await settled()
    expect(state(second)).toEqual({ session: sam(1) })
  })

  it('with an expired session adopts one of the same account only', async () => {
    const first = await openTab()
    first.begin(zoe(9))
    expect(state(await openTab(sam(-1)))).toEqual({ session: null, reason: 'expired' })
    first.begin(sam(9))
    expect(state(await openTab(sam(-1)))).toEqual({ session: sam(9) })
  })

  it('is not offered a session that expired while the computer slept', async () => {
    const first = await openTab()
    first.begin(sam(1))
    // Time has passed, no timer has fired.
    vi.setSystemTime(NOW + HOUR)
    expect(state(await openTab())).toEqual(NOT_YET)
  })

  it('does not adopt from a slow tab the session that another tab has just ended', async () => {
    const [first, slow] = [await openTab(), await openTab()]
    first.begin(sam(1))
    await settled()
    expect(state(slow)).toEqual({ session: sam(1) })
    const tab = await loadTab()
    const ready = tab.restoreSession()
    first.end('by-choice')
    await ready
    await settled()
    expect([first, slow, tab].map(state)).toEqual([BY_CHOICE, BY_CHOICE, BY_CHOICE])
  })

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['a word', 'offer'],
    ['another kind', { kind: 'hello' }],
    ['an offer of nothing', { kind: 'offer' }],
    ['an offer without a token', { kind: 'offer', session: { ...sam(1), credential: {} } }],
    ['an expired offer', { kind: 'offer', session: sam(0) }],
    ['an end of something', { kind: 'end', account: 7 }],
  ])('ignores %s', async (_name, message) => {
    const tab = await openTab()
    const stranger = openChannel('rollcall.session /', () => {})
    stranger?.send(message)
    await settled()
    expect(state(tab)).toEqual(NOT_YET)
    // On the same channel a valid offer is adopted.
    stranger?.send({ kind: 'offer', session: sam(1) })
    await settled()
    expect(state(tab)).toEqual({ session: sam(1) })
  })
})

type Step =
  | { readonly does: 'sign in'; readonly which: number; readonly session: Session }
  | { readonly does: 'sign out'; readonly which: number }
  | { readonly does: 'refuse'; readonly which: number }

interface Was {
  readonly state: sessionModule.SessionState
  /** The name of the last session of the tab. */
  readonly name: string | undefined
}

/** Signed in, or interrupted with the page still open. */
const isThere = ({ state: { session, reason } }: Was): boolean =>
  session !== null || reason === 'refused'

/** The state of a tab after a step in `actor`, which is this tab or another one. */
function becomes(tab: Was, step: Step, actor: Was): sessionModule.SessionState {
  const { session, reason } = tab.state
  const isActor = tab === actor
  if (step.does === 'refuse')
    return isActor && session ? { session: null, reason: 'refused' } : tab.state
  if (step.does === 'sign out') {
    const isTheirs = isThere(tab) && isThere(actor) && tab.name === actor.name
    return isActor || isTheirs ? { session: null, reason: 'by-choice' } : tab.state
  }
  const isTheirs = tab.name === undefined || tab.name === step.session.name
  const isLonger =
    !session || (session.expiresAt ?? Infinity) < (step.session.expiresAt ?? Infinity)
  const follows = isTheirs && isLonger && reason !== 'by-choice'
  return isActor || follows ? { session: step.session } : tab.state
}

// Hundreds of cases take more than 5 s on a busy machine.
describe('several tabs', { timeout: 30_000 }, () => {
  const which = fc.nat(2)
  const session = fc
    .tuple(fc.constantFrom(sam, zoe), fc.option(fc.integer({ min: 1, max: 9 })), fc.uuid())
    .map(([account, hours, token]) => account(hours, token))
  const step: fc.Arbitrary<Step> = fc.oneof(
    fc.record({ does: fc.constant('sign in' as const), which, session }),
    fc.record({ does: fc.constant('sign out' as const), which }),
    fc.record({ does: fc.constant('refuse' as const), which }),
  )

  it('share sessions by account, for any steps in any order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step), async (steps) => {
        stubChannels()
        const tabs = [await openTab(), await openTab(), await openTab()]
        let were: readonly Was[] = tabs.map((tab) => ({ state: state(tab), name: undefined }))
        for (const now of steps) {
          const [tab, actor] = [tabs[now.which], were[now.which]]
          if (!tab || !actor) throw new Error('no such tab')
          if (now.does === 'sign in') tab.begin(now.session)
          else if (now.does === 'sign out') tab.end('by-choice')
          else if (actor.state.session) tab.refuse(actor.state.session.credential)
          await settled()
          expect(tabs.map(state)).toEqual(were.map((was) => becomes(was, now, actor)))
          were = tabs.map((each, index) => ({
            state: state(each),
            name: state(each).session?.name ?? were[index]?.name,
          }))
        }
      }),
    )
  })

  it('adopt a new session after the old one was refused', async () => {
    const [first, second, third] = [await openTab(), await openTab(), await openTab()]
    first.begin(sam(1))
    await settled()
    first.refuse(sam(1).credential)
    second.refuse(sam(1).credential)
    expect(state(third)).toEqual({ session: sam(1) })
    // The third tab has no 401 yet and offers the refused session: a new tab adopts it, the refused tabs do not.
    expect(state(await openTab())).toEqual({ session: sam(1) })
    expect([first, second].map(state)).toEqual([REFUSED, REFUSED])
    first.begin(sam(2))
    await settled()
    expect([first, second, third].map(state)).toEqual(
      [first, second, third].map(() => ({ session: sam(2) })),
    )
  })

  it('adopt the refused access key again, once the server has accepted it in one tab', async () => {
    const key: Session = {
      ...sam(null),
      credential: { kind: 'accesskey', accesskey: 'k' },
      username: null,
    }
    const [first, second] = [await openTab(), await openTab()]
    first.begin(key)
    await settled()
    for (const tab of [first, second]) tab.refuse(key.credential)
    expect([first, second].map(state)).toEqual([REFUSED, REFUSED])
    first.begin(key)
    await settled()
    expect([first, second].map(state)).toEqual([{ session: key }, { session: key }])
  })

  it('end together by choice, interrupted tabs too', async () => {
    const [first, second, zoes] = [await openTab(), await openTab(), await openTab()]
    zoes.begin(zoe(1))
    first.begin(sam(1))
    await settled()
    second.begin(sam(1))
    zoes.begin(zoe(1))
    await settled()
    for (const tab of [first, second]) tab.refuse(sam(1).credential)
    zoes.refuse(zoe(1).credential)
    first.end('by-choice')
    await settled()
    expect([first, second, zoes].map(state)).toEqual([BY_CHOICE, BY_CHOICE, REFUSED])
  })

  it('send no credential when a session ends', async () => {
    const tab = await openTab()
    const heard: unknown[] = []
    openChannel('rollcall.session /', (message) => heard.push(message))
    tab.begin(sam(1, 'secret'))
    await settled()
    expect(JSON.stringify(heard.splice(0))).toContain('secret')
    tab.end('by-choice')
    await settled()
    expect(heard).toHaveLength(1)
    expect(JSON.stringify(heard)).not.toContain('secret')
  })
})
