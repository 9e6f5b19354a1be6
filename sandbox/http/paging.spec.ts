import { array, assert, asyncProperty, constantFrom, integer } from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  dig,
  freshTenant,
  rows,
  startRig,
  text,
  verdict,
  type Rig,
} from '../testing/spec-support.ts'

/** Walks a list to its end as a client must: a short or empty page ends it (3). */
async function walk(rig: Rig, token: string, size: number) {
  const ids: string[] = []
  const boundaries: string[] = []
  let cursor = ''
  for (;;) {
    const query = `?page_size=${size}${cursor === '' ? '' : `&page_token=${encodeURIComponent(cursor)}`}`
    const page = await rig.ask(`/v1.0/conferencecalls${query}`, { token })
    const found = rows(page)
    ids.push(...found.map((row) => text(row, 'id')))
    if (found.length === 0) return { ids, boundaries }
    boundaries.push(text(found.at(-1), 'tm_create'))
    cursor = text(page.body, 'next_page_token')
    if (found.length < size) return { ids, boundaries }
  }
}

describe('pages of conferencecalls (voipbin-api.md 3)', () => {
  test('a walk yields every row once, except those tied with a page boundary', async () => {
    const rig = await startRig()
    const gaps = array(constantFrom(0, 1, 1000, 300_000), { minLength: 1, maxLength: 60 })
    await assert(
      asyncProperty(gaps, integer({ min: 1, max: 100 }), async (waits, size) => {
        const tenant = await freshTenant(rig)
        const conference = text(tenant.body, 'conferences', 0, 'id')
        const created = new Map<string, string>()
        for (const wait of waits) {
          rig.advance(wait)
          const id = text(await tenant.act('dial-in', { conference, hold: true }), 'participant')
          const row = await rig.ask(`/v1.0/conferencecalls/${id}`, { token: tenant.token })
          created.set(id, text(row.body, 'tm_create'))
        }
        rig.advance(1)
        const { ids, boundaries } = await walk(rig, tenant.token, size)
        expect(new Set(ids).size).toBe(ids.length)
        const times = ids.map((id) => created.get(id) ?? '')
        const ordered = times.map((time) => time.replace('Z', '').padEnd(26, '0'))
        expect(ordered).toEqual(ordered.toSorted().toReversed())
        const missing = [...created].filter(([id]) => !ids.includes(id)).map(([, time]) => time)
        expect(boundaries).toEqual(expect.arrayContaining(missing))
        const ties = waits.slice(1).filter((wait) => wait === 0).length
        expect(missing.length).toBeLessThanOrEqual(ties)
        await rig.control(`/tenants/${tenant.id}`, undefined, 'DELETE')
      }),
      { numRuns: 25 },
    )
  })

  test('a row tied with the boundary is skipped: the cursor is strict', async () => {
    const rig = await startRig()
    const { token, act, body } = await freshTenant(rig)
    const conference = text(body, 'conferences', 0, 'id')
    for (let n = 0; n < 3; n++) await act('dial-in', { conference, hold: true })
    rig.advance(1)
    expect((await walk(rig, token, 2)).ids.length).toBe(2)
    expect((await walk(rig, token, 3)).ids.length).toBe(3)
  })

  test('a row created at this instant misses the first page: the default token is now', async () => {
    const rig = await startRig()
    const { token, act, body } = await freshTenant(rig)
    await act('dial-in', { conference: text(body, 'conferences', 0, 'id'), hold: true })
    expect(rows(await rig.ask('/v1.0/conferencecalls', { token })).length).toBe(0)
    rig.advance(1)
    expect(rows(await rig.ask('/v1.0/conferencecalls', { token })).length).toBe(1)
  })

  test('a page has 100 rows at most, whatever size is asked; a size that is no integer is refused', async () => {
    const rig = await startRig()
    const { token } = await freshTenant(rig, { limits: false, history: 150 })
    const count = async (size: string) =>
      rows(await rig.ask(`/v1.0/conferencecalls${size}`, { token })).length
    expect(await count('')).toBe(100)
    expect(await count('?page_size=7')).toBe(7)
    for (const size of ['0', '-5', '101', '100000'])
      expect(await count(`?page_size=${size}`)).toBe(100)
    for (const size of ['', 'x', '1.5', '1e2']) {
      const answer = await rig.ask(`/v1.0/conferencecalls?page_size=${size}`, { token })
      expect(verdict(answer)).toEqual([400, 'INVALID_REQUEST_PARAMETER'])
    }
  })

  test('the last page has a token too, and only an empty page has none', async () => {
    const rig = await startRig()
    const { token } = await freshTenant(rig, { limits: false, history: 5 })
    const page = await rig.ask('/v1.0/conferencecalls?page_size=5', { token })
    const next = text(page.body, 'next_page_token')
    expect(next).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/)
    const after = await rig.ask(`/v1.0/conferencecalls?page_token=${encodeURIComponent(next)}`, {
      token,
    })
    expect(after.text).toBe('{"result":[],"next_page_token":""}')
    // The seed page's format is understood as well, garbage is not.
    const seed = encodeURIComponent(next.replace('T', ' ').replace('Z', ''))
    expect((await rig.ask(`/v1.0/conferencecalls?page_token=${seed}`, { token })).text).toBe(
      after.text,
    )
    expect(verdict(await rig.ask('/v1.0/conferencecalls?page_token=soon', { token }))).toEqual([
      500,
      'INTERNAL',
    ])
  })

  test('other query parameters are ignored', async () => {
    const rig = await startRig()
    const { token } = await freshTenant(rig, { limits: false, live: 5, history: 5 })
    const plain = await rig.ask('/v1.0/conferencecalls', { token })
    const filtered = await rig.ask('/v1.0/conferencecalls?status=joined&conference_id=x&page=2', {
      token,
    })
    expect(filtered.text).toBe(plain.text)
    expect(dig(plain.body, 'result', 9)).toBeDefined()
  })

  test("the customer's history reaches back further than a day, and is all leaved", async () => {
    const rig = await startRig()
    const { token } = await freshTenant(rig, { limits: false, history: 300 })
    const { ids } = await walk(rig, token, 100)
    expect(ids.length).toBe(300)
    const { boundaries } = await walk(rig, token, 1)
    const old = boundaries.filter((time) => time < '2026-01-14T09:30:00')
    expect(old.length).toBe(9)
  })
})
