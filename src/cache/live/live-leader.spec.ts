import { CancelledError } from '@tanstack/react-query'
import { describe, expect, it, vi } from 'vitest'
import { participantOf, THEN } from '~/testing/participant.fixture.ts'
import { fromMillis } from '~/domain/time.ts'
import { settled } from '~/testing/channel.fixture.ts'
import { rejection } from '~/testing/fetch.fixture.ts'
import { START } from '~/testing/socket.fixture.ts'
import { keys } from '~/cache/queries/keys.ts'
import { INTERVAL, kindsOf, liveRig, overhear, statusIn } from '~/testing/live.fixture.ts'
import { statusOf } from './status.ts'

const { world, asked, answered, openTab, sockets, last, living } = liveRig()

const HEAD = '/v1.0/conferencecalls?page_size=100'

const ann = participantOf({ id: 'ann' })
const bob = participantOf({ id: 'bob', createdAt: THEN + 1 })

describe('refreshing', () => {
  it.each([
    ['leads', 0, []],
    ['follows', 1, ['refresh']],
  ])('in a tab that %s polls at once, in the tab that leads', async (_name, index, asking) => {
    const tabs = [openTab(), openTab()]
    await answered()
    asked()
    const messages = overhear()
    world.participants = [ann]
    tabs[index]?.live.refresh()
    await answered()
    expect(asked()).toEqual(['/v1.0/conferencecalls?page_size=100'])
    expect(tabs.map(({ known }) => known)).toEqual([{ ann: 'joined' }, { ann: 'joined' }])
    expect(kindsOf(messages)).toEqual([...asking, 'roster', 'status'])
  })
})

describe('leading', () => {
  it('is told from the start, and at each change', async () => {
    const [first, second] = [openTab(), openTab('hidden')]
    expect([first.changes, second.changes]).toEqual([[false], [false]])
    await settled()
    second.show('visible')
    first.show('hidden')
    await settled()
    first.show('visible')
    await settled()
    expect(first.changes).toEqual([false, true, false])
    expect(second.changes).toEqual([false, true])
  })
})

describe('when the leader goes', () => {
  const fates: readonly [string, (tab: ReturnType<typeof openTab>) => void][] = [
    ['is closed', ({ live }) => live.stop()],
    ['is hidden', (tab) => tab.show('hidden')],
  ]

  it.each(fates)('and %s, the next leader goes on with the same roster', async (_name, go) => {
    world.participants = [bob, ann]
    const [first, second, third] = [openTab(), openTab(), openTab()]
    await answered()
    expect([first, second, third].map(({ leads }) => leads)).toEqual([true, false, false])
    const { version } = second.roster
    asked()
    go(first)
    await answered()
    expect([first, second, third].map(({ leads }) => leads)).toEqual([false, true, false])
    // One poll: nothing is read that was read before.
    expect(asked()).toEqual([HEAD])
    expect(second.roster.version).toBe(version)
    world.participants = [participantOf({ ...ann, status: 'leaving', updatedAt: THEN + 9 })]
    await vi.advanceTimersByTimeAsync(INTERVAL + 10)
    const known = { ann: 'leaving', bob: 'joined' }
    expect([second.known, third.known]).toEqual([known, known])
  })

  it.each(fates)('and %s, what is shown does not become older', async (_name, go) => {
    const [first, second] = [openTab(), openTab()]
    await vi.advanceTimersByTimeAsync(2 * INTERVAL)
    const { updatedAt } = statusIn(second)
    expect(updatedAt).toBeGreaterThan(START)
    const times = [updatedAt]
    statusOf(second.client).subscribe((status) => times.push(status.updatedAt))
    go(first)
    await answered()
    expect(second.leads).toBe(true)
    expect(times.length).toBeGreaterThan(1)
    expect(Math.min(...times)).toBe(updatedAt)
  })

  it.each(fates)('and %s, no record counts as read that was not', async (_name, go) => {
    // Each of the two takes a request of its own, and a poll reads one of them.
    const gone = Array.from({ length: 250 }, (_, index) =>
      participantOf({ id: `g${index}`, status: 'leaved', createdAt: THEN + 1000 - index }),
    )
    const alone = { ...ann, createdAt: THEN - 1 }
    world.participants = [
      ...gone.slice(0, 120),
      participantOf({ ...bob, createdAt: THEN + 880.5 }),
      ...gone.slice(120),
      participantOf(alone),
    ]
    const [first, second] = [openTab(), openTab()]
    await answered()
    first.roster.apply({ facts: world.participants, spans: [{ from: 0, to: THEN + 1000 }] })
    await vi.advanceTimersByTimeAsync(4 * INTERVAL)
    const { readSince, updatedAt } = statusIn(second)
    expect(updatedAt - readSince).toBe(INTERVAL)
    await vi.advanceTimersByTimeAsync(INTERVAL / 3)
    go(first)
    await answered()
    expect(second.leads).toBe(true)
    expect(statusIn(second).updatedAt).toBeGreaterThan(updatedAt)
    expect(statusIn(second).readSince).toBe(readSince)
  })

  it.each(fates)('and %s, the requests that it waits for are aborted', async (_name, go) => {
    const first = openTab()
    await answered()
    const signals: (AbortSignal | null | undefined)[] = []
    world.instead = ({ init }) => {
      signals.push(init.signal)
      return new Promise(() => {})
    }
    first.live.refresh()
    const sweep = first.client.fetchQuery({
      queryKey: keys.sweep,
      queryFn: ({ signal }) => {
        signals.push(signal)
        return new Promise(() => {})
      },
    })
    await answered()
    expect(signals.map((signal) => signal?.aborted)).toEqual([false, false])
    go(first)
    expect(signals.map((signal) => signal?.aborted)).toEqual([true, true])
    expect(await rejection(sweep)).toBeInstanceOf(CancelledError)
  })

  it.each(fates)(
    'and %s, its socket is closed, and the next leader opens one',
    async (_name, go) => {
      const [first, second] = [openTab(), openTab()]
      await answered()
      expect(sockets).toHaveLength(1)
      last().accept()
      await answered()
      expect([first, second].map((tab) => statusIn(tab).push.kind)).toEqual(['open', 'open'])
      go(first)
      await answered()
      expect(sockets).toHaveLength(2)
      expect(living()).toBe(1)
      expect(statusIn(second).push.kind).toBe('connecting')
      last().accept()
      await answered()
      expect(statusIn(second).push.kind).toBe('open')
    },
  )
})

describe('a socket that opens', () => {
  it('makes the leader poll for what was missed', async () => {
    openTab()
    await answered()
    asked()
    last().accept()
    await answered()
    expect(asked()).toEqual([HEAD])
  })

  it('and keeps silent about what the poll finds is not relied on', async () => {
    const [leader, follower] = [openTab(), openTab()]
    await answered()
    last().accept()
    await answered()
    expect(statusIn(follower).push.kind).toBe('open')
    vi.setSystemTime(START + 60_000)
    const at = fromMillis(Date.now() - 20_000)
    world.participants = [participantOf({ status: 'leaved', updatedAt: at })]
    leader.live.refresh()
    await answered()
    expect(sockets).toHaveLength(2)
    last().accept()
    await answered()
    expect(statusIn(follower).push.kind).toBe('silent')
  })
})

describe('a tab that has stopped', () => {
  it.each([
    ['led', 0],
    ['followed', 1],
  ])('sends and applies nothing when it %s', async (_name, index) => {
    const tabs = [openTab(), openTab(), openTab()]
    await answered()
    const [stopped, other] = [tabs[index], tabs[2]]
    stopped?.live.stop()
    await answered()
    const messages = overhear()
    stopped?.roster.apply({ facts: [ann] })
    if (stopped) statusOf(stopped.client).apply({ missing: 1 })
    stopped?.callers.apply([['call', 'gone']])
    await settled()
    expect(messages).toEqual([])
    expect(other?.known).toEqual({})
    expect(other?.callers.size).toBe(0)
    expect(other && statusIn(other).missing).toBe(0)
    other?.roster.apply({ facts: [bob] })
    await settled()
    expect(kindsOf(messages)).toEqual(['roster'])
    expect(stopped?.known).toEqual({ ann: 'joined' })
    expect(stopped?.leads).toBe(false)
  })

  it('does not answer a new one', async () => {
    const tab = openTab()
    await answered()
    tab.roster.apply({ facts: [ann] })
    tab.live.stop()
    const messages = overhear()
    const other = openTab('hidden')
    await settled()
    expect(kindsOf(messages)).toEqual(['hello'])
    expect(other.known).toEqual({})
  })
})
