import { changedAt, isGone, type Participant } from '~/domain/participant.ts'
import { toMillis } from '~/domain/time.ts'
import type { Failures } from '~/cache/queries/retry.ts'
import { serverNow } from '~/clock.ts'
import { kindOf, KINDS, type Candidate, type Kind } from './plan.ts'
import type { EntryChange, RosterStore } from './store.ts'

/** A participant that can still change, and when it was last requested and read. */
interface Row {
  readonly id: string
  kind: Kind
  /** By performance.now(); null while this tab has not requested it. */
  askedAt: number | null
  /**
   * As of when the record is known, by a read or an announced change. Milliseconds since the epoch:
   * other clocks stop while a computer sleeps.
   */
  knownAt: number
  /** A page that should hold it did not: only its own record tells of it. */
  isUnlisted: boolean
}

/** How many rows of each kind a poll considers, longest wait first: more than it can read. */
const CONSIDERED = 1000

/**
 * When each participant that can still change was last read, and which are due. Each kind is kept
 * in the order of requests, so neither a poll nor a change walks all of them. Times are those of
 * performance.now() unless stated otherwise.
 */
export class RecheckSchedule {
  readonly #store: RosterStore
  readonly #rows = new Map<string, Row>()
  /** The oldest request comes first. */
  readonly #queues: Readonly<Record<Kind, Map<string, Row>>> = {
    moving: new Map(),
    waiting: new Map(),
    staying: new Map(),
    stuck: new Map(),
  }
  /** Since when all rows that other tabs or the first poll reported were read; milliseconds since the epoch. */
  #readElsewhere = Date.now()
  readonly #failures: Failures

  constructor(store: RosterStore, failures: Failures) {
    this.#store = store
    this.#failures = failures
    // It may have left while another tab led.
    for (const id of failures.keys) {
      const held = store.get(id)
      if (held && isGone(held.participant)) failures.clear(id)
    }
    for (const id of store.live) this.#put(id)
  }

  /** Applies a change of the roster: a gone participant is not requested again. */
  note({ id, after }: EntryChange): void {
    if (after && !isGone(after.participant)) this.#put(id)
    else this.#drop(id)
  }

  /** Another tab has read all rows since then. Milliseconds since the epoch. */
  markReadElsewhere(since: number): void {
    this.#readElsewhere = since
  }

  /** The same while this tab already reads: what another tab knows may be older. */
  lowerReadElsewhere(since: number): void {
    this.#readElsewhere = Math.min(this.#readElsewhere, since)
  }

  /** Records a request that the server did not answer: other rows come first afterwards. */
  recordAttempt(id: string): void {
    const row = this.#rows.get(id)
    if (row) this.#asked(row)
  }

  /**
   * Records a failed request, or the answer that the record does not exist or is forbidden, which may
   * change later. The row waits by the schedule in retry.ts, so that it does not delay others.
   */
  recordFailure(id: string, error: Error): void {
    this.recordAttempt(id)
    this.#failures.record(id, error)
  }

  /** Records that its record was read. */
  recordRead(id: string): void {
    const row = this.#rows.get(id)
    if (row) {
      row.knownAt = Date.now()
      this.#asked(row)
    }
    this.#failures.clear(id)
  }

  /** Records that a page held it. */
  recordListed(id: string): void {
    const row = this.#rows.get(id)
    if (row) row.isUnlisted = false
  }

  /** Marks rows that a page requested at `then` should have held and did not. */
  expectListed(ids: readonly string[], then: number): void {
    for (const id of ids) {
      const row = this.#rows.get(id)
      if (row && (row.askedAt ?? -Infinity) < then) row.isUnlisted = true
    }
  }

  /** How many rows of these kinds may be requested. */
  count(kinds: readonly Kind[]): number {
    const all = kinds.reduce((sum, kind) => sum + this.#queues[kind].size, 0)
    const failing = [...this.#failures.keys].filter((id) => {
      const row = this.#rows.get(id)
      return row && kinds.includes(row.kind) && !this.#failures.isReady(id)
    })
    return all - failing.length
  }

  /**
   * The rows of these kinds that wait longest, of each kind as many as a poll considers.
   *
   * @param freshFor milliseconds: rows requested less than this ago are left out
   */
  overdue(kinds: readonly Kind[], freshFor: number): readonly Candidate[] {
    this.#settleKinds()
    const now = performance.now()
    return kinds.flatMap((kind) => {
      const ids: string[] = []
      for (const { id, askedAt } of this.#queues[kind].values()) {
        if (ids.length === CONSIDERED) break
        if (now - (askedAt ?? -Infinity) >= freshFor && this.#failures.isReady(id)) ids.push(id)
      }
      return this.candidates(ids)
    })
  }

  /** These participants as the planner reads them; they need not be held. */
  candidates(ids: readonly string[]): readonly Candidate[] {
    return ids.map((id) => this.#candidate(id))
  }

  /** Since when all rows but those stuck or denied are known to be as held. Milliseconds since the epoch. */
  get readSince(): number {
    this.#settleKinds()
    const oldest = KINDS.filter((kind) => kind !== 'stuck').flatMap((kind) => {
      const [first] = this.#queues[kind].values()
      return first ? [first] : []
    })
    const failing = [...this.#failures.keys].flatMap((id) => this.#rows.get(id) ?? [])
    return [...oldest, ...failing]
      .filter(({ id, kind }) => kind !== 'stuck' && !this.#failures.isDenied(id))
      .reduce((since, row) => Math.min(since, this.#knownSince(row)), Date.now())
  }

  #knownSince = ({ knownAt }: Row): number => Math.max(knownAt, this.#readElsewhere)

  #put(id: string): void {
    const participant = this.#store.get(id)?.participant
    if (!participant) return
    const age = ageOf(participant)
    const kind = kindOf(participant.status, age)
    const known = this.#rows.get(id)
    // The source of a change is at least as recent as the change.
    const toldAt = Date.now() - age
    const row = known ?? { id, kind, askedAt: null, knownAt: 0, isUnlisted: false }
    row.knownAt = Math.max(row.knownAt, toldAt)
    if (known?.kind === kind) return
    this.#queues[row.kind].delete(id)
    row.kind = kind
    this.#rows.set(id, row)
    this.#queues[kind].set(id, row)
  }

  #drop(id: string): void {
    const row = this.#rows.get(id)
    if (row) this.#queues[row.kind].delete(id)
    this.#rows.delete(id)
    this.#failures.clear(id)
  }

  /** Moves a row to the end of its queue. */
  #asked(row: Row): void {
    row.askedAt = performance.now()
    this.#queues[row.kind].delete(row.id)
    this.#queues[row.kind].set(row.id, row)
  }

  /** Moves participants that are in transit for long to their new kind: time alone changes it. */
  #settleKinds(): void {
    for (const { id } of this.#queues.moving.values()) this.#put(id)
  }

  #candidate(id: string): Candidate {
    const participant = this.#store.get(id)?.participant
    const row = this.#rows.get(id)
    const age = participant ? ageOf(participant) : 0
    const askedAt = row?.askedAt ?? null
    return {
      id,
      createdAt: row?.isUnlisted ? null : (participant?.createdAt ?? null),
      kind: kindOf(participant?.status, age),
      age,
      unread:
        askedAt === null
          ? Date.now() - (row ? this.#knownSince(row) : this.#readElsewhere)
          : performance.now() - askedAt,
    }
  }
}

/** Milliseconds since the record changed, on the server's clock. */
const ageOf = (participant: Participant): number => serverNow() - toMillis(changedAt(participant))
