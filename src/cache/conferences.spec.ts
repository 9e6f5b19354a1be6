import { QueryClient } from '@tanstack/react-query'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { json, stubFetch } from '~/wire/fetch.build.ts'
import fixture from '~/wire/fixtures/conference.json'
import { conferencesQuery } from './conferences.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

describe('conferencesQuery', () => {
  it('reads all pages, each conference once, and keeps what it cannot read', async () => {
    const rows = Array.from({ length: 100 }, (_, index) => ({ ...fixture, id: `c${index}` }))
    const sent = stubFetch(({ url }) =>
      url.searchParams.has('page_token')
        ? json({ result: [{ ...fixture, id: 'c99' }, { ...fixture, id: 'c100' }, null] })
        : json({ result: rows, next_page_token: 'x' }),
    )
    const client = new QueryClient()
    const list = await client.fetchQuery({ ...conferencesQuery(3000), retry: false })
    expect(sent).toHaveLength(2)
    expect(list.conferences.map(({ id }) => id)).toEqual([...rows.map(({ id }) => id), 'c100'])
    expect(list.unreadable).toHaveLength(1)
  })
})
