import { onlineManager } from '@tanstack/react-query'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { currentActivity } from '~/cache/activity/activity.ts'
import type { Row } from '~/testing/server.fixture.ts'
import { isPending } from '~/domain/action.ts'
import { openIn } from '~/domain/schedule.ts'
import { KIM, leaveDesk, openDesk, SAM, type Desk, type Mood } from '~/testing/ledger.fixture.ts'

const MOODS: readonly Mood[] = [
  'works',
  'works',
  'lost',
  'other',
  'refused',
  'timed out',
  'silent',
  'returns',
  'broken',
  'busy',
  'unreachable',
]

/** What may happen at any moment. Picks are taken modulo what there is. */
type Step =
  | ['join', count: number]
  | ['change', pick: number, to: Row['status']]
  | ['move', pick: number]
  | ['ask', first: number, count: number, grace: number]
  | ['withdraw' | 'pause' | 'go on' | 'send now', pick: number]
  | ['mood', Mood]
  | ['close']
  | ['network', boolean]
  | ['session', boolean]
  | ['away', from: 'page' | 'session' | 'network', milliseconds: number]
  | ['account']
  | ['take over', pick: number]
  | ['pass', milliseconds: number]

const pick = fc.nat({ max: 50 })
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(fc.constant('join' as const), fc.integer({ min: 1, max: 4 })),
  fc.tuple(
    fc.constant('change' as const),
    pick,
    fc.constantFrom('joined', 'leaving', 'leaved' as const),
  ),
  fc.tuple(fc.constant('move' as const), pick),
  fc.tuple(
    fc.constant('ask' as const),
    pick,
    fc.integer({ min: 1, max: 5 }),
    fc.constantFrom(0, 0, 3000),
  ),
  fc.tuple(fc.constantFrom('withdraw', 'pause', 'go on', 'send now' as const), pick),
  fc.tuple(fc.constant('mood' as const), fc.constantFrom(...MOODS)),
  fc.tuple(fc.constant('close' as const)),
  fc.tuple(fc.constant('network' as const), fc.boolean()),
  fc.tuple(fc.constant('session' as const), fc.boolean()),
  fc.tuple(
    fc.constant('away' as const),
    fc.constantFrom('page', 'session', 'network' as const),
    fc.constantFrom(50_000, 62_000, 200_000),
  ),
  fc.tuple(fc.constant('account' as const)),
  fc.tuple(fc.constant('take over' as const), pick),
  fc.tuple(fc.constant('pass' as const), fc.integer({ min: 0, max: 8000 })),
  fc.tuple(fc.constant('pass' as const), fc.integer({ min: 0, max: 8000 })),
)

/** Steps taken at a desk, and what the person at it has really asked for. */
class Shift {
  readonly desk: Desk
  /** How often each was confirmed where he was, and not taken back before anything was sent. */
  readonly wanted = new Map<string, number>()
  /** Each removal and the account that confirmed it: `p1 by Sam`. */
  readonly confirmed = new Set<string>()
  /** Batches that were left alone for over a minute and not gone on with since, and when that was over. */
  readonly abandoned = new Map<string, number>()
  #joined = 0

  constructor(desk: Desk) {
    this.desk = desk
  }

  async take(one: Step): Promise<void> {
    const { desk } = this
    switch (one[0]) {
      case 'join':
        for (let n = 0; n < one[1]; n++) this.#join()
        return
      case 'change':
        return this.#change(one[1], one[2])
      case 'move': {
        const row = this.#pick(one[1])
        if (row) Object.assign(row, { conferenceId: 'elsewhere' })
        return
      }
      case 'ask':
        return this.#ask(one[1], one[2], one[3])
      case 'withdraw':
      case 'pause':
      case 'go on':
      case 'send now':
        return this.#turn(one[0], one[1])
      case 'mood':
        desk.mood = one[1]
        return
      case 'close':
        desk.close()
        return desk.open()
      case 'network':
        return onlineManager.setOnline(one[1])
      case 'session':
        return one[1] ? desk.signIn() : desk.signOut()
      case 'away':
        return this.#leave(one[1], one[2])
      case 'account':
        return desk.changeTo(desk.who === SAM ? KIM : SAM)
      case 'take over':
        return this.#takeOver(one[1])
      case 'pass':
        return desk.pass(one[1])
    }
  }

  /** Nobody is at work for so long. */
  async #leave(from: 'page' | 'session' | 'network', milliseconds: number): Promise<void> {
    const { desk } = this
    if (from === 'page') desk.close()
    else if (from === 'session') desk.signOut()
    else onlineManager.setOnline(false)
    // What was on its way comes to its end.
    await desk.pass(1000)
    const left = openIn(currentActivity(desk.client))
    const isLong = milliseconds > 60_000
    await desk.pass(milliseconds)
    if (isLong) for (const { id } of left) this.abandoned.set(id, Date.now())
    if (from === 'page') await desk.open()
    else if (from === 'session') desk.signIn()
    else onlineManager.setOnline(true)
  }

  async #takeOver(n: number): Promise<void> {
    const { desk } = this
    const works = await desk.othersWork()
    const work = works[n % works.length]
    if (!work) return
    const before = new Set(desk.actions.map(({ id }) => id))
    await desk.takeOver(work)
    for (const { id, target } of desk.actions) {
      if (!before.has(id)) this.#want(`${target.id} in ${target.conferenceId}`, 0)
      if (!before.has(id)) this.confirmed.add(`${target.id} by ${desk.who.name}`)
    }
  }

  #join(): void {
    const n = String(this.#joined++).padStart(12, '0')
    this.desk.world.join({ callId: `8f1e0f52-7c3b-4a39-9d5e-${n}` })
  }

  #pick(n: number): Row | undefined {
    const all = this.desk.world.rows.all()
    return all[n % all.length]
  }

  #change(n: number, to: Row['status']): void {
    const row = this.#pick(n)
    // Leaved is final in practice (voipbin-api.md 4.4).
    if (row && row.status !== 'leaved') this.desk.world.change(row, to)
  }

  #ask(first: number, count: number, grace: number): void {
    const all = this.desk.world.rows.all()
    const rows = all.slice(first % Math.max(all.length, 1)).slice(0, count)
    if (rows.length === 0) return
    for (const row of rows) this.#want(`${row.id} in ${row.conferenceId}`, 1)
    for (const { id } of rows) this.confirmed.add(`${id} by ${this.desk.who.name}`)
    const targets = rows.map((row) => this.desk.target(row))
    this.desk.acts.submit({ kind: 'remove', targets, grace })
  }

  #want(whom: string, by: number): void {
    this.wanted.set(whom, (this.wanted.get(whom) ?? 0) + by)
  }

  #turn(what: 'withdraw' | 'pause' | 'go on' | 'send now', n: number): void {
    const { acts, client, actions } = this.desk
    const all = [...currentActivity(client).batches.keys()]
    const batch = all[n % all.length]
    if (batch === undefined) return
    if (what === 'pause') acts.pause(batch)
    else if (what === 'go on') {
      acts.resume(batch)
      this.abandoned.delete(batch)
    } else if (what === 'send now') acts.sendNow(batch)
    else {
      for (const action of actions) {
        if (action.batch !== batch || action.state !== 'waiting') continue
        // One that was turned away and waits for another try was sent already.
        const { id, conferenceId } = action.target
        if (!this.desk.deletes.includes(id)) this.#want(`${id} in ${conferenceId}`, -1)
      }
      acts.withdraw(batch)
    }
  }
}

function check({ desk, wanted, confirmed, abandoned }: Shift): void {
  for (const [n, id] of desk.deletes.entries())
    expect(confirmed, 'sent in the name of another').toContain(`${id} by ${desk.deletedBy[n]}`)
  for (const { batch, sentAt } of desk.actions) {
    const since = abandoned.get(batch) ?? Infinity
    expect(sentAt ?? 0, 'sent without a word after it was abandoned').toBeLessThan(since)
  }
  for (const whom of desk.deletedFrom) {
    expect(wanted.get(whom) ?? 0, `${whom} was not confirmed`).toBeGreaterThan(0)
  }
  const idsOf = (some: typeof desk.actions) => some.map(({ target }) => target.id)
  const gone = idsOf(desk.actions.filter((action) => desk.stateOf(action) === 'gone'))
  const there = gone.filter((id) => desk.world.rows.get(id)?.status !== 'leaved')
  expect(there, 'shown gone').toEqual([])
  const accepted = idsOf(desk.actions.filter(({ state }) => state === 'accepted'))
  const unconfirmed = accepted.filter((id) => !desk.confirmed.has(id))
  expect(unconfirmed, 'shown accepted').toEqual([])
}

/** All trouble is over, and whatever waits for the one at the desk is gone on with. */
async function calmDown({ desk, abandoned }: Shift): Promise<void> {
  desk.mood = 'works'
  onlineManager.setOnline(true)
  desk.signIn()
  await desk.pass(1000)
  for (const [id, { paused }] of currentActivity(desk.client).batches)
    if (paused) desk.acts.resume(id)
  abandoned.clear()
  await desk.pass(120_000)
}

describe('whatever interrupts it', { timeout: 120_000 }, () => {
  it('removes only what was confirmed, in the name of its account and soon, shows as gone only what is gone, and comes to an end', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), fc.boolean(), async (steps, hasLocks) => {
        const desk = openDesk({ hasLocks })
        try {
          await desk.open()
          const shift = new Shift(desk)
          await shift.take(['join', 4])
          for (const one of steps) {
            await shift.take(one)
            check(shift)
          }
          for (const who of [desk.who, desk.who === SAM ? KIM : SAM]) {
            if (who !== desk.who) await desk.changeTo(who)
            await calmDown(shift)
            check(shift)
            expect(desk.actions.filter(isPending)).toEqual([])
          }
        } finally {
          leaveDesk(desk)
        }
      }),
      { numRuns: Number(process.env['RUNS'] ?? 60) },
    )
  })
})
