import { CancelledError } from '@tanstack/react-query'
import { describe, expect, it, vi } from 'vitest'
import { participantOf, THEN } from '~/testing/participant.fixture.ts'
import { fromMillis } from '~/domain/time.ts'
import { openChannel } from '~/util/channel.ts'
import { settled } from '~/testing/channel.fixture.ts'
import { rejection } from '~/testing/fetch.fixture.ts'
import { START } from '~/testing/socket.fixture.ts'
import { keys } from '~/cache/queries/keys.ts'
import { INTERVAL, kindsOf, liveRig, overhear, pulseOf } from '~/testing/live.fixture.ts'
import { NO_PULSE } from './pulse.ts'
import { rosterOf } from '~/cache/roster/store.ts'

vi.mock('~/cache/queries/pace.ts', async (original) => ({
  ...(await original()),
  turn: async (signal: AbortSignal) => signal.throwIfAborted(),
}))

const { world, asked, answered, openTab, sockets, last, living } = liveRig()

const HEAD = '/v1.0/conferencecalls?page_size=100'

const ann = participantOf({ id: 'ann' })
const bob = participantOf({ id: 'bob', createdAt: THEN + 1 })

describe('the pulse', () => {
  it('goes from the leader to all that follow', async () => {
    const [leader, ...followers] = [openTab(), openTab(), openTab()]
    await answered()
    const at = pulseOf(leader)
    expect(at).toMatchObject({ failure: null, failures: 0 })
    expect(at.updatedAt).toBeGreaterThan(0)
    expect(followers.map(pulseOf)).toEqual([at, at])
    await vi.advanceTimersByTimeAsync(INTERVAL + 10)
    expect(pulseOf(leader).updatedAt).toBeGreaterThan(at.updatedAt)
    expect(followers.map(pulseOf)).toEqual([pulseOf(leader), pulseOf(leader)])
  })

  it('tells of failures, and of their end', async () => {
    const [leader, follower] = [openTab(), openTab()]
    await answered()
    world.instead = () => new Response('', { status: 503 })
    leader.live.refresh()
    await answered()
    expect(pulseOf(follower)).toMatchObject({
      failure: { kind: 'refused', status: 503 },
      failures: 1,
    })
    expect(pulseOf(follower)).toEqual(pulseOf(leader))
    world.instead = null
    await vi.advanceTimersByTimeAsync(2000)
    expect(pulseOf(follower)).toMatchObject({ failure: null, failures: 0 })
  })

  it('is not taken by the leader from anybody', async () => {
    const [leader, follower] = [openTab(), openTab()]
    await answered()
    const before = pulseOf(leader)
    const pulse = { ...NO_PULSE, failures: 7 }
    openChannel('rollcall.live.here', () => {})?.send({ kind: 'pulse', pulse })
    await settled()
    expect(pulseOf(follower)).toEqual(pulse)
    expect(pulseOf(leader)).toBe(before)
  })

  it('is not told by who follows', async () => {
    const [leader, follower] = [openTab(), openTab()]
    await answered()
    const [before, messages] = [pulseOf(leader), overhear()]
    follower.client.setQueryData(keys.poll, 1)
    await settled()
    expect(kindsOf(messages)).toEqual([])
    expect(pulseOf(leader)).toBe(before)
  })
})

describe('refreshing', () => {
  it.each([
    ['leads', 0, []],
    ['follows', 1, ['refresh']],
  ])('in a tab that %s polls at once, in the one that leads', async (_name, who, told) => {
    const tabs = [openTab(), openTab()]
    await answered()
    asked()
    const messages = overhear()
    world.participants = [ann]
    tabs[who]?.live.refresh()
    await answered()
    expect(asked()).toEqual(['/v1.0/conferencecalls?page_size=100'])
    expect(tabs.map(({ known }) => known)).toEqual([{ ann: 'joined' }, { ann: 'joined' }])
    expect(kindsOf(messages)).toEqual([...told, 'pulse', 'learned', 'pulse'])
  })
})

describe('leading', () => {
  it('is told from the start, and as often as it changes', async () => {
    const [first, second] = [openTab(), openTab('hidden')]
    expect([first.heard, second.heard]).toEqual([[false], [false]])
    await settled()
    second.show('visible')
    first.show('hidden')
    await settled()
    first.show('visible')
    await settled()
    expect(first.heard).toEqual([false, true, false])
    expect(second.heard).toEqual([false, true])
  })
})

describe('when the leader goes', () => {
  const fates: readonly [string, (tab: ReturnType<typeof openTab>) => void][] = [
    ['is closed', ({ live }) => live.stop()],
    ['is hidden', (tab) => tab.show('hidden')],
  ]

  it.each(fates)('and %s, the next goes on with the same roster', async (_name, go) => {
    world.participants = [bob, ann]
    const [first, second, third] = [openTab(), openTab(), openTab()]
    await answered()
    expect([first, second, third].map(({ leads }) => leads)).toEqual([true, false, false])
    const { roster } = second
    asked()
    go(first)
    await answered()
    expect([first, second, third].map(({ leads }) => leads)).toEqual([false, true, false])
    // One poll: nothing is read that was read before.
    expect(asked()).toEqual([HEAD])
    expect(second.roster).toBe(roster)
    world.participants = [participantOf({ ...ann, status: 'leaving', updatedAt: THEN + 9 })]
    await vi.advanceTimersByTimeAsync(INTERVAL + 10)
    const known = { ann: 'leaving', bob: 'joined' }
    expect([second.known, third.known]).toEqual([known, known])
  })

  it.each(fates)('and %s, what is shown does not become older', async (_name, go) => {
    const [first, second] = [openTab(), openTab()]
    await vi.advanceTimersByTimeAsync(2 * INTERVAL)
    const { updatedAt } = pulseOf(second)
    expect(updatedAt).toBeGreaterThan(START)
    const ages: number[] = []
    second.client.getQueryCache().subscribe(() => ages.push(pulseOf(second).updatedAt))
    go(first)
    await answered()
    expect(second.leads).toBe(true)
    expect(Math.min(...ages)).toBe(updatedAt)
  })

  it.each(fates)('and %s, nobody counts as read who was not', async (_name, go) => {
    // Each of the two takes a request of its own, and one of them is read by a poll.
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
    rosterOf(first.client).apply({
      facts: [...world.participants],
      spans: [{ from: 0, to: THEN + 1000 }],
    })
    await vi.advanceTimersByTimeAsync(4 * INTERVAL)
    const { readSince, updatedAt } = pulseOf(second)
    expect(updatedAt - readSince).toBe(INTERVAL)
    await vi.advanceTimersByTimeAsync(INTERVAL / 3)
    go(first)
    await answered()
    expect(second.leads).toBe(true)
    expect(pulseOf(second).updatedAt).toBeGreaterThan(updatedAt)
    expect(pulseOf(second).readSince).toBe(readSince)
  })

  it.each(fates)('and %s, what it was reading is read no more', async (_name, go) => {
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

  it.each(fates)('and %s, the socket goes with it, and the next has one', async (_name, go) => {
    const [first, second] = [openTab(), openTab()]
    await answered()
    expect(sockets).toHaveLength(1)
    last().accept()
    await answered()
    expect([first, second].map((tab) => pulseOf(tab).push.kind)).toEqual(['open', 'open'])
    go(first)
    await answered()
    expect(sockets).toHaveLength(2)
    expect(living()).toBe(1)
    expect(pulseOf(second).push.kind).toBe('connecting')
    last().accept()
    await answered()
    expect(pulseOf(second).push.kind).toBe('open')
  })
})

describe('a socket that opens', () => {
  it('makes the leader ask for what was missed', async () => {
    openTab()
    await answered()
    asked()
    last().accept()
    await answered()
    expect(asked()).toEqual([HEAD])
  })

  it('and keeps silent is not relied on: what the poll finds tells', async () => {
    const [leader, follower] = [openTab(), openTab()]
    await answered()
    last().accept()
    await answered()
    expect(pulseOf(follower).push.kind).toBe('open')
    vi.setSystemTime(START + 60_000)
    const at = fromMillis(Date.now() - 20_000)
    world.participants = [participantOf({ status: 'leaved', updatedAt: at })]
    leader.live.refresh()
    await answered()
    expect(sockets).toHaveLength(2)
    last().accept()
    await answered()
    expect(pulseOf(follower).push.kind).toBe('silent')
  })
})

describe('a tab that has stopped', () => {
  it.each([
    ['led', 0],
    ['followed', 1],
  ])('neither tells nor hears anything, when it %s', async (_name, who) => {
    const tabs = [openTab(), openTab(), openTab()]
    await answered()
    const [stopped, other] = [tabs[who], tabs[2]]
    stopped?.live.stop()
    await answered()
    const told = overhear()
    if (stopped) rosterOf(stopped.client).apply({ facts: [ann] })
    stopped?.client.setQueryData(keys.poll, 1)
    stopped?.client.setQueryData(keys.callers, new Map([['call', 'gone']]))
    await settled()
    expect(told).toEqual([])
    expect(other?.known).toEqual({})
    expect(other?.client.getQueryData(keys.callers)).toBeUndefined()
    if (other) rosterOf(other.client).apply({ facts: [bob] })
    await settled()
    expect(kindsOf(told)).toEqual(['learned'])
    expect(stopped?.known).toEqual({ ann: 'joined' })
    expect(stopped?.leads).toBe(false)
  })

  it('does not answer a new one', async () => {
    const tab = openTab()
    await answered()
    rosterOf(tab.client).apply({ facts: [ann] })
    tab.live.stop()
    const told = overhear()
    const other = openTab('hidden')
    await settled()
    expect(kindsOf(told)).toEqual(['hello'])
    expect(other.known).toEqual({})
  })
})
