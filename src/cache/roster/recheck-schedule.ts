import { changedAt, isGone, type Participant } from '~/domain/participant.ts'
import { toMillis } from '~/domain/time.ts'
import { serverNow } from '~/wire/server-clock.ts'
import { Failures } from '~/cache/queries/retry.ts'
import { kindOf, KINDS, type Candidate, type Kind } from './plan.ts'
import type { EntryChange, RosterStore } from './store.ts'

/** A participant that can still change, and when it was last asked for and read. */
interface Row {
  readonly id: string
  kind: Kind
  /** By performance.now(); null while it was never asked for here. */
  askedAt: number | null
  /**
   * As of when it is known, by a read or by word of a change. Milliseconds since the epoch: other clocks stand still
   * while a computer sleeps.
   */
  knownAt: number
  /** It was not on the page that should hold it: only its own record tells of it. */
  isUnlisted: boolean
}

/** Of each kind a poll considers this many, those that wait longest: more than it can read. */
const CONSIDERED = 1000

/**
 * When each participant that can still change was last read, and which are to be read again. Each kind is kept in the
 * order of the last request, so neither a poll nor a change walks all of them. Times are those of performance.now()
 * unless they say otherwise.
 */
export class RecheckSchedule {
  readonly #store: RosterStore
  readonly #rows = new Map<string, Row>()
  /** Asked for longest ago first. */
  readonly #queues: Readonly<Record<Kind, Map<string, Row>>> = {
    moving: new Map(),
    waiting: new Map(),
    staying: new Map(),
    stuck: new Map(),
  }
  /** Since when all rows that other tabs, or the first poll, have told of were read; milliseconds since the epoch. */
  #readElsewhere = Date.now()
  readonly #failures = new Failures()
  /** Ids that were asked for in vain and not read since. */
  readonly #failing = new Set<string>()
  /** Ids whose record the server denied when it was last asked for. */
  readonly #denied = new Set<string>()

  constructor(store: RosterStore) {
    this.#store = store
    for (const id of store.live) this.#put(id)
  }

  /** Takes up a change of the roster: a participant that is gone will not be asked for again. */
  note({ id, after }: EntryChange): void {
    if (after && !isGone(after.participant)) this.#put(id)
    else this.#drop(id)
  }

  /** Rows that were not read here have been read by another tab since then. Milliseconds since the epoch. */
  markReadElsewhere(since: number): void {
    this.#readElsewhere = since
  }

  /** The same while this tab reads already: what another one knows may be older. */
  lowerReadElsewhere(since: number): void {
    this.#readElsewhere = Math.min(this.#readElsewhere, since)
  }

  /** The server could not be asked: other rows come first when that is over. */
  recordAttempt(id: string): void {
    const row = this.#rows.get(id)
    if (row) this.#asked(row)
  }

  /** It was asked for in vain, and waits by the law in retry.ts, so that it keeps nothing else from being read. */
  recordFailure(id: string, error: Error): void {
    this.recordAttempt(id)
    this.#failures.record(id, error)
    this.#failing.add(id)
  }

  /** There is no such record, or it may not be seen: an answer, too, though it may be another later. */
  recordDenial(id: string, error: Error): void {
    this.recordFailure(id, error)
    this.#denied.add(id)
  }

  /** Its record has come. */
  recordRead(id: string): void {
    const row = this.#rows.get(id)
    if (row) {
      row.knownAt = Date.now()
      this.#asked(row)
    }
    this.#forgetFailuresOf(id)
  }

  /** It was on a page. */
  recordListed(id: string): void {
    const row = this.#rows.get(id)
    if (row) row.isUnlisted = false
  }

  /** A page that was asked for then should have told of these. */
  expectListed(ids: readonly string[], then: number): void {
    for (const id of ids) {
      const row = this.#rows.get(id)
      if (row && (row.askedAt ?? -Infinity) < then) row.isUnlisted = true
    }
  }

  /** What has failed may be asked for at once, as when an operator asks for it. */
  forgetFailures(): void {
    for (const id of this.#failing) this.#forgetFailuresOf(id)
  }

  isDenied = (id: string): boolean => this.#denied.has(id)

  /** Whether its last failure is long enough ago. */
  isReady = (id: string): boolean => this.#failures.wait(id) === 0

  /** How many of these kinds may be asked for. */
  count(kinds: readonly Kind[]): number {
    const all = kinds.reduce((sum, kind) => sum + this.#queues[kind].size, 0)
    const failing = [...this.#failing].filter((id) => {
      const row = this.#rows.get(id)
      return row && kinds.includes(row.kind) && !this.isReady(id)
    })
    return all - failing.length
  }

  /**
   * Those of these kinds that wait longest, of each kind as many as one poll may consider.
   *
   * @param freshFor milliseconds: rows asked for less than this ago are left out
   */
  overdue(kinds: readonly Kind[], freshFor: number): readonly Candidate[] {
    this.#settleKinds()
    const now = performance.now()
    return kinds.flatMap((kind) => {
      const ids: string[] = []
      for (const { id, askedAt } of this.#queues[kind].values()) {
        if (ids.length === CONSIDERED) break
        if (now - (askedAt ?? -Infinity) >= freshFor && this.isReady(id)) ids.push(id)
      }
      return this.candidates(ids)
    })
  }

  /** These, as the planner takes them; one that is not held among them. */
  candidates(ids: readonly string[]): readonly Candidate[] {
    return ids.map((id) => this.#candidate(id))
  }

  /** Since when all rows are known to be as held, but for those stuck or denied. Milliseconds since the epoch. */
  get readSince(): number {
    this.#settleKinds()
    const oldest = KINDS.filter((kind) => kind !== 'stuck').flatMap((kind) => {
      const [first] = this.#queues[kind].values()
      return first ? [first] : []
    })
    const failing = [...this.#failing].flatMap((id) => this.#rows.get(id) ?? [])
    return [...oldest, ...failing]
      .filter(({ id, kind }) => kind !== 'stuck' && !this.isDenied(id))
      .reduce((since, row) => Math.min(since, this.#knownSince(row)), Date.now())
  }

  #knownSince = ({ knownAt }: Row): number => Math.max(knownAt, this.#readElsewhere)

  #put(id: string): void {
    const participant = this.#store.get(id)?.participant
    if (!participant) return
    const age = ageOf(participant)
    const kind = kindOf(participant.status, age)
    const known = this.#rows.get(id)
    // Whatever told of a change was no older than it.
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
    this.#forgetFailuresOf(id)
  }

  /** To the end of its queue. */
  #asked(row: Row): void {
    row.askedAt = performance.now()
    this.#queues[row.kind].delete(row.id)
    this.#queues[row.kind].set(row.id, row)
  }

  #forgetFailuresOf(id: string): void {
    this.#failures.clear(id)
    this.#failing.delete(id)
    this.#denied.delete(id)
  }

  /** A participant in transit for long is of another kind: time alone makes it so. */
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
