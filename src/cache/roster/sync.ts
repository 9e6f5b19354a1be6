import type { QueryClient } from '@tanstack/react-query'
import type { Call } from '~/domain/call.ts'
import type { Conference } from '~/domain/conference.ts'
import { isGone } from '~/domain/participant.ts'
import { gaps, type Span } from '~/cache/queries/coverage.ts'
import { serverNow } from '~/wire/server-clock.ts'
import { CallWatch } from './call-watch.ts'
import { KINDS, plan, requestsFor, WITH_PUSH, type Reading, type Situation } from './plan.ts'
import { Reader } from './reader.ts'
import { RecheckQueue } from './recheck-queue.ts'
import { RecheckSchedule } from './recheck-schedule.ts'
import { horizonAt, rosterOf, type RosterChange, type RosterStore } from './store.ts'
import { listedAt, suspectsOf } from './suspects.ts'

/** Re-reads of one poll that the pace allows, and while the sweep needs it more. */
const REREADS = 8
const REREADS_WHILE_SWEEPING = 2

/** Requests of one look at suspects; the rest is left to the next. */
const LOOK_REQUESTS = 6

/** So many that are not held are read one by one, though the sweep is still to come by. */
const FEW = 20

/** Those of whose next change, joined or left, a conference tells (voipbin-api.md 9.4). */
const ANNOUNCED = 'staying'

/**
 * Keeps the roster true at a cost of what changes, not of what exists. It decides what to read; when to do so is told
 * to it. All it reads goes into the roster, so any tab can go on where another stopped.
 */
export class Sync {
  readonly #pollInterval: number
  readonly #roster: RosterStore
  readonly #schedule: RecheckSchedule
  readonly #queue: RecheckQueue
  /** What frames of calls give away. */
  readonly calls: CallWatch
  /** Conferences as they last listed their participants. */
  readonly #listed = new Map<string, Conference>()
  #isPushed = false
  /** From then on a poll reads again those, too, that push tells of; by performance.now(). */
  #allDueAt = 0
  /** Hears no longer of changes of the roster. */
  readonly stop: () => void

  /** @param pollInterval milliseconds */
  constructor(client: QueryClient, pollInterval: number) {
    this.#pollInterval = pollInterval
    this.#roster = rosterOf(client)
    this.#schedule = new RecheckSchedule(this.#roster)
    this.#queue = new RecheckQueue(pollInterval)
    this.calls = new CallWatch(this.#roster)
    this.stop = this.#roster.subscribe((change) => this.#note(change))
  }

  /** Push is relied on from now on, or no longer. The next poll reads all again: what was told meanwhile is lost. */
  relyOnPush(isPushed: boolean): void {
    this.#isPushed = isPushed
    this.readAllNext()
  }

  /** What could not be read may be asked for again at once, as when an operator asks for it. */
  forgetFailures(): void {
    this.#schedule.forgetFailures()
  }

  /** The next poll leaves nothing out. */
  readAllNext(): void {
    this.#allDueAt = 0
  }

  /**
   * One poll: the newest page, and further until known rows; then those that can still change, as far as that gets
   * within two intervals, so that the next newest page is never long in coming. One request of theirs is always sent,
   * or a slow server would be believed for ever. While push is relied on, those that it tells of are left out of four
   * polls in five. A record that cannot be read costs itself; when none of several can be read, the server has failed.
   *
   * @returns since when all that can change have been read, in milliseconds since the epoch
   * @throws ApiError
   */
  async tick(signal: AbortSignal): Promise<number> {
    const startedAt = performance.now()
    const isPartial = this.#isPushed && startedAt < this.#allDueAt
    const reader = this.#reader(signal, 'poll')
    await this.#readHead(reader)
    const deadline = performance.now() + 2 * this.#pollInterval
    const failures: Array<Error | null> = []
    for (const reading of this.#plan(isPartial)) {
      failures.push(await reader.read(reading))
      if (performance.now() > deadline) break
    }
    const [first] = failures
    if (first && failures.length > 1 && failures.every(Boolean)) throw first
    if (!isPartial) this.#allDueAt = startedAt + (WITH_PUSH - 0.5) * this.#pollInterval
    this.#roster.apply({ horizon: horizonAt(serverNow()) })
    return this.#schedule.readSince
  }

  /** Rows that were not read here have been read by another tab since then. Milliseconds since the epoch. */
  markReadElsewhere(since: number): void {
    this.#schedule.markReadElsewhere(since)
  }

  /** The same while this tab reads already: what another one has told may be older than was thought. */
  lowerReadElsewhere(since: number): void {
    this.#schedule.lowerReadElsewhere(since)
  }

  /** Reads on, page by page, until all is covered back to the horizon, or an operator stops it. */
  async sweep(signal: AbortSignal): Promise<true> {
    const reader = this.#reader(signal, 'sweep')
    for (;;) {
      const gap = this.#gap
      if (!gap || this.#roster.extent.isPaused) return true
      await reader.page(gap.to + 1)
    }
  }

  /** How many are to be looked at. */
  get suspects(): number {
    return this.#queue.size
  }

  /** How many of them are not held at all. */
  get missing(): number {
    // What the server denies to have is not missing.
    const isMissing = (id: string) => !this.#roster.get(id) && !this.#schedule.isDenied(id)
    return [...this.#queue.ids].filter(isMissing).length
  }

  /** Marks those that frames of calls give away. */
  hear(calls: readonly Call[]): void {
    this.#queue.addTold(this.calls.hear(calls))
  }

  /** Marks those that the conferences' own lists give away. */
  suspect(conferences: readonly Conference[]): void {
    for (const conference of conferences) {
      const before = this.#listed.get(conference.id)
      this.#queue.add(suspectsOf(conference, this.#roster, before))
      // One that is over is not told of again; bridges for a single call come by the thousand.
      if (conference.deletedAt !== null) this.#listed.delete(conference.id)
      else if (!before || listedAt(before) <= listedAt(conference)) {
        this.#listed.set(conference.id, conference)
      }
    }
  }

  /** Looks at the suspects; those that a few requests do not reach are left to the next look. @throws ApiError */
  async look(signal: AbortSignal): Promise<void> {
    const reader = this.#reader(signal)
    if (this.#queue.hasNewcomers || this.calls.wait === 0) await this.#readHead(reader)
    for (let spent = 0; spent < LOOK_REQUESTS; spent++) {
      const suspects = this.#queue.next(this.#schedule.isReady)
      const known = suspects.filter((id) => this.#roster.get(id))
      const unknown = suspects.filter((id) => !this.#roster.get(id))
      const isForSweep = unknown.length > FEW && this.#gap !== undefined
      const ids = known.length > 0 || isForSweep ? known : unknown
      const candidates = this.#schedule.candidates(ids)
      const [reading] = plan({ ...this.#situation, candidates, freshFor: 0, budget: 1 })
      if (reading) await reader.read(reading)
      else if (isForSweep) await this.#jump(unknown, reader)
      else return
    }
  }

  /**
   * Many are in a conference that the sweep has not reached: one of them tells when they came, and a page from there on
   * most likely holds others. The conference lists them as they joined, so the newest comes last.
   */
  async #jump(unknown: readonly string[], reader: Reader): Promise<void> {
    const id = unknown.at(-1) ?? ''
    await reader.record(id)
    const at = this.#roster.get(id)?.participant.createdAt
    if (at) await reader.page(at + 1)
  }

  #reader(signal: AbortSignal, lane?: ConstructorParameters<typeof Reader>[2]): Reader {
    const [roster, schedule, queue] = [this.#roster, this.#schedule, this.#queue]
    return new Reader({ roster, schedule, queue }, signal, lane)
  }

  async #readHead(reader: Reader): Promise<void> {
    this.#queue.hasNewcomers = false
    this.calls.startLook()
    await reader.head()
  }

  #note({ entries }: RosterChange): void {
    for (const entry of entries) {
      this.#schedule.note(entry)
      const { id, before, after } = entry
      if (after && isGone(after.participant)) this.#queue.drop(id)
      const call = (after ?? before)?.participant.referenceId
      if (call) this.calls.note(call)
    }
  }

  /** The newest stretch not looked at yet. */
  get #gap(): Span | undefined {
    return gaps(this.#roster.extent.coverage, horizonAt(serverNow()))[0]
  }

  get #situation(): Pick<Situation, 'times' | 'coverage'> {
    return { times: this.#roster.times, coverage: this.#roster.extent.coverage }
  }

  /** @param isPartial without those that stay, of whose changes push tells */
  #plan(isPartial: boolean): readonly Reading[] {
    const kinds = isPartial ? KINDS.filter((kind) => kind !== ANNOUNCED) : KINDS
    const isSweeping = this.#gap !== undefined && !this.#roster.extent.isPaused
    const most = isSweeping ? REREADS_WHILE_SWEEPING : REREADS
    // Half an interval: what this very poll has read is fresh, what the last one read is not.
    const freshFor = this.#pollInterval / 2
    return plan({
      ...this.#situation,
      candidates: this.#schedule.overdue(kinds, freshFor),
      freshFor,
      budget: Math.min(requestsFor(this.#schedule.count(kinds)), most),
    })
  }
}
