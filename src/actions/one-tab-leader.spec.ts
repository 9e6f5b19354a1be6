import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { settled } from '~/testing/channel.fixture.ts'
import { pageThatIs } from '~/testing/live.fixture.ts'
import { BrowserLocks } from '~/testing/locks.fixture.ts'
import { lead } from '~/cache/live/leadership.ts'
import { scopeOf } from '~/cache/live/scope.ts'
import { takeTurns, type Turn } from './one-tab.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

let tabCount = 0

interface TabOptions {
  readonly state?: DocumentVisibilityState
  readonly build?: string
  /** False for a tab that cannot load the code that sends. */
  readonly hasLedger?: boolean
}

/** A tab of a browser at work for an account: it leads when it can, and works until another tab is to. */
class Tab {
  readonly #id = `tab ${++tabCount}`
  readonly #browser: BrowserLocks
  readonly #page: ReturnType<typeof pageThatIs>
  readonly #stay = new AbortController()
  #leads = false
  #works = false
  #hasCrashed = false

  constructor(
    browser: BrowserLocks,
    account: string,
    { state = 'visible', build = '/app.js', hasLedger = true }: TabOptions = {},
  ) {
    this.#browser = browser
    this.#page = pageThatIs(state)
    const locks = browser.of(this.#id)
    const { signal } = this.#stay
    const onLeads = (leads: boolean) => {
      this.#leads = leads
    }
    const stopLeading = lead(scopeOf(build, account), onLeads, { locks, page: this.#page })
    signal.addEventListener('abort', stopLeading)
    if (hasLedger) void takeTurns(locks, account, signal, (turn) => this.#work(turn, signal))
  }

  /** Whether it polls for the others. */
  get leads(): boolean {
    return this.#leads && !this.#hasCrashed
  }

  /** Whether it may send what was confirmed. */
  get works(): boolean {
    return this.#works && !this.#hasCrashed
  }

  show(state: DocumentVisibilityState): void {
    this.#page.document.visibilityState = state
    this.#page.dispatchEvent(new Event('visibilitychange'))
  }

  crash(): void {
    this.#hasCrashed = true
    this.#browser.release(this.#id)
  }

  close(): void {
    this.#stay.abort()
  }

  /** As the ledger does: between two steps it makes way when it is to. */
  async #work({ isWanted }: Turn, signal: AbortSignal): Promise<void> {
    this.#works = true
    while (!signal.aborted && !this.#hasCrashed && !(await isWanted())) {
      await new Promise((resolve) => setTimeout(resolve, STEP))
    }
    this.#works = false
  }
}

/** Between two steps of work. Milliseconds. */
const STEP = 100

/** Long enough for any number of tabs to make way. */
const agreed = () => vi.advanceTimersByTimeAsync(5000)

describe('the work of an account', () => {
  const open: Tab[] = []
  afterEach(() => {
    for (const tab of open.splice(0)) tab.close()
  })

  /** Tabs of one browser and one account, opened one after the other. */
  async function openTabs(...all: readonly TabOptions[]) {
    const browser = new BrowserLocks()
    for (const options of all) {
      open.push(new Tab(browser, 'sam', options))
      await settled()
    }
    await agreed()
    return [...open]
  }

  const leading = (all: readonly Tab[]) => all.map(({ leads }) => leads)
  const working = (all: readonly Tab[]) => all.map(({ works }) => works)

  it('is done by the tab that leads', async () => {
    const all = await openTabs({ state: 'hidden' }, {}, {})
    expect(leading(all)).toEqual([false, true, false])
    expect(working(all)).toEqual([false, true, false])
  })

  it('goes with leading from one visible tab to another', async () => {
    const all = await openTabs({}, {})
    expect(working(all)).toEqual([true, false])
    all[0]?.show('hidden')
    await agreed()
    all[0]?.show('visible')
    await agreed()
    expect(leading(all)).toEqual([false, true])
    expect(working(all)).toEqual([false, true])
  })

  it('is finished by a hidden tab that alone is left', async () => {
    const all = await openTabs({}, { state: 'hidden' })
    expect(working(all)).toEqual([true, false])
    all[0]?.crash()
    await agreed()
    expect(leading(all)).toEqual([false, false])
    expect(working(all)).toEqual([false, true])
  })

  it('goes on without a break in the only tab when that is hidden and shown again', async () => {
    const all = await openTabs({})
    all[0]?.show('hidden')
    await vi.advanceTimersByTimeAsync(STEP)
    expect(working(all)).toEqual([true])
    all[0]?.show('visible')
    await vi.advanceTimersByTimeAsync(STEP)
    expect(working(all)).toEqual([true])
  })

  it('is done by a tab that follows while the leader cannot', async () => {
    const all = await openTabs({ hasLedger: false }, {}, {})
    expect(leading(all)).toEqual([true, false, false])
    expect(working(all)).toEqual([false, true, false])
    await vi.advanceTimersByTimeAsync(60_000)
    expect(working(all)).toEqual([false, true, false])
  })

  it('is done by one of two leaders whose builds differ, and goes on in the other', async () => {
    const all = await openTabs({}, { build: '/app2.js' })
    expect(leading(all)).toEqual([true, true])
    expect(working(all)).toEqual([true, false])
    all[0]?.show('hidden')
    await agreed()
    expect(leading(all)).toEqual([false, true])
    expect(working(all)).toEqual([false, true])
  })

  it('is not given up for the leader of another account', async () => {
    const browser = new BrowserLocks()
    open.push(new Tab(browser, 'sam', { state: 'hidden' }), new Tab(browser, 'zoe'))
    open.push(new Tab(browser, 'sam', { state: 'hidden' }))
    await agreed()
    expect(leading(open)).toEqual([false, true, false])
    expect(working(open)).toEqual([true, true, false])
  })

  it('is never done by two tabs, and ends with a leader if there is one, whatever happens', async () => {
    const tab = fc.record({
      state: fc.constantFrom<DocumentVisibilityState>('visible', 'hidden'),
      build: fc.constantFrom('/app.js', '/app2.js'),
    })
    const step = fc.record({
      tab: fc.nat(3),
      fate: fc.constantFrom('visible', 'hidden', 'close', 'crash'),
      pause: fc.constantFrom(0, 50, 1500),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.array(tab, { minLength: 1, maxLength: 4 }),
        fc.array(step, { maxLength: 12 }),
        async (opened, steps) => {
          const all = await openTabs(...opened)
          const gone = new Set<Tab>()
          const workers = () => all.filter(({ works }) => works)
          for (const { tab: index, fate, pause } of steps) {
            const one = all[index % all.length]
            if (!one || gone.has(one)) continue
            if (fate === 'close' || fate === 'crash') gone.add(one)
            if (fate === 'close') one.close()
            else if (fate === 'crash') one.crash()
            else one.show(fate)
            await vi.advanceTimersByTimeAsync(pause)
            expect(workers().length).toBeLessThanOrEqual(1)
          }
          await agreed()
          expect(workers()).toHaveLength(gone.size < all.length ? 1 : 0)
          const leaders = all.filter(({ leads }) => leads)
          // A hidden tab works only where none leads.
          expect(workers().some(({ leads }) => leads)).toBe(leaders.length > 0)
          for (const one of open.splice(0)) one.close()
        },
      ),
      { numRuns: 50 },
    )
  })
})
