import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Conference } from '~/domain/conference.ts'
import { THEN } from '~/testing/participant.fixture.ts'
import { fromMillis } from '~/domain/time.ts'
import { parseConference } from '~/wire/conferences.ts'
import { json, rejection } from '~/testing/fetch.fixture.ts'
import fixture from '~/wire/fixtures/conference.json'
import type { Row } from '~/testing/server.fixture.ts'
import { watchEach, type Watch } from '~/testing/sync.fixture.ts'

const MINUTE = 60_000_000
const HOUR = 60 * MINUTE

const made = watchEach()
let watch: Watch
let world: Watch['world']

beforeEach(() => {
  watch = made()
  world = watch.world
})

/** The conference of all participants of this world; its list names these rows. */
function naming(rows: readonly Row[]): Conference {
  const conference = parseConference({ ...fixture, conferencecall_ids: rows.map(({ id }) => id) })
  if (!conference) throw new Error('the fixture is a conference')
  return { ...conference, id: rows[0]?.conferenceId ?? IN, updatedAt: fromMillis(Date.now()) }
}
const IN = '99accfb7-c0dd-4a54-997d-dd18af7bc280'

/** Applies a conference that names these rows, and looks. Returns the requests sent. */
function hear(rows: readonly Row[]): Promise<readonly string[]> {
  watch.sync.suspect([naming(rows)])
  return watch.look()
}

/** Rows an hour apart, too far for one page, behind a newest page of other rows. */
function lone(count: number, wish: Partial<Row> = {}): readonly Row[] {
  const rows = Array.from({ length: count }, (_, index) => {
    const created = THEN - (count - index) * HOUR
    const row = world.join({ created, ...wish })
    world.history(100, { until: created + 30 * MINUTE })
    return row
  })
  world.history(100)
  return rows
}

describe('a look', () => {
  it('sends no request while the conference names the expected participants', async () => {
    const rows = lone(3)
    await watch.begin()
    expect(await hear(rows)).toEqual([])
    expect(watch.sync.suspects).toBe(0)
  })

  it('finds all newcomers on the newest page', async () => {
    const rows = lone(2)
    await watch.begin()
    vi.advanceTimersByTime(10)
    const come = [world.join({ created: world.now - 2 }), world.join({ created: world.now - 1 })]
    expect(await hear([...rows, ...come])).toEqual(['head'])
    expect(watch.known(come)).toBe(2)
    expect(watch.sync.suspects).toBe(0)
  })

  it('reads a row by id when the newest page lacks it, and a missing record only once', async () => {
    const rows = lone(2)
    const ghost = { ...world.join({ status: 'leaved' }), id: 'ghost' }
    await watch.poll()
    expect(await hear([...rows, ghost])).toEqual(['head', rows[0]?.id, rows[1]?.id, 'ghost'])
    expect(watch.known(rows)).toBe(2)
    expect(await hear([...rows, ghost])).toEqual([])
  })

  it('reads joined and left rows by one page if one page holds them', async () => {
    const rows = [...lone(1), ...lone(1, { status: 'joining' })]
    const [left, joined] = rows
    world.join({ created: THEN - HOUR + 2 })
    await watch.begin()
    if (left && joined) {
      world.change(left, 'leaved')
      world.change(joined, 'joined')
    }
    vi.advanceTimersByTime(1)
    expect(await hear(rows.slice(1))).toEqual(['page'])
    expect(watch.known(rows)).toBe(2)
  })

  it('sends at most six requests, and continues with the next look', async () => {
    const rows = lone(9)
    await watch.begin()
    for (const row of rows) world.change(row, 'leaved')
    vi.advanceTimersByTime(1)
    expect(await hear([])).toHaveLength(6)
    expect(watch.known(rows)).toBe(6)
    expect(watch.sync.suspects).toBeGreaterThan(0)
    expect(await watch.look()).toHaveLength(3)
    expect(watch.known(rows)).toBe(9)
    expect(watch.sync.suspects).toBe(0)
  })

  it('requests a stuck row at once, although its turn in the poll is far', async () => {
    const [stuck] = lone(1, { status: 'joining' })
    await watch.begin()
    if (stuck) world.change(stuck, 'joined')
    vi.advanceTimersByTime(1)
    expect(await hear(stuck ? [stuck] : [])).toEqual([stuck?.id])
    expect(stuck && watch.statusOf(stuck)).toBe('joined')
  })

  it('checks more and more rarely when the platform has emptied a list, until a row really leaves', async () => {
    const rows = lone(1)
    await watch.begin()
    const times: number[] = []
    for (let second = 1; second <= 1300; second++) {
      vi.advanceTimersByTime(1000)
      if ((await hear([])).length > 0) times.push(second)
    }
    expect(times).toEqual([1, 4, 10, 22, 46, 94, 190, 382, 766])
    for (const row of rows) world.change(row, 'leaved')
    for (let second = 0; second < 300; second++) {
      vi.advanceTimersByTime(1000)
      await hear([])
    }
    expect(watch.known(rows)).toBe(1)
    expect(await hear(rows)).toEqual([])
  })

  it('leaves many unknown rows to the sweep, except those around the newest of them', async () => {
    const rows: Row[] = []
    for (const hours of [9, 7, 5]) {
      for (let one = 0; one < 30; one++) {
        rows.push(world.join({ created: THEN - hours * HOUR + one * MINUTE }))
        world.history(2, { until: THEN - hours * HOUR + one * MINUTE + MINUTE / 2 })
      }
    }
    world.history(100)
    await watch.poll()
    const log = await hear(rows)
    // Each of three pages holds a cluster; the row to start from is read by id.
    expect(log.length).toBeLessThanOrEqual(7)
    expect(watch.known(rows)).toBe(90)
  })

  it('does not request the same page again when it lacks an expected row', async () => {
    const rows = [world.join({ created: THEN - HOUR }), world.join({ created: THEN - HOUR + 1 })]
    world.history(100)
    await watch.begin()
    for (const row of rows) {
      world.unlist(row)
      world.change(row, 'leaved')
    }
    vi.advanceTimersByTime(1)
    expect(await hear([])).toEqual(['page', rows[1]?.id, rows[0]?.id])
    expect(watch.known(rows)).toBe(2)
  })

  it('continues when a record cannot be read, and retries it later', async () => {
    const rows = lone(3)
    await watch.begin()
    for (const row of rows) world.change(row, 'leaved')
    vi.advanceTimersByTime(1)
    let fails = 1
    watch.instead = () => (fails-- > 0 ? json({}, { status: 503 }) : null)
    expect(await hear([])).toHaveLength(3)
    expect(watch.known(rows)).toBe(2)
    expect(watch.sync.suspects).toBe(1)
    expect(await watch.look()).toEqual([])
    vi.advanceTimersByTime(1250)
    expect(await watch.look()).toHaveLength(1)
    expect(watch.known(rows)).toBe(3)
  })

  it('fails with the reason when no request would be answered, and continues at the next look', async () => {
    const rows = lone(3)
    await watch.begin()
    for (const row of rows) world.change(row, 'leaved')
    vi.advanceTimersByTime(1)
    let fails = 1
    watch.instead = () => (fails-- > 0 ? json({}, { status: 429 }) : null)
    expect(await rejection(hear([]))).toMatchObject({ status: 429 })
    expect(watch.log).toHaveLength(1)
    expect(await watch.look()).toHaveLength(3)
    expect(watch.known(rows)).toBe(3)
  })
})
