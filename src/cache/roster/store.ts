import { sameText, withPage, type BadRow } from '~/cache/queries/bad-rows.ts'
import { cover, type Coverage, type Span } from '~/cache/queries/coverage.ts'
import { perClient } from '~/cache/queries/per-client.ts'
import { Failures } from '~/cache/queries/retry.ts'
import { merge, type RosterEntry } from '~/domain/merge.ts'
import type { Participant } from '~/domain/participant.ts'
import type { Unreadable } from '~/domain/record.ts'
import { fromMillis, type Micros } from '~/domain/time.ts'
import { Listeners } from '~/util/listeners.ts'
import { RosterIndex } from './roster-index.ts'
import { shareTexts } from './share-texts.ts'

/** Something to apply to the roster, from any source. */
export interface RosterUpdate {
  readonly facts?: readonly Participant[]
  readonly spans?: readonly Span[]
  /** What a page of the list said beside its records. */
  readonly page?: { readonly span: Span | null; readonly unreadable: readonly Unreadable[] }
  /** All bad rows that another tab knows. */
  readonly unreadable?: readonly BadRow[]
  readonly isPaused?: boolean
  /** No participant created before this time can still be in a conference. */
  readonly horizon?: Micros
}

/** The source of an update: the server, or another tab, to which it is not sent back. */
export type Origin = 'server' | 'tab'

/** One changed entry; `after` is undefined for a forgotten one, `before` for a new one. */
export interface EntryChange {
  readonly id: string
  readonly before: RosterEntry | undefined
  readonly after: RosterEntry | undefined
}

/** What one update changed: subscribers work on this, not on everything held. */
export interface RosterChange {
  readonly entries: readonly EntryChange[]
  /** The facts that said something new. */
  readonly facts: readonly Participant[]
  readonly origin: Origin
}

/** What is known of the list as a whole; a new object at each change. */
export interface Extent {
  /** Rows that are no valid records. */
  readonly unreadable: readonly BadRow[]
  /** The spans of the list that were read: inside them, absence means absence. */
  readonly coverage: Coverage
  /** An operator has stopped the sweep. */
  readonly isPaused: boolean
  /** Participants that left, or have been leaving since, before this time are forgotten. */
  readonly horizon: Micros
}

/** The extent before the first page. */
const NOTHING_READ: Extent = { unreadable: [], coverage: [], isPaused: false, horizon: 0 }

/** The time between two clean-ups, so that most updates do not search for participants to forget. */
const FORGET_EVERY: Micros = 600_000_000

/** The server ends every participant at 24 h; a minute more for its delays (voipbin-api.md 4.2). */
const HORIZON = 24 * 3600_000 + 60_000

/**
 * No participant created before this time can still be in a conference. `now` in milliseconds on
 * the server's clock.
 */
export const horizonAt = (now: number): Micros => fromMillis(now - HORIZON)

/**
 * All known participants, of all conferences of the customer: the API cannot filter
 * (voipbin-api.md quirk 1). Every fact enters by `merge`, so no writer can undo another. The store
 * fetches nothing, and an update costs what it changes.
 */
export class RosterStore extends RosterIndex {
  #extent = NOTHING_READ
  readonly #listeners = new Listeners<[RosterChange]>()
  #version = 0

  /** Grows with each change. */
  get version(): number {
    return this.#version
  }

  get extent(): Extent {
    return this.#extent
  }

  readonly subscribe = this.#listeners.subscribe

  /** Applies an update. Notifies no listener when nothing changes. */
  apply(update: RosterUpdate, origin: Origin = 'server'): void {
    const { facts, entries } = this.#merge(update.facts ?? [])
    const extent = this.#extentAfter(update)
    const isSame = extent === this.#extent
    const old = extent.horizon === this.#extent.horizon ? [] : this.#forget(extent.horizon)
    if (isSame && entries.length === 0) return
    this.#extent = extent
    this.#tell({ entries: [...entries, ...old], facts, origin })
  }

  /** Forgets everything, as when another account signs in. */
  override clear(): void {
    const entries = Array.from(this.entries(), forgotten)
    super.clear()
    this.#extent = NOTHING_READ
    this.#tell({ entries, facts: [], origin: 'tab' })
  }

  #tell(change: RosterChange): void {
    this.#version += 1
    this.#listeners.tell(change)
  }

  /** Lists each changed participant once, however many facts were about it. */
  #merge(facts: readonly Participant[]): Pick<RosterChange, 'facts' | 'entries'> {
    const news: Participant[] = []
    const before = new Map<string, RosterEntry | undefined>()
    for (const fact of facts) {
      const held = this.get(fact.id)
      const entry = merge(held, fact)
      if (entry === held) continue
      if (!before.has(fact.id)) before.set(fact.id, held)
      const { participant } = entry
      this.set(
        participant === fact
          ? { ...entry, participant: shareTexts(fact, held?.participant) }
          : entry,
      )
      news.push(fact)
    }
    const entries = Array.from(before, ([id, held]) => ({
      id,
      before: held,
      after: this.get(id),
    }))
    return { facts: news, entries }
  }

  #extentAfter(update: RosterUpdate): Extent {
    const before = this.#extent
    const { page, horizon = 0 } = update
    const spans = [...(update.spans ?? []), ...(page?.span ? [page.span] : [])]
    const badRows = update.unreadable ?? (page && withPage(before.unreadable, page))
    const next: Extent = {
      unreadable: sameText(badRows, before.unreadable),
      coverage: spans.reduce(cover, before.coverage),
      isPaused: update.isPaused ?? before.isPaused,
      horizon: horizon - before.horizon > FORGET_EVERY ? horizon : before.horizon,
    }
    const isSame =
      next.unreadable === before.unreadable &&
      next.coverage === before.coverage &&
      next.isPaused === before.isPaused &&
      next.horizon === before.horizon
    return isSame ? before : next
  }

  /** Goes by the last change, not by the creation: an answer from before may still be under way. */
  #forget(horizon: Micros): readonly EntryChange[] {
    const spent = this.spentBefore(horizon)
    for (const entry of spent) this.remove(entry)
    return spent.map(forgotten)
  }
}

const forgotten = (before: RosterEntry): EntryChange => ({
  id: before.participant.id,
  before,
  after: undefined,
})

/** The roster that belongs to a query client. */
export const rosterOf = perClient(() => new RosterStore())

/**
 * The failures of participants whose last request failed. They outlive a term of leading: a tab that leads again must
 * not ask at once for what the server has just denied.
 */
export const recordFailuresOf = perClient(() => new Failures())
