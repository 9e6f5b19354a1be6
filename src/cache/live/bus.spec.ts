import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ApiError } from '~/domain/api-error.ts'
import { NOT_POLLED } from '~/domain/poll-status.ts'
import { actionOf } from '~/testing/action.fixture.ts'
import { settled, stubChannels } from '~/testing/channel.fixture.ts'
import { openChannel } from '~/util/channel.ts'
import { openAccountBus, openBuildBus, type AccountMessage, type BuildMessage } from './bus.ts'

beforeEach(() => stubChannels())

afterEach(() => vi.unstubAllGlobals())

/** All that arrives on a channel as it is sent. */
function overhear(name: string): readonly unknown[] {
  const all: unknown[] = []
  openChannel(name, (message) => all.push(message))
  return all
}

const sendRaw = (name: string, message: unknown) => openChannel(name, () => {})?.send(message)

describe('the bus of a build', () => {
  it('brings a failure of the poll as the error that it was', async () => {
    const messages: BuildMessage[] = []
    openBuildBus('here', (message) => messages.push(message))
    const failure = new ApiError({ kind: 'refused', message: 'No.', status: 503, retryAfter: 5 })
    const status = { ...NOT_POLLED, failure, failures: 2 }
    openBuildBus('here', () => {})?.send({ kind: 'status', status })
    await settled()
    expect(messages).toEqual([{ kind: 'status', status }])
    expect(messages).toHaveProperty('0.status.failure.isTransient', true)
  })

  it.each([
    [null],
    ['hello'],
    [[]],
    [{ kind: 'unknown' }],
    [{ kind: 'roster' }],
    [{ kind: 'roster', update: 'ann' }],
    [{ kind: 'callers', callers: { ann: 1 } }],
    [{ kind: 'status', status: null }],
    [{ kind: 'conferences', conferences: 1 }],
    [{ kind: 'answer', key: [1], data: 1, updatedAt: 1 }],
  ])('drops %j', async (message) => {
    const messages: BuildMessage[] = []
    openBuildBus('here', (one) => messages.push(one))
    sendRaw('rollcall.live.here', message)
    await settled()
    expect(messages).toEqual([])
  })

  it('brings nothing to the tab that sends, to another scope, and after the end', async () => {
    const messages: BuildMessage[] = []
    const bus = openBuildBus('here', (one) => messages.push(one))
    openBuildBus('there', (one) => messages.push(one))
    openBuildBus('here', (one) => messages.push(one))?.close()
    bus?.send({ kind: 'refresh' })
    await settled()
    expect(messages).toEqual([])
  })
})

describe('the bus of an account', () => {
  const entries = [actionOf()]

  it.each<[AccountMessage, unknown]>([
    [{ kind: 'activity', entries }, entries],
    [{ kind: 'cleared' }, 'cleared'],
  ])('tells and hears %j as the builds before this one do', async (message, raw) => {
    const messages: AccountMessage[] = []
    const all = overhear('rollcall.activity.sam')
    const bus = openAccountBus('sam', (one) => messages.push(one))
    bus?.send(message)
    sendRaw('rollcall.activity.sam', raw)
    await settled()
    expect(all).toEqual([raw, raw])
    expect(messages).toEqual([message])
  })

  it.each([[null], ['erased'], [{ kind: 'here' }], [{ kind: 'ask', tab: 1 }]])(
    'drops %j',
    async (message) => {
      const messages: AccountMessage[] = []
      openAccountBus('sam', (one) => messages.push(one))
      sendRaw('rollcall.activity.sam', message)
      await settled()
      expect(messages).toEqual([])
    },
  )

  it('brings nothing to another account', async () => {
    const messages: AccountMessage[] = []
    openAccountBus('zoe', (one) => messages.push(one))
    openAccountBus('sam', () => {})?.send({ kind: 'cleared' })
    await settled()
    expect(messages).toEqual([])
  })
})

describe('a browser without BroadcastChannel', () => {
  it('has no bus', () => {
    vi.stubGlobal('BroadcastChannel', undefined)
    expect(openBuildBus('here', () => {})).toBeNull()
    expect(openAccountBus('sam', () => {})).toBeNull()
  })
})
