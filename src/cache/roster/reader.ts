import { ApiError } from '~/domain/api-error.ts'
import { isGone, type Participant } from '~/domain/participant.ts'
import type { Micros } from '~/domain/time.ts'
import type { Span } from '~/cache/queries/coverage.ts'
import { readPage, type Turn } from '~/cache/queries/read-page.ts'
import { getParticipant } from '~/wire/participants.ts'
import type { Reading } from './plan.ts'
import type { RecheckQueue } from './recheck-queue.ts'
import type { RecheckSchedule } from './recheck-schedule.ts'
import type { RosterStore, RosterUpdate } from './store.ts'

/** Pages read at once to reach known rows; the sweep reads what lies deeper. */
const HEAD_PAGES = 3

/** Where a reader records what it read. */
interface Notes {
  readonly roster: RosterStore
  readonly schedule: RecheckSchedule
  readonly queue: RecheckQueue
}

/** Reads pages and records of participants as the pace allows, and updates roster, schedule and queue. */
export class Reader {
  readonly #notes: Notes
  readonly #turn: Turn

  constructor(notes: Notes, turn: Turn) {
    this.#notes = notes
    this.#turn = turn
  }

  /** Reads the newest page, and further pages until one reaches known rows. @throws ApiError */
  async head(): Promise<void> {
    const known = this.#notes.roster.extent.coverage[0]?.to
    let before: Micros | null = null
    for (let pages = 0; pages < HEAD_PAGES; pages++) {
      const span: Span | null = await this.page(before)
      if (!span || known === undefined || span.from <= known + 1) return
      before = span.from
    }
  }

  /**
   * Reads one page of rows older than `before`, or the newest page. Returns the span it covers.
   * @throws ApiError
   */
  async page(before: Micros | null): Promise<Span | null> {
    const page = await readPage(before, this.#turn)
    this.#apply({ facts: page.records, page })
    for (const { id } of page.records) this.#notes.schedule.recordListed(id)
    return page.span
  }

  /**
   * Sends one request of the plan.
   *
   * @returns the failure; null when the server answered
   * @throws ApiError for a failure that any other request would meet too
   */
  async read(reading: Reading): Promise<Error | null> {
    if (reading.kind === 'record') return this.record(reading.id)
    const then = performance.now()
    await this.page(reading.before)
    const { roster, schedule } = this.#notes
    // A gone participant was on the page and is not requested again.
    const live = reading.ids.filter((id) => {
      const entry = roster.get(id)
      return entry && !isGone(entry.participant)
    })
    schedule.expectListed(live, then)
    return null
  }

  /**
   * Reads one record by its id.
   *
   * @returns the failure; null when the server answered, even with no such record
   * @throws ApiError for a failure that any other request would meet too
   */
  async record(id: string): Promise<Error | null> {
    const { pace, signal, lane } = this.#turn
    await pace.acquireSlot(signal, lane)
    const { schedule, queue } = this.#notes
    try {
      this.#apply({ facts: [await getParticipant(id, signal)] })
      return null
    } catch (error) {
      if (!(error instanceof ApiError) || error.isGeneral) {
        schedule.recordAttempt(id)
        throw error
      }
      schedule.recordFailure(id, error)
      if (error.isTransient) return error
      queue.recordRead(id, false)
      return null
    }
  }

  #apply(update: RosterUpdate & { readonly facts: readonly Participant[] }): void {
    const { roster, schedule, queue } = this.#notes
    const before = update.facts.map(({ id }) => roster.get(id))
    roster.apply(update)
    for (const [index, { id }] of update.facts.entries()) {
      queue.recordRead(id, roster.get(id) !== before[index])
      schedule.recordRead(id)
    }
  }
}
