import { describe, expect, test } from 'vitest'
import { populate } from './populate.ts'
import type { Participant } from './records.ts'
import { startRig, START } from '../testing/spec-support.ts'
import { DAY, MINUTE, SECOND } from './time.ts'
import { World } from './world.ts'

const AFTERNOON = { conferences: 14, live: 90, history: 600, rate: 1 }

function living(seed: number, population = AFTERNOON): World {
  const world = new World({ customerId: 'c', seed, idStream: 0, start: START })
  populate(world, population)
  return world
}

/** All answers that a client gets in two and a half minutes. */
async function transcript(): Promise<string[]> {
  const rig = await startRig({ seed: 7, rate: 3 })
  const token = await rig.login('support@rollcall.example')
  const said: string[] = []
  for (let n = 0; n < 5; n++) {
    rig.advance(30 * SECOND)
    for (const path of ['/conferences', '/conferencecalls', '/calls?page_size=20']) {
      said.push((await rig.ask(`/v1.0${path}`, { token })).text)
    }
    const joined = rig.sandbox.home.world.participants
      .all()
      .find(({ status }) => status === 'joined')
    const path = `/v1.0/conferencecalls/${joined?.id ?? ''}`
    said.push((await rig.ask(path, { method: 'DELETE', token })).text)
  }
  return said
}

function states(world: World): unknown[] {
  return world.participants.all().map(({ id, status, updated }) => [id, status, updated])
}

describe('determinism', () => {
  test('the same seed, clock and requests give the same bytes', async () => {
    expect(await transcript()).toEqual(await transcript())
  })

  test('the number of clock readings does not matter, the seed does', () => {
    const [once, often, other] = [living(1), living(1), living(2)]
    once.advanceTo(START + 10 * MINUTE)
    for (let n = 1; n <= 600; n++) often.advanceTo(START + n * SECOND)
    other.advanceTo(START + 10 * MINUTE)
    expect(states(often)).toEqual(states(once))
    expect(states(other)).not.toEqual(states(once))
  })
})

describe('a busy afternoon', () => {
  test('something changes every second or two, and the number of participants holds', () => {
    const world = living(1)
    const seen = new Map<string, number>()
    const moves = new Set<string>()
    const before = new Map<Participant, string>(
      world.participants.all().map((row) => [row, row.status]),
    )
    world.onChange(({ type, record }) => {
      seen.set(type, (seen.get(type) ?? 0) + 1)
      if (!('callId' in record)) return
      moves.add(`${before.get(record) ?? 'new'}>${record.status}`)
      before.set(record, record.status)
    })
    world.advanceTo(START + 60 * MINUTE)
    const visible = ['joining', 'joined', 'leaving', 'leaved'].map(
      (status) => seen.get(`conferencecall_${status}`) ?? 0,
    )
    const perSecond = visible.reduce((sum, count) => sum + count, 0) / 3600
    expect(perSecond).toBeGreaterThan(0.5)
    expect(perSecond).toBeLessThan(1)
    expect([...moves].toSorted()).toEqual([
      'joined>leaved',
      'joining>joined',
      'joining>leaving',
      'new>joining',
    ])
    const present = world.participants
      .all()
      .filter(({ status }) => status === 'joined' || status === 'joining')
    expect(present.length).toBeGreaterThan(60)
    expect(present.length).toBeLessThan(130)
  })

  test('some callers come back, with the same call or the same number', () => {
    const world = living(1)
    world.advanceTo(START + 60 * MINUTE)
    const calls = world.participants.all().map(({ callId }) => callId)
    expect(new Set(calls).size).toBeLessThan(calls.length)
  })

  test('listed ids and records agree after the last delayed write', () => {
    const world = living(3)
    world.advanceTo(START + 20 * MINUTE)
    const listed = world.conferences.all().flatMap(({ participantIds }) => participantIds)
    const present = world.participants.all().filter(({ status }) => status === 'joined')
    // At most the few participants whose second write is still under way (voipbin-api.md 5.3).
    expect(Math.abs(listed.length - present.length)).toBeLessThanOrEqual(2)
  })

  test('participants that are joining at the start join before long', () => {
    const world = living(1)
    const joining = world.participants.all().filter(({ status }) => status === 'joining')
    expect(joining.length).toBe(3)
    world.advanceTo(START + 61 * SECOND)
    expect(joining.filter(({ status }) => status === 'joining')).toEqual([])
  })

  test.each([
    [60, 5],
    [500, 50],
  ])(
    'at rate %i many join and leave each second, and the number of participants still holds',
    (rate, least) => {
      const world = living(1, { ...AFTERNOON, history: 0, rate })
      const seen = new Map<string, number>()
      world.onChange(({ type }) => seen.set(type, (seen.get(type) ?? 0) + 1))
      world.advanceTo(START + MINUTE)
      for (const type of ['conferencecall_joined', 'conferencecall_leaved']) {
        expect((seen.get(type) ?? 0) / 60).toBeGreaterThan(least)
      }
      const rows = world.participants.all()
      const count = (wanted: string): number =>
        rows.filter(({ status }) => status === wanted).length
      expect(count('joined')).toBeGreaterThan(50)
      expect(count('joined')).toBeLessThan(130)
      // Those still in the pre-flow, and those hung up in it: the health check takes its time.
      expect(count('joining')).toBeLessThan(130)
      const listed = world.conferences.all().flatMap(({ participantIds }) => participantIds)
      expect(Math.abs(listed.length - count('joined'))).toBeLessThan(20)
    },
  )

  test('with rate 0 nothing happens by itself', () => {
    const world = living(1, { ...AFTERNOON, rate: 0 })
    const before = JSON.stringify(world.participants.all())
    world.advanceTo(START + DAY)
    expect(JSON.stringify(world.participants.all())).toBe(before)
  })

  test('a history of 100,000 is in order and as large as asked', () => {
    const world = living(1, { ...AFTERNOON, history: 100_000 })
    const created = world.participants.all().map((row) => row.created)
    expect(created.length).toBeGreaterThanOrEqual(100_090)
    expect(created.every((at, index) => at >= (created[index - 1] ?? 0))).toBe(true)
    const gone = world.participants.all().filter(({ status }) => status === 'leaved')
    expect(gone.length).toBe(100_000)
    expect(gone.every(({ updated }) => updated !== null && updated <= START)).toBe(true)
  })
})
