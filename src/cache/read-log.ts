import { changedAt, type Participant } from '~/domain/participant.ts'
import { toMillis } from '~/domain/time.ts'
import { serverNow } from '~/wire/server-clock.ts'
import type { Candidate } from './plan.ts'

/** When participants were last asked for, and who was not where he should be. Times are of performance.now(). */
export class ReadLog {
  readonly #askedAt = new Map<string, number>()
  /** Who was not on the page that should hold him: only his own record tells of him. */
  readonly #unlisted = new Set<string>()
  /** Since when the server denies to have the record. */
  readonly #deniedSince = new Map<string, number>()
  #begunAt = Infinity

  /** From now on it is known who is read: whoever was before, somebody else has read. */
  begin(): void {
    this.#begunAt = Math.min(this.#begunAt, performance.now())
  }

  /** For how many milliseconds somebody has not been read, as far as is known. */
  unread({ unread }: Candidate): number {
    return Math.min(unread, performance.now() - this.#begunAt)
  }

  /** What asks for him has failed: others come first now, so that he does not keep all of them from being read. */
  tried(id: string): void {
    this.#askedAt.set(id, performance.now())
  }

  /** There is no such record, or it is not ours to see. */
  denied(id: string): void {
    this.tried(id)
    if (!this.#deniedSince.has(id)) this.#deniedSince.set(id, performance.now())
  }

  read(id: string): void {
    this.tried(id)
    this.#deniedSince.delete(id)
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

  /** He is gone for good, and will not be asked for. */
  forget(id: string): void {
    this.#askedAt.delete(id)
    this.#unlisted.delete(id)
    this.#deniedSince.delete(id)
  }

  /** Somebody to be read again, as the planner takes it. Who is denied is there again soon, or most likely never. */
  candidate(id: string, participant: Participant | undefined): Candidate {
    const now = performance.now()
    const status = participant?.status
    const deniedSince = this.#deniedSince.get(id)
    const age = participant ? serverNow() - toMillis(changedAt(participant)) : 0
    return {
      id,
      createdAt: this.#unlisted.has(id) ? null : (participant?.createdAt ?? null),
      isInTransit: status === 'joining' || status === 'leaving' || deniedSince !== undefined,
      age: deniedSince === undefined ? age : now - deniedSince,
      unread: now - (this.#askedAt.get(id) ?? -Infinity),
    }
  }
}
