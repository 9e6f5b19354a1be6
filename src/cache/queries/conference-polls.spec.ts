import { environmentManager, QueryObserver, type QueryClient } from '@tanstack/react-query'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { RecordList } from '~/testing/list.fixture.ts'
import { parseConference } from '~/wire/conferences.ts'
import { toWireTime, parseTime } from '~/domain/time.ts'
import { json, stubFetch, type Sent } from '~/testing/fetch.fixture.ts'
import fixture from '~/wire/fixtures/conference.json'
import { applyConferences, conferencesQuery } from './conference-list.ts'
import type { ConferenceList } from './conference-reading.ts'
import { keys } from './keys.ts'
import { createQueryClient } from './query-client.ts'

const INTERVAL = 3000
const START = Date.UTC(2026, 0, 15, 9)

interface Row {
  readonly id: string
  readonly created: number
}

const onWire = ({ id, created }: Row) => ({
  ...fixture,
  id,
  tm_create: toWireTime(created),
  tm_update: null,
})

/** A server with this many conferences, created a minute apart, the last one just now. */
class Server {
  readonly rows = new RecordList<Row>()
  /** Replaces the right page token. */
  token = (right: string): string => right
  heedsToken = true
  readonly deleted = new Set<string>()
  #answered = 0

  constructor(count: number) {
    for (let index = 0; index < count; index++) {
      this.rows.insert({ id: `c${index}`, created: (Date.now() - (count - index) * 60_000) * 1000 })
    }
  }

  answer({ url }: Sent): Response | Promise<Response> {
    // Stops an endless loop of requests, so that its test ends.
    if (++this.#answered > 1000) return new Promise(() => {})
    const at = this.heedsToken ? parseTime(url.searchParams.get('page_token')) : null
    const page = this.rows.page(
      typeof at === 'number' ? at : null,
      ({ id }) => !this.deleted.has(id),
    )
    const last = page.at(-1)
    return json({
      result: page.map(onWire),
      next_page_token: this.token(last ? toWireTime(last.created) : ''),
    })
  }
}

let client: QueryClient
let stops: (() => void)[]

// One clock for all tests: the pace belongs to the module, and its bucket refills between two
// tests.
beforeAll(() => {
  vi.useFakeTimers({ now: START })
})

afterAll(() => {
  vi.useRealTimers()
})

beforeEach(async () => {
  await vi.advanceTimersByTimeAsync(10_000)
  environmentManager.setIsServer(() => false)
  client = createQueryClient()
  stops = []
})

afterEach(() => {
  for (const stop of stops) stop()
  client.clear()
  vi.unstubAllGlobals()
})

/** Polls the list and returns the requests sent; the array grows. */
function open(server: Server): readonly Sent[] {
  const sent = stubFetch((one) => server.answer(one))
  stops.push(new QueryObserver(client, conferencesQuery(INTERVAL)).subscribe(() => {}))
  return sent
}

/**
 * The same, but each answer is computed at once and delivered when the returned function is called.
 */
function openHeld(server: Server): () => void {
  const held: (() => void)[] = []
  stubFetch(async (one) => {
    const answer = await server.answer(one)
    await new Promise<void>((resolve) => held.push(resolve))
    return answer
  })
  stops.push(new QueryObserver(client, conferencesQuery(INTERVAL)).subscribe(() => {}))
  return () => held.shift()?.()
}

const list = () => client.getQueryData<ConferenceList>(keys.conferences)
const ids = () => list()?.conferences.map(({ id }) => id) ?? []

describe('the list of conferences', () => {
  it('drops the newest conference when an answer requested later lacks it', async () => {
    const server = new Server(3)
    open(server)
    await vi.advanceTimersByTimeAsync(1)
    expect(ids()).toEqual(['c2', 'c1', 'c0'])
    server.deleted.add('c2')
    await vi.advanceTimersByTimeAsync(INTERVAL)
    expect(ids()).toEqual(['c1', 'c0'])
  })

  it('keeps a pushed conference when an answer under way lacks it', async () => {
    const server = new Server(3)
    const release = openHeld(server)
    await vi.advanceTimersByTimeAsync(1)
    release()
    await vi.advanceTimersByTimeAsync(INTERVAL)
    const pushed = parseConference(onWire({ id: 'new', created: (Date.now() + 1) * 1000 }))
    applyConferences(client, pushed ? [pushed] : [])
    release()
    await vi.advanceTimersByTimeAsync(1)
    expect(ids()).toContain('new')
  })

  it('does not list a deleted conference again when an answer under way holds it', async () => {
    const server = new Server(3)
    const release = openHeld(server)
    await vi.advanceTimersByTimeAsync(1)
    release()
    await vi.advanceTimersByTimeAsync(INTERVAL)
    const c2 = list()?.conferences.find(({ id }) => id === 'c2')
    const deletedAt = Date.now() * 1000
    applyConferences(client, c2 ? [{ ...c2, updatedAt: deletedAt, deletedAt }] : [])
    release()
    await vi.advanceTimersByTimeAsync(1)
    expect(ids()).toEqual(['c1', 'c0'])
  })

  it('costs at most two requests a poll, however many conferences exist', async () => {
    const sent = open(new Server(1200))
    await vi.advanceTimersByTimeAsync(20_000)
    expect(ids()).toHaveLength(1200)
    const before = sent.length
    await vi.advanceTimersByTimeAsync(10 * INTERVAL)
    expect(sent.length - before).toBeLessThanOrEqual(20)
  })

  it('notices within one round that a conference on a far page is deleted', async () => {
    const server = new Server(1200)
    open(server)
    await vi.advanceTimersByTimeAsync(20_000)
    server.deleted.add('c7')
    await vi.advanceTimersByTimeAsync(14 * INTERVAL)
    expect(ids()).toHaveLength(1199)
    expect(ids()).not.toContain('c7')
  })

  it.each<[string, (right: string, call: number) => string]>([
    ['alternates', (right, call) => (call % 2 ? '2026-01-15T08:00:00Z' : right)],
    ['is random', (_, call) => toWireTime(((call * 7919) % 1000) * 1_000_000_000)],
    ['grows ever older', (_, call) => toWireTime((Date.now() - call * 86_400_000) * 1000)],
    ['is no time', () => 'x'],
  ])('reads the whole list at a bounded cost when the token %s', async (_name, token) => {
    const server = new Server(350)
    let calls = 0
    server.token = (right) => token(right, calls++)
    const sent = open(server)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(ids()).toHaveLength(350)
    expect(sent.length).toBeLessThanOrEqual(20)
  })

  it('keeps the list and reports the failure when the server repeats the newest page', async () => {
    const server = new Server(350)
    server.heedsToken = false
    const sent = open(server)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(ids()).toHaveLength(100)
    expect(list()).toMatchObject({ isWhole: false, stall: { failure: { kind: 'malformed' } } })
    expect(sent.length).toBeLessThanOrEqual(10)
  })
})
