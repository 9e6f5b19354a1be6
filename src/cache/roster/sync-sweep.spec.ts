import { beforeEach, describe, expect, it, vi } from 'vitest'
import { THEN } from '~/testing/participant.fixture.ts'
import { toWireTime } from '~/domain/time.ts'
import { json, rejection, type Sent } from '~/testing/fetch.fixture.ts'
import { isRecord } from '~/wire/record.ts'
import { horizonAt, rosterOf } from './store.ts'
import { asked } from '~/testing/server.fixture.ts'
import { watchEach, type Watch } from '~/testing/sync.fixture.ts'

const MINUTE = 60_000_000

const made = watchEach()
let watch: Watch
let world: Watch['world']

beforeEach(() => {
  watch = made()
  world = watch.world
})

const failure = () => json({}, { status: 503 })

/** Answers with the world's own pages, altered by `odd`; records are unchanged. */
function spoil(odd: Odd): void {
  watch.instead = (sent) =>
    asked(sent) === 'head' || asked(sent) === 'page'
      ? json(odd(world.page(tokenOf(sent.url)).result, sent))
      : null
}

const tokenOf = (url: URL): string | null => url.searchParams.get('page_token')

describe('the sweep', () => {
  it('reads the whole list, each page once', async () => {
    const rows = world.history(950)
    expect(await watch.poll()).toEqual(['head'])
    expect(await watch.sweep()).toHaveLength(9)
    expect(watch.known(rows)).toBe(950)
    expect(await watch.sweep()).toEqual([])
  })

  it('ends at the horizon, however long the history is', async () => {
    const rows = world.history(1000, { step: 10 * MINUTE, until: THEN - MINUTE })
    await watch.poll()
    // 100 rows are 1000 minutes, and a day and a minute are 1441.
    expect(await watch.sweep()).toEqual(['page'])
    expect(watch.known(rows)).toBe(199)
    const recent = rows.filter(({ created }) => created >= horizonAt(Date.now()))
    expect(watch.known(recent)).toBe(recent.length)
  })

  it('continues where a failure or an operator stopped it', async () => {
    const rows = world.history(950)
    await watch.poll()
    let pages = 0
    watch.instead = (sent) => (asked(sent) === 'page' && ++pages === 4 ? failure() : null)
    expect(await rejection(watch.sweep())).toMatchObject({ status: 503 })
    expect(watch.known(rows)).toBe(100 + 3 * 99)
    watch.instead = () => {
      pages += 1
      if (pages === 8) rosterOf(watch.client).apply({ isPaused: true })
      return null
    }
    expect(await watch.sweep()).toHaveLength(4)
    expect(await watch.sweep()).toEqual([])
    rosterOf(watch.client).apply({ isPaused: false })
    expect(await watch.sweep()).toHaveLength(2)
    expect(watch.known(rows)).toBe(950)
    expect(pages).toBe(10)
  })

  it('is not disturbed by rows that arrive meanwhile, however many', async () => {
    const rows = [...world.history(550)]
    await watch.poll()
    watch.instead = () => {
      vi.advanceTimersByTime(1000)
      rows.push(...world.history(40, { step: 10 }))
      return null
    }
    await watch.sweep()
    expect(watch.known(rows.slice(0, 550))).toBe(550)
    watch.instead = () => null
    await watch.poll()
    await watch.sweep()
    expect(watch.known(rows)).toBe(rows.length)
  })

  it('reads only what arrived while no tab listened', async () => {
    const old = world.history(350)
    await watch.begin()
    vi.advanceTimersByTime(3_600_000)
    const many = world.history(1000)
    expect(await watch.poll()).toEqual(['head', 'page', 'page'])
    expect(await watch.sweep()).toHaveLength(8)
    expect(watch.known([...old, ...many])).toBe(1350)
  })
})

/** Alters a page of a hundred rows. */
type Odd = (rows: readonly unknown[], sent: Sent) => object

const lastOf = (rows: readonly unknown[]): unknown => rows.map(timeOf).at(-1)
const timeOf = (row: unknown): unknown => isRecord(row) && row['tm_create']

const withToken = (rows: readonly unknown[], next_page_token = lastOf(rows)) => ({
  result: rows,
  next_page_token,
})

/** The rows of a page with another time: one of them, or all. */
const retimed = (rows: readonly unknown[], which: number | null, tm_create: string) =>
  rows.map((row, index) =>
    isRecord(row) && (which ?? index) === index ? { ...row, tm_create } : row,
  )

describe('a list that is malformed', () => {
  it.each<[string, Odd]>([
    ['rows twice', (rows) => withToken([...rows, ...rows.slice(0, 30)], lastOf(rows))],
    ['rows backwards', (rows) => withToken(rows.toReversed(), lastOf(rows))],
    ['rows backwards, and the token with them', (rows) => withToken(rows.toReversed())],
    ['no token', (rows) => ({ result: rows })],
    ['always the same token', (rows) => withToken(rows, toWireTime(THEN - MINUTE))],
    ['the token it was asked with', (rows, { url }) => withToken(rows, tokenOf(url))],
    ['a token that is none', (rows) => withToken(rows, 'soon')],
    ['a wrong time', (rows) => withToken(retimed(rows, 50, '2020-01-15T00:00:00Z'), lastOf(rows))],
    ['no times', (rows) => withToken(retimed(rows, null, 'soon'), lastOf(rows))],
  ])('is read to its end with %s', async (_name, odd) => {
    const rows = world.history(950)
    // A gone row from long ago is forgotten, and so is one that only seems so.
    for (const row of rows) row.status = 'joined'
    spoil(odd)
    await watch.poll()
    const pages = await watch.sweep()
    expect(pages.length).toBeLessThanOrEqual(20)
    expect(rows.filter(({ id }) => watch.roster.get(id))).toHaveLength(950)
    expect(watch.roster.size).toBeLessThanOrEqual(951)
    expect(await watch.sweep()).toEqual([])
  })

  it('fails when the server ignores every token', async () => {
    const rows = world.history(950)
    spoil(() => world.page(null))
    expect(await watch.poll()).toEqual(['head'])
    expect(await rejection(watch.sweep())).toMatchObject({ kind: 'malformed' })
    expect(watch.log.length).toBeLessThanOrEqual(2)
    expect(watch.known(rows)).toBe(100)
    watch.instead = () => null
    await watch.sweep()
    expect(watch.known(rows)).toBe(950)
  })

  it('fails when its last page repeats without end', async () => {
    const rows = world.history(350)
    const end = world.page(toWireTime((rows[99]?.created ?? 0) + 1))
    spoil((page) => (page.length < 100 ? end : withToken(page)))
    await watch.poll()
    expect(await rejection(watch.sweep())).toMatchObject({ kind: 'malformed' })
    expect(watch.log.length).toBeLessThanOrEqual(6)
    expect(watch.known(rows)).toBe(350)
  })

  it('keeps bad rows: those of the first page while they are there, others for good', async () => {
    const rows = world.history(150)
    const bad = new Set([rows[149]?.id, rows[3]?.id])
    spoil((page) =>
      withToken(
        page.map((row) =>
          isRecord(row) && bad.has(String(row['id'])) ? { broken: row['id'] } : row,
        ),
        lastOf(page),
      ),
    )
    await watch.begin()
    const broken = () =>
      watch.roster.extent.unreadable.map(({ raw }) => isRecord(raw) && raw['broken'])
    expect(broken()).toEqual([rows[149]?.id, rows[3]?.id])
    expect(watch.known(rows)).toBe(148)
    bad.clear()
    await watch.poll()
    expect(broken()).toEqual([rows[3]?.id])
    expect(watch.known(rows)).toBe(149)
  })
})
