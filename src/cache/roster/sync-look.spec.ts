import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Conference } from '~/domain/conference.ts'
import { THEN } from '~/testing/participant.fixture.ts'
import { fromMillis } from '~/domain/time.ts'
import { parseConference } from '~/wire/conferences.ts'
import { json, rejection } from '~/testing/fetch.fixture.ts'
import fixture from '~/wire/fixtures/conference.json'
import type { Row } from '~/testing/server.fixture.ts'
import { watchEach, type Watch } from '~/testing/sync.fixture.ts'

vi.mock('~/cache/queries/pace.ts', () => ({
  turn: async (signal: AbortSignal) => signal.throwIfAborted(),
}))

const MINUTE = 60_000_000
const HOUR = 60 * MINUTE

const made = watchEach()
let watch: Watch
let world: Watch['world']

beforeEach(() => {
  watch = made()
  world = watch.world
})

/** The conference of all who are in this world, as it names these now. */
function naming(rows: readonly Row[]): Conference {
  const conference = parseConference({ ...fixture, conferencecall_ids: rows.map(({ id }) => id) })
  if (!conference) throw new Error('the fixture is a conference')
  return { ...conference, id: rows[0]?.conferenceId ?? IN, updatedAt: fromMillis(Date.now()) }
}
const IN = '99accfb7-c0dd-4a54-997d-dd18af7bc280'

/** Tells what a conference names, and looks. Returns what was asked for. */
function hear(rows: readonly Row[]): Promise<readonly string[]> {
  watch.sync.suspect([naming(rows)])
  return watch.look()
}

/** Rows an hour apart, too far for one page, behind a first page of others. */
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
  it('asks for nothing while the conference names whom it should', async () => {
    const rows = lone(3)
    await watch.begin()
    expect(await hear(rows)).toEqual([])
    expect(watch.sync.suspects).toBe(0)
  })

  it('finds newcomers on the newest page, all at once', async () => {
    const rows = lone(2)
    await watch.begin()
    vi.advanceTimersByTime(10)
    const come = [world.join({ created: world.now - 2 }), world.join({ created: world.now - 1 })]
    expect(await hear([...rows, ...come])).toEqual(['head'])
    expect(watch.known(come)).toBe(2)
    expect(watch.sync.suspects).toBe(0)
  })

  it('reads by id whom the newest page does not show, and once only who is not there', async () => {
    const rows = lone(2)
    const ghost = { ...world.join({ status: 'leaved' }), id: 'ghost' }
    await watch.poll()
    expect(await hear([...rows, ghost])).toEqual(['head', rows[0]?.id, rows[1]?.id, 'ghost'])
    expect(watch.known(rows)).toBe(2)
    expect(await hear([...rows, ghost])).toEqual([])
  })

  it('reads who has joined and who has left, by one page if one page holds them', async () => {
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

  it('spends six requests at most, and goes on with the next', async () => {
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

  it('asks at once for who is stuck, though his turn in the poll is far', async () => {
    const [stuck] = lone(1, { status: 'joining' })
    await watch.begin()
    if (stuck) world.change(stuck, 'joined')
    vi.advanceTimersByTime(1)
    expect(await hear(stuck ? [stuck] : [])).toEqual([stuck?.id])
    expect(stuck && watch.statusOf(stuck)).toBe('joined')
  })

  it('doubts ever more rarely when the platform has emptied a list, until somebody has left indeed', async () => {
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

  it('leaves many who are not known to the sweep, but for those around the newest of them', async () => {
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
    // Each of three pages holds a cluster; whom to start from is asked for by id.
    expect(log.length).toBeLessThanOrEqual(7)
    expect(watch.known(rows)).toBe(90)
  })

  it('does not ask for the same page again when it does not hold who should be on it', async () => {
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

  it('goes on when a record cannot be read, and looks at it again by and by', async () => {
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

  it('fails with the reason when no caller would be answered, and goes on the next time', async () => {
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
