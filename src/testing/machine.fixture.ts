import { vi } from 'vitest'
import type { Conference } from '~/domain/conference.ts'
import { parseConference } from '~/wire/conferences.ts'
import { json, stubFetch } from './fetch.fixture.ts'
import fixture from '~/wire/fixtures/conference.json'
import { parseParticipant } from '~/wire/participants.ts'
import { isRecord } from '~/wire/record.ts'
import { unpacedClient } from './client.fixture.ts'
import { rosterOf, horizonAt } from '~/cache/roster/store.ts'
import { CONFERENCE, versionOf, World, type Row } from './server.fixture.ts'
import { INTERVAL } from './sync.fixture.ts'
import { Sync } from '~/cache/roster/sync.ts'

export type Work = 'tick' | 'sweep' | 'look'

/** How an answer arrives: unchanged, as an error, or not at all. */
export type How = 'well' | 'badly' | 'not at all'

/**
 * A change of the world or of the client that watches it. Picks are taken modulo the number of
 * candidates.
 */
export type Step =
  | ['join', count: number, apart: number, status: Row['status']]
  | ['change', pick: number, to: Row['status']]
  | ['remove', pick: number]
  | ['pass', milliseconds: number]
  | ['start', Work]
  | ['hear', 'news' | 'old news']
  | ['answer', pick: number, How]
  | ['retell', pick: number]
  | ['poll']

const DAY = 24 * 3600_000

const { signal: never } = new AbortController()

/** Whether it has been leaving since before the horizon: the client may forget it. */
const isSpent = ({ status, created, updated }: Row): boolean =>
  status === 'leaving' && (updated ?? created) < horizonAt(Date.now())

const pickOf = <T>(all: readonly T[], pick: number): T | undefined => all[pick % all.length]

/** A world and a client. Its requests are answered when and as the spec says. */
export class Machine {
  readonly world = new World()
  readonly #client = unpacedClient()
  readonly #sync = new Sync(this.#client, INTERVAL)
  readonly #running = new Set<Work>()
  /** Requests that the server has answered but the client has not received, oldest first. */
  readonly #pending: Array<(how: How) => void> = []
  readonly #told: Array<{ readonly body: unknown; readonly at: number }> = []
  readonly #lists: Conference[] = []
  /** Rows that moved on, which the platform's never do, after they had been leaving for a day. */
  readonly #wasSpent = new Set<Row>()
  /** The newest version of each record held so far. */
  readonly #seen = new Map<string, number>()
  #onEvent = (): void => {}

  constructor() {
    stubFetch((sent) => {
      const body = this.world.bodyOf(sent)
      this.#told.push({ body, at: Date.now() })
      return new Promise((resolve, reject) => {
        this.#pending.push((how) => {
          if (how === 'not at all') reject(new TypeError('Failed to fetch'))
          else resolve(how === 'well' ? json(body) : json({}, { status: 503 }))
        })
        this.#onEvent()
      })
    })
  }

  async take(step: Step): Promise<void> {
    switch (step[0]) {
      case 'join':
        return this.#join(step[1], step[2], step[3])
      case 'change':
        return this.#change(step[1], step[2])
      case 'remove':
        return this.#remove(step[1])
      case 'pass':
        return void vi.advanceTimersByTime(step[1])
      case 'start':
        return this.#start(step[1])
      case 'hear':
        return this.#hear(step[1] === 'old news')
      case 'answer':
        return this.#answer(step[1], step[2])
      case 'retell':
        return this.#retell(step[1])
      case 'poll':
        return this.poll()
    }
  }

  /** Finishes everything under way, and a whole poll and a sweep. */
  async poll(): Promise<void> {
    await this.#start('sweep')
    await this.#start('tick')
    for (let answers = 0; this.#pending.length > 0; answers++) {
      if (answers > 100) throw new Error('there is no end to it')
      await this.#answer(0, 'well')
    }
  }

  /** Rows less than a microsecond apart share a microsecond. */
  #join(count: number, apart: number, status: Row['status']): void {
    const last = this.world.rows.all().at(-1)?.created ?? 0
    const first = Math.max(this.world.now, last)
    for (let one = 0; one < count; one++) {
      this.world.join({ created: first + Math.floor(one * apart), status })
    }
  }

  #change(pick: number, to: Row['status']): void {
    const row = pickOf(this.#live, pick)
    if (!row) return
    if (isSpent(row)) this.#wasSpent.add(row)
    this.world.change(row, to)
  }

  #remove(pick: number): void {
    const row = pickOf(this.#live, pick)
    if (!row) return
    this.world.change(row, row.status)
    row.deleted = row.updated
    this.world.unlist(row)
  }

  get #live(): readonly Row[] {
    return this.world.rows.all().filter((row) => row.status !== 'leaved' && row.deleted === null)
  }

  /** Starts the work unless it is running, and waits until it has sent a request or ended. */
  async #start(work: Work): Promise<void> {
    if (this.#running.has(work)) return
    this.#running.add(work)
    const event = this.#event()
    void this.#run(work)
    await event
  }

  async #run(work: Work): Promise<void> {
    try {
      await this.#sync[work](never)
    } catch {
      // Failed work is started again by a later step.
    }
    this.#running.delete(work)
    this.#onEvent()
  }

  /** Delivers an answer, and waits until its recipient has sent another request or ended. */
  async #answer(pick: number, how: How): Promise<void> {
    const [answer] = this.#pending.splice(pick % this.#pending.length, 1)
    if (!answer) return
    const event = this.#event()
    answer(how)
    await event
  }

  #event(): Promise<void> {
    return new Promise((resolve) => {
      this.#onEvent = resolve
    })
  }

  /** The conference lists its participants, as they are now or as they were at the first event. */
  #hear(isOld: boolean): void {
    const here = this.#live.filter(({ status }) => status !== 'joining')
    const conference = parseConference({ ...fixture, conferencecall_ids: here.map(({ id }) => id) })
    if (!conference) throw new Error('the fixture is a conference')
    this.#lists.push({ ...conference, id: CONFERENCE, updatedAt: this.world.now })
    this.#sync.suspect(isOld ? this.#lists.slice(0, 1) : this.#lists.slice(-1))
  }

  /** An answer of the last day arrives again, in another way. */
  #retell(pick: number): void {
    const told = this.#told.filter(({ at }) => Date.now() - at < DAY)
    const body = pickOf(told, pick)?.body
    const rows = isRecord(body) && Array.isArray(body['result']) ? body['result'] : [body]
    const facts = rows.flatMap((row) => (isRecord(row) && parseParticipant(row)) || [])
    rosterOf(this.#client).apply({ facts })
  }

  /** Records that moved back to an earlier version, or hold a version that never was. */
  wrong(): readonly string[] {
    const wrong: string[] = []
    for (const { participant } of rosterOf(this.#client).entries()) {
      const { id } = participant
      const [version, before] = [versionOf(participant.raw), this.#seen.get(id) ?? 0]
      const truth = versionOf(this.world.rows.get(id)?.raw)
      if (!(before <= version && version <= truth)) wrong.push(`${id}: ${before}, now ${version}`)
      this.#seen.set(id, version)
    }
    return wrong
  }

  /**
   * Rows that are not held as they are: of those held, those once held and still live, but for those that have been
   * leaving for a day, and those joined since the horizon.
   */
  untrue(): readonly string[] {
    const roster = rosterOf(this.#client)
    const horizon = horizonAt(Date.now())
    const live = new Set(this.#live.filter((row) => !isSpent(row) && !this.#wasSpent.has(row)))
    const isToBeHeld = (row: Row) =>
      row.created >= horizon ? row.deleted === null : this.#seen.has(row.id) && live.has(row)
    return this.world.rows
      .all()
      .filter((row) => roster.get(row.id) || isToBeHeld(row))
      .filter(({ id, raw }) => versionOf(roster.get(id)?.participant.raw) !== versionOf(raw))
      .map(({ id }) => id)
  }
}
