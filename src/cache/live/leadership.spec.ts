import * as fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { settled } from '~/testing/channel.fixture.ts'
import { BrowserLocks } from '~/testing/locks.fixture.ts'
import type { Locks } from '~/util/locks.ts'
import { lead } from './leadership.ts'

const pageThatIs = (visibilityState: DocumentVisibilityState) =>
  Object.assign(new EventTarget(), { document: { visibilityState } })

let tabCount = 0

/** What happens to a tab: an event at its page, which is visible or not from then on; or its end. */
type Fate = readonly [event: string, state: DocumentVisibilityState] | 'stop' | 'crash'

class Tab {
  readonly #clientId = `tab ${++tabCount}`
  /** Whether it leads, at each change, oldest first. */
  readonly changes: boolean[] = []
  /** Whether it should be in the running. */
  isThere: boolean
  readonly #locks: BrowserLocks | null
  readonly #stop: () => void
  readonly #page: ReturnType<typeof pageThatIs>
  #isOver = false
  #hasCrashed = false

  constructor(locks: BrowserLocks | null, state: DocumentVisibilityState, scope = 'here') {
    this.#locks = locks
    this.#page = pageThatIs(state)
    this.isThere = state === 'visible'
    const onChange = (leads: boolean) => void this.changes.push(leads)
    this.#stop = lead(scope, onChange, {
      locks: locks?.of(this.#clientId) ?? null,
      page: this.#page,
    })
  }

  get leads(): boolean {
    return !this.#hasCrashed && (this.changes.at(-1) ?? false)
  }

  meet(fate: Fate): void {
    if (this.#hasCrashed) return
    this.#isOver ||= typeof fate === 'string'
    if (fate === 'stop') this.#stop()
    else if (fate === 'crash') {
      this.#hasCrashed = true
      this.#locks?.release(this.#clientId)
    } else {
      const [event, state] = fate
      this.#page.document.visibilityState = state
      this.#page.dispatchEvent(new Event(event))
    }
    const [event = '', state = 'hidden'] = typeof fate === 'string' ? [] : fate
    this.isThere = !this.#isOver && state === 'visible' && !['freeze', 'pagehide'].includes(event)
  }
}

const SHOWN = ['visibilitychange', 'visible'] as const
const HIDDEN = ['visibilitychange', 'hidden'] as const

const FATES: readonly Fate[] = [
  SHOWN,
  HIDDEN,
  ['freeze', 'hidden'],
  ['freeze', 'visible'],
  ['resume', 'hidden'],
  ['resume', 'visible'],
  ['pagehide', 'visible'],
  ['pageshow', 'visible'],
  ['pageshow', 'hidden'],
  'stop',
  'crash',
]

describe('lead', () => {
  it('makes one visible tab the leader, never two, whatever happens to the tabs', async () => {
    const states = fc.array(fc.constantFrom<DocumentVisibilityState>('visible', 'hidden'), {
      minLength: 1,
      maxLength: 4,
    })
    const step = fc.record({
      tab: fc.nat(3),
      fate: fc.constantFrom(...FATES),
      /** Several things may happen before the browser has come to grant anything. */
      rounds: fc.constantFrom(0, 1, 20),
    })
    await fc.assert(
      fc.asyncProperty(states, fc.array(step, { maxLength: 30 }), async (opened, steps) => {
        const locks = new BrowserLocks()
        const tabs = opened.map((state) => new Tab(locks, state))
        const leaders = () => tabs.filter(({ leads }) => leads)
        for (const { tab, fate, rounds } of steps) {
          tabs[tab % tabs.length]?.meet(fate)
          for (let round = 0; round < rounds; round += 1) {
            expect(leaders().length).toBeLessThanOrEqual(1)
            await Promise.resolve()
          }
          expect(leaders().every(({ isThere }) => isThere)).toBe(true)
        }
        await settled()
        const standing = tabs.filter(({ isThere }) => isThere)
        expect(leaders()).toHaveLength(Math.min(standing.length, 1))
        expect(locks.size).toBe(standing.length)
        for (const { changes } of tabs)
          expect(changes).toEqual(changes.map((_, at) => at % 2 === 0))
      }),
    )
  })

  it('lets the next tab lead when the leader is hidden, for good', async () => {
    const locks = new BrowserLocks()
    const [first, second] = [new Tab(locks, 'visible'), new Tab(locks, 'visible')]
    await settled()
    expect([first.changes, second.changes]).toEqual([[true], []])
    first.meet(HIDDEN)
    await settled()
    first.meet(SHOWN)
    await settled()
    expect([first.changes, second.changes]).toEqual([[true, false], [true]])
  })

  it('has one leader for each scope', async () => {
    const locks = new BrowserLocks()
    const tabs = [new Tab(locks, 'visible', 'here'), new Tab(locks, 'visible', 'there')]
    await settled()
    expect(tabs.map(({ leads }) => leads)).toEqual([true, true])
  })

  it('lets every visible tab lead where there are no locks', () => {
    const tabs = [new Tab(null, 'visible'), new Tab(null, 'visible'), new Tab(null, 'hidden')]
    expect(tabs.map(({ leads }) => leads)).toEqual([true, true, false])
    tabs[0]?.meet(HIDDEN)
    tabs[2]?.meet(SHOWN)
    expect(tabs.map(({ leads }) => leads)).toEqual([false, true, true])
  })

  it('leads by itself where locks are forbidden', async () => {
    const changes: boolean[] = []
    const locks: Locks = { request: () => Promise.reject(new DOMException('No.', 'SecurityError')) }
    const stop = lead('here', (leads) => changes.push(leads), {
      locks,
      page: pageThatIs('visible'),
    })
    await settled()
    stop()
    expect(changes).toEqual([true, false])
  })

  it('leads by itself where locks are never answered', async () => {
    vi.useFakeTimers()
    const changes: boolean[] = []
    const locks: Locks = { request: () => new Promise(() => {}) }
    const stop = lead('here', (leads) => changes.push(leads), {
      locks,
      page: pageThatIs('visible'),
    })
    await vi.advanceTimersByTimeAsync(5000)
    expect(changes).toEqual([true])
    stop()
    vi.useRealTimers()
  })

  it('does not lead beside another tab that has led for long', async () => {
    vi.useFakeTimers()
    const locks = new BrowserLocks()
    const tabs = [new Tab(locks, 'visible'), new Tab(locks, 'visible')]
    await vi.advanceTimersByTimeAsync(60_000)
    expect(tabs.map(({ leads }) => leads)).toEqual([true, false])
    vi.useRealTimers()
  })

  it('gives a lock back that comes in the very moment it steps down', async () => {
    const changes: boolean[] = []
    const granted: (() => Promise<void>)[] = []
    const locks: Locks = {
      request: (_name, _options, serve) => {
        granted.push(serve)
        return new Promise(() => {})
      },
    }
    lead('here', (leads) => changes.push(leads), { locks, page: pageThatIs('visible') })()
    await Promise.all(granted.map((serve) => serve()))
    expect(granted).toHaveLength(1)
    expect(changes).toEqual([])
  })
})
