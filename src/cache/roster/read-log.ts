import { changedAt, type Participant } from '~/domain/participant.ts'
import { toMillis } from '~/domain/time.ts'
import { serverNow } from '~/wire/server-clock.ts'
import { STUCK_AFTER, type Candidate, type Kind } from './plan.ts'
import { Failures } from '~/cache/queries/retry.ts'

/** When participants were last asked for and read, and who was not where he should be. */
export class ReadLog {
  /** Times of performance.now(). */
  readonly #askedAt = new Map<string, number>()
  /** When somebody was read, in milliseconds since the epoch: other clocks stand still while a computer sleeps. */
  readonly #readAt = new Map<string, number>()
  /** Since when all whom other tabs, or the first poll, have told of were read, on the same clock. */
  #toldSince = Date.now()
  /** Who was not on the page that should hold him: only his own record tells of him. */
  readonly #unlisted = new Set<string>()
  readonly #failures = new Failures()
  /** Whose record the server denied when it was last asked for. */
  readonly #denied = new Set<string>()

  /** Whoever was not read here has been read since then by somebody else. Milliseconds since the epoch. */
  told(since: number): void {
    this.#toldSince = since
  }

  /** The same, though this tab reads already: what another one knows may be older. */
  alsoTold(since: number): void {
    this.#toldSince = Math.min(this.#toldSince, since)
  }

  /** When somebody was last read, as far as is known, in milliseconds since the epoch. */
  readSince(id: string): number {
    return Math.max(this.#readAt.get(id) ?? 0, this.#toldSince)
  }

  /** The server could not be asked: other rows come first when that is over. */
  tried(id: string): void {
    this.#askedAt.set(id, performance.now())
  }

  /** It was asked for in vain, and waits by the law in retry.ts, so that it keeps nothing else from being read. */
  failed(id: string, error: Error): void {
    this.tried(id)
    this.#failures.record(id, error)
  }

  /** There is no such record, or it is not ours to see: an answer, too, though it may be another later. */
  denied(id: string, error: Error): void {
    this.failed(id, error)
    this.#denied.add(id)
  }

  forgetFailures(): void {
    this.#failures.keepOnly(new Set())
    this.#denied.clear()
  }

  isDenied = (id: string): boolean => this.#denied.has(id)

  /** Whether its last failure is long enough ago. */
  isReady = (id: string): boolean => this.#failures.wait(id) === 0

  read(id: string): void {
    this.tried(id)
    this.#readAt.set(id, Date.now())
    this.#failures.clear(id)
    this.#denied.delete(id)
  }

  /** He was on a page. */
  listed(id: string): void {
    this.#unlisted.delete(id)
  }

  /** A page that was asked for then should have told of these. */
  expected(ids: readonly string[], then: number): void {
    for (const id of ids) {
      if ((this.#askedAt.get(id) ?? -Infinity) < then) this.#unlisted.add(id)
    }
  }

  /** All others are gone for good, however that became known, and will not be asked for. */
  keepOnly(ids: ReadonlySet<string>): void {
    for (const all of [this.#askedAt, this.#readAt, this.#unlisted, this.#denied]) {
      for (const id of all.keys()) if (!ids.has(id)) all.delete(id)
    }
    this.#failures.keepOnly(ids)
  }

  /** A row to be read again, as the planner takes it. */
  candidate(id: string, participant: Participant | undefined): Candidate {
    const now = performance.now()
    const askedAt = this.#askedAt.get(id)
    const age = participant ? serverNow() - toMillis(changedAt(participant)) : 0
    return {
      id,
      createdAt: this.#unlisted.has(id) ? null : (participant?.createdAt ?? null),
      kind: kindOf(participant?.status, age),
      age,
      unread: askedAt === undefined ? Date.now() - this.readSince(id) : now - askedAt,
    }
  }
}

function kindOf(status: string | undefined, age: number): Kind {
  switch (status) {
    case 'joining':
      return age > STUCK_AFTER ? 'waiting' : 'moving'
    case 'leaving':
      return age > STUCK_AFTER ? 'stuck' : 'moving'
    default:
      return 'staying'
  }
}
