import { describe, expect, it, vi } from 'vitest'
import { participantOf } from '~/testing/participant.fixture.ts'
import { json } from '~/testing/fetch.fixture.ts'
import conference from '~/wire/fixtures/conference.json'
import recording from '~/wire/fixtures/recording-running.json'
import { keys } from '~/cache/queries/keys.ts'
import { conferencesQuery } from '~/cache/queries/conference-list.ts'
import { conferenceQuery } from '~/cache/queries/conferences.ts'
import { INTERVAL, kindsOf, liveRig, overhear } from '~/testing/live.fixture.ts'

const { world, asked, answered, openTab, last } = liveRig()

const HEAD = '/v1.0/conferencecalls?page_size=100'

const ann = participantOf({ id: 'ann' })

/** A conference that Ann has just joined. */
const room = {
  ...conference,
  id: 'room',
  conferencecall_ids: ['ann'],
  tm_update: '2026-01-15T10:00:00Z',
}

/** A leader and a follower that have read all; then Ann joins while no poll is due. */
async function openBoth() {
  world.conferences = [{ ...room, conferencecall_ids: [], tm_update: null }]
  const [leader, follower] = [openTab(), openTab()]
  await answered()
  last().accept()
  await answered()
  asked()
  world.participants = [ann]
  world.conferences = [room]
  return [leader, follower] as const
}

type Tabs = Awaited<ReturnType<typeof openBoth>>

const reads = [
  ['a conference', (tab: Tabs[number]) => tab.client.fetchQuery(conferenceQuery('room', INTERVAL))],
  ['the list', (tab: Tabs[number]) => tab.client.fetchQuery(conferencesQuery(INTERVAL))],
] as const

describe('a newcomer that a conference names', () => {
  it.each(reads)('is read by the leader when a follower reads %s', async (_name, read) => {
    const tabs = await openBoth()
    const messages = overhear()
    await read(tabs[1])
    await answered()
    expect(tabs.map(({ known }) => known)).toEqual([{ ann: 'joined' }, { ann: 'joined' }])
    expect(asked().slice(1)).toEqual([HEAD])
    expect(kindsOf(messages)).toEqual(['answer', 'roster'])
  })

  it.each(reads)('is read by the leader when it reads %s itself', async (_name, read) => {
    const tabs = await openBoth()
    const messages = overhear()
    await read(tabs[0])
    await answered()
    expect(tabs.map(({ known }) => known)).toEqual([{ ann: 'joined' }, { ann: 'joined' }])
    expect(asked().slice(1)).toEqual([HEAD])
    expect(kindsOf(messages)).toEqual(['answer', 'roster'])
  })

  it('is in the list of a tab when another tab has read its conference', async () => {
    const [leader, follower] = await openBoth()
    await leader.client.fetchQuery(conferencesQuery(INTERVAL))
    world.conferences = [{ ...room, name: 'Retro', tm_update: '2026-01-15T11:00:00Z' }]
    await follower.client.fetchQuery(conferenceQuery('room', INTERVAL))
    await answered()
    const list = leader.client.getQueryData(conferencesQuery(INTERVAL).queryKey)
    expect(list?.conferences.map(({ name }) => name)).toEqual(['Retro'])
  })

  it('is read by the leader when the conference is pushed, which all tabs apply', async () => {
    const tabs = await openBoth()
    world.conferences = []
    for (const { client } of tabs) {
      client.setQueryData(['conference', 'room'], { id: 'room', updatedAt: 0 })
    }
    const messages = overhear()
    last().say(room)
    await vi.advanceTimersByTimeAsync(60)
    expect(tabs.map(({ known }) => known)).toEqual([{ ann: 'joined' }, { ann: 'joined' }])
    expect(asked()).toEqual([HEAD])
    expect(kindsOf(messages)).toEqual(['conferences', 'roster'])
    for (const { client } of tabs) {
      expect(client.getQueryData(['conference', 'room'])).toMatchObject({ name: 'Standup' })
    }
  })

  it('is read once, however many events name it', async () => {
    await openBoth()
    for (let n = 0; n < 20; n += 1) {
      last().say({ ...room, timeout: n })
      await vi.advanceTimersByTimeAsync(60)
    }
    expect(asked()).toEqual([HEAD])
  })

  it('is read by a request for each event that names another', async () => {
    const [leader] = await openBoth()
    last().say(room)
    await vi.advanceTimersByTimeAsync(60)
    world.participants = [participantOf({ id: 'bob' }), ann]
    last().say({ ...room, conferencecall_ids: ['ann', 'bob'] })
    await vi.advanceTimersByTimeAsync(60)
    expect(asked()).toEqual([HEAD, HEAD])
    expect(leader.known).toEqual({ ann: 'joined', bob: 'joined' })
  })

  it('is no longer read by a leader that steps down', async () => {
    const [leader] = await openBoth()
    const signals: (AbortSignal | null | undefined)[] = []
    world.instead = ({ init }) => {
      signals.push(init.signal)
      return new Promise(() => {})
    }
    last().say(room)
    await vi.advanceTimersByTimeAsync(60)
    expect(signals.map((signal) => signal?.aborted)).toEqual([false])
    leader.show('hidden')
    expect(signals.map((signal) => signal?.aborted)).toEqual([true])
  })

  it('is read by another recheck when it is named during one', async () => {
    const [leader] = await openBoth()
    const waiting: ((answer: Response) => void)[] = []
    world.instead = () => new Promise((resolve) => waiting.push(resolve))
    const bob = participantOf({ id: 'bob' })
    last().say(room)
    await vi.advanceTimersByTimeAsync(60)
    last().say({ ...room, conferencecall_ids: ['ann', 'bob'] })
    await vi.advanceTimersByTimeAsync(60)
    expect(waiting).toHaveLength(1)
    world.instead = null
    world.participants = [bob, ann]
    waiting[0]?.(json({ result: [ann.raw], next_page_token: '' }))
    await answered()
    expect(leader.known).toEqual({ ann: 'joined', bob: 'joined' })
  })

  it('is read by a poll at once, and by the next ones, when the recheck fails', async () => {
    const tabs = await openBoth()
    world.instead = () => new Response('', { status: 503 })
    last().say(room)
    await vi.advanceTimersByTimeAsync(60)
    expect(asked()).toEqual([HEAD, HEAD])
    expect(tabs[0].known).toEqual({})
    world.instead = null
    await vi.advanceTimersByTimeAsync(INTERVAL)
    expect(tabs.map(({ known }) => known)).toEqual([{ ann: 'joined' }, { ann: 'joined' }])
  })

  it('is asked for ever more rarely when its rechecks fail and polls do not', async () => {
    await openBoth()
    let answers = 0
    world.instead = ({ url }) => {
      answers += 1
      // So that asking without end ends here, and not never.
      if (answers > 60) return new Promise(() => {})
      return url.pathname.endsWith('/zoe')
        ? new Response('', { status: 503 })
        : json({ result: [] })
    }
    const zoe = '/v1.0/conferencecalls/zoe'
    last().say({ ...room, conferencecall_ids: ['zoe'] })
    await vi.advanceTimersByTimeAsync(INTERVAL / 2)
    expect(asked()).toEqual([HEAD, zoe])
    await vi.advanceTimersByTimeAsync(INTERVAL)
    expect(asked()).toEqual([HEAD, zoe])
    await vi.advanceTimersByTimeAsync(20 * INTERVAL)
    // 1, 2, 4, 8, 16 and 30 s later at the soonest.
    expect(asked().filter((one) => one === zoe).length).toBeLessThanOrEqual(5)
  })
})

it('a recording that is pushed is told to all tabs', async () => {
  const tabs = await openBoth()
  last().say(recording)
  await vi.advanceTimersByTimeAsync(60)
  for (const { client } of tabs)
    expect(client.getQueryData(keys.recording(recording.id))).toMatchObject({ status: 'recording' })
})
