import { environmentManager, QueryObserver, type QueryClient } from '@tanstack/react-query'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Conference } from '~/domain/conference.ts'
import { parseConference } from '~/wire/conferences.ts'
import { json, stubFetch } from '~/testing/fetch.fixture.ts'
import fixture from '~/wire/fixtures/conference.json'
import { applyConferences, conferencesQuery } from './conference-list.ts'
import { NO_LIST, type ConferenceList } from './conference-reading.ts'
import { keys } from './keys.ts'
import { createQueryClient } from './query-client.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

/** A conference last changed at this minute. */
function conferenceOf(id: string, minute: number, wish: Partial<Conference> = {}): Conference {
  const tm_update = `2026-01-15T10:${String(minute).padStart(2, '0')}:00Z`
  const conference = parseConference({ ...fixture, id, tm_update })
  if (!conference) throw new Error('the fixture is a conference')
  return { ...conference, ...wish }
}

describe('applyConferences', () => {
  let client: QueryClient

  beforeEach(() => {
    client = createQueryClient()
  })

  const one = (id: string) => client.getQueryData<Conference>(keys.conference(id))
  const listed = () => client.getQueryData<ConferenceList>(keys.conferences)?.conferences

  /** Puts these conferences into the cache, each as a record and all as the list. */
  function lookAt(...conferences: readonly Conference[]): void {
    for (const conference of conferences) {
      client.setQueryData(keys.conference(conference.id), conference)
    }
    client.setQueryData<ConferenceList>(keys.conferences, { ...NO_LIST, conferences })
  }

  it('applies a newer record in the record query and in its place in the list', () => {
    const [a, b, c] = [conferenceOf('a', 10), conferenceOf('b', 10), conferenceOf('c', 10)]
    lookAt(a, b, c)
    const news = conferenceOf('b', 11, { name: 'Retro' })
    applyConferences(client, [news])
    expect(['a', 'b', 'c'].map((id) => one(id))).toEqual([a, news, c])
    expect(listed()).toEqual([a, news, c])
    expect(listed()?.[0]).toBe(a)
  })

  it('ignores an older record, because events arrive in any order', () => {
    const held = conferenceOf('a', 10)
    lookAt(held)
    applyConferences(client, [conferenceOf('a', 9, { name: 'Before' })])
    expect(one('a')).toBe(held)
    expect(listed()).toEqual([held])
    expect(listed()?.[0]).toBe(held)
  })

  it('does not count an older record as an answer', () => {
    client.setQueryData(keys.conference('a'), conferenceOf('a', 10), { updatedAt: 1 })
    applyConferences(client, [conferenceOf('a', 9)])
    expect(client.getQueryState(keys.conference('a'))?.dataUpdatedAt).toBe(1)
  })

  it('compares by creation time when a conference has never changed', () => {
    const held = conferenceOf('a', 0, { updatedAt: null })
    lookAt(held)
    applyConferences(client, [conferenceOf('a', 0, { updatedAt: (held.createdAt ?? 0) - 1 })])
    expect(one('a')).toBe(held)
    const news = conferenceOf('a', 0, { updatedAt: (held.createdAt ?? 0) + 1 })
    applyConferences(client, [news])
    expect(one('a')).toBe(news)
    expect(listed()).toEqual([news])
  })

  it('ends with the newest record of each conference, in whatever order they arrive', () => {
    const told = fc.record({ id: fc.constantFrom('a', 'b'), minute: fc.nat(59) })
    const batches = fc.array(fc.array(told, { maxLength: 4 }))
    fc.assert(
      fc.property(batches, (all) => {
        lookAt(conferenceOf('a', 30), conferenceOf('b', 30))
        const minutes = { a: 30, b: 30 }
        for (const batch of all) {
          applyConferences(
            client,
            batch.map(({ id, minute }) => conferenceOf(id, minute)),
          )
          for (const { id, minute } of batch) minutes[id] = Math.max(minutes[id], minute)
        }
        const newest = [conferenceOf('a', minutes.a), conferenceOf('b', minutes.b)]
        expect([one('a'), one('b')]).toEqual(newest)
        expect(listed()).toEqual(newest)
      }),
    )
  })

  it('adds a new conference to the list only if its type is conference, as the server does', () => {
    const held = conferenceOf('a', 10)
    lookAt(held)
    const room = conferenceOf('b', 11)
    applyConferences(client, [
      conferenceOf('c', 11, { type: 'connect' }),
      conferenceOf('d', 11, { type: 'queue' }),
      room,
      conferenceOf('e', 11, { type: null }),
      conferenceOf('f', 11, { deletedAt: 1 }),
    ])
    expect(listed()).toEqual([held, room])
  })

  it('drops a deleted conference from the list and keeps its record query', () => {
    const [a, b] = [conferenceOf('a', 10), conferenceOf('b', 10)]
    lookAt(a, b)
    const deleted = conferenceOf('a', 11, { status: 'terminating', deletedAt: 1 })
    applyConferences(client, [deleted])
    expect(listed()).toEqual([b])
    expect(one('a')).toBe(deleted)
  })

  it('does not list a deleted conference again because of an earlier record', () => {
    lookAt(conferenceOf('a', 10))
    applyConferences(client, [
      conferenceOf('a', 11, { status: 'terminating', deletedAt: 1 }),
      conferenceOf('a', 11, { status: 'terminating' }),
    ])
    applyConferences(client, [conferenceOf('a', 11, { status: 'terminating' })])
    expect(listed()).toEqual([])
  })

  it('makes no query for conferences that no page shows', () => {
    applyConferences(client, [conferenceOf('a', 10)])
    expect(client.getQueryCache().getAll()).toEqual([])
    client.setQueryData(keys.conference('b'), conferenceOf('b', 10))
    applyConferences(client, [conferenceOf('a', 10), conferenceOf('b', 11)])
    expect(
      client
        .getQueryCache()
        .getAll()
        .map(({ queryKey }) => queryKey),
    ).toEqual([keys.conference('b')])
  })

  it('does not delay the next read of the list, which finds what no event announces', async () => {
    vi.useFakeTimers()
    environmentManager.setIsServer(() => false)
    const sent = stubFetch(() => json({ result: [fixture], next_page_token: '' }))
    const stop = new QueryObserver(client, conferencesQuery(3000)).subscribe(() => {})
    for (let minute = 0; minute < 30; minute += 1) {
      applyConferences(client, [conferenceOf(fixture.id, minute)])
      await vi.advanceTimersByTimeAsync(1000)
    }
    stop()
    vi.useRealTimers()
    expect(sent.length).toBeGreaterThanOrEqual(8)
    expect(sent.length).toBeLessThanOrEqual(11)
    expect(listed()).toMatchObject([{ id: fixture.id }])
  })
})
