import * as fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { participantOf, THEN } from '~/testing/participant.fixture.ts'
import { settled } from '~/testing/channel.fixture.ts'
import { kindsOf, liveRig, overhear, statusIn } from '~/testing/live.fixture.ts'
import type { RosterUpdate } from '~/cache/roster/store.ts'
import { scopeOf } from './scope.ts'

const { world, answered, openTab } = liveRig()

const ann = participantOf({ id: 'ann' })
const annLeft = participantOf({ id: 'ann', status: 'leaved', updatedAt: THEN + 1 })
const bob = participantOf({ id: 'bob' })

describe('a new tab', () => {
  const all: RosterUpdate = {
    facts: [ann, annLeft, bob],
    spans: [{ from: THEN + 10, to: THEN + 20 }],
    unreadable: [{ raw: [null], text: 'It is not a record.', span: null }],
    isPaused: true,
  }

  it('gets everything from the leader', async () => {
    world.participants = [bob]
    const first = openTab()
    await answered()
    first.roster.apply(all)
    first.callers.apply([['call', 'gone']])
    const second = openTab()
    await settled()
    expect(second.known).toEqual({ ann: 'leaved', bob: 'joined' })
    expect(first.roster.extent.coverage).toHaveLength(2)
    expect(second.roster.extent).toEqual(first.roster.extent)
    expect([...second.callers.entries()]).toEqual([['call', 'gone']])
    expect(statusIn(second)).toEqual(statusIn(first))
    expect(statusIn(second).updatedAt).toBeGreaterThan(0)
  })

  it('gets everything from the tab that led last, and from no other', async () => {
    const [first, second, third] = [openTab(), openTab(), openTab('hidden')]
    await answered()
    first.show('hidden')
    await answered()
    expect([first, second, third].map(({ leads }) => leads)).toEqual([false, true, false])
    second.show('hidden')
    first.roster.apply({ facts: [ann] })
    await settled()
    const messages = overhear()
    const fourth = openTab('hidden')
    await settled()
    expect(fourth.known).toEqual({ ann: 'joined' })
    expect(kindsOf(messages)).toEqual(['hello', 'roster', 'status'])
  })

  it('changes nothing in the other tabs', async () => {
    const [first, second] = [openTab(), openTab()]
    await answered()
    first.roster.apply(all)
    await settled()
    const versions = [first.roster.version, second.roster.version]
    openTab('hidden')
    await settled()
    expect([first.roster.version, second.roster.version]).toEqual(versions)
  })
})

describe('what a tab has from the server', () => {
  it.each([
    ['leads', 0],
    ['follows', 1],
  ])('is known to all tabs when that tab %s', async (_name, index) => {
    const tabs = [openTab(), openTab(), openTab()]
    await answered()
    const messages = overhear()
    const tab = tabs[index]
    tab?.roster.apply({ facts: [ann], spans: [{ from: 1, to: 5 }], isPaused: true })
    await settled()
    for (const { known, roster } of tabs) {
      expect(known).toEqual({ ann: 'joined' })
      expect(roster.extent.isPaused).toBe(true)
      expect(roster.extent.coverage).toEqual(tab?.roster.extent.coverage)
    }
    expect(kindsOf(messages)).toEqual(['roster'])
  })

  it('is told once, and not at all when it is known', async () => {
    const [first, second] = [openTab(), openTab()]
    await answered()
    first.roster.apply({ facts: [ann] })
    await settled()
    const messages = overhear()
    first.roster.apply({ facts: [ann] })
    second.roster.apply({ facts: [structuredClone(ann)], isPaused: false })
    await settled()
    expect(kindsOf(messages)).toEqual([])
  })

  it('is told without what was told before', async () => {
    const [first] = [openTab(), openTab()]
    await answered()
    const messages = overhear()
    for (const fact of [ann, bob, annLeft]) first.roster.apply({ facts: [fact] })
    await settled()
    expect(messages).toMatchObject(
      [ann, bob, annLeft].map((fact) => ({ kind: 'roster', update: { facts: [fact] } })),
    )
  })

  it('ends in the same roster everywhere, and no message goes round and round', async () => {
    const fact = fc
      .record({
        id: fc.constantFrom('a', 'b', 'c'),
        status: fc.constantFrom('joining', 'joined', 'leaving', 'leaved'),
        after: fc.nat(3),
      })
      .map(({ id, status, after }) => participantOf({ id, status, updatedAt: THEN + after }))
    const step = fc.record({
      tab: fc.nat(2),
      facts: fc.array(fact, { maxLength: 3 }),
      from: fc.nat(20),
      settles: fc.boolean(),
    })
    const tabs = [openTab(), openTab(), openTab()]
    await answered()
    await fc.assert(
      fc.asyncProperty(fc.array(step), async (steps) => {
        for (const { roster } of tabs) roster.clear()
        const messages = overhear()
        for (const { tab, facts, from, settles } of steps) {
          tabs[tab]?.roster.apply({ facts, spans: [{ from, to: from + 3 }] })
          if (settles) await settled()
        }
        await settled()
        const [first, ...others] = tabs.map(({ roster }) => ({
          entries: Object.fromEntries(
            Array.from(roster.entries(), (entry) => [entry.participant.id, entry]),
          ),
          coverage: roster.extent.coverage,
        }))
        for (const other of others) expect(other).toEqual(first)
        const ids = new Set(steps.flatMap(({ facts }) => facts.map(({ id }) => id)))
        expect(new Set(Object.keys(first?.entries ?? {}))).toEqual(ids)
        expect(messages.length).toBeLessThanOrEqual(steps.length)
      }),
    )
  })

  it.each([
    ['another account', scopeOf('/app.js', 'zoe')],
    ['another build', scopeOf('/app2.js', 'sam')],
  ])('is not known to a tab of %s, which leads its own', async (_name, scope) => {
    const [here, there] = [openTab('visible', scopeOf('/app.js', 'sam')), openTab('visible', scope)]
    await answered()
    here.roster.apply({ facts: [ann] })
    await settled()
    expect(there.known).toEqual({})
    expect([here.leads, there.leads]).toEqual([true, true])
  })

  it('stays in the tab where there is no BroadcastChannel', async () => {
    vi.stubGlobal('BroadcastChannel', undefined)
    world.participants = [bob]
    const tab = openTab()
    await answered()
    tab.roster.apply({ facts: [ann] })
    tab.live.refresh()
    await answered()
    expect(tab.known).toEqual({ ann: 'joined', bob: 'joined' })
  })
})
