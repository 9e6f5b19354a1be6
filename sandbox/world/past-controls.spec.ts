import { describe, expect, test } from 'vitest'
import { audioOf } from './audio.ts'
import { addControlsToPast } from './past-controls.ts'
import { populate } from './populate.ts'
import { dig, freshTenant, rows, START, startRig } from '../testing/spec-support.ts'
import { World } from './world.ts'

const AFTERNOON = { conferences: 14, live: 90, history: 600, rate: 0 }

function worldOf(seed: number, population = AFTERNOON): World {
  const world = new World({ customerId: 'c', seed, idStream: 0, start: START })
  populate(world, population)
  return world
}

const mutes = (world: World): readonly (string | null)[] =>
  world.calls
    .all()
    .map(({ muteDirection }) => muteDirection)
    .filter((direction) => direction !== null)
    .toSorted()

const plain = (world: World) =>
  world.calls.all().map(({ id, status, action, updated }) => [id, status, action, updated])

describe('what was done before the start', () => {
  test('three callers are muted in and one out, audibly', () => {
    const world = worldOf(1)
    addControlsToPast(world)
    expect(mutes(world)).toEqual(['in', 'in', 'in', 'out'])
    for (const call of world.calls.all()) {
      if (call.muteDirection === null) continue
      const { mutedIn, mutedOut } = audioOf(world, call)
      expect([mutedIn, mutedOut]).toEqual([
        call.muteDirection === 'in',
        call.muteDirection === 'out',
      ])
    }
  })

  test('a small world has one muted caller, an empty one none', () => {
    const small = worldOf(2, { ...AFTERNOON, conferences: 3, live: 6, history: 20 })
    addControlsToPast(small)
    expect(mutes(small)).toEqual(['in'])
    const empty = worldOf(3, { ...AFTERNOON, conferences: 0, live: 0, history: 0 })
    addControlsToPast(empty)
    expect([empty.recordings.size, mutes(empty)]).toEqual([0, []])
  })

  test('one conference has recordings that have ended, in the past', () => {
    const world = worldOf(1)
    addControlsToPast(world)
    const recordings = world.recordings.all()
    expect(recordings.length).toBe(3)
    const [conference, ...more] = world.conferences
      .all()
      .filter(({ confbridgeId }) => confbridgeId === recordings[0]?.confbridgeId)
    expect(more).toEqual([])
    expect(conference?.recordingIds).toEqual(recordings.map(({ id }) => id))
    for (const { status, started, ended } of recordings) {
      expect(status).toBe('ended')
      expect(ended).toBeGreaterThan(started ?? Infinity)
      expect(ended).toBeLessThan(START)
    }
  })

  test('all else is as it would be without', () => {
    const life = { ...AFTERNOON, rate: 1 }
    const [with_, without] = [worldOf(5, life), worldOf(5, life)]
    addControlsToPast(with_)
    for (const world of [with_, without]) world.advanceTo(START + 600_000_000)
    expect(plain(with_)).toEqual(plain(without))
    expect(with_.dice.next()).toBe(without.dice.next())
    expect(with_.ids.next()).toBe(without.ids.next())
  })
})

test('only the built-in customers have it', async () => {
  const rig = await startRig()
  const seen = async (token: string) => {
    const recordings = rows(await rig.ask('/v1.0/recordings', { token })).length
    const calls = rows(await rig.ask('/v1.0/calls', { token }))
    return [recordings > 0, calls.some((call) => dig(call, 'mute_direction') !== undefined)]
  }
  expect(await seen(await rig.login('support@rollcall.example'))).toEqual([true, true])
  expect(await seen(await rig.login('support@northwind.example'))).toEqual([true, true])
  const fresh = await freshTenant(rig, { live: 30, history: 20, limits: false })
  expect(await seen(fresh.token)).toEqual([false, false])
})
