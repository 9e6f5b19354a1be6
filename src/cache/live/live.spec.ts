import * as fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { participantOf, THEN } from '~/testing/participant.fixture.ts'
import { settled } from '~/testing/channel.fixture.ts'
import { keys } from '~/cache/queries/keys.ts'
import { kindsOf, liveRig, overhear, pulseOf } from '~/testing/live.fixture.ts'
import { type RosterUpdate, rosterOf } from '~/cache/roster/store.ts'

vi.mock('~/cache/queries/pace.ts', async (original) => ({
  ...(await original()),
  turn: async (signal: AbortSignal) => signal.throwIfAborted(),
}))

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

  it('is told everything by the one that leads', async () => {
    world.participants = [bob]
    const first = openTab()
    await answered()
    rosterOf(first.client).apply(all)
    const second = openTab()
    await settled()
    expect(second.known).toEqual({ ann: 'leaved', bob: 'joined' })
    const { coverage, unreadable, isPaused } = first.roster
    expect(coverage).toHaveLength(2)
    expect(second.roster).toMatchObject({ coverage, unreadable, isPaused, news: [] })
    expect(pulseOf(second)).toEqual(pulseOf(first))
    expect(pulseOf(second).updatedAt).toBeGreaterThan(0)
  })

  it('is told by the one that led last, and by nobody else', async () => {
    const [first, second, third] = [openTab(), openTab(), openTab('hidden')]
    await answered()
    first.show('hidden')
    await answered()
    expect([first, second, third].map(({ leads }) => leads)).toEqual([false, true, false])
    second.show('hidden')
    rosterOf(first.client).apply({ facts: [ann] })
    await settled()
    const messages = overhear()
    const fourth = openTab('hidden')
    await settled()
    expect(fourth.known).toEqual({ ann: 'joined' })
    expect(kindsOf(messages)).toEqual(['hello', 'learned', 'pulse'])
  })

  it('does not make the others draw anything anew', async () => {
    const [first, second] = [openTab(), openTab()]
    await answered()
    rosterOf(first.client).apply(all)
    await settled()
    const rosters = [first.roster, second.roster]
    openTab('hidden')
    await settled()
    expect(first.roster).toBe(rosters[0])
    expect(second.roster).toBe(rosters[1])
  })
})

describe('what one learns', () => {
  it.each([
    ['leads', 0],
    ['follows', 1],
  ])('all know, when it %s', async (_name, who) => {
    const tabs = [openTab(), openTab(), openTab()]
    await answered()
    const messages = overhear()
    const tab = tabs[who]
    if (tab)
      rosterOf(tab.client).apply({ facts: [ann], spans: [{ from: 1, to: 5 }], isPaused: true })
    await settled()
    for (const { known, roster } of tabs) {
      expect(known).toEqual({ ann: 'joined' })
      expect(roster.isPaused).toBe(true)
      expect(roster.coverage).toEqual(tab?.roster.coverage)
    }
    expect(kindsOf(messages)).toEqual(['learned'])
  })

  it('is told once, and what is known is not told', async () => {
    const [first, second] = [openTab(), openTab()]
    await answered()
    rosterOf(first.client).apply({ facts: [ann] })
    await settled()
    const messages = overhear()
    rosterOf(first.client).apply({ facts: [ann] })
    rosterOf(second.client).apply({ facts: [structuredClone(ann)], isPaused: false })
    await settled()
    expect(kindsOf(messages)).toEqual([])
  })

  it('is told without what was told before', async () => {
    const [first] = [openTab(), openTab()]
    await answered()
    const told = overhear()
    for (const fact of [ann, bob, annLeft]) rosterOf(first.client).apply({ facts: [fact] })
    await settled()
    expect(told).toMatchObject(
      [ann, bob, annLeft].map((fact) => ({ kind: 'learned', learned: { facts: [fact] } })),
    )
  })

  it('ends the same everywhere, and no word goes round and round', async () => {
    const fact = fc
      .record({
        id: fc.constantFrom('a', 'b', 'c'),
        status: fc.constantFrom('joining', 'joined', 'leaving', 'leaved'),
        after: fc.nat(3),
      })
      .map(({ id, status, after }) => participantOf({ id, status, updatedAt: THEN + after }))
    const step = fc.record({
      who: fc.nat(2),
      facts: fc.array(fact, { maxLength: 3 }),
      from: fc.nat(20),
      settles: fc.boolean(),
    })
    const tabs = [openTab(), openTab(), openTab()]
    await answered()
    await fc.assert(
      fc.asyncProperty(fc.array(step), async (steps) => {
        for (const { client } of tabs) client.removeQueries({ queryKey: keys.roster })
        const messages = overhear()
        for (const { who, facts, from, settles } of steps) {
          const tab = tabs[who]
          if (tab) rosterOf(tab.client).apply({ facts, spans: [{ from, to: from + 3 }] })
          if (settles) await settled()
        }
        await settled()
        const [first, ...others] = tabs.map(({ roster }) => ({
          held: Object.fromEntries(roster.held),
          coverage: roster.coverage,
        }))
        for (const other of others) expect(other).toEqual(first)
        const ids = new Set(steps.flatMap(({ facts }) => facts.map(({ id }) => id)))
        expect(new Set(tabs[0]?.roster.held.keys())).toEqual(ids)
        expect(messages.length).toBeLessThanOrEqual(steps.length)
      }),
    )
  })

  it('is a matter of the scope', async () => {
    const [here, there] = [openTab('visible', 'here'), openTab('visible', 'there')]
    await answered()
    rosterOf(here.client).apply({ facts: [ann] })
    await settled()
    expect(there.known).toEqual({})
    expect([here.leads, there.leads]).toEqual([true, true])
  })

  it('is its own where there is no BroadcastChannel', async () => {
    vi.stubGlobal('BroadcastChannel', undefined)
    world.participants = [bob]
    const tab = openTab()
    await answered()
    rosterOf(tab.client).apply({ facts: [ann] })
    tab.live.refresh()
    await answered()
    expect(tab.known).toEqual({ ann: 'joined', bob: 'joined' })
  })
})
