import { afterEach, describe, expect, it, vi } from 'vitest'
import { json, rejection, stubFetch } from '~/testing/fetch.fixture.ts'
import fixture from './fixtures/conferencecalls-page.json'
import { fetchPage, PAGE_SIZE } from './page.ts'
import { parseParticipant } from './participants.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

const rows = (count: number) => Array.from({ length: count }, (_, index) => ({ id: `p${index}` }))

const pageOf = (body: unknown, token?: string) => {
  const sent = stubFetch(() => json(body))
  return {
    sent,
    page: fetchPage('/v1.0/conferencecalls', parseParticipant, { token: token ?? null }),
  }
}

describe('fetchPage', () => {
  it('requests the longest page', async () => {
    const { sent, page } = pageOf(fixture)
    await page
    expect(sent[0]?.url.href).toBe('https://page.example/v1.0/conferencecalls?page_size=100')
  })

  it('sends the token unchanged', async () => {
    const token = '2022-08-06 16:57:12.247946+&'
    const { sent, page } = pageOf(fixture, token)
    await page
    expect(sent[0]?.url.searchParams.get('page_token')).toBe(token)
  })

  it('ends with a short page although it has a token', async () => {
    const page = await pageOf(fixture).page
    expect(page.records).toHaveLength(2)
    expect(page.next).toBeNull()
  })

  it('returns the next token after a full page', async () => {
    const { page } = pageOf({ result: rows(PAGE_SIZE), next_page_token: 'b' }, 'a')
    expect((await page).next).toBe('b')
  })

  it('returns the next token after a full page of unreadable rows', async () => {
    const { page } = pageOf({ result: Array(PAGE_SIZE).fill(null), next_page_token: 'b' }, 'a')
    const { records, unreadable, next } = await page
    expect([records.length, unreadable.length, next]).toEqual([0, PAGE_SIZE, 'b'])
  })

  it.each([['a'], [''], [null], [undefined]])(
    'ends a full page whose token is %j after the token "a"',
    async (next) => {
      const { page } = pageOf({ result: rows(PAGE_SIZE), next_page_token: next }, 'a')
      expect((await page).next).toBeNull()
    },
  )

  it.each([[{}], [[]], [null], ['x'], [{ result: null }], [{ result: {} }]])(
    'throws "malformed" when the answer is %j',
    async (body) => {
      expect(await rejection(pageOf(body).page)).toMatchObject({ kind: 'malformed' })
    },
  )
})
