import {
  environmentManager,
  QueryClient,
  QueryObserver,
  type QueryKey,
} from '@tanstack/react-query'
import * as fc from 'fast-check'
import { providePace } from '~/cache/queries/pace.ts'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { settled, stubChannels } from '~/testing/channel.fixture.ts'
import { json, stubFetch } from '~/testing/fetch.fixture.ts'
import { joinHidden, kindsOf, overhear, sendToAll } from '~/testing/live.fixture.ts'
import call from '~/wire/fixtures/call.json'
import conference from '~/wire/fixtures/conference.json'
import participant from '~/wire/fixtures/conferencecall.json'
import { shared } from '~/cache/queries/answers.ts'
import { conferencesQuery } from '~/cache/queries/conference-list.ts'
import { conferenceQuery } from '~/cache/queries/conferences.ts'
import { keys } from '~/cache/queries/keys.ts'
import { callQuery } from '~/cache/roster/callers.ts'
import { participantQuery } from '~/cache/roster/participant.ts'

const NOW = Date.UTC(2026, 0, 15)

let open: (() => void)[] = []

beforeEach(() => {
  stubChannels()
  vi.stubGlobal('navigator', {})
  vi.useFakeTimers({ now: NOW })
  // Without a window the library takes this for a server, and sets no timers.
  environmentManager.setIsServer(() => false)
})

afterEach(() => {
  for (const stop of open) stop()
  open = []
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const openTab = (scope = 'here'): QueryClient => {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  providePace(client, { acquireSlot: async (signal) => signal.throwIfAborted() })
  open.push(joinHidden(client, scope))
  return client
}

/**
 * A component of a tab that reads something whose answers are shared, again and again if an interval is given.
 * Milliseconds.
 */
const watch = (
  client: QueryClient,
  queryKey: QueryKey,
  read: () => unknown,
  refetchInterval: number | false = false,
): (() => void) =>
  new QueryObserver(client, {
    queryKey,
    queryFn: shared(async () => read()),
    refetchInterval,
  }).subscribe(() => {})

const never = () => new Promise<never>(() => {})

/** Long enough for an answer of the server and the word of it to the other tabs. */
const answered = () => vi.advanceTimersByTimeAsync(1)

describe('an answer', () => {
  it.each([
    [
      'the conferences',
      (client: QueryClient) => client.fetchQuery(conferencesQuery(3000)),
      keys.conferences,
      { result: [conference] },
    ],
    [
      'a conference',
      (client: QueryClient) => client.fetchQuery(conferenceQuery(conference.id, 3000)),
      keys.conference(conference.id),
      conference,
    ],
    [
      'a participant',
      (client: QueryClient) => client.fetchQuery(participantQuery(client, participant.id)),
      keys.participant(participant.id),
      participant,
    ],
    [
      'a call',
      (client: QueryClient) => client.fetchQuery(callQuery(call.id, 3000)),
      keys.call(call.id),
      call,
    ],
  ])('about %s is known to all tabs that ask for it', async (_name, read, queryKey, body) => {
    const [first, second, third] = [openTab(), openTab(), openTab()]
    watch(second, queryKey, never)
    stubFetch(() => json(body))
    const data = await read(first)
    await answered()
    expect(second.getQueryState(queryKey)).toMatchObject({
      data: { ...data },
      dataUpdatedAt: first.getQueryState(queryKey)?.dataUpdatedAt,
      status: 'success',
    })
    // An answer makes no query.
    expect(third.getQueryCache().getAll()).toEqual([])
  })

  it.each([
    ['poll', keys.poll],
    ['sweep', keys.sweep],
    ['rounds of callers', keys.resolveCallers],
  ])('about the %s, which is not shared, stays in the tab', async (_name, queryKey) => {
    const [first, second] = [openTab(), openTab()]
    watch(second, queryKey, () => 'own')
    await answered()
    const messages = overhear()
    await first.fetchQuery({ queryKey, queryFn: async () => 'answer' })
    await answered()
    expect(messages).toEqual([])
    expect(second.getQueryData(queryKey)).toBe('own')
  })

  it('of another scope stays in that scope', async () => {
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
    const messages = overhear()
    tabs.map((tab, index) => watch(tab, keys.conferences, () => index, 60_000 + index))
    await vi.advanceTimersByTimeAsync(60_000)
    expect(kindsOf(messages)).toEqual(Array.from({ length: tabs.length + 1 }, () => 'answer'))
  })

  it('that is older than what is held changes nothing', async () => {
    const tab = openTab()
    watch(tab, keys.conferences, () => 'held')
    await answered()
    const held = tab.getQueryState(keys.conferences)
    await vi.advanceTimersByTimeAsync(1000)
    const at = held?.dataUpdatedAt ?? 0
    for (const updatedAt of [at - 1, at]) {
      sendToAll({ kind: 'answer', key: keys.conferences, data: 'late', updatedAt })
      await settled()
      expect(tab.getQueryState(keys.conferences)).toBe(held)
    }
    sendToAll({ kind: 'answer', key: keys.conferences, data: 'newer', updatedAt: at + 1 })
    await settled()
    expect(tab.getQueryState(keys.conferences)).toMatchObject({
      data: 'newer',
      dataUpdatedAt: at + 1,
    })
  })

  it('with a part of the list of conferences does not replace a whole one', async () => {
    const tab = openTab()
    watch(tab, keys.conferences, never)
    const [part, whole] = [false, true].map((isWhole) => ({ conferences: [], isWhole }))
    for (const [data, held] of [
      [part, part],
      [whole, whole],
      [part, whole],
    ]) {
      await vi.advanceTimersByTimeAsync(1000)
      sendToAll({ kind: 'answer', key: keys.conferences, data, updatedAt: Date.now() })
      await settled()
      expect(tab.getQueryData(keys.conferences)).toEqual(held)
    }
  })

  it('that never came is not told', async () => {
    const [first, second] = [openTab(), openTab()]
    watch(second, keys.conferences, () => 'own')
    await answered()
    const [messages, held] = [overhear(), second.getQueryState(keys.conferences)]
    watch(first, keys.conferences, () => Promise.reject(new Error('No.')))
    await answered()
    expect(first.getQueryState(keys.conferences)?.status).toBe('error')
    expect(messages).toEqual([])
    expect(second.getQueryState(keys.conferences)).toBe(held)
  })

  it('that comes after its query was cancelled is not told', async () => {
    const first = openTab()
    const messages = overhear()
    const stop = watch(first, keys.conferences, async () => {
      await new Promise((resolve) => setTimeout(resolve, 100))
      return 'late'
    })
    await answered()
    stop()
    await vi.advanceTimersByTimeAsync(200)
    expect(messages).toEqual([])
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
    sendToAll(message)
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

  it(
    'send as many requests as one when their intervals differ by more than an answer takes',
    { timeout: 20_000 },
    async () => {
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
    },
  )

  it('send requests side by side when their intervals are the same, which is why they differ', async () => {
    expect(await countRequests([3000, 3000])).toBeGreaterThan(1.9 * (await countRequests([3000])))
  })
})
