import { describe, expect, test } from 'vitest'
import { dig, freshTenant, rows, startRig, text } from '../testing/spec-support.ts'

/** A customer with 150 conferences, and the answers of its list. */
async function tenantWithPages() {
  const rig = await startRig()
  const tenant = await freshTenant(rig, { limits: false, conferences: 150 })
  const { id, token } = tenant
  return {
    fault: (fields: Record<string, string | number>) =>
      rig.control(`/tenants/${id}/faults`, { path: '/v1.0/conferences', count: -1, ...fields }),
    page: async (pageToken = '') => {
      const query = pageToken && `?page_token=${encodeURIComponent(pageToken)}`
      const answer = await rig.ask(`/v1.0/conferences${query}`, { token })
      return {
        ids: rows(answer).map((row) => dig(row, 'id')),
        next: text(answer.body, 'next_page_token'),
      }
    },
  }
}

/** The tokens of a walk that follows every `next_page_token`. */
async function walk(page: (token: string) => Promise<{ next: string }>, length: number) {
  const tokens: string[] = []
  for (let token = ''; tokens.length < length; tokens.push(token))
    ({ next: token } = await page(token))
  return tokens
}

describe('faults of paging', () => {
  test('an alternating token sends a walk back and forth for ever, with the right rows', async () => {
    const { fault, page } = await tenantWithPages()
    const right = await page()
    await fault({ kind: 'token', mode: 'alternate' })
    expect((await page()).ids).toEqual(right.ids)
    const [a, b, ...rest] = await walk(page, 6)
    expect(a).not.toBe(b)
    expect(rest).toEqual([a, b, a, b])
  })

  test('random tokens go back and forth without any order', async () => {
    const { fault, page } = await tenantWithPages()
    await fault({ kind: 'token', mode: 'random' })
    const tokens = await walk(page, 12)
    expect(new Set(tokens).size).toBeGreaterThan(6)
    expect(tokens).not.toEqual(tokens.toSorted())
    expect(tokens).not.toEqual(tokens.toSorted().toReversed())
  })

  test('an older token goes back a day each time, past the last row', async () => {
    const { fault, page } = await tenantWithPages()
    await fault({ kind: 'token', mode: 'older' })
    const times = (await walk(page, 5)).map((token) => Date.parse(token))
    expect(times.slice(1).map((at, index) => (times[index] ?? 0) - at)).toEqual(
      Array<number>(4).fill(86_400_000),
    )
  })

  test('same-page answers with the newest page, whatever page was asked for', async () => {
    const { fault, page } = await tenantWithPages()
    const newest = await page()
    expect((await page(newest.next)).ids).not.toEqual(newest.ids)
    await fault({ kind: 'same-page' })
    expect((await page(newest.next)).ids).toEqual(newest.ids)
  })
})
