import { beforeEach, describe, expect, it, vi } from 'vitest'
import { THEN } from '~/testing/participant.fixture.ts'
import { toMillis } from '~/domain/time.ts'
import { json, rejection } from '~/testing/fetch.fixture.ts'
import { asked, type Row } from '~/testing/server.fixture.ts'
import { INTERVAL, Watch, watchEach } from '~/testing/sync.fixture.ts'
import { Sync } from './sync.ts'

const SECOND = 1_000_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

const made = watchEach()
let watch: Watch
let world: Watch['world']

beforeEach(() => {
  watch = made()
  world = watch.world
})

const failure =
  (status: number, reason = 'INTERNAL') =>
  () =>
    json({ error: { reason } }, { status })

/** Two rows that can change, so far apart that each takes its own request, and a stuck row. */
async function beginWithTwo(): Promise<readonly Row[]> {
  const old = world.join({ created: THEN - 5 * HOUR })
  world.history(150, { until: THEN - 4 * HOUR })
  const young = world.join({ created: THEN - 3 * HOUR })
  world.join({ status: 'leaving', created: THEN - 3 * HOUR + 1 })
  world.history(150)
  await watch.begin()
  return [old, young]
}

describe('a poll', () => {
  it('applies the newest page at once, and tells when it was read', async () => {
    const rows = world.history(150)
    expect(await watch.sync.tick(new AbortController().signal)).toBe(toMillis(THEN))
    expect(watch.log).toEqual(['head'])
    expect(watch.known(rows.slice(-100))).toBe(100)
    expect(watch.known(rows)).toBe(100)
  })

  it('reads a row that can change again, however slow the server is', async () => {
    const rows = await beginWithTwo()
    watch.instead = () => {
      vi.advanceTimersByTime(3 * INTERVAL)
      return null
    }
    const polls = [await watch.poll(), await watch.poll()]
    const ids = polls.map(([, record]) => record)
    expect(new Set(ids)).toEqual(new Set(rows.map(({ id }) => id)))
  })

  it('returns since when all rows that can change are read, except stuck ones', async () => {
    await beginWithTwo()
    const tick = () => watch.sync.tick(new AbortController().signal)
    await watch.poll(HOUR / 1000)
    for (let poll = 0; poll < 3; poll++) {
      // Each poll reads one of the two.
      const before = Date.now()
      vi.advanceTimersByTime(INTERVAL)
      expect(await tick()).toBe(before)
    }
  })

  it('uses the times of other tabs for rows that this tab has not read', async () => {
    await beginWithTwo()
    const tick = () => watch.sync.tick(new AbortController().signal)
    watch.sync = new Sync(watch.client, INTERVAL)
    const [now, anHourAgo] = [Date.now(), Date.now() - HOUR / 1000]
    watch.sync.schedule.markReadElsewhere(now)
    watch.sync.schedule.lowerReadElsewhere(anHourAgo)
    watch.sync.schedule.lowerReadElsewhere(now)
    vi.advanceTimersByTime(INTERVAL)
    expect(await tick()).toBe(anHourAgo)
    vi.advanceTimersByTime(INTERVAL)
    expect(await tick()).toBe(now + INTERVAL)
  })

  it('counts neither a failure as an answer, nor the sleep of this computer as no time', async () => {
    const rows = await beginWithTwo()
    const tick = () => watch.sync.tick(new AbortController().signal)
    watch.instead = (sent) => (asked(sent) === 'head' ? null : failure(503)())
    const read = Date.now()
    for (const _ of rows) {
      vi.advanceTimersByTime(INTERVAL)
      expect(await tick()).toBeLessThanOrEqual(read)
    }
    watch.instead = () => null
    // Timers and performance.now() stop while the computer sleeps.
    vi.setSystemTime(Date.now() + HOUR / 1000)
    expect(await tick()).toBeLessThanOrEqual(read)
  })

  it('costs one request while no row can change, and causes no render', async () => {
    world.history(300)
    await watch.begin()
    const { version } = watch.roster
    expect(await watch.poll()).toEqual(['head'])
    expect(watch.roster.version).toBe(version)
  })

  it('reads on until it reaches known rows, up to a limit: the sweep reads the rest', async () => {
    const old = world.history(150, { until: THEN - HOUR })
    await watch.begin()
    const some = world.history(180)
    expect(await watch.poll()).toEqual(['head', 'page'])
    expect(watch.known([...old, ...some])).toBe(330)
    vi.advanceTimersByTime(1000 * 1000)
    const many = world.history(950)
    expect(await watch.poll()).toEqual(['head', 'page', 'page'])
    expect(watch.known(many)).toBe(300 - 2)
    // No page is read twice, except where they meet.
    expect(await watch.sweep()).toHaveLength(7)
    expect(watch.known([...old, ...some, ...many])).toBe(330 + 950)
  })

  it('notices that a row on a far page has left, and never requests it again', async () => {
    const lone = world.join({ created: THEN - 5 * HOUR })
    world.history(300)
    await watch.begin()
    expect(await watch.poll()).toEqual(['head', lone.id])
    world.change(lone, 'leaved')
    await watch.poll()
    expect(watch.statusOf(lone)).toBe('leaved')
    expect(await watch.poll()).toEqual(['head'])
  })

  it.each([10, 60, 500])(
    'costs at most 1 + ceil(L/50) for %i live rows, whatever the history',
    { timeout: 60_000 },
    async (live) => {
      const costs: Array<readonly string[]> = []
      const rows: Row[] = []
      for (const history of [1000, 20_000]) {
        watch = new Watch()
        world = watch.world
        world.history(history, { step: 2 * SECOND, until: THEN - 10 * HOUR })
        rows.length = 0
        for (let one = 0; one < live; one++) {
          rows.push(world.join({ created: THEN - 9 * HOUR + one * MINUTE }))
          world.history(3, { until: THEN - 9 * HOUR + one * MINUTE + 30 * SECOND })
        }
        world.history(120, { step: 1000 })
        await watch.begin()
        for (let poll = 0; poll < 10; poll++) costs.push(await watch.poll())
      }
      expect(costs.slice(10)).toEqual(costs.slice(0, 10))
      const most = Math.max(...costs.map(({ length }) => length))
      expect(most).toBeLessThanOrEqual(1 + Math.ceil(live / 50))
      // That is enough to read all of them within five polls, although fewer remain each time.
      for (const row of rows) world.change(row, 'leaved')
      for (let poll = 0; poll < 5; poll++) await watch.poll()
      expect(watch.known(rows)).toBe(live)
    },
  )

  it.each([400, 404])(
    'requests a record that no longer exists more and more rarely: %i',
    async (status) => {
      const lone = world.join({ created: THEN - 5 * HOUR })
      world.history(100)
      await watch.begin()
      watch.instead = (sent) =>
        asked(sent) === lone.id ? failure(status, 'INVALID_ARGUMENT')() : null
      const minutes: number[] = []
      for (let minute = 1; minute <= 240; minute++) {
        if ((await watch.poll(60_000)).length > 1) minutes.push(minute)
      }
      const pauses = minutes.slice(1).map((minute, index) => minute - (minutes[index] ?? 0))
      expect(pauses.slice(0, 2)).toEqual([1, 1])
      expect(pauses.length).toBeLessThanOrEqual(14)
      expect(pauses.at(-1)).toBeGreaterThan(20)
      // Absence is not a record: the last status stays until the record is there again.
      expect(watch.statusOf(lone)).toBe('joined')
      watch.instead = () => null
      for (let poll = 0; poll < 70; poll++) await watch.poll(60_000)
      world.change(lone, 'leaved')
      await watch.poll()
      expect(watch.statusOf(lone)).toBe('leaved')
    },
  )

  it('does not request a denied record at once when this tab leads again', async () => {
    const lone = world.join({ created: THEN - 5 * HOUR })
    world.history(100)
    await watch.begin()
    watch.instead = (sent) => (asked(sent) === lone.id ? failure(404, 'NOT_FOUND')() : null)
    expect(await watch.poll(60_000)).toEqual(['head', lone.id])
    watch.sync.stop()
    watch.sync = new Sync(watch.client, INTERVAL)
    // Past half an interval, when any other row would be due, and before the pause after a denial is over.
    expect(await watch.poll(2000)).toEqual(['head'])
    expect(await watch.poll(60_000)).toEqual(['head', lone.id])
  })

  it('hears nothing of the roster once it is stopped', async () => {
    const lone = world.join({ created: THEN - 5 * HOUR })
    world.history(100)
    await watch.begin()
    const stopped = watch.sync
    stopped.stop()
    watch.sync = new Sync(watch.client, INTERVAL)
    world.change(lone, 'leaved')
    await watch.poll()
    expect(watch.statusOf(lone)).toBe('leaved')
    // The one that is stopped still takes it for live.
    watch.sync = stopped
    expect(await watch.poll()).toEqual(['head', lone.id])
  })

  it('requests a stuck row more and more rarely', async () => {
    const stuck = world.join({ status: 'leaving', created: THEN - 10 * MINUTE })
    world.history(100)
    await watch.begin()
    const asks: number[] = []
    for (const polls of [60, 60, 60]) {
      let count = 0
      for (let poll = 0; poll < polls; poll++) count += (await watch.poll(60_000)).length - 1
      asks.push(count)
    }
    expect(asks).toEqual([7, 3, 2])
    expect(watch.statusOf(stuck)).toBe('leaving')
  })

  it('reads a row by its record from the next poll on when the page that should hold it lacks it', async () => {
    const older = world.join({ created: THEN - 5 * HOUR })
    const newer = world.join({ created: THEN - 5 * HOUR + 1 })
    world.history(100)
    await watch.begin()
    expect(await watch.poll()).toEqual(['head', 'page'])
    // Deleted, so the list lacks the row, but its record exists.
    world.unlist(older)
    world.change(older, 'leaved')
    expect(await watch.poll()).toEqual(['head', 'page'])
    expect(watch.statusOf(older)).toBe('joined')
    expect(await watch.poll()).toEqual(['head', older.id])
    expect(watch.statusOf(older)).toBe('leaved')
    expect(await watch.poll()).toEqual(['head', newer.id])
  })

  it('relies on a page again once the row is listed again', async () => {
    const rows = [1, 2, 3].map((at) => world.join({ created: THEN - 5 * HOUR + at }))
    const [odd] = rows
    world.history(100)
    await watch.begin()
    if (odd) world.unlist(odd)
    expect(await watch.poll()).toEqual(['head', 'page'])
    expect(await watch.poll()).toEqual(['head', odd?.id])
    if (odd) world.relist(odd)
    expect(await watch.poll()).toEqual(['head', 'page'])
    // One of the other rows leaves, so a page for two is planned only if both are on it.
    if (rows[2]) world.change(rows[2], 'leaved')
    for (let poll = 0; poll < 3; poll++) expect(await watch.poll()).toEqual(['head', 'page'])
  })

  it('reads the other rows when a record cannot be read, and retries that one later', async () => {
    const lone = [5, 4, 3].map((hours) => {
      world.history(100, { until: THEN - hours * HOUR })
      return world.join({ created: THEN - hours * HOUR + 1 })
    })
    world.history(100)
    await watch.begin()
    const bad = lone[1]
    watch.instead = (sent) => (asked(sent) === bad?.id ? failure(500)() : null)
    for (const one of lone) world.change(one, 'leaved')
    for (let poll = 0; poll < 3; poll++) await watch.poll()
    expect(lone.map(watch.statusOf)).toEqual(['leaved', 'joined', 'leaved'])
    watch.instead = () => null
    for (let poll = 0; poll < 3; poll++) await watch.poll()
    expect(watch.known(lone)).toBe(3)
  })

  it('retries an unreadable record by the retry schedule, and polls on meanwhile', async () => {
    const bad = world.join({ created: THEN - 5 * HOUR })
    world.history(100)
    await watch.begin()
    watch.instead = (sent) => (asked(sent) === bad.id ? failure(500)() : null)
    const requests: string[] = []
    for (let poll = 0; poll < 100; poll++) requests.push(...(await watch.poll()))
    expect(requests.filter((one) => one === 'head')).toHaveLength(100)
    // 1, 2, 4, 8, 16 and then every 30 s, in 300 s.
    expect(requests.length - 100).toBeLessThanOrEqual(17)
    expect(requests.length - 100).toBeGreaterThanOrEqual(10)
  })

  it('fails when none of several records can be read, because the server has failed', async () => {
    // So many rows, each alone on its page, that a poll reads two by id.
    for (let one = 0; one < 60; one++) {
      world.join({ created: THEN - (61 - one) * 10 * MINUTE })
      world.history(100, { step: SECOND, until: THEN - (61 - one) * 10 * MINUTE + 5 * MINUTE })
    }
    await watch.begin()
    expect(await watch.poll()).toEqual([
      'head',
      expect.stringMatching(/^p/),
      expect.stringMatching(/^p/),
    ])
    watch.instead = (sent) => (asked(sent) === 'head' ? null : failure(500)())
    expect(await rejection(watch.poll())).toMatchObject({ status: 500 })
  })

  it('applies the newest page even if the re-reads fail, and fails with the reason', async () => {
    world.join({ created: THEN - 5 * HOUR })
    world.history(100)
    await watch.begin()
    const news = world.join()
    watch.instead = (sent) => (asked(sent) === 'head' ? null : failure(401)())
    expect(await rejection(watch.poll())).toMatchObject({ status: 401 })
    expect(watch.statusOf(news)).toBe('joined')
  })

  it('continues where another tab has stopped', async () => {
    const rows = world.history(350)
    await watch.poll()
    watch.once('page', failure(503))
    await rejection(watch.sweep())
    watch.sync = new Sync(watch.client, INTERVAL)
    expect(await watch.sweep()).toHaveLength(3)
    expect(watch.known(rows)).toBe(350)
  })
})
