import { environmentManager, QueryObserver, type QueryClient } from '@tanstack/react-query'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { recordingOf } from '~/testing/recording.fixture.ts'
import { json, stubFetch, stubStorage } from '~/testing/fetch.fixture.ts'
import { sessionOf } from '~/testing/session.fixture.ts'
import conference from '~/wire/fixtures/conference.json'
import fixture from '~/wire/fixtures/recording-running.json'
import { begin } from '~/wire/session.ts'
import { conferenceQuery } from './conferences.ts'
import { keys } from './keys.ts'
import { createQueryClient } from './query-client.ts'
import { applyPushedRecordings, applyRecordings, recordingQuery } from './recordings.ts'

const INTERVAL = 3000

beforeAll(() => {
  vi.useFakeTimers()
  // Outside of a browser a query does not poll.
  environmentManager.setIsServer(() => false)
})
afterAll(() => {
  vi.useRealTimers()
  environmentManager.setIsServer(() => true)
})

let client: QueryClient
let asked: string[]
let answered: object

beforeEach(async () => {
  // All slots of the pace are free again.
  await vi.advanceTimersByTimeAsync(10_000)
  stubStorage()
  begin(sessionOf())
  client = createQueryClient()
  asked = []
  answered = fixture
  stubFetch(({ url }) => {
    asked.push(url.pathname.replace('/v1.0/', ''))
    return json(url.pathname.includes('recordings') ? answered : conference)
  })
})

afterEach(() => {
  client.clear()
  vi.unstubAllGlobals()
})

const watchRoom = () =>
  new QueryObserver(client, conferenceQuery(conference.id, 3600_000)).subscribe(() => {})

const held = () => client.getQueryData(keys.recording(fixture.id))

describe('a recording', () => {
  it('is read again until it is over', async () => {
    const stop = new QueryObserver(client, recordingQuery(fixture.id, INTERVAL)).subscribe(() => {})
    await vi.advanceTimersByTimeAsync(INTERVAL * 1.5)
    expect(asked).toHaveLength(2)
    answered = { ...fixture, status: 'ended', tm_end: '2026-01-15T09:40:00Z' }
    await vi.advanceTimersByTimeAsync(INTERVAL)
    expect(held()).toMatchObject({ status: 'ended' })
    await vi.advanceTimersByTimeAsync(INTERVAL * 10)
    expect(asked).toHaveLength(3)
    stop()
  })

  it('only goes forward, in whatever order it is told', () => {
    const ended = recordingOf({ status: 'ended', endedAt: 9 })
    applyRecordings(client, [ended, recordingOf({ status: 'recording', updatedAt: 10 })])
    expect(held()).toEqual(ended)
  })
})

const frame = (wish: Parameters<typeof recordingOf>[0]) =>
  applyPushedRecordings(client, [recordingOf(wish)])

describe('a frame of a recording', () => {
  it('of an unknown one leads to the open conference, which may be the one', async () => {
    watchRoom()
    await vi.advanceTimersByTimeAsync(0)
    frame({ id: 'other' })
    await vi.advanceTimersByTimeAsync(1000)
    expect(asked).toHaveLength(2)
    expect(client.getQueryData(keys.recording('other'))).toBeDefined()
  })

  it('of a known one leads to its conference, and to no other', async () => {
    watchRoom()
    await vi.advanceTimersByTimeAsync(0)
    const other = conferenceQuery('other', 3600_000)
    client.setQueryData(other.queryKey, { ...parsed(), id: 'other', recordingIds: ['x'] })
    new QueryObserver(client, other).subscribe(() => {})
    frame({ status: 'ended' })
    await vi.advanceTimersByTimeAsync(1000)
    expect(asked).toEqual([`conferences/${conference.id}`, `conferences/${conference.id}`])
  })

  it('of a call is none of a conference', async () => {
    watchRoom()
    await vi.advanceTimersByTimeAsync(0)
    frame({ referenceType: 'call' })
    await vi.advanceTimersByTimeAsync(1000)
    expect(asked).toHaveLength(1)
    expect(held()).toBeUndefined()
  })

  it('leads to no request where no conference is open', async () => {
    frame({})
    await vi.advanceTimersByTimeAsync(1000)
    expect(asked).toEqual([])
    expect(held()).toMatchObject({ status: 'recording' })
  })
})

const parsed = () => {
  const data = client.getQueryData(conferenceQuery(conference.id, 0).queryKey)
  if (!data) throw new Error('the conference is read')
  return data
}
