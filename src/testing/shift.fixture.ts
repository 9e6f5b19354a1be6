import { onlineManager } from '@tanstack/react-query'
import * as fc from 'fast-check'
import { currentActivity } from '~/cache/activity/activity.ts'
import { ABANDONED_AFTER, openIn } from '~/domain/schedule.ts'
import { KIM, SAM, type Desk } from './ledger.fixture.ts'
import type { Mood } from './removal-server.fixture.ts'
import type { Row } from './server.fixture.ts'

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
export type Step =
  | ['join', count: number]
  | ['change', pick: number, to: Row['status']]
  | ['move', pick: number]
  | ['submit', first: number, count: number, grace: number]
  | ['withdraw' | 'pause' | 'resume' | 'send now', pick: number]
  | ['mood', Mood]
  | ['close']
  | ['network', boolean]
  | ['session', boolean]
  | ['away', from: 'page' | 'session' | 'network', milliseconds: number]
  | ['account']
  | ['take over', pick: number]
  | ['pass', milliseconds: number]

const pick = fc.nat({ max: 50 })
/** One step, as a history is made of. */
export const step: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(fc.constant('join' as const), fc.integer({ min: 1, max: 4 })),
  fc.tuple(
    fc.constant('change' as const),
    pick,
    fc.constantFrom('joined', 'leaving', 'leaved' as const),
  ),
  fc.tuple(fc.constant('move' as const), pick),
  fc.tuple(
    fc.constant('submit' as const),
    pick,
    fc.integer({ min: 1, max: 5 }),
    fc.constantFrom(0, 0, 3000),
  ),
  fc.tuple(fc.constantFrom('withdraw', 'pause', 'resume', 'send now' as const), pick),
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

/** Steps taken at a desk, and what its operator has really confirmed. */
export class Shift {
  readonly desk: Desk
  /** How often each participant was confirmed in its conference, and not withdrawn before anything was sent. */
  readonly wanted = new Map<string, number>()
  /** Each removal and the account that confirmed it: `p1 by Sam`. */
  readonly confirmed = new Set<string>()
  /** Batches that were abandoned for over a minute and not resumed since, and when the minute was over. */
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
      case 'submit':
        return this.#submit(one[1], one[2], one[3])
      case 'withdraw':
      case 'pause':
      case 'resume':
      case 'send now':
        return this.#control(one[0], one[1])
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

  /** No tab works for so long. */
  async #leave(from: 'page' | 'session' | 'network', milliseconds: number): Promise<void> {
    const { desk } = this
    // A closed page holds nothing.
    const open = openIn(currentActivity(desk.client))
    if (from === 'page') desk.close()
    else if (from === 'session') desk.signOut()
    else onlineManager.setOnline(false)
    // What was sent is answered.
    await desk.pass(1000)
    const left = from === 'page' ? open : openIn(currentActivity(desk.client))
    await desk.pass(milliseconds)
    const now = Date.now()
    // What could still be undone was not left lying before its time was over.
    const lyingSince = (startsAt: number) => Math.max(startsAt, now - milliseconds)
    for (const { id, startsAt } of left)
      if (now - lyingSince(startsAt) > ABANDONED_AFTER) this.abandoned.set(id, now)
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
      if (!before.has(id)) this.#count(`${target.id} in ${target.conferenceId}`, 0)
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

  #submit(first: number, count: number, grace: number): void {
    const all = this.desk.world.rows.all()
    const rows = all.slice(first % Math.max(all.length, 1)).slice(0, count)
    if (rows.length === 0) return
    for (const row of rows) this.#count(`${row.id} in ${row.conferenceId}`, 1)
    for (const { id } of rows) this.confirmed.add(`${id} by ${this.desk.who.name}`)
    const targets = rows.map((row) => this.desk.target(row))
    this.desk.acts.submit({ kind: 'remove', targets, grace })
  }

  #count(key: string, by: number): void {
    this.wanted.set(key, (this.wanted.get(key) ?? 0) + by)
  }

  #control(what: 'withdraw' | 'pause' | 'resume' | 'send now', n: number): void {
    const { acts, client, actions } = this.desk
    const all = [...currentActivity(client).batches.keys()]
    const batch = all[n % all.length]
    if (batch === undefined) return
    if (what === 'pause') acts.pause(batch)
    else if (what === 'resume') {
      acts.resume(batch)
      this.abandoned.delete(batch)
    } else if (what === 'send now') acts.sendNow(batch)
    else {
      for (const action of actions) {
        if (action.batch !== batch || action.state !== 'waiting') continue
        // An action that was turned away and waits for another try was sent already.
        const { id, conferenceId } = action.target
        if (!this.desk.deletes.includes(id)) this.#count(`${id} in ${conferenceId}`, -1)
      }
      acts.withdraw(batch)
    }
  }
}
