import type { QueryClient } from '@tanstack/react-query'
import type { Call } from '~/domain/call.ts'
import type { Conference } from '~/domain/conference.ts'
import { isGone } from '~/domain/participant.ts'
import { gaps, type Span } from '~/cache/queries/coverage.ts'
import { paceOf, type Lane, type Slots } from '~/cache/queries/pace.ts'
import type { Failures } from '~/cache/queries/retry.ts'
import { serverNow } from '~/clock.ts'
import { CallWatch } from './call-watch.ts'
import { KINDS, plan, requestsFor, WITH_PUSH, type Reading, type Situation } from './plan.ts'
import { Reader } from './reader.ts'
import { RecheckQueue } from './recheck-queue.ts'
import { RecheckSchedule } from './recheck-schedule.ts'
import {
  horizonAt,
  recordFailuresOf,
  rosterOf,
  type RosterChange,
  type RosterStore,
} from './store.ts'
import { listedAt, suspectsOf } from './suspects.ts'

/** The most re-reads of one poll, and the most while the sweep needs the pace. */
const REREADS = 8
const REREADS_WHILE_SWEEPING = 2

/** The most requests of one look at suspects; the rest waits for the next look. */
const LOOK_REQUESTS = 6

/** Up to this many unknown suspects are read one by one, although the sweep will reach them. */
const FEW = 20

/** Conference events announce the next change of this kind, joined or left (voipbin-api.md 9.4). */
const ANNOUNCED = 'staying'

/**
 * Keeps the roster true at a cost of what changes, not of what exists. It decides what to read; the
 * caller decides when. All it reads goes into the roster, so any tab can continue where another
 * stopped.
 */
export class Sync {
  readonly #pollInterval: number
  readonly #pace: Slots
  readonly #roster: RosterStore
  readonly #failures: Failures
  /** When rows were read, here and in other tabs. */
  readonly schedule: RecheckSchedule
  readonly #queue: RecheckQueue
  /** Frames of calls that reveal changes. */
  readonly calls: CallWatch
  /** Conferences as they last listed their participants. */
  readonly #listed = new Map<string, Conference>()
  #isPushed = false
  /** From this time on a poll also reads rows that push reports on; by performance.now(). */
  #allDueAt = 0
  /** Ends the subscription to the roster. */
  readonly stop: () => void

  /** @param pollInterval milliseconds */
  constructor(client: QueryClient, pollInterval: number) {
    this.#pollInterval = pollInterval
    this.#pace = paceOf(client)
    this.#roster = rosterOf(client)
    this.#failures = recordFailuresOf(client)
    this.schedule = new RecheckSchedule(this.#roster, this.#failures)
    this.#queue = new RecheckQueue(pollInterval)
    this.calls = new CallWatch(this.#roster)
    this.stop = this.#roster.subscribe((change) => this.#note(change))
  }

  /** Starts or stops relying on push. The next poll reads all rows, because events in between are lost. */
  relyOnPush(isPushed: boolean): void {
    this.#isPushed = isPushed
    this.readAllNext()
  }

  /** Allows failed rows to be requested at once, as when an operator refreshes. */
  forgetFailures(): void {
    this.#failures.clearAll()
  }

  /** Makes the next poll read all rows. */
  readAllNext(): void {
    this.#allDueAt = 0
  }

  /**
   * One poll: reads the newest page, and further pages until known rows; then rows that can still
   * change, for at most two intervals, so that the next newest page is not delayed. At least one
   * such request is sent, or the rows of a slow server would never be read again. While push is
   * relied on, four polls in five leave out the rows it reports on. A record that cannot be read
   * does not fail the poll; when none of several can be read, the server has failed.
   *
   * @returns since when all rows that can change are read, in milliseconds since the epoch
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
    return this.schedule.readSince
  }

  /** Reads page after page until everything back to the horizon is covered, or an operator stops it. */
  async sweep(signal: AbortSignal): Promise<true> {
    const reader = this.#reader(signal, 'sweep')
    for (;;) {
      const gap = this.#gap
      if (!gap || this.#roster.extent.isPaused) return true
      await reader.page(gap.to + 1)
    }
  }

  /** How many suspects are to be read. */
  get suspects(): number {
    return this.#queue.size
  }

  /** How many suspects are not held at all. */
  get missing(): number {
    // A record that the server denies is not missing.
    const isMissing = (id: string) => !this.#roster.get(id) && !this.#failures.isDenied(id)
    return [...this.#queue.ids].filter(isMissing).length
  }

  /** Queues participants that frames of calls reveal. */
  hear(calls: readonly Call[]): void {
    this.#queue.addTold(this.calls.hear(calls))
  }

  /** Queues participants that the conferences' own lists reveal. */
  suspect(conferences: readonly Conference[]): void {
    for (const conference of conferences) {
      const before = this.#listed.get(conference.id)
      this.#queue.add(suspectsOf(conference, this.#roster, before))
      // A deleted conference sends no more events; bridges for a single call arrive by the thousand.
      if (conference.deletedAt !== null) this.#listed.delete(conference.id)
      else if (!before || listedAt(before) <= listedAt(conference)) {
        this.#listed.set(conference.id, conference)
      }
    }
  }

  /** Reads suspects; those beyond a few requests wait for the next look. @throws ApiError */
  async look(signal: AbortSignal): Promise<void> {
    const reader = this.#reader(signal, 'recheck')
    if (this.#queue.hasNewcomers || this.calls.wait === 0) await this.#readHead(reader)
    for (let spent = 0; spent < LOOK_REQUESTS; spent++) {
      const suspects = this.#queue.next(this.#failures.isReady)
      const known = suspects.filter((id) => this.#roster.get(id))
      const unknown = suspects.filter((id) => !this.#roster.get(id))
      const isForSweep = unknown.length > FEW && this.#gap !== undefined
      const ids = known.length > 0 || isForSweep ? known : unknown
      const candidates = this.schedule.candidates(ids)
      const [reading] = plan({ ...this.#situation, candidates, freshFor: 0, budget: 1 })
      if (reading) await reader.read(reading)
      else if (isForSweep) await this.#jump(unknown, reader)
      else return
    }
  }

  /**
   * Reads around the newest of many suspects that the sweep has not reached: its record tells its
   * creation time, and a page from there most likely holds others. The conference lists them in the
   * order they joined, so the newest is last.
   */
  async #jump(unknown: readonly string[], reader: Reader): Promise<void> {
    const id = unknown.at(-1) ?? ''
    await reader.record(id)
    const at = this.#roster.get(id)?.participant.createdAt
    if (at) await reader.page(at + 1)
  }

  #reader(signal: AbortSignal, lane: Lane): Reader {
    const [roster, schedule, queue] = [this.#roster, this.schedule, this.#queue]
    return new Reader({ roster, schedule, queue }, { pace: this.#pace, signal, lane })
  }

  async #readHead(reader: Reader): Promise<void> {
    this.#queue.hasNewcomers = false
    this.calls.startLook()
    await reader.head()
  }

  #note({ entries }: RosterChange): void {
    for (const entry of entries) {
      this.schedule.note(entry)
      const { id, before, after } = entry
      if (after && isGone(after.participant)) this.#queue.drop(id)
      const call = (after ?? before)?.participant.referenceId
      if (call) this.calls.note(call)
    }
  }

  /** The newest span not read yet. */
  get #gap(): Span | undefined {
    return gaps(this.#roster.extent.coverage, horizonAt(serverNow()))[0]
  }

  get #situation(): Pick<Situation, 'times' | 'coverage'> {
    return { times: this.#roster.times, coverage: this.#roster.extent.coverage }
  }

  /** @param isPartial leaves out staying rows, because push reports their changes */
  #plan(isPartial: boolean): readonly Reading[] {
    const kinds = isPartial ? KINDS.filter((kind) => kind !== ANNOUNCED) : KINDS
    const isSweeping = this.#gap !== undefined && !this.#roster.extent.isPaused
    const most = isSweeping ? REREADS_WHILE_SWEEPING : REREADS
    // Half an interval: rows read by this poll are fresh, rows read by the last one are not.
    const freshFor = this.#pollInterval / 2
    return plan({
      ...this.#situation,
      candidates: this.schedule.overdue(kinds, freshFor),
      freshFor,
      budget: Math.min(requestsFor(this.schedule.count(kinds)), most),
    })
  }
}
