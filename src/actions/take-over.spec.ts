import { environmentManager, QueryObserver } from '@tanstack/react-query'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { currentActivity } from '~/cache/activity/activity.ts'
import { readOpenWork, takeOpenWork, type OpenWork } from '~/cache/activity/open-work.ts'
import { createQueryClient } from '~/cache/queries/query-client.ts'
import { actionOf } from '~/testing/action.fixture.ts'
import { sessionOf } from '~/testing/session.fixture.ts'
import { accountOf } from '~/domain/session.ts'
import { stubChannels } from '~/testing/channel.fixture.ts'
import { Presence } from './presence.ts'
import { othersWorkQuery, takeOver } from './take-over.ts'

vi.mock('~/cache/activity/open-work.ts', () => ({
  readOpenWork: vi.fn<typeof readOpenWork>(),
  takeOpenWork: vi.fn<typeof takeOpenWork>(),
}))

const KIM = sessionOf({ name: 'Kim', username: 'kim' })
const WORK: OpenWork = {
  batch: 'batch',
  account: 'of Sam',
  by: 'Sam',
  kind: 'remove',
  conferenceLabel: 'Standup',
  count: 1,
}

beforeEach(() => {
  vi.useFakeTimers()
  stubChannels()
  // Without a window the library takes this for a server, and sets no timers.
  environmentManager.setIsServer(() => false)
  vi.mocked(readOpenWork).mockReset().mockResolvedValue([WORK])
  vi.mocked(takeOpenWork).mockReset()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const later = <T>(milliseconds: number, value: T) =>
  new Promise<T>((resolve) => setTimeout(() => resolve(value), milliseconds))

describe('takeOver', () => {
  it('submits what it has taken, however late that is written', async () => {
    vi.mocked(takeOpenWork).mockImplementation(() => later(20_000, [actionOf()]))
    const client = createQueryClient()
    const outcome = takeOver(client, KIM, WORK, 5000).then(
      () => 'done',
      () => 'failed',
    )
    await vi.advanceTimersByTimeAsync(30_000)
    expect(await outcome).toBe('done')
    const { actions, batches } = currentActivity(client, accountOf(KIM))
    expect([...actions.values()]).toMatchObject([{ by: 'Kim', state: 'waiting' }])
    expect([...batches.values()].map(({ startsAt, touchedAt }) => startsAt - touchedAt)).toEqual([
      5000,
    ])
  })

  it('keeps what the action needs beyond its target', async () => {
    const input = { text: 'Hello.', language: 'en-US' }
    vi.mocked(takeOpenWork).mockResolvedValue([actionOf({ kind: 'say', input })])
    const client = createQueryClient()
    const taken = takeOver(client, KIM, { ...WORK, kind: 'say' }, 5000)
    await vi.advanceTimersByTimeAsync(30_000)
    await taken
    const { actions } = currentActivity(client, accountOf(KIM))
    expect([...actions.values()]).toMatchObject([{ kind: 'say', input }])
  })

  it('takes nothing from storage that does not answer', async () => {
    vi.mocked(readOpenWork).mockImplementation(() => later(20_000, [WORK]))
    const outcome = takeOver(createQueryClient(), KIM, WORK, 5000).then(
      () => 'done',
      () => 'failed',
    )
    await vi.advanceTimersByTimeAsync(30_000)
    expect(await outcome).toBe('failed')
    expect(takeOpenWork).not.toHaveBeenCalled()
  })
})

describe('othersWorkQuery', () => {
  it('lists work soon after its account has stopped working', async () => {
    const presence = new Presence(WORK.account)
    const observer = new QueryObserver(createQueryClient(), othersWorkQuery(KIM))
    const stop = observer.subscribe(() => {})
    await vi.advanceTimersByTimeAsync(4000)
    expect(observer.getCurrentResult().data).toEqual([])
    presence.stop()
    await vi.advanceTimersByTimeAsync(6000)
    expect(observer.getCurrentResult().data).toMatchObject([WORK])
    stop()
  })
})
