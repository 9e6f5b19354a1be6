import { QueryClient } from '@tanstack/react-query'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { CallerFact } from '~/domain/call.ts'
import { openChannel } from '~/util/channel.ts'
import { settled, stubChannels } from '~/testing/channel.fixture.ts'
import type { Callers } from '~/cache/roster/callers.ts'
import { keys } from '~/cache/queries/keys.ts'
import { shareQueries } from './tabs.ts'

beforeEach(stubChannels)

afterEach(() => vi.unstubAllGlobals())

function openTab(): QueryClient {
  const client = new QueryClient()
  shareQueries(client, 'here')
  return client
}

const callersOf = (client: QueryClient) => client.getQueryData<Callers>(keys.callers)

const learn = (client: QueryClient, ...learned: readonly [string, CallerFact][]) =>
  client.setQueryData<Callers>(keys.callers, (held) => new Map([...(held ?? []), ...learned]))

const ann = { name: 'Ann', number: '+15551230001' }

describe('callers', () => {
  it('are added up, from whichever tab they come', async () => {
    const ids = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f')
    const step = fc.record({ who: fc.nat(2), id: ids, settles: fc.boolean() })
    await fc.assert(
      fc.asyncProperty(fc.array(step), async (steps) => {
        stubChannels()
        const tabs = [openTab(), openTab(), openTab()]
        await settled()
        let told = 0
        openChannel('rollcall.queries.here', () => (told += 1))
        for (const { who, id, settles } of steps) {
          const tab = tabs[who]
          if (tab) learn(tab, [id, ann])
          if (settles) await settled()
        }
        await settled()
        const all = new Map(steps.map(({ id }) => [id, ann]))
        for (const tab of tabs) expect(callersOf(tab) ?? new Map()).toEqual(all)
        // No word goes round and round.
        expect(told).toBeLessThanOrEqual(steps.length)
      }),
    )
  })

  it('do not pile up in tabs that are told of them', async () => {
    const [first, second] = [openTab(), openTab()]
    for (let round = 0; round < 30; round++) {
      const some = Array.from({ length: 100 }, (_, one): [string, CallerFact] => [
        `${round} ${one}`,
        ann,
      ])
      learn(first, ...some)
      await settled()
      expect(callersOf(second)?.size).toBeLessThan(1000)
      expect(callersOf(second)?.has(`${round} 99`)).toBe(true)
    }
  })

  it('are told to a new tab, which tells its own', async () => {
    const first = openTab()
    learn(first, ['a', ann])
    const second = new QueryClient()
    learn(second, ['b', 'gone'])
    shareQueries(second, 'here')
    await settled()
    const all = new Map<string, CallerFact>([
      ['a', ann],
      ['b', 'gone'],
    ])
    expect([first, second].map(callersOf)).toEqual([all, all])
  })

  it('stay the same map when there is nothing new', async () => {
    const [first, second] = [openTab(), openTab()]
    learn(first, ['a', ann])
    await settled()
    const held = callersOf(second)
    openTab()
    learn(first, ['a', ann])
    await settled()
    expect(callersOf(second)).toBe(held)
  })

  it('are told again when their call has ended, and that is not undone by a tab that has not heard', async () => {
    const [first, second] = [openTab(), openTab()]
    learn(first, ['a', ann])
    await settled()
    const ended = { ...ann, end: { by: 'remote', reason: 'normal', at: 1 } }
    learn(first, ['a', ended])
    await settled()
    expect(callersOf(second)).toEqual(new Map([['a', ended]]))
    const third = new QueryClient()
    learn(third, ['a', ann])
    shareQueries(third, 'here')
    await settled()
    for (const tab of [first, second, third]) {
      expect(callersOf(tab)).toEqual(new Map([['a', ended]]))
    }
  })

  it('are told again after they were forgotten', async () => {
    const [first, second] = [openTab(), openTab()]
    learn(first, ['a', ann])
    await settled()
    for (const tab of [first, second]) tab.clear()
    learn(first, ['a', ann])
    await settled()
    expect(callersOf(second)).toEqual(new Map([['a', ann]]))
  })
})

describe('sharing', () => {
  it('stops', async () => {
    const [first, second] = [new QueryClient(), openTab()]
    shareQueries(first, 'here')()
    learn(first, ['a', ann])
    learn(second, ['b', ann])
    await settled()
    expect(callersOf(first)).toEqual(new Map([['a', ann]]))
    expect(callersOf(second)).toEqual(new Map([['b', ann]]))
  })

  it('does without BroadcastChannel', () => {
    vi.stubGlobal('BroadcastChannel', undefined)
    const tab = openTab()
    learn(tab, ['a', ann])
    expect(callersOf(tab)?.size).toBe(1)
  })
})
