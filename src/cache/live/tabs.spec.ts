import {
  environmentManager,
  QueryClient,
  QueryObserver,
  type QueryKey,
} from '@tanstack/react-query'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openChannel } from '~/util/channel.ts'
import { settled, stubChannels } from '~/testing/channel.fixture.ts'
import { keys } from '~/cache/queries/keys.ts'
import { shareQueries } from './tabs.ts'

const NOW = Date.UTC(2026, 0, 15)

beforeEach(() => {
  stubChannels()
  vi.useFakeTimers({ now: NOW })
  // Without a window the library takes this for a server, and sets no timers.
  environmentManager.setIsServer(() => false)
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const openTab = (scope = 'here'): QueryClient => {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  shareQueries(client, scope)
  return client
}

/** A component of a tab that reads this, again and again if an interval is given. Milliseconds. */
function watch(
  client: QueryClient,
  queryKey: QueryKey,
  queryFn: () => unknown,
  refetchInterval: number | false = false,
): () => void {
  return new QueryObserver(client, { queryKey, queryFn, refetchInterval }).subscribe(() => {})
}

/** Long enough for an answer of the server and the word of it to the other tabs. */
const answered = () => vi.advanceTimersByTimeAsync(1)

/** Everything the tabs tell each other from now on. */
function overhear(): readonly unknown[] {
  const heard: unknown[] = []
  openChannel('rollcall.queries.here', (message) => heard.push(message))
  return heard
}

describe('an answer', () => {
  it.each([
    ['conferences', keys.conferences],
    ['a conference', keys.conference('c')],
    ['a participant', keys.participant('p')],
    ['a call', keys.call('k')],
  ])('about %s is known to all tabs that want to know, and to no other', async (_name, key) => {
    const [first, second, third] = [openTab(), openTab(), openTab()]
    watch(second, key, () => new Promise(() => {}))
    watch(first, key, () => 'answer')
    await answered()
    expect(second.getQueryState(key)).toMatchObject({
      data: 'answer',
      dataUpdatedAt: first.getQueryState(key)?.dataUpdatedAt,
      status: 'success',
    })
    expect(third.getQueryCache().getAll()).toEqual([])
  })

  it.each([
    ['roster', keys.roster],
    ['poll', keys.poll],
    ['rounds of callers', keys.resolveCallers],
  ])('about the %s is a matter of the tab', async (_name, key) => {
    const [first, second] = [openTab(), openTab()]
    watch(second, key, () => 'own')
    await answered()
    watch(first, key, () => 'answer')
    await answered()
    expect(second.getQueryData(key)).toBe('own')
  })

  it('of another scope is a matter of that scope', async () => {
    const [first, second] = [openTab('here'), openTab('there')]
    watch(second, keys.conferences, () => 'own')
    await answered()
    watch(first, keys.conferences, () => 'answer')
    await answered()
    expect(second.getQueryData(keys.conferences)).toBe('own')
  })

  it('is told once, however many tabs hear it', async () => {
    const tabs = [openTab(), openTab(), openTab()]
    for (const tab of tabs) tab.setQueryData(keys.conferences, 'old', { updatedAt: 1 })
    const heard = overhear()
    tabs.map((tab, index) => watch(tab, keys.conferences, () => index, 60_000 + index))
    await vi.advanceTimersByTimeAsync(60_000)
    expect(heard.length).toBe(tabs.length + 1)
  })

  it('that is older than what is held changes nothing', async () => {
    const tab = openTab()
    watch(tab, keys.conferences, () => 'held')
    await answered()
    const held = tab.getQueryState(keys.conferences)
    const other = openChannel('rollcall.queries.here', () => {})
    await vi.advanceTimersByTimeAsync(1000)
    const at = held?.dataUpdatedAt ?? 0
    for (const updatedAt of [at - 1, at]) {
      other?.send({ kind: 'answer', key: keys.conferences, data: 'late', updatedAt })
      await settled()
      expect(tab.getQueryState(keys.conferences)).toBe(held)
    }
    other?.send({ kind: 'answer', key: keys.conferences, data: 'newer', updatedAt: at + 1 })
    await settled()
    expect(tab.getQueryState(keys.conferences)).toMatchObject({
      data: 'newer',
      dataUpdatedAt: at + 1,
    })
  })

  it('that never came is told to nobody', async () => {
    const [first, second] = [openTab(), openTab()]
    watch(second, keys.conferences, () => 'own')
    await answered()
    const [heard, held] = [overhear(), second.getQueryState(keys.conferences)]
    watch(first, keys.conferences, () => Promise.reject(new Error('No.')))
    await answered()
    expect(first.getQueryState(keys.conferences)?.status).toBe('error')
    expect(heard).toEqual([])
    expect(second.getQueryState(keys.conferences)).toBe(held)
  })

  it('ends the failure of a tab that had none', async () => {
    const [first, second] = [openTab(), openTab()]
    watch(second, keys.conferences, () => Promise.reject(new Error('No.')))
    await answered()
    watch(first, keys.conferences, () => 'answer')
    await answered()
    expect(second.getQueryState(keys.conferences)).toMatchObject({
      status: 'success',
      data: 'answer',
    })
  })

  it.each([
    [undefined],
    ['answer'],
    [{ kind: 'answer', key: ['conferences'], data: 1, updatedAt: '9e99' }],
    [{ kind: 'x' }],
  ])('is not %j', async (message) => {
    const tab = openTab()
    watch(tab, keys.conferences, () => 'own')
    await answered()
    openChannel('rollcall.queries.here', () => {})?.send(message)
    await settled()
    expect(tab.getQueryData(keys.conferences)).toBe('own')
  })
})

describe('many tabs', () => {
  const LATENCY = 80

  /** How often tabs with these intervals ask within ten minutes, all having been opened within three seconds. */
  async function countRequests(intervals: readonly number[]): Promise<number> {
    stubChannels()
    let requests = 0
    const ask = async () => {
      requests += 1
      await new Promise((resolve) => setTimeout(resolve, LATENCY))
      return requests
    }
    const stops: (() => void)[] = []
    for (const interval of intervals) {
      stops.push(watch(openTab(), keys.conferences, ask, interval))
      await vi.advanceTimersByTimeAsync(3000 / intervals.length)
    }
    requests = 0
    await vi.advanceTimersByTimeAsync(600_000)
    for (const stop of stops) stop()
    return requests
  }

  it('ask as often as one, when their intervals differ by more than an answer takes', async () => {
    const intervals = fc
      .tuple(
        fc.integer({ min: 1000, max: 5000 }),
        fc.array(fc.integer({ min: LATENCY + 1, max: 900 }), { maxLength: 5 }),
      )
      .chain(([first, gaps]) => {
        let last = first
        const all = [first, ...gaps.map((gap) => (last += gap))]
        return fc.shuffledSubarray(all, { minLength: all.length })
      })
    await fc.assert(
      fc.asyncProperty(intervals, async (all) => {
        const alone = 600_000 / (Math.min(...all) + LATENCY)
        const together = await countRequests(all)
        expect(together).toBeGreaterThan(alone - 2)
        expect(together).toBeLessThan(alone + 2)
      }),
      { numRuns: 30 },
    )
  })

  it('ask side by side when their intervals are the same: why they must differ', async () => {
    expect(await countRequests([3000, 3000])).toBeGreaterThan(1.9 * (await countRequests([3000])))
  })
})
