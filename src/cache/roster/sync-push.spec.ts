import { beforeEach, describe, expect, it, vi } from 'vitest'
import { THEN } from '~/testing/participant.fixture.ts'
import type { Row } from '~/testing/server.fixture.ts'
import { watchEach, type Watch } from '~/testing/sync.fixture.ts'

const SECOND = 1_000_000
const HOUR = 3600 * SECOND

const made = watchEach()
let watch: Watch
let world: Watch['world']

beforeEach(() => {
  watch = made()
  world = watch.world
})

/** A row in transit, behind a newest page of other rows. */
function moving(status: Row['status']): Row {
  const row = world.join({ created: THEN - 20 * SECOND, status })
  world.history(100, { step: SECOND / 10 })
  return row
}

describe('while push is relied on', () => {
  it('reads the newest page at each poll, and staying rows at every fifth', async () => {
    watch.sync.relyOnPush(true)
    world.join({ created: THEN - HOUR })
    world.history(100)
    await watch.begin()
    const logs: (readonly string[])[] = []
    for (let polls = 0; polls < 10; polls++) logs.push(await watch.poll())
    expect(logs.every(([first]) => first === 'head')).toBe(true)
    expect(logs.filter((log) => log.length === 2)).toHaveLength(2)
    expect(logs.flat()).toHaveLength(12)
  })

  it.each(['joining', 'leaving'] as const)(
    'reads a row that is %s at each poll, because no conference event tells of it',
    async (status) => {
      moving(status)
      watch.sync.relyOnPush(true)
      await watch.begin()
      vi.advanceTimersByTime(1000)
      for (let polls = 0; polls < 5; polls++) expect(await watch.poll()).toHaveLength(2)
    },
  )

  it('finds within an interval that a participant left in the pre-flow, whenever the server reports it', async () => {
    const row = moving('joining')
    watch.sync.relyOnPush(true)
    await watch.begin()
    // Three checks, 5 s apart, and the next gives up (voipbin-api.md 4.4).
    for (let polls = 0; polls < 6; polls++) await watch.poll()
    world.change(row, 'leaving')
    await watch.poll()
    expect(watch.statusOf(row)).toBe('leaving')
  })

  it('reads all rows when an operator refreshes and when push opens', async () => {
    world.join({ created: THEN - HOUR })
    world.history(100)
    watch.sync.relyOnPush(true)
    await watch.begin()
    expect(await watch.poll()).toEqual(['head'])
    watch.sync.readAllNext()
    expect(await watch.poll()).toHaveLength(2)
    watch.sync.relyOnPush(false)
    expect(await watch.poll()).toHaveLength(2)
    watch.sync.relyOnPush(true)
    expect(await watch.poll()).toHaveLength(2)
  })
})
