import type { QueryClient } from '@tanstack/react-query'
import { ApiError } from '~/domain/api-error.ts'
import type { Call } from '~/domain/call.ts'
import type { Conference } from '~/domain/conference.ts'
import { isGone, type Participant } from '~/domain/participant.ts'
import type { Micros } from '~/domain/time.ts'
import { getParticipant } from '~/wire/participants.ts'
import { groupBy } from '~/util/group-by.ts'
import { serverNow } from '~/wire/server-clock.ts'
import { CallWatch } from './call-watch.ts'
import { gaps, type Span } from '~/cache/queries/coverage.ts'
import { Doubts } from './doubts.ts'
import { turn, type Lane } from '~/cache/queries/pace.ts'
import {
  plan,
  requestsFor,
  WITH_PUSH,
  type Candidate,
  type Reading,
  type Situation,
} from './plan.ts'

import { ReadLog } from './read-log.ts'
import { readPage } from '~/cache/queries/read-page.ts'
import { currentRoster, horizonAt, learn, type Roster } from './roster.ts'
import { listedAt, suspectsOf } from './suspects.ts'

/** Pages read in one poll to reach known rows; what lies deeper is left to the sweep. */
const HEAD_PAGES = 3

/** Re-reads of one poll that the pace allows, and while the sweep needs it more. */
const REREADS = 8
const REREADS_WHILE_SWEEPING = 2

/** Requests of one look at suspects; the rest is left to the next. */
const LOOK_REQUESTS = 6

/** So many who are not known are read one by one, though the sweep is still to come by. */
const FEW = 20

/**
 * Keeps the roster true at a cost of what changes, not of what exists. It decides what to read; when to do so is
 * told to it. All it learns goes into the roster, so any tab can go on where another stopped.
 */
export class Sync {
  readonly #client: QueryClient
  readonly #pollInterval: number
  readonly #log = new ReadLog()
  readonly #doubts: Doubts
  /** What frames of calls give away. */
  readonly calls = new CallWatch()
  /** Conferences as they last listed their participants. */
  readonly #listed = new Map<string, Conference>()
  #times: Micros[] = []
  #timeless = 0
  #isPushed = false
  /** From then on a poll reads again those, too, that push tells of; by performance.now(). */
  #allDueAt = 0

  /** @param pollInterval milliseconds */
  constructor(client: QueryClient, pollInterval: number) {
    this.#client = client
    this.#pollInterval = pollInterval
    this.#doubts = new Doubts(pollInterval)
  }

  /** Push is relied on from now on, or no longer. The next poll reads all again: what was told meanwhile is lost. */
  relyOnPush(isPushed: boolean): void {
    this.#isPushed = isPushed
    this.readAllNext()
  }

  /** What could not be read may be asked for again at once, as when an operator asks for it. */
  forgetFailures(): void {
    this.#log.forgetFailures()
  }

  /** The next poll leaves nothing out. */
  readAllNext(): void {
    this.#allDueAt = 0
  }

  /**
   * One poll: the newest page, and further until known rows; then those who can still change, as far as that gets
   * within two intervals, so that the next newest page is never long in coming. One request of theirs is always sent,
   * or a slow server would be believed for ever. While push is relied on, those that it tells of are left out of four
   * polls in five. A record that cannot be read costs itself; when none of several can be read, the server has failed.
   *
   * @returns since when all who can change have been read, in milliseconds since the epoch
   * @throws ApiError
   */
  async tick(signal: AbortSignal): Promise<number> {
    const startedAt = performance.now()
    const isPartial = this.#isPushed && startedAt < this.#allDueAt
    await this.#readHead(signal, 'poll')
    const deadline = performance.now() + 2 * this.#pollInterval
    const failures: Array<Error | null> = []
    for (const reading of this.#plan(isPartial)) {
      failures.push(await this.#read(reading, signal, 'poll'))
      if (performance.now() > deadline) break
    }
    const [first] = failures
    if (first && failures.length > 1 && failures.every(Boolean)) throw first
    if (!isPartial) this.#allDueAt = startedAt + (WITH_PUSH - 0.5) * this.#pollInterval
    learn(this.#client, { horizon: horizonAt(serverNow()) })
    const there = this.#there
    this.#log.keepOnly(new Set([...there, ...this.#doubts.remembered]))
    this.#doubts.forget((id) => {
      const one = this.#roster.held.get(id)
      return one !== undefined && isGone(one.participant)
    })
    return this.#readSince(there)
  }

  /**
   * Whoever is held and was not read here has been read by others since then.
   *
   * @param since milliseconds since the epoch
   */
  told(since: number): void {
    this.#log.told(since)
  }

  /** The same while this tab reads already: what another one has told may be older than was thought. */
  alsoTold(since: number): void {
    this.#log.alsoTold(since)
  }

  /** Reads on, page by page, until all is covered back to the horizon, or somebody stops it. */
  async sweep(signal: AbortSignal): Promise<true> {
    for (;;) {
      const gap = this.#gap
      if (!gap || this.#roster.isPaused) return true
      await this.#readPage(gap.to + 1, signal, 'sweep')
    }
  }

  /** How many are to be looked at. */
  get suspects(): number {
    return this.#doubts.size
  }

  /** How many of them are not held at all. */
  get missing(): number {
    const { held } = this.#roster
    // What the server denies to have is not missing.
    return [...this.#doubts.ids].filter((id) => !held.has(id) && !this.#log.isDenied(id)).length
  }

  /** Marks those that frames of calls give away. */
  hear(calls: readonly Call[]): void {
    this.#doubts.addTold(this.calls.hear(calls))
  }

  /** Marks those whom the conferences' own lists give away. */
  suspect(conferences: readonly Conference[]): void {
    const { held } = this.#roster
    const there = [...held.values()].filter(({ participant }) => !isGone(participant))
    const live = groupBy(there, ({ participant }) => participant.conferenceId)
    for (const conference of conferences) {
      const before = this.#listed.get(conference.id)
      this.#doubts.add(suspectsOf(conference, held, live.get(conference.id) ?? [], before))
      // One that is over is not told of again; bridges for a single call come by the thousand.
      if (conference.deletedAt !== null) this.#listed.delete(conference.id)
      else if (!before || listedAt(before) <= listedAt(conference)) {
        this.#listed.set(conference.id, conference)
      }
    }
  }

  /** Looks at the suspects; those whom a few requests do not reach are left to the next look. @throws ApiError */
  async look(signal: AbortSignal): Promise<void> {
    if (this.#doubts.hasNewcomers || this.calls.wait === 0) await this.#readHead(signal)
    for (let spent = 0; spent < LOOK_REQUESTS; spent++) {
      const { held } = this.#roster
      const suspects = this.#doubts.next(this.#log.isReady)
      const known = suspects.filter((id) => held.has(id))
      const unknown = suspects.filter((id) => !held.has(id))
      const isForSweep = unknown.length > FEW && this.#gap !== undefined
      const ids = known.length > 0 || isForSweep ? known : unknown
      const [reading] = plan({ ...this.#situation(ids), freshFor: 0, budget: 1 })
      if (reading) await this.#read(reading, signal)
      else if (isForSweep) await this.#jump(unknown, signal)
      else return
    }
  }

  /**
   * Many are in a conference whom the sweep has not reached: one of them tells when they came, and a page from
   * there on most likely holds others. The conference lists them as they joined, so the newest comes last.
   */
  async #jump(unknown: readonly string[], signal: AbortSignal): Promise<void> {
    const id = unknown.at(-1) ?? ''
    await this.#readRecord(id, signal)
    const at = this.#roster.held.get(id)?.participant.createdAt
    if (at) await this.#readPage(at + 1, signal)
  }

  get #roster(): Roster {
    return currentRoster(this.#client)
  }

  /** The newest stretch not looked at yet. */
  get #gap(): Span | undefined {
    return gaps(this.#roster.coverage, horizonAt(serverNow()))[0]
  }

  /** Who can still change. */
  get #there(): readonly string[] {
    const ids: string[] = []
    for (const [id, { participant }] of this.#roster.held) if (!isGone(participant)) ids.push(id)
    return ids
  }

  /** Since when all of these are known to be so, but for those stuck or denied, which are hardly ever read. Milliseconds. */
  #readSince(ids: readonly string[]): number {
    const now = Date.now()
    return this.#candidates(ids)
      .filter(({ id, kind }) => kind !== 'stuck' && !this.#log.isDenied(id))
      .reduce((first, { id, age }) => {
        // Whatever told of a change was no older than it.
        const since = Math.max(this.#log.readSince(id), now - age)
        return Math.min(first, since)
      }, now)
  }

  /** @param isPartial without those that stay, of whose changes push tells */
  #plan(isPartial: boolean): readonly Reading[] {
    const all = this.#there.filter(this.#log.isReady)
    const ids = isPartial ? this.#unannounced(all) : all
    const isSweeping = this.#gap !== undefined && !this.#roster.isPaused
    const most = isSweeping ? REREADS_WHILE_SWEEPING : REREADS
    return plan({
      ...this.#situation(ids),
      // Half an interval: what this very poll has read is fresh, what the last one read is not.
      freshFor: this.#pollInterval / 2,
      budget: Math.min(requestsFor(ids.length), most),
    })
  }

  /** Without those that stay: of their next change, joined or left, a conference tells (voipbin-api.md 9.4). */
  #unannounced(ids: readonly string[]): readonly string[] {
    const candidates = this.#candidates(ids)
    return candidates.filter(({ kind }) => kind !== 'staying').map(({ id }) => id)
  }

  #situation(ids: readonly string[]): Pick<Situation, 'candidates' | 'times' | 'coverage'> {
    const { held, coverage } = this.#roster
    return { candidates: this.#candidates(ids), times: this.#timesOf(held), coverage }
  }

  #candidates(ids: readonly string[]): readonly Candidate[] {
    const { held } = this.#roster
    return ids.map((id) => this.#log.candidate(id, held.get(id)?.participant))
  }

  /** Creation times of those held, oldest first. Who comes is added at the end; anything else makes it anew. */
  #timesOf(held: Roster['held']): readonly Micros[] {
    if (this.#times.length + this.#timeless !== held.size) {
      const times = [...held.values()].map(({ participant }) => participant.createdAt)
      this.#times = times.filter((at) => at !== null).toSorted((a, b) => a - b)
      this.#timeless = times.length - this.#times.length
    }
    return this.#times
  }

  async #readHead(signal: AbortSignal, lane: Lane = 'recheck'): Promise<void> {
    this.#doubts.hasNewcomers = false
    this.calls.startLook()
    const known = this.#roster.coverage[0]?.to
    let before: Micros | null = null
    for (let pages = 0; pages < HEAD_PAGES; pages++) {
      const span: Span | null = await this.#readPage(before, signal, lane)
      if (!span || known === undefined || span.from <= known + 1) return
      before = span.from
    }
  }

  async #readPage(
    before: Micros | null,
    signal: AbortSignal,
    lane: Lane = 'recheck',
  ): Promise<Span | null> {
    const page = await readPage(before, signal, lane)
    this.#take(page.records, { page })
    for (const { id } of page.records) this.#log.listed(id)
    return page.span
  }

  /** @returns what kept it from being read; null when there was an answer */
  async #read(
    reading: Reading,
    signal: AbortSignal,
    lane: Lane = 'recheck',
  ): Promise<Error | null> {
    if (reading.kind === 'record') return this.#readRecord(reading.id, signal, lane)
    const then = performance.now()
    await this.#readPage(reading.before, signal, lane)
    const { held } = this.#roster
    // Who is gone was on it, and is not asked for again.
    const there = reading.ids.filter((id) => {
      const one = held.get(id)
      return one && !isGone(one.participant)
    })
    this.#log.expected(there, then)
    return null
  }

  /**
   * @returns what kept it from being read; null when there was an answer, be it that there is no such record
   * @throws ApiError for what would keep any other from being read, too
   */
  async #readRecord(
    id: string,
    signal: AbortSignal,
    lane: Lane = 'recheck',
  ): Promise<Error | null> {
    await turn(signal, lane)
    try {
      this.#take([await getParticipant(id, signal)])
      return null
    } catch (error) {
      if (!(error instanceof ApiError) || error.isGeneral) {
        this.#log.tried(id)
        throw error
      }
      if (error.isTransient) {
        this.#log.failed(id, error)
        return error
      }
      this.#log.denied(id, error)
      this.#doubts.wasRead(id, false)
      return null
    }
  }

  #take(
    facts: readonly Participant[],
    rest: Omit<Parameters<typeof learn>[1], 'facts'> = {},
  ): void {
    const before = this.#roster.held
    learn(this.#client, { ...rest, facts })
    const after = this.#roster.held
    // Pages are newest first, and times are added oldest first.
    for (const { id, createdAt } of facts.toReversed()) {
      this.#wasRead(id, before.get(id) !== after.get(id))
      const isNewest = createdAt !== null && createdAt >= (this.#times.at(-1) ?? Infinity)
      if (isNewest && !before.has(id)) this.#times.push(createdAt)
    }
  }

  #wasRead(id: string, isNews: boolean): void {
    this.#doubts.wasRead(id, isNews)
    this.#log.read(id)
  }
}
