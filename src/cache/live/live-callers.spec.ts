import { QueryClient } from '@tanstack/react-query'
import * as fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import type { CallerFact } from '~/domain/call.ts'
import { settled } from '~/testing/channel.fixture.ts'
import { joinHidden, liveRig, overhear } from '~/testing/live.fixture.ts'
import { callersOf } from '~/cache/roster/caller-store.ts'

const { answered, openTab } = liveRig()

type Tab = ReturnType<typeof openTab>

const callersIn = ({ callers }: Tab): ReadonlyMap<string, CallerFact> => new Map(callers.entries())

const ann = { name: 'Ann', number: '+15551230001' }

describe('callers', () => {
  it('are added up in all tabs, from whichever tab they come', async () => {
    const tabs = [openTab(), openTab(), openTab()]
    await answered()
    const ids = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f')
    const step = fc.record({ tab: fc.nat(2), id: ids, settles: fc.boolean() })
    await fc.assert(
      fc.asyncProperty(fc.array(step), async (steps) => {
        for (const { callers } of tabs) callers.clear()
        const messages = overhear()
        for (const { tab, id, settles } of steps) {
          tabs[tab]?.callers.apply([[id, ann]])
          if (settles) await settled()
        }
        await settled()
        const all = new Map(steps.map(({ id }) => [id, ann]))
        for (const tab of tabs) expect(callersIn(tab)).toEqual(all)
        // No message goes round and round.
        expect(messages.length).toBeLessThanOrEqual(steps.length)
      }),
    )
  })

  it('do not pile up in tabs that are told of them', async () => {
    const [first, second] = [openTab(), openTab()]
    for (let round = 0; round < 30; round++) {
      first.callers.apply(
        Array.from({ length: 100 }, (_, one): [string, CallerFact] => [`${round} ${one}`, ann]),
      )
      await settled()
      expect(second.callers.size).toBeLessThan(1000)
      expect(second.callers.has(`${round} 99`)).toBe(true)
    }
  })

  it('are told to a new tab, which tells its own', async () => {
    const first = openTab()
    await answered()
    first.callers.apply([['a', ann]])
    const client = new QueryClient()
    callersOf(client).apply([['b', 'gone']])
    const stop = joinHidden(client)
    await settled()
    const all = new Map<string, CallerFact>([
      ['a', ann],
      ['b', 'gone'],
    ])
    expect(callersIn(first)).toEqual(all)
    expect(new Map(callersOf(client).entries())).toEqual(all)
    stop()
  })

  it('do not change when there is nothing new', async () => {
    const [first, second] = [openTab(), openTab()]
    first.callers.apply([['a', ann]])
    await settled()
    const { version } = second.callers
    openTab()
    first.callers.apply([['a', ann]])
    await settled()
    expect(second.callers.version).toBe(version)
  })

  it('are told again when their call has ended, and a tab that does not know it undoes nothing', async () => {
    const [first, second] = [openTab(), openTab()]
    first.callers.apply([['a', ann]])
    await answered()
    const ended = { ...ann, end: { by: 'remote', reason: 'normal', at: 1 } }
    first.callers.apply([['a', ended]])
    await settled()
    expect(callersIn(second)).toEqual(new Map([['a', ended]]))
    const client = new QueryClient()
    callersOf(client).apply([['a', ann]])
    const stop = joinHidden(client)
    await settled()
    for (const tab of [first, second]) expect(callersIn(tab)).toEqual(new Map([['a', ended]]))
    expect(callersOf(client).get('a')).toEqual(ended)
    stop()
  })

  it('are told again after they were forgotten', async () => {
    const [first, second] = [openTab(), openTab()]
    first.callers.apply([['a', ann]])
    await settled()
    for (const { callers } of [first, second]) callers.clear()
    first.callers.apply([['a', ann]])
    await settled()
    expect(callersIn(second)).toEqual(new Map([['a', ann]]))
  })

  it('stay in a tab that has left the others', async () => {
    const [first, second] = [openTab(), openTab()]
    first.live.stop()
    first.callers.apply([['a', ann]])
    second.callers.apply([['b', ann]])
    await settled()
    expect(callersIn(first)).toEqual(new Map([['a', ann]]))
    expect(callersIn(second)).toEqual(new Map([['b', ann]]))
  })

  it('stay in the tab where there is no BroadcastChannel', () => {
    vi.stubGlobal('BroadcastChannel', undefined)
    const tab = openTab()
    tab.callers.apply([['a', ann]])
    expect(tab.callers.size).toBe(1)
  })
})
