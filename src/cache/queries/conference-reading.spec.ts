import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { conferenceOf } from '~/testing/conference.fixture.ts'
import type { Conference } from '~/domain/conference.ts'
import type { Micros } from '~/domain/time.ts'
import {
  NO_LIST,
  nextToRead,
  untilNext,
  withListed,
  withNews,
  withRecords,
  type ConferenceList,
} from './conference-reading.ts'
import { spanOf } from './coverage.ts'

const PAGE_SIZE = 3
const INTERVAL = 3000

/**
 * A server with small pages and a client that reads its list. One step of the clock is a
 * millisecond.
 */
class Model {
  now = 1_000_000
  readonly truth = new Map<string, Conference>()
  readonly #events: Conference[] = []
  /** The latest record of each conference that an event carried. */
  readonly told = new Map<string, Conference>()
  list: ConferenceList = NO_LIST
  #request: { before: Micros | null; sentAt: number; rows: readonly Conference[] | null } | null =
    null

  create(id: string, createdAt: number | null): void {
    if (this.truth.has(id)) return
    this.#change(
      conferenceOf({ id, type: 'conference', status: 'progressing', createdAt, updatedAt: 0 }),
    )
  }

  update(id: string): void {
    const one = this.truth.get(id)
    if (one && one.deletedAt === null) this.#change(one)
  }

  delete(id: string): void {
    const one = this.truth.get(id)
    if (one && one.deletedAt === null) this.#change({ ...one, deletedAt: this.now })
  }

  #change(one: Conference): void {
    const next = { ...one, updatedAt: this.now }
    this.truth.set(one.id, next)
    this.#events.push(next)
  }

  /** Delivers or loses the oldest event under way. */
  push(isLost: boolean): void {
    const event = this.#events.shift()
    if (!event || isLost) return
    this.told.set(event.id, event)
    this.list = withNews(this.list, [event], this.now)
  }

  get alive(): readonly Conference[] {
    return [...this.truth.values()]
      .filter(({ deletedAt }) => deletedAt === null)
      .toSorted((a, b) => (b.createdAt ?? 500) - (a.createdAt ?? 500))
  }

  send(): void {
    const before = nextToRead(this.list, this.now, INTERVAL)
    this.#request ??= { before, sentAt: this.now, rows: null }
  }

  /**
   * The server computes its answer. A conference without a creation time keeps a place in the list
   * that the answer does not show.
   */
  look(): void {
    const { before = null } = this.#request ?? {}
    const rows = this.alive.filter(({ createdAt }) => (createdAt ?? 500) < (before ?? Infinity))
    if (this.#request) this.#request.rows ??= rows.slice(0, PAGE_SIZE)
  }

  receive(): void {
    const { before = null, sentAt = 0, rows = null } = this.#request ?? {}
    if (!rows) return
    const times = rows.flatMap(({ createdAt }) => createdAt ?? [])
    const span = spanOf({ before, times, isLast: rows.length < PAGE_SIZE })
    const page = { records: rows, unreadable: [], span, before, sentAt, receivedAt: this.now }
    this.list = withListed(this.list, page)
    this.#request = null
  }

  /** Reads for this many polls while nothing changes. */
  settle(polls: number): void {
    this.receive()
    for (const end = this.now + polls * INTERVAL; this.now < end;) {
      this.now += Math.max(untilNext(this.list, this.now, INTERVAL, 1), 1)
      this.send()
      this.look()
      this.now += 1
      this.receive()
    }
  }
}

const ids = Array.from('abcdefghijklmn')
const id = fc.constantFrom(...ids)
const step = fc.oneof(
  fc.record({ kind: fc.constant('create' as const), id, at: fc.integer({ min: 1, max: 999 }) }),
  fc.record({ kind: fc.constantFrom('update' as const, 'delete' as const), id }),
  fc.record({ kind: fc.constant('push' as const), isLost: fc.boolean() }),
  fc.record({ kind: fc.constantFrom('send' as const, 'look' as const, 'receive' as const) }),
  fc.record({ kind: fc.constant('wait' as const) }),
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

function play(model: Model, one: Step): void {
  model.now += 1
  switch (one.kind) {
    case 'create':
      // At most two conferences share a time, which is less than a page.
      return model.create(one.id, one.at * 7 + (ids.indexOf(one.id) >> 1))
    case 'update':
    case 'delete':
      return model[one.kind](one.id)
    case 'push':
      return model.push(one.isLost)
    case 'wait':
      model.now += INTERVAL
      return
    default:
      return model[one.kind]()
  }
}

const idsOf = (all: readonly Conference[]) => all.map((one) => one.id).toSorted()
const MANY = { numRuns: 500 }

describe('the list of conferences', () => {
  it('ends as the server lists it, whatever events were delivered, lost or late', () => {
    const steps = fc.array(step, { minLength: 10, maxLength: 80 })
    fc.assert(
      fc.property(steps, (all) => {
        const model = new Model()
        for (const one of all) play(model, one)
        model.settle(14)
        expect(model.list.isWhole).toBe(true)
        expect(idsOf(model.list.conferences)).toEqual(idsOf(model.alive))
        const byId = new Map(model.list.conferences.map((one) => [one.id, one]))
        for (const one of model.alive) expect(byId.get(one.id)).toEqual(one)
      }),
      MANY,
    )
  })

  it('drops a conference without a creation time when a whole round lacks it', () => {
    const model = new Model()
    for (const [n, name] of Array.from('abcdefgh').entries())
      model.create(name, n === 3 ? null : 400 + 20 * n)
    model.settle(6)
    expect(idsOf(model.list.conferences)).toEqual(Array.from('abcdefgh'))
    model.delete('d')
    model.settle(6)
    expect(idsOf(model.list.conferences)).toEqual(Array.from('abcefgh'))
  })

  it('undoes no event, however old an answer is', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 10, maxLength: 80 }), (all) => {
        const model = new Model()
        for (const one of all) {
          play(model, one.kind === 'push' ? { ...one, isLost: false } : one)
          const shown = new Map(model.list.conferences.map((row) => [row.id, row]))
          if (model.list.newestAt === 0) continue
          const back = [...model.told.values()].filter((told) => {
            const row = shown.get(told.id)
            if (told.deletedAt !== null) return row !== undefined
            if (!row) return model.truth.get(told.id)?.deletedAt === null
            return (row.updatedAt ?? 0) < (told.updatedAt ?? 0)
          })
          expect(back).toEqual([])
        }
      }),
      MANY,
    )
  })

  it('drops a conference that an answer requested after its event lacks', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (all) => {
        const model = new Model()
        for (const one of all) play(model, one)
        // The answer still under way was requested before.
        model.look()
        model.receive()
        model.now += INTERVAL
        model.send()
        model.look()
        const first = model.alive.slice(0, PAGE_SIZE)
        model.now += 1
        model.receive()
        const from = first.length < PAGE_SIZE ? 0 : (first.at(-1)?.createdAt ?? 0) + 1
        const shown = model.list.conferences.filter((one) => (one.createdAt ?? 0) >= from)
        expect(idsOf(shown)).toEqual(idsOf(first.filter((one) => (one.createdAt ?? 0) >= from)))
      }),
      MANY,
    )
  })

  it('ignores times recorded before the clock of this computer was set back', () => {
    const model = new Model()
    model.create('a', 1)
    model.settle(1)
    model.create('b', 2)
    model.push(false)
    model.push(false)
    model.delete('b')
    model.now -= 3_600_000
    model.settle(3)
    expect(idsOf(model.list.conferences)).toEqual(['a'])
  })

  it('updates a listed conference from a record read by id, and lists no other', () => {
    const [a, b] = ['a', 'b'].map((name) => conferenceOf({ id: name, updatedAt: 1 }))
    if (!a || !b) throw new Error('there are two')
    const list = { ...NO_LIST, conferences: [a] }
    const newer = { ...a, status: 'terminated', updatedAt: 2 }
    expect(withRecords(list, [newer, b]).conferences).toEqual([newer])
    expect(withRecords(list, [{ ...newer, deletedAt: 2 }]).conferences).toEqual([])
  })
})

describe('untilNext', () => {
  const whole = { ...NO_LIST, newestAt: 10_000, newestFrom: 50, isWhole: true }

  it.each<[string, Partial<ConferenceList>, number]>([
    ['the newest page was read: one further page', {}, 1],
    ['both were read: an interval after the newest page', { furtherAt: 10_100 }, 2500],
    ['nothing is older', { newestFrom: 0 }, 2500],
    ['the first round, page after page', { furtherAt: 10_100, isWhole: false, pages: 5 }, 1],
    ['a first round that is long', { furtherAt: 10_100, isWhole: false, pages: 30 }, 2500],
  ])('returns the wait: %s', (_name, wish, wait) => {
    expect(untilNext({ ...whole, ...wish }, 10_500, INTERVAL, 1)).toBe(wait)
  })
})
